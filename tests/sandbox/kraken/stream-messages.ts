import { exactNumber } from '#tests/sandbox/shared/json.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import { compare, multiply, subtract } from '#tests/sandbox/shared/decimal.ts';
import { pairName, typeOf } from './order-object.ts';

/** RFC 3339 with microseconds. */
const moment = (ms: number): string => new Date(ms).toISOString().replace('Z', '000Z');

/** An order as a snapshot has it, and the first word of a new one (page executions; fact sheet, "Stream"). */
export function wholeOrder(
  order: BookOrder,
  execType: 'pending_new' | 'new',
  userref: number | undefined,
): object {
  return {
    order_id: order.id,
    ...(order.clientOrderId !== undefined && { cl_ord_id: order.clientOrderId }),
    ...(userref !== undefined && { order_userref: userref }),
    symbol: pairName(order.symbol),
    order_qty: exactNumber(order.quantity),
    cum_qty: exactNumber(order.filled),
    cum_cost: exactNumber(multiply(order.price, order.filled)),
    time_in_force: 'GTC',
    exec_type: execType,
    side: order.side,
    order_type: typeOf(order),
    limit_price_type: 'static',
    limit_price: exactNumber(order.price),
    ...(order.stopPrice !== undefined && {
      triggers: { reference: 'last', price: exactNumber(order.stopPrice), price_type: 'static' },
    }),
    order_status:
      execType === 'pending_new'
        ? 'pending_new'
        : compare(order.filled, '0') > 0
          ? 'partially_filled'
          : 'new',
    fee_usd_equiv: 0,
    fee_ccy_pref: 'fciq',
    timestamp: moment(order.updatedAt),
  };
}

/** What follows one change of an order, frame by frame: later ones tell what is new alone. */
export function changeOf(
  order: BookOrder,
  before: BookOrder | undefined,
  userref: number | undefined,
): object[] {
  const named = {
    order_id: order.id,
    ...(order.clientOrderId !== undefined && { cl_ord_id: order.clientOrderId }),
    timestamp: moment(order.updatedAt),
  };
  if (!before) {
    const isNew = { ...named, exec_type: 'new', order_status: 'new' };
    return [wholeOrder(order, 'pending_new', userref), isNew];
  }
  const cum = {
    cum_qty: exactNumber(order.filled),
    cum_cost: exactNumber(multiply(order.price, order.filled)),
    avg_price: exactNumber(compare(order.filled, '0') > 0 ? order.price : '0'),
  };
  const executed = subtract(order.filled, before.filled);
  if (compare(executed, '0') > 0) {
    const trade = {
      ...named,
      exec_type: 'trade',
      exec_id: 'TTCV5J-OQ7BC-3YTXSY',
      trade_id: 365573,
      symbol: pairName(order.symbol),
      side: order.side,
      order_type: typeOf(order),
      last_qty: exactNumber(executed),
      last_price: exactNumber(order.price),
      liquidity_ind: 'm',
      cost: exactNumber(multiply(order.price, executed)),
      // Also where nothing is left of it: the end is told by itself.
      order_status: 'partially_filled',
      fees: [],
    };
    const end = { ...named, ...cum, exec_type: 'filled', order_status: 'filled' };
    return order.status === 'filled' ? [trade, end] : [trade];
  }
  if (order.status === 'cancelled' || order.status === 'rejected') {
    const reason = order.reason ?? 'User requested';
    return [
      {
        ...named,
        ...cum,
        exec_type: 'canceled',
        order_status: 'canceled',
        reason,
        cancel_reason: reason,
      },
    ];
  }
  if (order.status === 'expired') {
    return [{ ...named, ...cum, exec_type: 'expired', order_status: 'expired' }];
  }
  return [
    {
      ...named,
      exec_type: 'amended',
      order_status: 'new',
      order_qty: exactNumber(order.quantity),
      limit_price: exactNumber(order.price),
    },
  ];
}
