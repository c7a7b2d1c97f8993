import { compare, padded } from '#tests/sandbox/shared/decimal.ts';
import { exactNumber } from '#tests/sandbox/shared/json.ts';
import { remaining, type BookOrder } from '#tests/sandbox/shared/order-book.ts';

const quotes = ['TRY', 'USDT', 'BTC'];

/** BTC_TRY and BTCTRY are the same pair to the venue (README-pro.md). */
export const pairSymbol = (symbol: string): string => symbol.replace('_', '');

export function normalized(symbol: string): string {
  const quote = quotes.find((candidate) => symbol.endsWith(candidate)) ?? '';
  return quote && !symbol.includes('_')
    ? `${symbol.slice(0, symbol.length - quote.length)}_${quote}`
    : symbol;
}

/** Untouched and Partial are open; Closed is filled (fact sheet 1.5). A partly filled one, cancelled, is Canceled. */
function status(order: BookOrder): string {
  if (order.status === 'cancelled') return 'Canceled';
  if (order.status === 'filled') return 'Closed';
  return compare(order.filled, '0') > 0 ? 'Partial' : 'Untouched';
}

const amount = (text: string): string => padded(text, 16);

/** The order object of openOrders and order/{id} (docs open-orders, get-single-order; fact sheet 1.5). */
export function orderObject(order: BookOrder, { time }: { time: number }): object {
  return {
    id: exactNumber(order.id),
    price: amount(order.price),
    amount: amount(order.quantity),
    quantity: amount(order.quantity),
    stopPrice: amount(order.stopPrice ?? '0'),
    pairSymbol: pairSymbol(order.symbol),
    pairSymbolNormalized: normalized(order.symbol),
    type: order.side,
    method: order.method.replace('-', ''),
    orderClientId: order.clientOrderId,
    time,
    updateTime: order.updatedAt,
    status: status(order),
    leftAmount: amount(remaining(order)),
  };
}
