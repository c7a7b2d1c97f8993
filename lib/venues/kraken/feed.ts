import * as v from 'valibot';
import type { OrderReading } from '#lib/domain/order.ts';
import type { Failure } from '#lib/domain/reply.ts';
import type { Call } from '#lib/venues/call.ts';
import { toFailure } from '#lib/venues/error-table.ts';
import { saying } from '#lib/venues/failure.ts';
import type { Feed, FeedFrame, FeedNews, PassReply } from '#lib/venues/feed.ts';
import { parseJson } from '#lib/venues/json.ts';
import { optional, optionalDecimal, orderId, textOr } from '#lib/venues/order-schema.ts';
import { ask } from './calls.ts';
import { problemOf, read } from './errors.ts';
import { isTxid } from './order.ts';

const channel = 'executions';

/** Good for a quarter of an hour, and for as long as the connection. Source: docs.kraken.com, get-websockets-token. */
const fetchToken: Call<undefined, PassReply> = {
  request: () => ask('GetWebSocketsToken'),
  read: (reply) =>
    read(reply, toFailure, (_, { data }) =>
      v.is(tokenResult, data) ? { kind: 'pass', pass: data.token } : undefined,
    ),
};

const tokenResult = v.object({ token: v.pipe(v.string(), v.regex(/^[\x21-\x7e]{1,1000}$/)) });

/** WebSocket v2. Source: docs.kraken.com, spot-websocket-v2, executions. */
export const feed: Feed = {
  path: '/v2',
  pass: { fetch: fetchToken },
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
      return success === true ? { kind: 'step' } : { kind: 'refused', failure: refusal(error) };
    }
    if (message.output.channel !== channel || (type !== 'update' && type !== 'snapshot')) {
      return other;
    }
    const number = /^\d{1,15}$/.test(sequence) ? Number(sequence) : undefined;
    // What a snapshot holds is read.
    const news = type === 'update' ? data.map(readEvent) : [];
    return { kind: 'news', news, ...optional('number', number) };
  },
};

const other: FeedFrame = { kind: 'other' };

/** In the words of REST; what none of these explains is a token that is not taken. */
function refusal(error: string): Failure {
  const told = { message: error, isError: true, isOwn: true };
  const failure = problemOf({ status: 200, text: '' }, told)?.failure;
  const heard = { ...saying(error), note: { code: 'socket' } } as const;
  return failure === undefined || (failure.kind === 'refused' && failure.reason === 'unexpected')
    ? { kind: 'refused', reason: 'unauthorized', ...heard }
    : { ...failure, ...heard };
}

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
