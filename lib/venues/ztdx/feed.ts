import * as v from 'valibot';
import type { OrderId } from '#lib/domain/order.ts';
import type { Feed, FeedNews } from '#lib/venues/feed.ts';
import { other, passBy, refusedBy, step } from '#lib/venues/feed-frames.ts';
import { parseJson } from '#lib/venues/json.ts';
import { optional, orderId } from '#lib/venues/order-schema.ts';
import { post } from '#lib/venues/requests.ts';
import { about } from './about.ts';
import { problemOf, read, said } from './errors.ts';

/**
 * Asked for again it is the same, and good for an hour more. It is the user's and not the API key's: revoking it would end the
 * stream of the user's own programs too, so nobody does. Source: docs.p99.world, listen-key.
 */
const listenKey = passBy(
  () => post('/fapi/v1/listenKey'),
  read,
  'listenKey',
  // 64 letters and digits by the documents.
  /^[\w-]{16,128}$/,
);

/**
 * The private channel of orders. What its messages hold no document tells: each is a reason to read, and no more. Sources:
 * docs.p99.world, listen-key, websocket-general and websocket-streams.
 */
export const feed: Feed = {
  path: '/ws',
  // Good for an hour, and an open socket renews it too.
  pass: { fetch: listenKey, renew: { call: listenKey, every: 1_800_000 } },
  greetings: [
    [
      (_signer, pass) => Promise.resolve(JSON.stringify({ type: 'auth', listenKey: pass })),
      () => Promise.resolve(JSON.stringify({ type: 'subscribe', channel: 'orders' })),
    ],
  ],
  // Advised every 30 s, which is also how long a browser lets a worker idle.
  ping: { text: JSON.stringify({ type: 'ping' }), every: 25_000 },
  // Two pings without an answer.
  longestSilence: 60_000,

  read(text, receivedAt) {
    const body = parseJson(text);
    const parsed = v.safeParse(messageSchema, body);
    if (!parsed.success) return other;
    const { type, success, channel } = parsed.output;
    switch (type) {
      case 'auth_result':
        if (success === true) return step;
        return success === false
          ? refusedBy(problemOf, said(body), 'unauthorized', optional('receivedAt', receivedAt))
          : other;
      case 'subscribed':
        return channel === undefined || channel === 'orders' ? step : other;
      case 'error':
        return refusedBy(problemOf, said(body), 'unexpected', optional('receivedAt', receivedAt));
      case 'order':
        return { kind: 'news', news: readOrders(parsed.output) };
      default:
        return other;
    }
  },
};

const messageSchema = v.looseObject({
  type: v.string(),
  success: v.fallback(v.optional(v.boolean()), undefined),
  channel: v.fallback(v.optional(v.string()), undefined),
});

/** One message is not about more: what names more is no message of this kind. */
const most = 20;

/**
 * The orders that are named: in the message itself or in its `data`, one or a list. Where one of them is not, or there are too
 * many, it may be about any.
 */
function readOrders({ data, ...message }: Readonly<Record<string, unknown>>): FeedNews[] {
  const places: readonly unknown[] = Array.isArray(data) ? data : [data ?? message];
  const ids = places.map(idOf).filter((id) => id !== undefined);
  const isNamed = ids.length > 0 && ids.length <= most && ids.length === places.length;
  return isNamed
    ? [...new Set(ids)].map((id) => ({ kind: 'look', orderId: id }))
    : [{ kind: 'look' }];
}

/** REST's name for it and the web API's, neither of which can be anything else: `id` may be a trade's, or the message's. */
const names = v.object({
  orderId: v.fallback(v.optional(orderId), undefined),
  order_id: v.fallback(v.optional(orderId), undefined),
});

function idOf(order: unknown): OrderId | undefined {
  const parsed = v.safeParse(names, order);
  if (!parsed.success) return undefined;
  const { orderId: one, order_id: same = one } = parsed.output;
  const id = one ?? same;
  return id !== undefined && same === id && isOrderId(id) ? id : undefined;
}

function isOrderId(id: OrderId): boolean {
  return about.idForms.some(([kind, form]) => kind === 'order-id' && form.test(id));
}
