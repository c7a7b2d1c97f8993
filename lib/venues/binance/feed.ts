import * as v from 'valibot';
import { signatureOf } from '#lib/venues/binance-dialect.ts';
import type { Feed, FeedFrame, FeedNews } from '#lib/venues/feed.ts';
import { other, refusedBy, step } from '#lib/venues/feed-frames.ts';
import { newsOf } from '#lib/venues/feed-news.ts';
import { parseJson } from '#lib/venues/json.ts';
import { optional } from '#lib/venues/order-schema.ts';
import type { Signer } from '#lib/venues/wire.ts';
import { problemOf, said } from './errors.ts';
import { orders } from './order.ts';

/**
 * The user's stream on the WebSocket API, entered by a signed subscription that any kind of key can write. Sources: user-data-stream,
 * web-socket-api.
 */
export const feed: Feed = {
  path: '/ws-api/v3',
  greetings: [[subscribe]],
  // The venue's own pings a script does not see.
  ping: { text: JSON.stringify({ id: 'ping', method: 'ping' }), every: 25_000 },
  // Two pings without an answer.
  longestSilence: 60_000,

  read(text, receivedAt) {
    const message = v.safeParse(messageSchema, parseJson(text));
    if (!message.success) return other;
    const { id, status, error, event } = message.output;
    if (event) return readEvent(event);
    if (id !== greetingId) return other;
    return status === '200' ? step : refused(status, error, receivedAt);
  },
};

const greetingId = 'subscribe';

/** All parameters but the signature, sorted by name, are signed. */
async function subscribe(signer: Signer): Promise<string> {
  const { apiKey, timestamp } = signer;
  const signature = await signatureOf(`apiKey=${apiKey}&timestamp=${timestamp}`, signer);
  return JSON.stringify({
    id: greetingId,
    method: 'userDataStream.subscribe.signature',
    params: { apiKey, timestamp, signature },
  });
}

const fields = v.record(v.string(), v.unknown());
const messageSchema = v.object({
  id: v.fallback(v.optional(v.string()), undefined),
  status: v.fallback(v.optional(v.string()), undefined),
  error: v.fallback(v.optional(fields), undefined),
  event: v.fallback(v.optional(fields), undefined),
});

const waitSchema = v.object({
  data: v.object({ retryAfter: v.pipe(v.string(), v.regex(/^\d{13}$/)) }),
});

/** How long to wait is a moment here. Source: web-socket-api, rate limits. */
function refused(
  status: string | undefined,
  error: unknown,
  receivedAt: number | undefined,
): FeedFrame {
  const wait = v.safeParse(waitSchema, error);
  const retryAt = wait.success ? Number(wait.output.data.retryAfter) : undefined;
  const reply = {
    status: Number(status),
    ...optional('receivedAt', receivedAt),
    ...optional('retryAt', retryAt),
  };
  return refusedBy(problemOf, said(error), 'unexpected', reply);
}

function readEvent(event: Readonly<Record<string, unknown>>): FeedFrame {
  switch (event['e']) {
    case 'executionReport':
      return { kind: 'news', news: [readReport(event)] };
    // A list's legs are told of one by one.
    case 'listStatus':
      return other;
    case 'eventStreamTerminated':
    case 'serverShutdown':
      return { kind: 'over' };
    default:
      return other;
  }
}

/** By the names that REST has for them. Source: user-data-stream, order update. */
function readReport({
  i,
  s,
  c,
  S,
  o,
  q,
  p,
  P,
  z,
  g,
  X,
  T,
  O,
}: Readonly<Record<string, unknown>>): FeedNews {
  const news = newsOf(orders, {
    orderId: i,
    orderListId: g,
    clientOrderId: c,
    symbol: s,
    side: S,
    type: o,
    status: X,
    price: p,
    stopPrice: P,
    origQty: q,
    executedQty: z,
    time: O,
    updateTime: T,
  });
  const symbol = typeof s === 'string' && { symbol: s };
  if (news.kind === 'ended') return { ...news, ...symbol };
  // Whether a leg guards anything its whole list tells.
  if (g !== undefined && g !== '-1') return { kind: 'look' };
  return news.kind === 'open' ? { ...news, ...symbol } : news;
}
