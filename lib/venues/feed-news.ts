import { isZero } from '#lib/domain/decimal.ts';
import type { Order } from '#lib/domain/order.ts';
import { saying } from './failure.ts';
import type { FeedNews } from './feed.ts';
import type { Orders } from './order-model.ts';
import { optional } from './order-schema.ts';

/** What a push that holds a whole order tells: that it is open, its end, or, where it says too little, that something has happened. */
export function newsOf(orders: Orders, told: unknown): FeedNews {
  const model = orders.named(told);
  if (!model) return { kind: 'look' };
  if (model.status === '') return { kind: 'look', orderId: model.id };
  const reading = orders.readingOf(model);
  return reading.status === 'open'
    ? openNews(reading.order, model.updatedAt)
    : { kind: 'ended', reading, ...saying(model.status) };
}

/**
 * An order that a push tells of as open, if it tells enough for it to be listed and cancelled; else only that something has
 * happened to it.
 */
export function openNews(order: Order, changedAt: number | undefined): FeedNews {
  const { id, quantity, remaining, side, symbol, unknownStatus } = order;
  const isWhole = symbol !== '' && side !== undefined && quantity !== undefined;
  const isLeft = remaining !== undefined && !isZero(remaining);
  return isWhole && isLeft && unknownStatus === undefined
    ? { kind: 'open', order, ...optional('changedAt', changedAt) }
    : { kind: 'look', orderId: id };
}

/** Its place in the stream, as a venue that counts writes it. */
export function placeOf(text: string | null | undefined): { readonly number?: number } {
  return /^\d{1,15}$/.test(text ?? '') ? { number: Number(text) } : {};
}
