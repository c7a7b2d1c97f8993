import * as v from 'valibot';
import { subtract, type Decimal } from '../../domain/decimal.ts';
import type { ClosedOrder, Order } from '../../domain/order.ts';
import {
  clientOrderId,
  optional,
  optionalDecimal,
  orderId,
  optionalSide,
  textOr,
  unlessZero,
} from '../orders.ts';

/** Decimals are JSON numbers. Samples omit fields that the schema requires, and null stands for text: read leniently. */
export const orderModel = v.object({
  id: orderId,
  external_id: clientOrderId,
  pair: textOr(''),
  side: optionalSide,
  type: textOr('limit'),
  status: v.pipe(
    v.string(),
    v.transform((status) => status.toLowerCase()),
  ),
  price: optionalDecimal,
  stop_price: optionalDecimal,
  requested_amount: optionalDecimal,
  executed_amount: optionalDecimal,
  remaining_amount: optionalDecimal,
  create_date: v.nullish(v.string()),
  update_date: v.nullish(v.string()),
});
export type OrderModel = v.InferOutput<typeof orderModel>;

export function openOrder(model: OrderModel): Order {
  const { requested, remaining } = amounts(model);
  return {
    id: model.id,
    ...optional('clientOrderId', model.external_id),
    symbol: model.pair,
    ...optional('side', model.side),
    type: model.type,
    ...optional('price', unlessZero(model.price)),
    ...optional('stopPrice', unlessZero(model.stop_price)),
    quantity: requested ?? remaining ?? ('0' as Decimal),
    remaining: remaining ?? requested ?? ('0' as Decimal),
    ...optional('createdAt', timeOf(model.create_date)),
    protective: model.type.startsWith('stop') || model.type === 'trailing',
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

function amounts(model: OrderModel) {
  const { requested_amount: requested, executed_amount: executed } = model;
  const left = requested && executed && subtract(requested, executed);
  return { requested, remaining: model.remaining_amount ?? left };
}

function timeOf(date: string | null | undefined): number | undefined {
  return date ? Date.parse(date) || undefined : undefined;
}
