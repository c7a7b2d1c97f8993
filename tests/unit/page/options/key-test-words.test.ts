import { describe, expect, test } from 'vitest';
import type { Environment, KeyRight, KeyTest } from '#lib/domain/account.ts';
import type { Trouble } from '#lib/domain/refusal.ts';
import type { VenueId } from '#lib/domain/venue-id.ts';
import { advice } from '#lib/words/advice.ts';
import { keyTestWords, type KeyTestWords } from '#lib/page/options/key-test-words.ts';

const works = (openOrders: number) => ({ ok: true as const, openOrders });

const cases: [KeyTest['result'], string, ...more: string[]][] = [
  [works(0), 'Works: no open orders.'],
  [works(1), 'Works: 1 open order.'],
  [{ ...works(0), unreadable: 1 }, 'Works: 1 order could not be read.'],
  [{ ...works(8), unreadable: 2 }, 'Works: 8 open orders, 2 more could not be read.'],
  [
    { ok: false, reason: 'bad-key', said: ['Invalid key'] },
    advice('bad-key', 'BtcTurk'),
    'BtcTurk: “Invalid key”',
  ],
  [
    { ok: false, reason: 'unreachable', note: { code: 'no-answer' } },
    advice('unreachable', 'BtcTurk'),
    'no answer: the connection failed',
  ],
  [{ ok: false, reason: 'unreachable' }, advice('unreachable', 'BtcTurk')],
];

test.each(cases)('%j', (result, says, ...more) => {
  const words = keyTestWords({ at: 0, result }, { venue: 'btcturk', environment: 'sandbox' });
  expect(words).toEqual({ result: says, warnings: [], more });
});

const words = {
  least:
    'This key can only look, cancel and perhaps close margin positions: it cannot place orders or move money.',
  noCancel: 'This key cannot cancel: tick that right for it on Kraken.',
  noEnds:
    'This key cannot read what became of an order: tick that right (closed orders) for it on Kraken, or Pullcord cannot tell whether an order was cancelled or had filled.',
  money: 'This key can also move money. Take that right from it on Kraken.',
  trade: 'This key can also place orders. Pullcord never does; a key without that right is safer.',
  other:
    'This key also has a right that the guide does not ask for. Look on Kraken whether it needs it.',
};

const rightsCases: [
  VenueId,
  readonly KeyRight[] | undefined,
  Pick<KeyTestWords, 'warnings' | 'more'>,
][] = [
  ['kraken', undefined, { warnings: [], more: [] }],
  ['kraken', ['look', 'ends', 'cancel'], { warnings: [], more: [words.least] }],
  ['kraken', ['look', 'ends'], { warnings: [words.noCancel], more: [] }],
  ['kraken', ['look', 'cancel'], { warnings: [words.noEnds], more: [] }],
  ['kraken', [], { warnings: [words.noCancel, words.noEnds], more: [] }],
  [
    'kraken',
    ['look', 'ends', 'cancel', 'trade', 'money'],
    { warnings: [words.money, words.trade], more: [] },
  ],
  ['kraken', ['look', 'ends', 'cancel', 'other'], { warnings: [words.other], more: [] }],
  // No key there can do less.
  [
    'binance',
    ['look', 'cancel', 'trade'],
    {
      warnings: [],
      more: [
        'This key can also place orders: Binance has no right to cancel only. Pullcord never places any.',
      ],
    },
  ],
  [
    'binance',
    ['look', 'money'],
    {
      warnings: [
        'This key cannot cancel: tick that right for it on Binance.',
        'This key can also move money. Take that right from it on Binance.',
      ],
      more: [],
    },
  ],
];

test.each(rightsCases)('%s, %j', (venue, rights, expected) => {
  const result = { ...works(0), ...(rights && { rights }) };
  expect(keyTestWords({ at: 0, result }, { venue, environment: 'live' })).toMatchObject(expected);
});

const sentence = (environment: string) =>
  `This account is set to the environment “${environment}”. Was the key made for it?`;

describe('a key that is not known may be of another environment', () => {
  test.each<[Trouble, VenueId, Environment, string[]]>([
    ['unauthorized', 'binance', 'live', [sentence('Live')]],
    ['bad-key', 'binance', 'test', [sentence('Test')]],
    ['bad-key', 'binance', 'demo', [sentence('Demo')]],
    ['bad-signature', 'binance', 'live', []],
    ['unreachable', 'binance', 'live', []],
    ['bad-key', 'binance', 'sandbox', []],
    // It has no other.
    ['bad-key', 'kraken', 'live', []],
  ])('%s at %s, %s', (reason, venue, environment, more) => {
    const words = keyTestWords({ at: 0, result: { ok: false, reason } }, { venue, environment });
    expect(words.more).toEqual(more);
  });
});
