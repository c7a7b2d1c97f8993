import * as v from 'valibot';
import { compare, isZero } from '#lib/domain/decimal.ts';
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
  unknownStatus,
  unlessZero,
} from '#lib/venues/order-schema.ts';

/** Decimals are JSON numbers, ids are text. Source: docs.habittrade.com, Query Orders. */
export const orderModel = v.object({
  order_no: orderId,
  reference_id: clientOrderId,
  symbol: symbolText,
  order_side: optionalSide,
  order_type: textOr('limit'),
  order_status: textOr(''),
  price: optionalDecimal,
  trigger_price: optionalDecimal,
  qty: optionalDecimal,
  outstand_qty: optionalDecimal,
  execute_qty: optionalDecimal,
  reject_reason: textOr(''),
  create_time: optionalTime,
  update_time: optionalTime,
});
export type OrderModel = v.InferOutput<typeof orderModel>;

/**
 * Two statuses are known: `new` and `can`; the UAT guide names the others (partly and fully filled, rejected) without
 * their codes. So amounts decide where they can, and whatever is not proven to have ended counts as open.
 */
export function readingOf(model: OrderModel): Exclude<OrderReading, { status: 'not-found' }> {
  if (['can', 'cancelled', 'canceled'].includes(statusOf(model))) {
    return { status: 'cancelled', order: closedOrder(model) };
  }
  if (isFilled(model)) return { status: 'filled', order: closedOrder(model) };
  if (isRejected(model)) return { status: 'cancelled', order: closedOrder(model) };
  return { status: 'open', order: openOrder(model) };
}

function statusOf({ order_status: status }: OrderModel): string {
  return status.toLowerCase();
}

function isFilled({ qty, execute_qty, outstand_qty }: OrderModel): boolean {
  if (qty === undefined || execute_qty === undefined || isZero(qty)) return false;
  return compare(execute_qty, qty) >= 0 && (outstand_qty === undefined || isZero(outstand_qty));
}

/**
 * Rejected or run out: nothing of it is left in the market. A reason alone is not enough, it might be that of a refused
 * cancel: an order that is `new`, or of which something has been executed, was not rejected.
 */
function isRejected(model: OrderModel): boolean {
  const { execute_qty: executed, outstand_qty: left } = model;
  const status = statusOf(model);
  if (status === 'new') return false;
  if (model.reject_reason.trim() !== '') return executed === undefined || isZero(executed);
  return /^(?:rej|exp)/.test(status) && left !== undefined && isZero(left);
}

function openOrder(model: OrderModel): Order {
  const { order_type: type, order_status: status, qty, execute_qty: executed } = model;
  const stopPrice = unlessZero(model.trigger_price);
  const untouched = statusOf(model) === 'new' ? qty : undefined;
  const remaining = model.outstand_qty ?? difference(qty, executed) ?? untouched;
  return {
    id: model.order_no,
    ...optional('clientOrderId', model.reference_id),
    symbol: model.symbol,
    ...optional('side', model.order_side),
    type,
    ...unknownStatus(status, ['new']),
    ...optional('price', unlessZero(model.price)),
    ...optional('stopPrice', stopPrice),
    ...optional('quantity', qty),
    ...optional('remaining', remaining),
    ...optional('createdAt', milliseconds(model.create_time, 0)),
    protective: /stop|trigger|trailing/i.test(type) || stopPrice !== undefined,
  };
}

function closedOrder(model: OrderModel): ClosedOrder {
  return {
    id: model.order_no,
    ...optional('quantity', model.qty),
    ...optional('filled', model.execute_qty),
    ...optional('updatedAt', changedAt(model)),
  };
}

/** The end of the second: "Already cancelled" must not be said of a cancel later in the second it was asked for. */
export function changedAt({ update_time: time }: OrderModel): number | undefined {
  return milliseconds(time, 999);
}

const earliestMilliseconds = 1e11;

/** Times come in Unix seconds or milliseconds; of seconds `within` says which millisecond is meant. */
function milliseconds(time: number | undefined, within: 0 | 999): number | undefined {
  return time !== undefined && time < earliestMilliseconds ? time * 1000 + within : time;
}
