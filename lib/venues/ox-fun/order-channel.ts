import * as v from 'valibot';
import { isZero } from '#lib/domain/decimal.ts';
import type { FeedNews } from '#lib/venues/feed.ts';
import { openNews } from '#lib/venues/feed-news.ts';
import { saying } from '#lib/venues/failure.ts';
import { optionalDecimal, readElements } from '#lib/venues/order-schema.ts';
import { closedOrder, openOrder, orderModel } from './order.ts';

/** What the order channel pushes: one object for four notices. Source: OX.FUN API documents, Order Channel. */
const pushed = v.intersect([
  orderModel,
  v.object({ notice: v.nullish(v.string()), limitPrice: optionalDecimal }),
]);
type Pushed = v.InferOutput<typeof pushed>;

/** What has become of each order; undefined where it is no list of any. */
export function readOrderChannel(data: unknown): FeedNews[] | undefined {
  const list = readElements(pushed, data);
  if (!list || list.models.length + list.unreadable === 0) return undefined;
  const news = list.models.map(newsOf);
  return list.unreadable === 0 ? news : [...news, { kind: 'look' }];
}

/**
 * The ends that the documents name; another word proves none. `CANCELED_BY_AMEND` was one, of an order that was opened again
 * under another id: by now orders keep their ids, and what is told of a change is not said.
 */
const ends: ReadonlySet<string> = new Set([
  'CANCELED_BY_USER',
  'CANCELED_BY_MAKER_ONLY',
  'CANCELED_BY_FOK',
  'CANCELED_ALL_BY_IOC',
  'CANCELED_PARTIAL_BY_IOC',
  'CANCELED_BY_SELF_TRADE_PROTECTION',
]);

function newsOf(order: Pushed): FeedNews {
  const { notice, remainQuantity: left } = order;
  const status = order.status.toUpperCase();
  const isFilled = status === 'FILLED' && (left === undefined || isZero(left));
  switch (notice) {
    case 'OrderOpened':
      // Its time is that of placing: there is no other.
      return open({ ...order, createdAt: order.timestamp });
    case 'OrderModified':
      return open(order);
    case 'OrderMatched':
      return isFilled ? ended(order, 'filled') : open(order);
    case 'OrderClosed':
      if (ends.has(status)) return ended(order, 'cancelled');
      return isFilled ? ended(order, 'filled') : look(order);
    default:
      return look(order);
  }
}

/** A match that does not say what is left, and an order whose state is not told, are for a reading. */
function open(order: Pushed): FeedNews {
  if (order.status === '' || order.remainQuantity === undefined) return look(order);
  const price = order.price ?? order.limitPrice;
  return openNews(openOrder({ ...order, price }), order.timestamp);
}

function look({ orderId }: Pushed): FeedNews {
  return { kind: 'look', orderId };
}

function ended(order: Pushed, status: 'filled' | 'cancelled'): FeedNews {
  return { kind: 'ended', reading: { status, order: closedOrder(order) }, ...saying(order.status) };
}
