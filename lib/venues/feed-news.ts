import { isZero } from '#lib/domain/decimal.ts';
import type { Order } from '#lib/domain/order.ts';
import type { FeedNews } from './feed.ts';
import { optional } from './order-schema.ts';

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
