import { compare, subtract } from '#tests/sandbox/shared/decimal.ts';
import { exactNumber } from '#tests/sandbox/shared/json.ts';
import { remaining, type BookOrder } from '#tests/sandbox/shared/order-book.ts';
import { restMessage, type OxFunError } from './replies.ts';

const orderType = ({ method }: BookOrder): string => method.replaceAll('-', '_').toUpperCase();

const triggerType = ({ stopPrice }: BookOrder): string =>
  stopPrice === undefined ? 'NONE' : 'MARK_PRICE';

/** "0" where there is none (ccxt's captures; fact sheet 1.10). */
const clientOrderId = (order: BookOrder): string => order.clientOrderId ?? '0';

const isPartlyFilled = ({ filled }: BookOrder): boolean => compare(filled, '0') > 0;

/** An order that the venue itself ended has its status as the book's reason. */
const closedStatus = ({ reason }: BookOrder): string => reason ?? 'CANCELED_BY_USER';

function common(order: BookOrder): object {
  return {
    orderId: order.id,
    clientOrderId: clientOrderId(order),
    marketCode: order.symbol,
    side: order.side.toUpperCase(),
    price: order.price,
    stopPrice: order.stopPrice ?? null,
    isTriggered: false,
    amount: '0',
    displayQuantity: order.quantity,
    remainQuantity: remaining(order),
    orderType: orderType(order),
    triggerType: triggerType(order),
    timeInForce: 'GTC',
  };
}

/** GET /v3/orders/working: OPEN or PARTIALLY_FILLED (fact sheet 1.10). */
export function workingOrder(order: BookOrder): object {
  return {
    ...common(order),
    status: order.statusWord ?? (isPartlyFilled(order) ? 'PARTIALLY_FILLED' : 'OPEN'),
    quantity: order.quantity,
    matchedQuantity: order.filled,
    source: '13',
    createdAt: String(order.createdAt),
    lastModifiedAt: String(order.createdAt),
    lastMatchedAt: isPartlyFilled(order) ? String(order.updatedAt) : null,
  };
}

/** GET /v3/orders/status: the same under other names, with PARTIAL_FILL (fact sheet 1.10). */
export function orderStatus(order: BookOrder): object {
  const ended = order.status === 'filled' ? 'FILLED' : 'CANCELED';
  const isClosed = order.status !== 'open';
  return {
    ...common(order),
    status: order.statusWord ?? (isClosed ? ended : openStatus(order)),
    totalQuantity: order.quantity,
    cumulativeMatchedQuantity: order.filled,
    avgFillPrice: isPartlyFilled(order) ? order.price : '0',
    fees: {},
    source: '13',
    createdAt: String(order.createdAt),
    lastModifiedAt: String(order.createdAt),
    lastMatchedAt: isPartlyFilled(order) ? String(order.updatedAt) : null,
    canceledAt: isClosed && order.status !== 'filled' ? String(order.updatedAt) : null,
  };
}

/** An element of REST's cancel with FULL: the end itself (fact sheet 1.7). */
export function closedElement(order: BookOrder, accountId: string): object {
  return {
    notice: 'OrderClosed',
    accountId,
    submitted: true,
    ...common(order),
    status: closedStatus(order),
    quantity: order.quantity,
    closedAt: String(order.updatedAt),
  };
}

/** With ACK: handed on, no more. The shape is not documented. */
export const acknowledgedElement = (order: BookOrder): object => ({
  submitted: true,
  orderId: order.id,
  clientOrderId: clientOrderId(order),
  marketCode: order.symbol,
});

export function failedElement(
  code: OxFunError,
  asked: { marketCode?: string; orderId?: string; clientOrderId?: string },
  now: number,
): object {
  const { orderId = '0', clientOrderId: clientId = '0', marketCode } = asked;
  const message = restMessage(code);
  const named = { orderId, clientOrderId: clientId, marketCode };
  return { code, message, submitted: false, ...named, closedAt: String(now) };
}

/** One push of the channel `order`: all text (fact sheet 1.8). */
function push(order: BookOrder, accountId: string, more: object): string {
  const { stopPrice } = order;
  const pushed = {
    ...common(order),
    accountId,
    quantity: order.quantity,
    timestamp: String(order.updatedAt),
    limitPrice: order.price,
    ...(stopPrice === undefined ? { stopPrice: undefined } : { price: undefined, stopPrice }),
    isTriggered: 'false',
    ...more,
  };
  return JSON.stringify({ table: 'order', data: [pushed] });
}

const openStatus = (order: BookOrder): string => (isPartlyFilled(order) ? 'PARTIAL_FILL' : 'OPEN');

export const openedPush = (order: BookOrder, accountId: string): string =>
  push(order, accountId, { notice: 'OrderOpened', status: openStatus(order) });

export const closedPush = (
  order: BookOrder,
  accountId: string,
  status = closedStatus(order),
): string => push(order, accountId, { notice: 'OrderClosed', status });

export const modifiedPush = (order: BookOrder, accountId: string): string =>
  push(order, accountId, { notice: 'OrderModified', status: openStatus(order) });

export function matchedPush(order: BookOrder, filledBefore: string, accountId: string): string {
  return push(order, accountId, {
    notice: 'OrderMatched',
    status: remaining(order) === '0' ? 'FILLED' : 'PARTIAL_FILL',
    // A stop that matches has been triggered, and is no stop any more.
    orderType: orderType(order).replace(/^(?:STOP|TAKE_PROFIT)_/, ''),
    isTriggered: String(order.stopPrice !== undefined),
    matchId: `${order.updatedAt}${order.sequence}`,
    matchPrice: order.price,
    matchQuantity: subtract(order.filled, filledBefore),
    orderMatchType: 'MAKER',
    fees: '0',
    feeInstrumentId: order.symbol.split('-')[1],
  });
}

const notFoundInEngine = 'REJECT_CANCEL_ORDER_ID_NOT_FOUND';

/** A cancel that was submitted and failed in the engine; here the ids are JSON numbers (fact sheet 1.8). */
export function lateFailurePush(order: BookOrder): string {
  return JSON.stringify({
    event: 'CANCEL',
    submitted: false,
    message: `Order request was rejected : ${notFoundInEngine}`,
    code: '100004',
    timestamp: '0',
    data: {
      clientOrderId: exactNumber(clientOrderId(order)),
      orderId: exactNumber(order.id),
      status: notFoundInEngine,
      marketCode: order.symbol,
      side: order.side.toUpperCase(),
      price: exactNumber(order.price),
      quantity: exactNumber(order.quantity),
    },
  });
}

/** All orders were cancelled at once, in whichever way (fact sheet 1.6). */
export const cancelAllPush = (now: number): string =>
  JSON.stringify({ event: 'CANCEL', submitted: true, timestamp: String(now) });
