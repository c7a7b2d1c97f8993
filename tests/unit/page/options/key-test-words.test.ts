import { expect, test } from 'vitest';
import type { KeyTest } from '#lib/domain/account.ts';
import { advice } from '#lib/words/advice.ts';
import { keyTestWords } from '#lib/page/options/key-test-words.ts';

const works = (openOrders: number) => ({ ok: true as const, openOrders });

const cases: [Omit<KeyTest, 'at'>, string[]][] = [
  [{ result: works(0) }, ['Works: no open orders.']],
  [{ result: works(1) }, ['Works: 1 open order.']],
  [{ result: { ...works(0), unreadable: 1 } }, ['Works: 1 order could not be read.']],
  [{ result: { ...works(8), unreadable: 2 } }, ['Works: 8 open orders, 2 more could not be read.']],
  [
    { result: { ...works(0), rights: ['look', 'cancel'] } },
    ['Works: no open orders.', 'This key can only look and cancel.'],
  ],
  [
    { result: { ...works(0), rights: ['look'] } },
    ['Works: no open orders.', 'This key cannot cancel: tick that right for it on BtcTurk.'],
  ],
  [
    { result: { ...works(0), rights: ['look', 'cancel', 'trade', 'money'] } },
    [
      'Works: no open orders.',
      'This key can also move money. Take that right from it on BtcTurk.',
      'This key can also place orders. Pullcord never does; a key without that right is safer.',
    ],
  ],
  [
    { result: { ...works(0), rights: ['look', 'cancel', 'other'] } },
    [
      'Works: no open orders.',
      'This key also has a right that Pullcord does not know. Look on BtcTurk whether it needs it.',
    ],
  ],
  [
    { result: { ok: false, reason: 'bad-key', said: ['Invalid key'] } },
    [advice('bad-key', 'BtcTurk'), 'BtcTurk: “Invalid key”'],
  ],
  [
    { result: { ok: false, reason: 'unreachable', note: { code: 'no-answer' } } },
    [advice('unreachable', 'BtcTurk'), 'no answer: the connection failed'],
  ],
  [{ result: { ok: false, reason: 'unreachable' } }, [advice('unreachable', 'BtcTurk')]],
];

test.each(cases)('%j', (keyTest, words) => {
  expect(keyTestWords({ at: 0, ...keyTest }, 'BtcTurk')).toEqual(words);
});
