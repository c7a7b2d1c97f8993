import { cleanId } from './clean-id.ts';
import type { IdKind, Order } from './order.ts';
import { isSameOrderId } from './order-key.ts';

type Bearer = Pick<Order, 'id' | 'clientOrderId'>;

/** Whether one of the orders bears the id. */
export function isListed(orders: readonly Bearer[], idKind: IdKind, id: string): boolean {
  return orders.some((order) =>
    idKind === 'order-id' ? isSameOrderId(order.id, id) : order.clientOrderId === id,
  );
}

/**
 * The id that is meant by what was typed or pasted: just that where an open order bears it, since a client order id may
 * hold any sign; else what it is when cleaned. Empty where nothing is left.
 */
export function typedId(orders: readonly Bearer[], idKind: IdKind, typed: string): string {
  const id = typed.trim();
  return isListed(orders, idKind, id) ? id : cleanId(id);
}
