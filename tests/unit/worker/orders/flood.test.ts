import { expect, test, vi } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import { bounds } from '#lib/venues/bounds.ts';
import type { FeedNews } from '#lib/venues/feed.ts';
import { emptyView } from '#lib/protocol/view.ts';
import { createBook, type Consequence } from '#lib/worker/orders/book.ts';
import { createOpenOrders } from '#lib/worker/orders/open-orders.ts';
import type { Publisher } from '#lib/worker/publish/publisher.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import { accountOf, orderOf } from '#tests/unit/support/view-world.ts';

/** A venue that tells without end: the book keeps no more than any account has, and a reading tells the rest. */

const closed = (id: string) => ({ status: 'cancelled', order: { id: id as OrderId } }) as const;
const removed = (id: string): FeedNews => ({ kind: 'removed', reading: closed(id) });
const opened = (id: string): FeedNews => ({ kind: 'open', order: orderOf(id) });

test('orders that nobody knows fill the book up to its bound, then all are to be read', () => {
  const book = createBook();
  for (let id = 0; id < bounds.orders; id++) book.hear(opened(`${id}`), 1);
  expect(book.hear(opened('more'), 1)).toEqual([{ kind: 'look' }]);
  expect(book.find('more' as OrderId)).toBeUndefined();
  expect(book.orders()).toHaveLength(bounds.orders);

  // What is known is told of as ever, and a reading makes room.
  expect(book.hear({ kind: 'ended', reading: closed('7') }, 2)).toMatchObject([{ kind: 'ended' }]);
  book.takeList({ orders: [orderOf('more')], readAt: 3 });
  expect(book.orders().map(({ id }) => id)).toEqual(['more']);
  expect(book.hear(opened('1'), 4)).toEqual([{ kind: 'look', orderId: '1' }]);
});

test('orders that leave, known or not, are kept up to the same bound', () => {
  const book = createBook();
  for (let id = 0; id < bounds.orders; id++) book.hear(removed(`${id}`), 1);
  expect(book.hear(removed('more'), 1)).toEqual([{ kind: 'look' }]);
  expect(book.settle(200)).toHaveLength(bounds.orders);
});

test('however many looks are told in a moment, each asks after none but those that are over', () => {
  const book = createBook();
  const steps = vi.spyOn(Object.getPrototypeOf(new Map().entries()), 'next');
  for (let id = 0; id < 3000; id++) {
    book.hear({ kind: 'look', orderId: `${id}` as OrderId }, 1 + id / 100);
  }
  expect(steps.mock.calls.length).toBeLessThan(10_000);
  steps.mockRestore();
});

function followsFrom(count: number): Consequence[] {
  const followed: Consequence[] = [];
  const publisher = { view: emptyView, setOrders: () => {} } as unknown as Publisher;
  const openOrders = createOpenOrders({} as Sealer, publisher, {
    onConsequence: (_, consequence) => followed.push(consequence),
  });
  openOrders.hear(
    accountOf('a', 'ripio', 'Main').id,
    Array.from({ length: count }, (_, id) => ({ kind: 'look', orderId: `${id}` as OrderId })),
  );
  return followed;
}

test('of the orders of one message beyond its bound only a reading tells', () => {
  expect(followsFrom(bounds.news)).toHaveLength(bounds.news);
  expect(followsFrom(bounds.news + 1)).toEqual([{ kind: 'look' }]);
});
