import { describe, expect, test } from 'vitest';
import type { Row } from '#lib/page/orders/row.ts';
import {
  listDoubts,
  ordersOnWords,
  summarizeCancelAll,
  symbolsWords,
} from '#lib/page/cancel-all/summary.ts';
import { accountOf, groupOf, now, orderOf, rowOf } from '#tests/unit/support/view-world.ts';

const lira = accountOf('a', 'btcturk', 'Lira');
const futures = accountOf('b', 'ztdx', 'Futures');
const canCancel = ({ kind }: Row) => kind === 'open';
const stop = { side: 'sell', protective: true } as const;

const groups = [
  {
    ...groupOf(lira, [orderOf('1'), orderOf('2'), orderOf('3', { ...stop, symbol: 'ETHTRY' })]),
    waiting: [rowOf(lira, orderOf('4')), rowOf(lira, orderOf('5'), 'cancelling')],
  },
  groupOf(futures, [orderOf('6', { symbol: 'BTCUSDT' })]),
];

describe('what would be cancelled', () => {
  test('open orders are counted, those that wait too; protective ones apart', () => {
    const summary = summarizeCancelAll(groups, groups, canCancel, false);
    expect(summary).toMatchObject({ orders: 4, protective: 1, symbols: ['BTCTRY', 'BTCUSDT'] });
    expect(summary.accounts.map(({ account, orders }) => [account.label, orders])).toEqual([
      ['Lira', 3],
      ['Futures', 1],
    ]);
  });

  test('with protective orders, their symbols are named too', () => {
    const { symbols } = summarizeCancelAll(groups, groups, canCancel, true);
    expect(symbols).toEqual(['BTCTRY', 'ETHTRY', 'BTCUSDT']);
  });

  test('an account without anything to cancel is not named', () => {
    const { accounts } = summarizeCancelAll(groups, groups, () => false, true);
    expect(accounts).toEqual([]);
  });

  test('an account whose key cannot be read counts for nothing: nothing can be sent there', () => {
    const shut = groupOf({ ...futures, keyTrouble: 'key-lost' }, [
      orderOf('6', { symbol: 'BTCUSDT' }),
    ]);
    const found = [groupOf(lira, [orderOf('1')]), shut];
    const summary = summarizeCancelAll(found, found, canCancel, true);
    expect(summary).toMatchObject({ orders: 1, protective: 0, symbols: ['BTCTRY'] });
    expect(summary.accounts.map(({ account }) => account.label)).toEqual(['Lira']);
  });

  test('that attached orders go along is said where there may be some, though the filter hides them', () => {
    const parent = orderOf('1', { symbol: 'BTCUSDT' });
    const all = [groupOf(futures, [parent, orderOf('2', { ...stop, symbol: 'BTCUSDT' })])];
    const found = [groupOf(futures, [parent])];
    expect(summarizeCancelAll(found, all, canCancel, false).cascading).toEqual([
      ['ZTDX', 'attached'],
    ]);
    expect(summarizeCancelAll(found, found, canCancel, false).cascading).toEqual([]);
  });
});

describe('accounts of which the list is in doubt', () => {
  const trouble = { reason: 'unreachable', at: now } as const;
  test.each([
    [groupOf(lira, []), []],
    [
      groupOf(lira, [], { trouble, readAt: now }),
      ['BtcTurk could not be read: its orders are not counted, but it is read again.'],
    ],
    [
      groupOf(lira, [orderOf('1')], { trouble, readAt: now }),
      ['BtcTurk could not be read: its orders are counted as last known, and it is read again.'],
    ],
    [
      groupOf(lira, [orderOf('1')], { trouble: { ...trouble, reason: 'key-lost' }, readAt: now }),
      [
        'The key of BtcTurk cannot be read: nothing is cancelled there. Enter it again on the options page.',
      ],
    ],
    [
      groupOf(lira, [], { trouble: { ...trouble, reason: 'key-unusable' } }),
      [
        'This browser cannot use the key of BtcTurk: nothing is cancelled there. Update the browser, or enter another key on the options page.',
      ],
    ],
    [
      groupOf(lira, [], {}),
      ['BtcTurk has not been read yet: its orders are not counted, but it is read.'],
    ],
    [
      groupOf(lira, [orderOf('1')], { reading: true, coming: 1 }),
      ['BtcTurk is still being read: 1 order of more is counted, and it is read to its end.'],
    ],
    [
      groupOf(lira, [orderOf('1')], { readAt: now, unreadable: 2 }),
      ['2 orders could not be read on BtcTurk: not counted, and perhaps left open.'],
    ],
    [
      groupOf(lira, [], { readAt: now - 180_000 }),
      ['BtcTurk was last read 3 min ago: it is read again.'],
    ],
  ])('%#', (group, expected) => {
    expect(listDoubts([group], undefined, now)).toEqual(expected);
  });

  test('only those that are meant', () => {
    const unread = groups.map(({ account }) => groupOf(account, [], {}));
    expect(listDoubts(unread, futures.id, now)).toHaveLength(1);
  });
});

test('counts in words', () => {
  expect([ordersOnWords(0, 0), ordersOnWords(1, 1), ordersOnWords(84, 5)]).toEqual([
    'No order can be cancelled now.',
    '1 order on 1 account',
    '84 orders on 5 accounts',
  ]);
  const symbols = Array.from('abcdefg');
  expect(symbolsWords(symbols, 3)).toBe('a, b, c and 4 more');
  expect(symbolsWords(symbols.slice(0, 4), 3)).toBe('a, b, c, d');
});
