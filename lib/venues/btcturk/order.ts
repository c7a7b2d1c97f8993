import * as v from 'valibot';
import { isZero, subtract } from '../../domain/decimal.ts';
import type { ClosedOrder, Order } from '../../domain/order.ts';
import {
  clientOrderId,
  decimal,
  optional,
  optionalDecimal,
  optionalTime,
  orderId,
  optionalSide,
  textOr,
  unlessZero,
} from '../orders.ts';

/** Source: docs.btcturk.com, Open Orders and Get Single Order; swagger-v1 OrderModel. */
export const orderModel = v.object({
  id: orderId,
  orderClientId: clientOrderId,
  /** `pairsymbol` in the spelling of 2019. */
  pairSymbol: v.nullish(v.string()),
  pairsymbol: v.nullish(v.string()),
  type: optionalSide,
  method: textOr('limit'),
  price: optionalDecimal,
  stopPrice: optionalDecimal,
  /** The same as `amount`. */
  quantity: decimal,
  leftAmount: optionalDecimal,
  /** 0 in answers of openOrders. */
  time: optionalTime,
  updateTime: optionalTime,
  status: textOr(''),
});
export type OrderModel = v.InferOutput<typeof orderModel>;

export function openOrder(model: OrderModel): Order {
  return {
    id: model.id,
    ...optional('clientOrderId', model.orderClientId),
    symbol: model.pairSymbol ?? model.pairsymbol ?? '',
    ...optional('side', model.type),
    type: model.method.toLowerCase(),
    ...optional('price', unlessZero(model.price)),
    ...optional('stopPrice', unlessZero(model.stopPrice)),
    quantity: model.quantity,
    remaining: model.leftAmount ?? model.quantity,
    ...optional('createdAt', model.time ?? (isUntouched(model) ? model.updateTime : undefined)),
    protective: model.method.toLowerCase().startsWith('stop'),
  };
}

/** An order of which nothing has filled was last changed when it was placed. */
function isUntouched({ quantity, leftAmount }: OrderModel): boolean {
  return leftAmount === undefined || isZero(subtract(quantity, leftAmount));
}

export function closedOrder(model: OrderModel): ClosedOrder {
  const { id, quantity, leftAmount, updateTime } = model;
  return {
    id,
    quantity,
    ...optional('filled', leftAmount && subtract(quantity, leftAmount)),
    ...optional('updatedAt', updateTime),
  };
}
