import * as v from 'valibot';
import type { OrderReading } from '#lib/domain/order.ts';
import { saying } from '#lib/venues/failure.ts';
import type { Feed, FeedNews } from '#lib/venues/feed.ts';
import { other, passBy, refusedBy, step } from '#lib/venues/feed-frames.ts';
import { placeOf } from '#lib/venues/feed-news.ts';
import { parseJson } from '#lib/venues/json.ts';
import { optional, optionalDecimal, orderId, textOr } from '#lib/venues/order-schema.ts';
import { ask } from './calls.ts';
import { problemOf, read } from './errors.ts';
import { isTxid } from './order.ts';

const channel = 'executions';

/** Good for a quarter of an hour, and for as long as the connection. Source: docs.kraken.com, get-websockets-token. */
const token = passBy(() => ask('GetWebSocketsToken'), read, 'token', /^[\x21-\x7e]{1,1000}$/);

/** WebSocket v2. Source: docs.kraken.com, spot-websocket-v2, executions. */
export const feed: Feed = {
  path: '/v2',
  pass: { fetch: token },
  greetings: [
    [
      (_, token) =>
        // The account is read after every opening: no snapshot is needed.
        Promise.resolve(
          JSON.stringify({ method: 'subscribe', params: { channel, snap_orders: false, token } }),
        ),
    ],
  ],
  ping: { text: '{"method":"ping"}', every: 20_000 },
  /** Heartbeats come every second. */
  longestSilence: 15_000,

  read(text) {
    const message = v.safeParse(messageSchema, parseJson(text));
    if (!message.success) return other;
    const { method, success, error, type, data, sequence } = message.output;
    if (method === 'subscribe') {
      if (success === true) return step;
      // What nothing explains is a token that is not taken.
      return refusedBy(problemOf, { message: error, isError: true, isOwn: true }, 'unauthorized');
    }
    if (message.output.channel !== channel || (type !== 'update' && type !== 'snapshot')) {
      return other;
    }
    // What a snapshot holds is read.
    const news = type === 'update' ? data.map(readEvent) : [];
    return { kind: 'news', news, ...placeOf(sequence) };
  },
};

const messageSchema = v.object({
  method: textOr(''),
  success: v.fallback(v.nullish(v.boolean()), undefined),
  error: textOr(''),
  channel: textOr(''),
  type: textOr(''),
  data: v.fallback(v.array(v.unknown()), []),
  sequence: textOr(''),
});

const event = v.object({
  order_id: v.pipe(v.string(), v.check(isTxid), orderId),
  exec_type: textOr(''),
  order_status: textOr(''),
  order_qty: optionalDecimal,
  cum_qty: optionalDecimal,
  timestamp: textOr(''),
  reason: textOr(''),
});

/**
 * An end by its own event, in words that agree. Whatever else has happened is read: an event tells no more than what is new, names pairs
 * otherwise than REST, and a trade is called partial though nothing may be left.
 */
function readEvent(value: unknown): FeedNews {
  const parsed = v.safeParse(event, value);
  if (!parsed.success) return { kind: 'look' };
  const { order_id: id, exec_type: type, order_status: word, reason } = parsed.output;
  const status = ends.get(type);
  if (status === undefined || word !== type) return { kind: 'look', orderId: id };
  const { order_qty: quantity, cum_qty: filled, timestamp } = parsed.output;
  const order = {
    id,
    ...optional('quantity', quantity),
    ...optional('filled', filled),
    ...optional('updatedAt', Date.parse(timestamp) || undefined),
  };
  return { kind: 'ended', reading: { status, order }, ...saying(type, reason) };
}

const ends = new Map<string, Extract<OrderReading['status'], 'filled' | 'cancelled'>>([
  ['filled', 'filled'],
  ['canceled', 'cancelled'],
  ['expired', 'cancelled'],
]);
