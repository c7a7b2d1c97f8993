import type { Order } from '../domain/order.ts';
import type { Failure } from '../domain/reply.ts';
import type { AccountClient } from './account-client.ts';

/** More pages than any account has: a cursor that never ends is a fault. */
const mostPages = 100;

/** Reads all pages of an account's open orders. An order that moves between two pages counts once. */
export async function readOpenOrders(
  client: AccountClient,
): Promise<{ readonly kind: 'orders'; readonly orders: Order[] } | Failure> {
  const orders = new Map<string, Order>();
  let cursor: string | undefined;
  for (let page = 0; page < mostPages; page++) {
    // Each page names the next: they cannot be read side by side.
    const reply = await client.call(client.venue.listOpenOrders, cursor);
    if (reply.kind !== 'page') return reply;
    for (const order of reply.orders) orders.set(order.id, order);
    if (reply.cursor === undefined || reply.orders.length === 0) {
      return { kind: 'orders', orders: [...orders.values()] };
    }
    ({ cursor } = reply);
  }
  return { kind: 'unknown', words: 'the list of open orders has no end' };
}
