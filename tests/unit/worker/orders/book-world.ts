import type { Decimal } from '#lib/domain/decimal.ts';
import type { Order, OrderId } from '#lib/domain/order.ts';
import type { FeedNews } from '#lib/venues/feed.ts';
import type { Book, Consequence } from '#lib/worker/orders/book.ts';
import { orderOf } from '#tests/unit/support/view-world.ts';

/** What a stream tells of orders, in few words, and what the book makes of it. */

export const left = (id: string, remaining: string, more: Partial<Order> = {}) =>
  orderOf(id, { remaining: remaining as Decimal, ...more });

export const open = (order: Order, changedAt?: number): FeedNews => ({
  kind: 'open',
  order,
  ...(changedAt !== undefined && { changedAt }),
});
export const closed = (id: string) =>
  ({ status: 'cancelled', order: { id: id as OrderId } }) as const;
export const ended = (id: string): FeedNews => ({
  kind: 'ended',
  reading: closed(id),
  said: ['can'],
});

export const removed = (id: string): FeedNews => ({ kind: 'removed', reading: closed(id) });
export const look = (id?: string): FeedNews => ({
  kind: 'look',
  ...(id !== undefined && { orderId: id as OrderId }),
});

/** What stands in it, and how much is left of each. */
export const shown = (book: Book) => book.orders().map(({ id, remaining }) => `${id} ${remaining}`);

/** What follows, in short. */
export const short = (all: readonly Consequence[]) =>
  all.map((each) => {
    switch (each.kind) {
      case 'ended':
        return `${each.reading.order.id} ${each.reading.status}`;
      case 'look':
        return each.orderId === undefined ? 'look' : `look ${each.orderId}`;
      case 'settle':
        return `settle ${each.at}`;
    }
  });

export const [a, b] = [left('A', '1'), left('B', '1')];
