import * as v from 'valibot';
import type { ClientOrderId, ClosedOrder, Order, OrderReading } from '#lib/domain/order.ts';
import {
  clientOrderId,
  difference,
  optional,
  optionalDecimal,
  optionalSide,
  optionalTime,
  orderId,
  symbolText,
  textOr,
  typeOf,
  unknownStatus,
  unlessZero,
} from '#lib/venues/order-schema.ts';

/** One object for three spellings: `orders/working`, `orders/status` and the order channel. */
export const orderModel = v.object({
  orderId,
  /** "0" where there is none. */
  clientOrderId,
  marketCode: symbolText,
  status: textOr(''),
  side: optionalSide,
  price: optionalDecimal,
  stopPrice: optionalDecimal,
  quantity: optionalDecimal,
  totalQuantity: optionalDecimal,
  remainQuantity: optionalDecimal,
  matchedQuantity: optionalDecimal,
  cumulativeMatchedQuantity: optionalDecimal,
  orderType: textOr(''),
  createdAt: optionalTime,
  lastModifiedAt: optionalTime,
  canceledAt: optionalTime,
  closedAt: optionalTime,
  timestamp: optionalTime,
});
export type OrderModel = v.InferOutput<typeof orderModel>;

/** By `orders/working`, and by `orders/status` and the channel. */
const openStatuses = ['open', 'partially_filled', 'partial_fill'];

export function openOrder(model: OrderModel): Order {
  const { quantity, filled, remaining } = amounts(model);
  const type = typeOf(model.orderType);
  const stopPrice = unlessZero(model.stopPrice);
  const untouched = model.status.toLowerCase() === 'open' ? quantity : undefined;
  return {
    id: model.orderId,
    ...optional('clientOrderId', clientOrderIdOf(model)),
    symbol: model.marketCode,
    ...optional('side', model.side),
    type,
    ...optional('price', unlessZero(model.price)),
    ...optional('stopPrice', stopPrice),
    ...optional('quantity', quantity),
    ...optional('remaining', remaining ?? difference(quantity, filled) ?? untouched),
    ...optional('createdAt', model.createdAt),
    ...unknownStatus(model.status, openStatuses),
    protective:
      model.orderType === ''
        ? stopPrice !== undefined
        : type.startsWith('stop') || type.startsWith('take_profit'),
  };
}

export function closedOrder(model: OrderModel): ClosedOrder {
  const { quantity, filled } = amounts(model);
  return {
    id: model.orderId,
    ...optional('quantity', quantity),
    ...optional('filled', filled),
    ...optional('updatedAt', model.canceledAt ?? model.closedAt ?? model.timestamp),
  };
}

/**
 * By `orders/status`. A word that is not known is no proof of anything: `REJECT_…`, which a client alone knows, may be said
 * of a cancel too.
 */
export function readingOf(model: OrderModel): OrderReading {
  const status = model.status.toUpperCase();
  if (status === 'FILLED') return { status: 'filled', order: closedOrder(model) };
  if (isCancelled(model)) return { status: 'cancelled', order: closedOrder(model) };
  return { status: 'open', order: openOrder(model) };
}

/** `CANCELED` by `orders/status`; elsewhere with the reason: `CANCELED_BY_USER` … */
export function isCancelled({ status }: OrderModel): boolean {
  return status.toUpperCase().startsWith('CANCELED');
}

function clientOrderIdOf({ clientOrderId }: OrderModel): ClientOrderId | undefined {
  return clientOrderId === '0' ? undefined : clientOrderId;
}

/** What is filled is told, or is what no longer remains. */
function amounts(model: OrderModel) {
  const quantity = model.quantity ?? model.totalQuantity;
  const remaining = model.remainQuantity;
  const told = model.matchedQuantity ?? model.cumulativeMatchedQuantity;
  const filled = told ?? difference(quantity, remaining);
  return { quantity, filled, remaining };
}
