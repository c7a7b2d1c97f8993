import { compare, multiply, padded } from '#tests/sandbox/shared/decimal.ts';
import { exactNumber } from '#tests/sandbox/shared/json.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';

export interface OrderSettings {
  /** JSON numbers of any length, or UUIDs as strings: the documents show both. */
  idForm: 'digits' | 'uuid';
  /** How a cancelled order is called; `cancelled` brings the web API's words for the others too. */
  statusSpelling: 'CANCELED' | 'CANCELLED' | 'cancelled';
}

const webWords = {
  NEW: 'open',
  PARTIALLY_FILLED: 'partially_filled',
  FILLED: 'filled',
  EXPIRED: 'expired',
  REJECTED: 'rejected',
};

/** NEW, PARTIALLY_FILLED, FILLED, CANCELED, EXPIRED, REJECTED; the web API's are in lower case (fact sheet 2.5). */
function status(order: BookOrder, spelling: OrderSettings['statusSpelling']): string {
  if (order.statusWord) return order.statusWord;
  if (order.status === 'cancelled') return spelling;
  const untouched = compare(order.filled, '0') === 0;
  const word = {
    open: untouched ? 'NEW' : 'PARTIALLY_FILLED',
    filled: 'FILLED',
    rejected: 'REJECTED',
    expired: 'EXPIRED',
  } as const;
  return spelling === 'cancelled' ? webWords[word[order.status]] : word[order.status];
}

const types = {
  limit: 'LIMIT',
  market: 'MARKET',
  'stop-limit': 'STOP',
  'stop-market': 'STOP_MARKET',
  'take-profit-limit': 'TAKE_PROFIT',
  'take-profit-market': 'TAKE_PROFIT_MARKET',
  'trailing-stop-market': 'TRAILING_STOP_MARKET',
} satisfies Record<BookOrder['method'], string>;

function common(order: BookOrder, settings: OrderSettings, amount: (text: string) => string) {
  const { id, method, stopPrice = '0' } = order;
  const isTrailing = method === 'trailing-stop-market';
  const isNumber = settings.idForm === 'digits' && /^(0|[1-9]\d*)$/.test(id);
  return {
    clientOrderId: order.clientOrderId ?? id,
    cumQuote: amount(multiply(order.price, order.filled)),
    executedQty: amount(order.filled),
    orderId: isNumber ? exactNumber(id) : id,
    origQty: amount(order.quantity),
    origType: types[method],
    price: amount(order.price),
    reduceOnly: order.reduceOnly,
    side: order.side.toUpperCase(),
    positionSide: 'BOTH',
    status: status(order, settings.statusSpelling),
    stopPrice: amount(isTrailing ? '0' : stopPrice),
    closePosition: false,
    symbol: order.symbol,
    timeInForce: 'GTC',
    type: types[method],
    ...(isTrailing && { activatePrice: amount(stopPrice), priceRate: '0.3' }),
    updateTime: order.updatedAt,
    workingType: 'CONTRACT_PRICE',
    priceProtect: false,
  };
}

/** What a cancel answers (page ztdx-cancel-order; fact sheet 2.3): amounts without superfluous zeros. */
export function cancelledOrder(order: BookOrder, settings: OrderSettings): object {
  return { ...common(order, settings, (text) => text), cumQty: order.filled };
}

const amount = (text: string): string => padded(text, 18);

/** What is read: with avgPrice and time, without cumQty, amounts with 18 places as in the venue's own sample (fact sheet 2.5). */
export function readOrder(order: BookOrder, settings: OrderSettings) {
  const avgPrice = amount(compare(order.filled, '0') > 0 ? order.price : '0');
  return { ...common(order, settings, amount), avgPrice, time: order.createdAt };
}
