import * as v from 'valibot';
import { isZero, type Decimal } from '#lib/domain/decimal.ts';
import type { ClosedOrder, Order } from '#lib/domain/order.ts';
import {
  clientOrderId,
  difference,
  optional,
  optionalDecimal,
  optionalTime,
  orderId,
  optionalSide,
  symbolText,
  textOr,
  typeOf,
  unknownStatus,
  unlessZero,
} from '#lib/venues/order-schema.ts';

/** Source: docs.btcturk.com, Open Orders and Get Single Order; swagger-v1 OrderModel. */
export const orderModel = v.object({
  id: orderId,
  orderClientId: clientOrderId,
  /** `pairsymbol` in the spelling of 2019. */
  pairSymbol: symbolText,
  pairsymbol: symbolText,
  type: optionalSide,
  method: textOr(''),
  price: optionalDecimal,
  stopPrice: optionalDecimal,
  /** The two are the same. */
  quantity: optionalDecimal,
  amount: optionalDecimal,
  leftAmount: optionalDecimal,
  /** 0 in answers of openOrders. */
  time: optionalTime,
  updateTime: optionalTime,
  status: textOr(''),
});
export type OrderModel = v.InferOutput<typeof orderModel>;

const openStatuses = ['untouched', 'partial'];

export function openOrder(model: OrderModel): Order {
  const method = model.method.toLowerCase();
  const quantity = quantityOf(model);
  const stopPrice = unlessZero(model.stopPrice);
  return {
    id: model.id,
    ...optional('clientOrderId', model.orderClientId),
    symbol: model.pairSymbol || model.pairsymbol,
    ...optional('side', model.type),
    type: typeOf(method),
    ...optional('price', unlessZero(model.price)),
    ...optional('stopPrice', stopPrice),
    ...optional('quantity', quantity),
    ...optional('remaining', model.leftAmount ?? (isUntouched(model) ? quantity : undefined)),
    ...optional('createdAt', model.time ?? (isUntouched(model) ? model.updateTime : undefined)),
    ...unknownStatus(model.status, openStatuses),
    protective: method === '' ? stopPrice !== undefined : method.startsWith('stop'),
  };
}

function quantityOf({ quantity, amount }: OrderModel): Decimal | undefined {
  return quantity ?? amount;
}

/** An order of which nothing has filled was last changed when it was placed. */
function isUntouched(model: OrderModel): boolean {
  const filled = difference(quantityOf(model), model.leftAmount);
  return filled === undefined ? model.status.toLowerCase() === 'untouched' : isZero(filled);
}

export function closedOrder(model: OrderModel): ClosedOrder {
  const { id, leftAmount, updateTime } = model;
  const quantity = quantityOf(model);
  return {
    id,
    ...optional('quantity', quantity),
    ...optional('filled', difference(quantity, leftAmount)),
    ...optional('updatedAt', updateTime),
  };
}
