import type { Order, OrderRef } from './order.ts';

/**
 * Which order is meant: the one place that knows. Order ids that differ in case alone name one order: a UUID stands in capitals
 * on one of a venue's screens and in small letters in its replies, and numbers have no case. Client order ids are any text, and
 * meant exactly. What stands in a text, of which nobody knows what kind of id it is, is compared more narrowly: by `idKey`.
 */
export function orderIdKey(orderId: string): string {
  return orderId.toLowerCase();
}

export function isSameOrderId(one: string, other: string): boolean {
  return orderIdKey(one) === orderIdKey(other);
}

/**
 * The same for two references exactly when they name one order of one account, as far as their ids tell. `idsPerSymbol`: at its
 * venue ids are counted for each symbol, and tell nothing without it.
 */
export function orderKey(
  { accountId, orderId, clientOrderId, symbol }: OrderRef,
  idsPerSymbol = false,
): string {
  const at = idsPerSymbol && symbol ? ` at ${symbol}` : '';
  return orderId === undefined
    ? `${accountId} client ${clientOrderId}${at}`
    : `${accountId} order ${orderIdKey(orderId)}${at}`;
}

const indexes = new WeakMap<readonly Order[], ReadonlyMap<string, Order>>();

/** The orders of one account by `orderIdKey`; made once for each list: of 10,000 to be cancelled every one is looked for. */
export function byOrderId(orders: readonly Order[]): ReadonlyMap<string, Order> {
  const known =
    indexes.get(orders) ??
    // Of two with one id the first.
    new Map(orders.toReversed().map((order) => [orderIdKey(order.id), order]));
  indexes.set(orders, known);
  return known;
}
