import * as v from 'valibot';
import type { Failure } from '#lib/domain/reply.ts';
import type { Call } from '#lib/venues/call.ts';
import { asksToWait, rateLimited, saying, unreadable } from '#lib/venues/failure.ts';
import type { Feed, FeedFrame, PassReply } from '#lib/venues/feed.ts';
import { other, step } from '#lib/venues/feed-frames.ts';
import { newsOf, placeOf } from '#lib/venues/feed-news.ts';
import { parseJson } from '#lib/venues/json.ts';
import { orderId } from '#lib/venues/order-schema.ts';
import { post } from '#lib/venues/requests.ts';
import { head } from '#lib/venues/safe-text.ts';
import { headers } from './calls.ts';
import { readEnvelope, readFailure } from './errors.ts';
import { orders } from './order.ts';

const topic = 'order_status';

/**
 * A ticket lets one listen, and may serve once only: that is not documented. Source: apidocs.ripio.com, WebSocket Stream,
 * Private topics; its sample has no `error_code`.
 */
const fetchTicket: Call<undefined, PassReply> = {
  request: () => post('/trade/ticket', { headers }),
  read(reply) {
    const failure = readFailure(reply);
    if (failure !== undefined) return failure;
    const data = v.safeParse(v.object({ ticket: orderId }), readEnvelope(reply).data);
    return data.success ? { kind: 'pass', pass: data.output.ticket } : unreadable(reply);
  },
};

/** Source: apidocs.ripio.com, WebSocket Stream, order_status. */
export const feed: Feed = {
  path: '/',
  pass: { fetch: fetchTicket },
  greetings: [
    [
      (_, ticket) =>
        Promise.resolve(JSON.stringify({ method: 'subscribe', topics: [topic], ticket })),
    ],
  ],
  /** A documented method; how often, and what comes back, is not. The venue's other socket ends after 60 s without a word. */
  ping: { text: '{"method":"ping"}', every: 25_000 },

  read(text) {
    const message = v.safeParse(messageSchema, parseJson(text));
    if (!message.success) return other;
    const { id, body } = message.output;
    if (message.output.topic !== topic) return readReply(message.output);
    // The welcome of a topic: what it holds no document tells.
    if (id === '-1') return step;
    // Created, executed, canceled: the order as it is then.
    return { kind: 'news', news: [newsOf(orders, body)], ...placeOf(id) };
  },
};

const loose = v.fallback(v.nullish(v.string()), undefined);
const anything = v.optional(v.unknown());

/** A message of a topic; or a reply, whose form is not documented. */
const messageSchema = v.object({
  id: loose,
  topic: loose,
  body: anything,
  method: loose,
  topics: v.fallback(v.array(v.unknown()), []),
  status: loose,
  success: anything,
  error: anything,
  error_code: loose,
  code: loose,
  message: loose,
});
type Message = v.InferOutput<typeof messageSchema>;

const success = new Set(['0', '200']);
const refusals = /invalid|unauthori[sz]ed|forbidden|expired|denied/i;

/**
 * Clients skip the acknowledgement of a subscription, and nobody shows it: taken for one is only what says so. A stream that
 * is not known to run is no harm, since it is shown by the first news.
 */
function readReply(reply: Message): FeedFrame {
  const { method, topics, status = '', error } = reply;
  const inner = v.parse(errorSchema, error);
  const code = reply.error_code ?? reply.code ?? inner.error_code ?? inner.code ?? '';
  const message = reply.message ?? inner.message ?? (typeof error === 'string' ? error : '');
  const isRefused =
    (code !== '' && !success.has(code)) ||
    Boolean(error) ||
    reply.success === false ||
    Number(status) >= 400 ||
    refusals.test(head(message));
  if (isRefused) return { kind: 'refused', failure: refusal(code, message) };
  if (method === 'unsubscribe') return other;
  const isTaken =
    method === 'subscribe' ||
    topics.includes(topic) ||
    reply.success === true ||
    success.has(status ?? '') ||
    success.has(code);
  return isTaken ? step : other;
}

const errorSchema = v.fallback(v.object({ error_code: loose, code: loose, message: loose }), {});

/** The key has been proven by the request for the ticket: it is this that is not taken, or a right or the address. */
function refusal(code: string, message: string): Failure {
  const heard = { ...saying(message, code), note: { code: 'socket' } } as const;
  const reply = { status: 0, text: message };
  if (code === '42900' || asksToWait(reply, message)) {
    return rateLimited(reply, { limit: 1000 }, heard);
  }
  return code.startsWith('5')
    ? { kind: 'unknown', ...heard }
    : { kind: 'refused', reason: 'unauthorized', ...heard };
}
