import { compare, multiply } from '#tests/sandbox/shared/decimal.ts';
import { exactNumber } from '#tests/sandbox/shared/json.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';

/** open, closed (filled), canceled, expired; `pending` is before open (fact sheet, "Listing and reading"). */
function statusOf(order: BookOrder): string {
  if (order.statusWord) return order.statusWord;
  const words = {
    open: 'open',
    filled: 'closed',
    cancelled: 'canceled',
    expired: 'expired',
    rejected: 'canceled',
  } as const;
  return words[order.status];
}

const types = {
  limit: 'limit',
  market: 'market',
  'stop-limit': 'stop-loss-limit',
  'stop-market': 'stop-loss',
  'take-profit-limit': 'take-profit-limit',
  'take-profit-market': 'take-profit',
  'trailing-stop-market': 'trailing-stop',
} as const satisfies Record<BookOrder['method'], string>;

/** Seconds with decimals. */
const seconds = (ms: number): object => exactNumber((ms / 1000).toFixed(4));

/** The value of the map that OpenOrders and QueryOrders answer with; its name there is the order's id. */
export function orderObject(order: BookOrder, userref: number | undefined): object {
  const { method, price, stopPrice = '0', side, quantity, symbol } = order;
  const type = types[method];
  const isTrigger = order.stopPrice !== undefined;
  const isAtMarket = !/limit/.test(type);
  const first = method === 'trailing-stop-market' ? '+5.0000%' : isTrigger ? stopPrice : price;
  return {
    refid: null,
    userref: userref ?? null,
    ...(order.clientOrderId !== undefined && { cl_ord_id: order.clientOrderId }),
    status: statusOf(order),
    opentm: seconds(order.createdAt),
    starttm: 0,
    expiretm: 0,
    descr: {
      pair: symbol,
      type: side,
      ordertype: type,
      price: method === 'market' ? '0' : first,
      price2: isTrigger && !isAtMarket ? price : '0',
      leverage: 'none',
      order: `${side} ${quantity} ${symbol} @ ${type} ${first}`,
      close: '',
    },
    vol: quantity,
    vol_exec: order.filled,
    cost: multiply(price, order.filled),
    fee: '0.00000',
    price: compare(order.filled, '0') > 0 ? price : '0.00000',
    stopprice: stopPrice === '0' ? '0.00000' : stopPrice,
    limitprice: '0.00000',
    misc: '',
    oflags: 'fciq',
    ...(order.reduceOnly && { reduce_only: true }),
    ...(order.status !== 'open' && {
      closetm: seconds(order.updatedAt),
      reason: order.status === 'cancelled' ? (order.reason ?? 'User requested') : order.reason,
    }),
  };
}

/** What REST calls by older names. */
const newNames = new Map([
  ['XBT', 'BTC'],
  ['XDG', 'DOGE'],
]);

/** By the name of the pair that WebSocket v2 uses: BTC/USD for XBTUSD. */
export function pairName(symbol: string): string {
  const [, ...names] = /^(.+)(USD|EUR|GBP|USDT|XBT|ETH)$/.exec(symbol) ?? ['', symbol];
  return names.map((name) => newNames.get(name) ?? name).join('/');
}

export const typeOf = ({ method }: BookOrder): string => types[method];
