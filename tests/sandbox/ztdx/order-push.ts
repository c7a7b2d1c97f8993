import { randomUUID } from 'node:crypto';
import { compare, subtract } from '#tests/sandbox/shared/decimal.ts';
import { exactNumber } from '#tests/sandbox/shared/json.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import { readOrder, type OrderSettings } from './order-object.ts';

/**
 * The fields of a message of type `order` are documented nowhere (fact sheet 2.9), so each of these is a guess: REST's object
 * without an envelope, in one and in a list; what the venue's own spot pushes; Binance's event; the type and nothing else.
 */
export const orderPushes = ['flat', 'data', 'list', 'spot', 'binance', 'bare'] as const;
export type OrderPush = (typeof orderPushes)[number];

const spotWords = {
  open: 'open',
  filled: 'filled',
  cancelled: 'canceled',
  rejected: 'rejected',
  expired: 'expired',
} satisfies Record<BookOrder['status'], string>;

const message = (more: object): string => JSON.stringify({ type: 'order', ...more });

export function orderPush(
  order: BookOrder,
  filledBefore: string,
  form: OrderPush,
  settings: OrderSettings,
): string {
  const rest = readOrder(order, settings);
  switch (form) {
    case 'flat': {
      // Its own `type` cannot stand beside that of the message.
      const { type, ...others } = rest;
      return message({ channel: 'orders', ...others, orderType: type, type: 'order' });
    }
    case 'data':
      return message({ channel: 'orders', data: rest });
    case 'list':
      return message({ channel: 'orders', data: [rest] });
    case 'spot':
      return message({ channel: 'orders', data: asSpot(order, filledBefore) });
    case 'binance':
      return message({ data: asBinance(order, filledBefore, rest) });
    case 'bare':
      return message({});
  }
}

/** `spot_user_order` of docs.ztdx.io/spot/user-ws/user-orders; `trade_id` is no order's. */
function asSpot(order: BookOrder, filledBefore: string): object {
  const { id, symbol, side, method, price, quantity, filled } = order;
  const isPart = order.status === 'open' && compare(filled, '0') > 0;
  const filledNow = subtract(filled, filledBefore);
  return {
    id,
    symbol,
    side,
    type: method,
    tif: 'gtc',
    price,
    quantity,
    quote_quantity: null,
    filled_qty: filled,
    avg_fill_price: compare(filled, '0') > 0 ? price : '0',
    status: isPart ? 'partially_filled' : spotWords[order.status],
    reject_reason: order.reason ?? null,
    updated_at: Math.floor(order.updatedAt / 1000),
    ...(compare(filledNow, '0') > 0 && {
      last_fill: {
        trade_id: randomUUID(),
        price,
        quantity: filledNow,
        fee: '0',
        fee_token: 'USDT',
      },
    }),
  };
}

/** ORDER_TRADE_UPDATE (Binance, USD-M futures). */
function asBinance(
  order: BookOrder,
  filledBefore: string,
  { status, type }: ReturnType<typeof readOrder>,
): object {
  const { id, symbol, side, price, quantity, filled, updatedAt } = order;
  const filledNow = subtract(filled, filledBefore);
  const ended = order.status === 'cancelled' ? 'CANCELED' : order.status.toUpperCase();
  const isTrade = compare(filledNow, '0') > 0;
  return {
    e: 'ORDER_TRADE_UPDATE',
    E: updatedAt,
    T: updatedAt,
    o: {
      s: symbol,
      c: order.clientOrderId ?? id,
      S: side.toUpperCase(),
      o: type,
      f: 'GTC',
      q: quantity,
      p: price,
      x: isTrade ? 'TRADE' : order.status === 'open' ? 'NEW' : ended,
      X: status,
      i: /^\d+$/.test(id) ? exactNumber(id) : id,
      l: filledNow,
      z: filled,
      T: updatedAt,
      R: order.reduceOnly,
    },
  };
}
