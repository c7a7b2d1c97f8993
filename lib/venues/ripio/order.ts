import * as v from 'valibot';
import type { ClosedOrder, Order } from '#lib/domain/order.ts';
import {
  clientOrderId,
  difference,
  optional,
  optionalDecimal,
  orderId,
  optionalSide,
  symbolText,
  textOr,
  typeOf,
  unknownStatus,
  unlessZero,
} from '#lib/venues/order-schema.ts';

/** Decimals are JSON numbers. Samples omit fields that the schema requires, and null stands for text: read leniently. */
export const orderModel = v.object({
  id: orderId,
  external_id: clientOrderId,
  pair: symbolText,
  side: optionalSide,
  type: textOr(''),
  status: textOr(''),
  price: optionalDecimal,
  stop_price: optionalDecimal,
  requested_amount: optionalDecimal,
  executed_amount: optionalDecimal,
  remaining_amount: optionalDecimal,
  create_date: textOr(''),
  update_date: textOr(''),
});
export type OrderModel = v.InferOutput<typeof orderModel>;

/** `waiting` and `pending_creation` are words of older answers for orders that stand in the book or queue. */
const openStatuses = ['open', 'executed_partially', 'waiting', 'pending_creation'];

export function openOrder(model: OrderModel): Order {
  const stopPrice = unlessZero(model.stop_price);
  const type = typeOf(model.type);
  return {
    id: model.id,
    ...optional('clientOrderId', model.external_id),
    symbol: model.pair,
    ...optional('side', model.side),
    type,
    ...optional('price', unlessZero(model.price)),
    ...optional('stopPrice', stopPrice),
    ...optional('quantity', model.requested_amount),
    ...optional('remaining', remainingOf(model)),
    ...optional('createdAt', timeOf(model.create_date)),
    ...unknownStatus(model.status, openStatuses),
    protective:
      model.type === '' ? stopPrice !== undefined : type.startsWith('stop') || type === 'trailing',
  };
}

export function closedOrder(model: OrderModel): ClosedOrder {
  return {
    id: model.id,
    ...optional('quantity', model.requested_amount),
    ...optional('filled', model.executed_amount),
    ...optional('updatedAt', timeOf(model.update_date)),
  };
}

/** Of an order that is `open` nothing has been executed. */
function remainingOf(model: OrderModel): Order['remaining'] {
  const { requested_amount: requested, executed_amount: executed } = model;
  const untouched = model.status.toLowerCase() === 'open' ? requested : undefined;
  return model.remaining_amount ?? difference(requested, executed) ?? untouched;
}

export function timeOf(date: string): number | undefined {
  return Date.parse(date) || undefined;
}
