import { expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import { findNewest } from '#lib/domain/newest-order.ts';
import type { Order } from '#lib/domain/order.ts';
import { now, orderOf } from '#tests/unit/support/view-world.ts';

/** `a1@-5`: of account a, placed 5 ms before; `a1`: the venue tells no time; `a1!@0`: protective. */
function accounts(words: string): ReadonlyMap<AccountId, readonly Order[]> {
  const open = new Map<AccountId, Order[]>();
  for (const word of words.split(' ').filter(Boolean)) {
    const [name = '', time] = word.split('@');
    const id = name.replace('!', '');
    const account = id.charAt(0) as AccountId;
    const order = orderOf(id, {
      protective: name.includes('!'),
      ...(time !== undefined && { createdAt: now + Number(time) }),
    });
    open.set(account, [...(open.get(account) ?? []), order]);
  }
  return open;
}

test.each<[open: string, orders: string, isCertain: boolean]>([
  ['', '', false],
  ['a1@0', 'a1', true],
  ['a1', 'a1', true],
  ['a1@-1 a2@0 a3@-2', 'a2', true],
  // One clock tells within an account, to the millisecond; a tie it does not settle.
  ['a1@0 a2@0', 'a1 a2', false],
  ['a1@0 a2@-1', 'a1', true],
  // Two clocks may differ.
  ['a1@0 b1@-2000', 'a1', true],
  ['a1@0 b1@-1999', 'a1 b1', false],
  ['a1@0 b1@0', 'a1 b1', false],
  ['b1@-1999 a1@0', 'a1 b1', false],
  ['a1@0 a2@-10 b1@-20 c1@-1999 c2@-2001', 'a1 b1 c1', false],
  // Without a time any order may be the newest.
  ['a1@0 a2', 'a1 a2', false],
  ['a1@0 b1', 'a1 b1', false],
  ['a1 b1', 'a1 b1', false],
  // What protects is neither the newest nor a rival.
  ['a1@-9000 a2!@0', 'a1', true],
  ['a1@-9000 b1!@-9000', 'a1', true],
  ['a1@-9000 b1!', 'a1', true],
  ['a1! b1!@0', '', false],
  // A time that has not come yet tells nothing, be it the only one. Clocks may differ by two seconds.
  ['a1@2000', 'a1', true],
  ['a1@2001', 'a1', false],
  ['a1@2001 b1@-9000', 'b1 a1', false],
  ['a1@-9000 b1@86400000', 'a1 b1', false],
  ['a1@2001 a2@0 a3@-10', 'a2 a1', false],
  ['a1@5000 b1@6000', 'a1 b1', false],
  ['a1@-10 b1!@86400000', 'a1', true],
])('%j', (open, orders, isCertain) => {
  const found = findNewest(accounts(open), now);
  expect(found.orders.map(({ order }) => order.id).join(' ')).toBe(orders);
  expect(found.isCertain).toBe(isCertain);
});

test('each order stands beside its account, and by no id', () => {
  const { orders } = findNewest(accounts('a1@0 b1@0'), now);
  expect(orders).toMatchObject([
    { accountId: 'a', order: { id: 'a1' } },
    { accountId: 'b', order: { id: 'b1' } },
  ]);
  expect(orders.some((found) => 'soughtId' in found)).toBe(false);
});

test('an order whose time has not come yet is told as that', () => {
  const { orders } = findNewest(accounts('a1@0 b1@2001 c1'), now);
  expect(orders.map(({ doubt }) => doubt)).toEqual([undefined, 'future', undefined]);
});
