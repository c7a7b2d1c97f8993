import { t, tCount } from './text.ts';

/** `no open orders`, `1 open order`, `8 open orders, 1 more could not be read`. */
export function countWords(openOrders: number, unreadable = 0): string {
  if (unreadable > 0) {
    return openOrders === 0
      ? unreadableWords(unreadable)
      : tCount('count.and_unreadable', unreadable, { open: countWords(openOrders) });
  }
  return openOrders === 0 ? t('count.no_open_orders') : tCount('count.open_orders', openOrders);
}

/** `1 order could not be read`: listed by its venue without even an id, so that it may be open. */
export function unreadableWords(unreadable: number): string {
  return tCount('count.unreadable', unreadable);
}

/** What that means, and what to do. */
export function unreadableAdvice(unreadable: number, venue: string): string {
  return tCount('count.unreadable_advice', unreadable, { venue });
}

export function ordersWords(count: number): string {
  return tCount('count.orders', count);
}
