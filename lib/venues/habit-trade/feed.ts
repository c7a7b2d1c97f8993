import * as v from 'valibot';
import { bytesToBase64 } from '#lib/domain/base64.ts';
import type { Feed, FeedNews } from '#lib/venues/feed.ts';
import { other } from '#lib/venues/feed-frames.ts';
import { openNews } from '#lib/venues/feed-news.ts';
import { saying } from '#lib/venues/failure.ts';
import { parseJson } from '#lib/venues/json.ts';
import { readElements } from '#lib/venues/order-schema.ts';
import { changedAt, orderModel, readingOf, type OrderModel } from './order.ts';
import { proof } from './proof.ts';

const path = '/ws/trade/v1';

/**
 * Order notifications: proven by the handshake, running once it is open. Sources: docs.habittrade.com, WebSocket
 * Authentication, WebSocket Heartbeat; the page on cancelling.
 */
export const feed: Feed = {
  path,
  greetings: [],
  /** In Base64, other than a request's not in doubt. Nothing is asked for behind the path. */
  async handshake({ apiKey, timestamp, sign }) {
    const signature = bytesToBase64(await sign(`CONNECT|${path}|${timestamp}|`));
    return proof(apiKey, timestamp, signature);
  },
  // A heartbeat comes every 30 s: two are missing.
  longestSilence: 75_000,

  read(text) {
    const message = v.safeParse(messageSchema, parseJson(text));
    if (!message.success || message.output.type !== 'order') return other;
    const { data } = message.output;
    const list = readElements(orderModel, Array.isArray(data) ? data : [data]);
    if (!list || list.models.length + list.unreadable === 0) return other;
    const news = list.models.map(newsOf);
    return { kind: 'news', news: list.unreadable === 0 ? news : [...news, { kind: 'look' }] };
  },
};

const messageSchema = v.object({ type: v.string(), data: v.optional(v.unknown()) });

/**
 * `can` is the one end that a document names, and `new` the one word for an open order. By any other an order may have been
 * filled, rejected or neither: amounts alone prove nothing here, since a reading is at hand.
 */
function newsOf(model: OrderModel): FeedNews {
  const { order_no: orderId, order_status: status, reject_reason: reason } = model;
  const reading = readingOf(model);
  switch (status.toLowerCase()) {
    case 'can':
      if (reading.status === 'cancelled') {
        return { kind: 'ended', reading, ...saying(status, reason) };
      }
      break;
    case 'new':
      if (reading.status === 'open') return openNews(reading.order, changedAt(model));
      break;
  }
  return { kind: 'look', orderId };
}
