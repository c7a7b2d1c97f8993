import type { BookOrder, OrderBook } from '#tests/sandbox/shared/order-book.ts';
import type { OxFunError } from './replies.ts';

/** The order a cancel names, as text: JSON's numbers with their exact digits. */
export interface Named {
  marketCode?: string;
  orderId?: string;
  clientOrderId?: string;
}

const maxClientOrderId = 2n ** 63n - 1n;

/** Where the documents name markets (fact sheet 1.10); any that an order of the book is in counts as well. */
const markets = new Set(['BTC-USD-SWAP-LIN', 'ETH-USD-SWAP-LIN', 'OX-USDT', 'BTC-USDT']);

/** The open order that is meant, or why there is none. What is wrong first in the documents' table is named. */
export function findNamed(named: Named, book: OrderBook): BookOrder | OxFunError {
  const { marketCode, orderId, clientOrderId } = named;
  if (orderId === undefined && clientOrderId === undefined) return '20010';
  if (!marketCode) return '20011';
  if (!markets.has(marketCode) && book.all().every(({ symbol }) => symbol !== marketCode))
    return '20015';
  if (orderId !== undefined && !/^\d{1,19}$/.test(orderId)) return '20019';
  if (orderId === undefined && clientOrderId !== undefined) {
    if (!/^-?\d+$/.test(clientOrderId) || BigInt(clientOrderId) > maxClientOrderId) return '20014';
    if (BigInt(clientOrderId) <= 0n) return '20008';
  }
  const order =
    orderId === undefined ? book.findByClientOrderId(clientOrderId ?? '') : book.find(orderId);
  if (!order || order.status !== 'open' || order.symbol !== marketCode) return '100005';
  return order.isForeign ? '100006' : order;
}

/** Reads the three names from an object of an exactly parsed message. */
export function readNamed(value: unknown): Named {
  const given = asObject(value) ?? {};
  const named: Named = {};
  for (const name of ['marketCode', 'orderId', 'clientOrderId'] as const) {
    const field = given[name];
    if (typeof field === 'string' && field !== '') named[name] = field;
  }
  return named;
}

export function asObject(value: unknown): Record<string, unknown> | undefined {
  return typeof value === 'object' && value !== null && !Array.isArray(value)
    ? { ...value }
    : undefined;
}
