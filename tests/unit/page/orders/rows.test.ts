import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, SweepId } from '#lib/domain/cancellation.ts';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';
import { arrangeRows } from '#lib/page/orders/rows.ts';
import { orderKey } from '#lib/domain/order-key.ts';
import { oldestReading, canGoFirst } from '#lib/page/orders/row.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import {
  account,
  accountId,
  arrange,
  at,
  cancellation,
  order,
  row,
  shown,
  start,
  viewOf,
} from './rows-world.ts';

describe('an order in the last reading', () => {
  const cases: [string, readonly Cancellation[], string[]][] = [
    ['nothing asked', [], ['1:open']],
    ['requested', [cancellation('c', 'requested', { orderId: '1' })], ['1:cancelling:requested']],
    ['sent', [cancellation('c', 'sent', { orderId: '1' })], ['1:cancelling:sent']],
    ['accepted', [cancellation('c', 'accepted', { orderId: '1' })], ['1:cancelling:accepted']],
    ['unknown', [cancellation('c', 'unknown', { orderId: '1' })], ['1:cancelling:unknown']],
    [
      'refused: can be cancelled again',
      [cancellation('c', 'refused', { orderId: '1', ended: start })],
      ['1:open:refused'],
    ],
    [
      'cancelled, reading not newer',
      [cancellation('c', 'cancelled', { orderId: '1', ended: start })],
      ['1:left:cancelled'],
    ],
    [
      'filled, reading not newer',
      [cancellation('c', 'filled', { orderId: '1', ended: start })],
      ['1:left:filled'],
    ],
    [
      'cancelled, but listed by a reading asked for well after',
      [cancellation('c', 'cancelled', { orderId: '1', ended: start - 3001 })],
      ['1:open'],
    ],
    [
      'by its client id',
      [cancellation('c', 'sent', { clientOrderId: 'x' })],
      ['1:cancelling:sent'],
    ],
    [
      'an ended one by its client id may mean an earlier order',
      [cancellation('c', 'not-found', { clientOrderId: 'x', ended: start })],
      ['x:left:not-found', '1:open'],
    ],
    [
      'another order',
      [cancellation('c', 'sent', { orderId: '2' })],
      ['2:cancelling:sent', '1:open'],
    ],
    [
      'the newest counts',
      [
        cancellation('new', 'sent', { orderId: '1', at: { requested: start } }),
        cancellation('old', 'refused', { orderId: '1', ended: start - 100 }),
      ],
      ['1:cancelling:sent'],
    ],
  ];
  test.each(cases)('%s', (_, cancellations, expected) => {
    const orders = [order('1', { clientOrderId: 'x' as ClientOrderId })];
    expect(shown(arrange({ orders, cancellations }))).toEqual(expected);
  });

  test('an id that was typed in another case names the row that is listed', () => {
    const cancellations = [cancellation('c', 'sent', { orderId: 'AB-1' })];
    expect(shown(arrange({ orders: [order('ab-1')], cancellations }))).toEqual([
      'ab-1:cancelling:sent',
    ]);
  });

  test('a client id that several orders bear marks none of them', () => {
    const orders = ['1', '2'].map((id) => order(id, { clientOrderId: 'x' as ClientOrderId }));
    const cancellations = [cancellation('c', 'sent', { clientOrderId: 'x' })];
    expect(shown(arrange({ orders, cancellations }))).toEqual([
      'x:cancelling:sent',
      '1:open',
      '2:open',
    ]);
  });

  test('a cancellation of another account is not shown', () => {
    const foreign = cancellation('c', 'sent', {
      ref: { accountId: 'b' as AccountId, orderId: '1' as OrderId },
    });
    expect(shown(arrange({ orders: [order('1')], cancellations: [foreign] }))).toEqual(['1:open']);
  });
});

describe('the order of the rows', () => {
  test('newest first', () => {
    expect(shown(arrange({ orders: [at('1', 1), at('3', 3), at('2', 2)] }))).toEqual([
      '3:open',
      '2:open',
      '1:open',
    ]);
  });

  test('of the same age: the same whatever order the venue tells them in', () => {
    const one = arrange({ orders: [at('1', 1), at('2', 1)] });
    expect(shown(arrange({ orders: [at('2', 1), at('1', 1)], previous: one }))).toEqual(shown(one));
  });

  test('without a time: as the venue has them', () => {
    expect(shown(arrange({ orders: [at('2'), at('3'), at('1')] }))).toEqual([
      '2:open',
      '3:open',
      '1:open',
    ]);
  });

  test('a row without a time that left stays where it was', () => {
    const before = arrange({ orders: [at('2'), at('3'), at('1')] });
    expect(shown(arrange({ orders: [at('2'), at('1')], previous: before }))).toEqual([
      '2:open',
      '3:left',
      '1:open',
    ]);
    expect(shown(arrange({ orders: [at('3'), at('1')], previous: before }))).toEqual([
      '2:left',
      '3:open',
      '1:open',
    ]);
  });
});

