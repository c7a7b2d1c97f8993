import { compare, multiply } from '#tests/sandbox/shared/decimal.ts';
import { exactNumber } from '#tests/sandbox/shared/json.ts';
import { remaining, type BookOrder } from '#tests/sandbox/shared/order-book.ts';

export type OpenStatus = 'open' | 'waiting';

/** open, executed_partially, executed_completely, canceled; `waiting` for open is in the wild (fact sheet 2.5). */
export function statusOf(order: BookOrder, openStatus: OpenStatus): string {
  if (order.status === 'cancelled') return 'canceled';
  if (order.status === 'filled') return 'executed_completely';
  return compare(order.filled, '0') > 0 ? 'executed_partially' : openStatus;
}

/** The order of every reply; amounts are JSON numbers (page cancel-by-external-id; fact sheet 2.4, 2.5). */
export function orderObject(order: BookOrder, openStatus: OpenStatus): object {
  const left = remaining(order);
  return {
    create_date: new Date(order.createdAt).toISOString(),
    executed_amount: exactNumber(order.filled),
    external_id: order.clientOrderId ?? null,
    id: order.id,
    pair: order.symbol,
    price: exactNumber(order.price),
    remaining_amount: exactNumber(left),
    remaining_value: exactNumber(multiply(order.price, left)),
    requested_amount: exactNumber(order.quantity),
    requested_value: exactNumber(multiply(order.price, order.quantity)),
    side: order.side,
    status: statusOf(order, openStatus),
    total_value: exactNumber(multiply(order.price, order.filled)),
    type: order.method.replace('-', '_'),
    update_date: new Date(order.updatedAt).toISOString(),
  };
}

/** A single order's reading adds its executions (fact sheet 2.5); the sandbox tells them as one. */
export function orderWithTransactions(order: BookOrder, openStatus: OpenStatus): object {
  const executed = compare(order.filled, '0') > 0;
  const transaction = {
    amount: exactNumber(order.filled),
    create_date: new Date(order.updatedAt).toISOString(),
    fee: 0,
    fee_currency: order.symbol.split('_')[order.side === 'buy' ? 0 : 1],
    price: exactNumber(order.price),
    total_value: exactNumber(multiply(order.price, order.filled)),
  };
  return {
    ...orderObject(order, openStatus),
    average_execution_price: executed ? exactNumber(order.price) : 0,
    transactions: executed ? [transaction] : [],
  };
}

const userId = '30B8CDBB-BDBD-4B60-A90F-860AB46B76F7';

/** The order in the stream's own field names, which are not those of REST (page order_status; fact sheet 2.8). */
export function pushedOrder(order: BookOrder, openStatus: OpenStatus): object {
  return {
    id: order.id,
    status: statusOf(order, openStatus),
    type: order.method.replace('-', '_'),
    side: order.side,
    pair: order.symbol,
    price: exactNumber(order.price),
    ...(order.stopPrice !== undefined && { stop_price: exactNumber(order.stopPrice) }),
    amount: exactNumber(order.quantity),
    executed_amount: exactNumber(order.filled),
    remaining_amount: exactNumber(remaining(order)),
    average_execution_price: compare(order.filled, '0') > 0 ? exactNumber(order.price) : 0,
    external_id: order.clientOrderId ?? null,
    user_id: userId,
    created_at: new Date(order.createdAt).toISOString(),
    updated_at: new Date(order.updatedAt).toISOString(),
  };
}
