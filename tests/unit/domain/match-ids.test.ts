import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import { matchIds } from '#lib/domain/match-ids.ts';
import type { ClientOrderId, Order, OrderId } from '#lib/domain/order.ts';
import { orderOf } from '#tests/unit/support/view-world.ts';

const upper = '7155ED34-9EC4-4733-8B32-1E4319CB662F';

function named(id: string, clientOrderId?: string): Order {
  return orderOf(id, clientOrderId ? { clientOrderId: clientOrderId as ClientOrderId } : {});
}

function accounts(orders: Record<string, readonly Order[]>): ReadonlyMap<AccountId, Order[]> {
  return new Map(Object.entries(orders).map(([id, each]) => [id as AccountId, [...each]]));
}

const open = accounts({
  a: [
    named('26947521101', 'grid-eth-01'),
    named('26947521102', 'limit'),
    named('26947521104', '26947521104'),
  ],
  b: [named(upper, 'Guard-1'), named('22000000112', 'grid-eth-01'), named('22000000113')],
  c: [named('22000000113'), named('2254221001', '26947521102')],
});

describe('what a text names', () => {
  test.each<[text: string, orders: readonly string[], unknown: readonly string[]]>([
    ['26947521101', ['a 26947521101'], []],
    ['order 26,947,521,101!', ['a 26947521101'], []],
    ['limit', ['a 26947521102'], []],
    [upper.toLowerCase(), [`b ${upper}`], []],
    [`${upper} ${upper.toLowerCase()}`, [`b ${upper}`], []],
    // By its own id and its client id: one order, once.
    ['26947521104', ['a 26947521104'], []],
    [`Guard-1 is ${upper}`, [`b ${upper}`], []],
    // Only UUIDs are the same in another case.
    ['guard-1', [], ['guard-1']],
    ['GRID-ETH-01', [], ['GRID-ETH-01']],
    // One client order id on two accounts, one order id on two accounts, the id of one as the client id of another.
    ['grid-eth-01', ['a 26947521101', 'b 22000000112'], []],
    ['22000000113', ['b 22000000113', 'c 22000000113'], []],
    ['26947521102', ['a 26947521102', 'c 2254221001'], []],
    // In the order of the text.
    ['22000000112 then 26947521101', ['b 22000000112', 'a 26947521101'], []],
    ['26947521101 and 26947529999', ['a 26947521101'], ['26947529999']],
    ['26947529999', [], ['26947529999']],
    ['nothing to see', [], []],
    ['', [], []],
    [' \n ', [], []],
    ['…', [], []],
  ])('%j', (text, orders, unknown) => {
    const found = matchIds(text, open);
    expect(found.orders.map(({ accountId, order }) => `${accountId} ${order.id}`)).toEqual(orders);
    expect(found.unknown).toEqual(unknown);
  });

  test('it tells by which id each was found', () => {
    const { orders } = matchIds(`grid-eth-01, ${upper.toLowerCase()}`, open);
    expect(orders.map(({ soughtId }) => soughtId)).toEqual([
      'grid-eth-01',
      'grid-eth-01',
      upper.toLowerCase(),
    ]);
  });

  test('it tells the first of the ids by which one was found', () => {
    const { orders } = matchIds(`Guard-1 is ${upper}`, open);
    expect(orders.map(({ soughtId }) => soughtId)).toEqual(['Guard-1']);
  });

  test('while nothing is open, every id is unknown', () => {
    expect(matchIds('26947521101', new Map())).toEqual({
      ids: ['26947521101'],
      more: false,
      isAlone: true,
      doubtful: [],
      rounded: [],
      orders: [],
      unknown: ['26947521101'],
    });
  });

  test('of 51 ids the last one is not looked at, and that is told', () => {
    const ids = Array.from({ length: 51 }, (_, index) => `${30_000_000_000 + index}`);
    const { more, orders, unknown } = matchIds(
      ids.join('\n'),
      accounts({ a: ids.map((id) => named(id)) }),
    );
    expect(more).toBe(true);
    expect(orders).toHaveLength(50);
    expect(unknown).toEqual([]);
  });
});

test('whatever ids orders have, each is found by its own and by its client id, and no other is', () => {
  const id = fc
    .string({ minLength: 1, maxLength: 50, unit: 'grapheme-ascii' })
    .filter((text) => /^[^\s]+$/.test(text));
  fc.assert(
    fc.property(
      fc.uniqueArray(id, { minLength: 2, maxLength: 6 }),
      ([first = '', second = '', ...others]) => {
        const sought = named(first, second);
        const orders = [sought, ...others.map((each) => named(each))];
        for (const text of [first, second]) {
          const found = matchIds(text, accounts({ a: orders }));
          expect(found.orders.map(({ order }) => order)).toEqual([sought]);
        }
      },
    ),
  );
});

test('an order stands beside its account, never beside another', () => {
  const { orders } = matchIds('22000000113', open);
  for (const { accountId, order } of orders) {
    expect(open.get(accountId)?.find(({ id }) => id === ('22000000113' as OrderId))).toBe(order);
  }
});
