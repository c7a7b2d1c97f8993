import { compare, multiply, padded } from '#tests/sandbox/shared/decimal.ts';
import { exactNumber } from '#tests/sandbox/shared/json.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { ClientIds } from './client-ids.ts';
import type { OrderList, OrderLists } from './order-lists.ts';

/** What an order's own row in the book does not have. */
export interface Names {
  readonly ids: ClientIds;
  readonly lists: OrderLists;
}

const ended = {
  filled: 'FILLED',
  cancelled: 'CANCELED',
  rejected: 'REJECTED',
  expired: 'EXPIRED',
} as const;

/** NEW, PENDING_NEW, PARTIALLY_FILLED, FILLED, CANCELED, REJECTED, EXPIRED (fact sheet 1.4). */
export function statusOf({ status, statusWord, filled }: BookOrder): string {
  if (statusWord) return statusWord;
  if (status !== 'open') return ended[status];
  return compare(filled, '0') === 0 ? 'NEW' : 'PARTIALLY_FILLED';
}

const types = {
  limit: 'LIMIT',
  market: 'MARKET',
  'stop-limit': 'STOP_LOSS_LIMIT',
  'stop-market': 'STOP_LOSS',
  'take-profit-limit': 'TAKE_PROFIT_LIMIT',
  'take-profit-market': 'TAKE_PROFIT',
  'trailing-stop-market': 'STOP_LOSS',
} satisfies Record<BookOrder['method'], string>;

/** The limit leg of an OCO is a LIMIT_MAKER. */
export const typeOf = (order: BookOrder, list: OrderList | undefined): string =>
  order.method === 'limit' && list?.type === 'OCO' ? 'LIMIT_MAKER' : types[order.method];

export const amount = (text: string): string => padded(text, 8);

function common(order: BookOrder, { ids, lists }: Names) {
  const { id, method, price, quantity, filled, symbol, side, stopPrice } = order;
  const list = lists.of(order);
  return {
    symbol,
    orderId: exactNumber(id),
    orderListId: list?.id ?? -1,
    clientOrderId: ids.of(order),
    price: amount(price),
    origQty: amount(quantity),
    executedQty: amount(filled),
    origQuoteOrderQty: amount('0'),
    cummulativeQuoteQty: amount(multiply(price, filled)),
    status: statusOf(order),
    timeInForce: 'GTC',
    type: typeOf(order, list),
    side: side.toUpperCase(),
    ...(stopPrice !== undefined && { stopPrice: amount(stopPrice) }),
    ...(method === 'trailing-stop-market' && { trailingDelta: 100 }),
    selfTradePreventionMode: 'NONE',
  };
}

/** In openOrders and order. */
export const readOrder = (order: BookOrder, names: Names): object => ({
  ...common(order, names),
  stopPrice: amount(order.stopPrice ?? '0'),
  icebergQty: amount('0'),
  time: order.createdAt,
  updateTime: order.updatedAt,
  isWorking: order.statusWord !== 'PENDING_NEW' && order.stopPrice === undefined,
  workingTime: order.createdAt,
});

/** What a cancel replies, and what stands in a list's `orderReports`. */
export const cancelledOrder = (order: BookOrder, names: Names): object => ({
  ...common(order, names),
  origClientOrderId: names.ids.original(order),
  transactTime: order.updatedAt,
});

/** What a cancel of a leg replies: the list, with each leg's order (fact sheet 1.6). */
export const cancelledList = (
  list: OrderList,
  legs: readonly BookOrder[],
  names: Names,
): object => {
  const isDone = legs.every(({ status }) => status !== 'open');
  return {
    orderListId: list.id,
    contingencyType: list.type,
    listStatusType: isDone ? 'ALL_DONE' : 'EXEC_STARTED',
    listOrderStatus: isDone ? 'ALL_DONE' : 'EXECUTING',
    listClientOrderId: list.clientId,
    transactionTime: Math.max(...legs.map(({ updatedAt }) => updatedAt)),
    symbol: list.symbol,
    orders: legs.map((leg) => ({
      symbol: leg.symbol,
      orderId: exactNumber(leg.id),
      clientOrderId: names.ids.original(leg),
    })),
    orderReports: legs.map((leg) => cancelledOrder(leg, names)),
  };
};
