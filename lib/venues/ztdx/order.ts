import * as v from 'valibot';
import type { ClosedOrder, Order, OrderReading } from '#lib/domain/order.ts';
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

const flag = v.pipe(
  v.fallback(v.nullish(v.union([v.boolean(), v.string()])), undefined),
  v.transform((value) => value === true || value === 'true'),
);

/**
 * The answers of cancelling, batches, openOrders and order. An id is digits by the tables and a UUID by the recorded
 * answers: text either way. Source: docs.p99.world, cancel-order and open-orders.
 */
export const orderModel = v.object({
  orderId,
  /** The same as `orderId` where the sender gave none. */
  clientOrderId,
  symbol: symbolText,
  side: optionalSide,
  type: textOr(''),
  status: textOr(''),
  price: optionalDecimal,
  stopPrice: optionalDecimal,
  origQty: optionalDecimal,
  executedQty: optionalDecimal,
  reduceOnly: flag,
  closePosition: flag,
  /** Absent in the answer to a cancel. */
  time: optionalTime,
  updateTime: optionalTime,
});
export type OrderModel = v.InferOutput<typeof orderModel>;

/** In capitals and with one l: the web API writes `cancelled`, spot `canceled`, futures `CANCELED`. */
export function isCancelled({ status }: OrderModel): boolean {
  return /^cancell?ed$/i.test(status);
}

/** A status that is not known is no proof of anything: the order counts as open. */
export function readingOf(model: OrderModel): OrderReading {
  if (isCancelled(model)) return { status: 'cancelled', order: closedOrder(model) };
  switch (model.status.toUpperCase()) {
    case 'FILLED':
      return { status: 'filled', order: closedOrder(model) };
    case 'EXPIRED':
    case 'REJECTED':
      return { status: 'cancelled', order: closedOrder(model) };
    default:
      return { status: 'open', order: openOrder(model) };
  }
}

/** Of the futures and of the web API. */
const openStatuses = ['new', 'partially_filled', 'pending', 'open'];

function openOrder(model: OrderModel): Order {
  const { origQty: quantity } = model;
  const type = typeOf(model.type);
  const stopPrice = unlessZero(model.stopPrice);
  const untouched = model.status.toLowerCase() === 'new' ? quantity : undefined;
  return {
    id: model.orderId,
    ...optional('clientOrderId', model.clientOrderId),
    symbol: model.symbol,
    ...optional('side', model.side),
    type,
    ...optional('price', unlessZero(model.price)),
    ...optional('stopPrice', stopPrice),
    ...optional('quantity', quantity),
    ...optional('remaining', difference(quantity, model.executedQty) ?? untouched),
    ...optional('createdAt', model.time),
    ...unknownStatus(model.status, openStatuses),
    protective:
      (model.type === '' && stopPrice !== undefined) ||
      model.reduceOnly ||
      model.closePosition ||
      /^(stop|take_profit|trailing)/.test(type),
  };
}

function closedOrder(model: OrderModel): ClosedOrder {
  return {
    id: model.orderId,
    ...optional('quantity', model.origQty),
    ...optional('filled', model.executedQty),
    ...optional('updatedAt', model.updateTime),
  };
}