describe('while the pointer is in the list', () => {
  const before = arrange({ orders: [order('1', { createdAt: 1 }), order('2', { createdAt: 2 })] });

  test('new orders wait', () => {
    const orders = [
      order('3', { createdAt: 3 }),
      order('1', { createdAt: 1 }),
      order('2', { createdAt: 2 }),
    ];
    const frozen = arrange({ orders, previous: before, frozen: true });
    expect(shown(frozen)).toEqual(['2:open', '1:open']);
    expect(frozen[0]?.waiting.map(({ key }) => key)).toEqual([
      orderKey({ accountId, orderId: '3' as OrderId }),
    ]);
    expect(frozen[0]?.openOrders).toBe(3);
    expect(shown(arrange({ orders, previous: frozen }))).toEqual(['3:open', '2:open', '1:open']);
  });

  test('orders that are gone stay, greyed', () => {
    const frozen = arrange({ orders: [order('1')], previous: before, frozen: true });
    expect(shown(frozen)).toEqual(['2:left', '1:open']);
    const long = arrange({
      orders: [order('1')],
      previous: frozen,
      frozen: true,
      now: start + 100_000,
    });
    expect(shown(long)).toEqual(['2:left', '1:open']);
    expect(shown(arrange({ orders: [order('1')], previous: long, now: start + 100_000 }))).toEqual([
      '1:open',
    ]);
  });

  test('states go on changing', () => {
    const cancellations = [cancellation('c', 'accepted', { orderId: '1' })];
    const frozen = arrange({
      orders: [order('1'), order('2')],
      cancellations,
      previous: before,
      frozen: true,
    });
    expect(shown(frozen)).toEqual(['2:open', '1:cancelling:accepted']);
  });

  test('an empty list takes its first rows', () => {
    expect(shown(arrange({ orders: [order('1')], frozen: true }))).toEqual(['1:open']);
  });
});

test('groups are the accounts, in their order; those never read are there too', () => {
  const second: AccountView = { ...account, id: 'b' as AccountId };
  const groups = arrange({ accounts: [second, account] });
  expect(groups.map((group) => [group.account.id, group.reading?.readAt])).toEqual([
    ['b', undefined],
    ['a', start],
  ]);
  expect(oldestReading(groups)).toBeUndefined();
  expect(oldestReading(arrange({}))).toBe(start);
});

describe('what does not change keeps its identity', () => {
  const orders = [order('1'), order('2')];

  test('all of it, as time goes by', () => {
    const world = { orders, cancellations: [cancellation('c', 'sent', { orderId: '2' })] };
    const view = viewOf(world);
    const first = arrangeRows({ view, previous: [], frozen: false, now: start });
    const next = arrangeRows({ view, previous: first, frozen: false, now: start + 60_000 });
    expect(next).toBe(first);
  });

  test('the rows, when a later reading says the same', () => {
    const first = arrange({ orders });
    for (const readAt of [start + 1000, start + 2000]) {
      const next = arrange({ orders: structuredClone(orders), previous: first, readAt });
      expect(next[0]?.rows).toBe(first[0]?.rows);
      expect(next[0]?.reading?.readAt).toBe(readAt);
    }
  });

  test('the row beside one that is being cancelled', () => {
    const first = arrange({ orders });
    const cancellations = [cancellation('c', 'sent', { orderId: '2' })];
    const next = arrange({ orders, cancellations, previous: first });
    expect(row(next, '1')).toBe(row(first, '1'));
    expect(row(next, '2')?.kind).toBe('cancelling');
  });
});

const sweep = 's' as SweepId;
test.each([
  ['waits with a sweep', { sweep }, true],
  ['was asked for by itself', {}, false],
  ['goes first already', { sweep, first: true }, false],
  ['is being stopped', { sweep, stopping: true }, false],
  ['was sent', { sweep, state: 'sent' }, false],
] as const)('a cancellation that %s can go first: %#', (_, { ...more }, expected) => {
  const { state = 'requested', ...others } = { state: undefined, ...more };
  const [group] = arrange({
    orders: [order('1')],
    cancellations: [cancellation('c', state, { orderId: '1', ...others })],
  });
  expect(group?.rows.map(canGoFirst)).toEqual([expected]);
});

test.each([
  ['binance', ['1 BTCUSDT cancelling', '1 ETHBTC left', '1 LTCBTC open']],
  // Where ids are not counted for each symbol it is one order.
  ['btcturk', ['1 LTCBTC cancelling']],
] as const)('on %s, a row shows no other symbol’s cancellation or end', (venue, expected) => {
  const listed = order('1', { symbol: 'LTCBTC' });
  const other = order('1', { symbol: 'BTCUSDT' });
  const groups = arrange({
    accounts: [{ ...account, venue }],
    orders: [listed],
    cancellations: [
      cancellation('b', 'sent', { orderId: '1', order: other }),
      cancellation('c', 'cancelled', {
        orderId: '1',
        order: order('1', { symbol: 'ETHBTC' }),
        ended: start,
        at: { requested: start - 900, ended: start },
      }),
    ],
  });
  expect(
    groups
      .flatMap(({ rows }) =>
        rows.map((row) => `${row.ref.orderId} ${row.order?.symbol} ${row.kind}`),
      )
      .toSorted(),
  ).toEqual(expected);
});
