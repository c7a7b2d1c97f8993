import type { ReadReply } from '#lib/domain/reply.ts';
import { nameOf } from '#lib/venues/binance-dialect.ts';
import type { Call } from '#lib/venues/call.ts';
import { toFailure, toReading, type Problem } from '#lib/venues/error-table.ts';
import { optional, timeIn } from '#lib/venues/order-schema.ts';
import { get } from '#lib/venues/requests.ts';
import type { OpenOrdersReply, TimeReply } from '#lib/venues/venue.ts';
import type { OrderName, WireReply } from '#lib/venues/wire.ts';
import { read } from './errors.ts';
import { joinLists, seenTogether } from './lists.ts';
import { mayBe, orders } from './order.ts';

/** Source: rest-api, query order. */
export const readOrder: Call<OrderName, ReadReply> = {
  request: (order) => get('/api/v3/order', { query: nameOf(order) }),
  read: (reply, order) =>
    read(
      reply,
      (problem) => archived(problem, reply, order) ?? toReading(problem),
      (body) => alone(readingOf(body, order)),
    ),
};

/** Another order's tells nothing of this one. */
function readingOf(body: unknown, name: OrderName): ReadReply | undefined {
  const model = orders.one(body);
  return model && mayBe(name, model)
    ? { kind: 'read', reading: orders.readingOf(model) }
    : undefined;
}

/** What a leg guards its whole list tells: by itself it may be something. */
function alone(reply: ReadReply | undefined): ReadReply | undefined {
  if (reply?.kind !== 'read' || reply.reading.status !== 'open') return reply;
  const { order } = reply.reading;
  return order.list === undefined
    ? reply
    : { kind: 'read', reading: { status: 'open', order: { ...order, protective: true } } };
}

/** Milliseconds. Source: errors, −2026. */
const archivedAfter = 90 * 86_400_000;

/** Cancelled or expired without a fill, so long ago that nothing else is told of it. */
function archived(
  { claim }: Problem,
  { receivedAt }: WireReply,
  name: OrderName,
): ReadReply | undefined {
  if (claim !== 'was-cancelled') return undefined;
  if (!('orderId' in name)) return { kind: 'read', reading: { status: 'not-found' } };
  const updatedAt = receivedAt === undefined ? undefined : receivedAt - archivedAfter;
  const order = { id: name.orderId, ...optional('updatedAt', updatedAt) };
  return { kind: 'read', reading: { status: 'cancelled', order } };
}

/** All symbols at once, without pages: stops and the legs of lists too. Source: rest-api, current open orders. */
export const listOpenOrders: Call<string | undefined, OpenOrdersReply> = {
  join: joinLists,
  request: () => get('/api/v3/openOrders'),
  read: (reply) =>
    read(reply, toFailure, (body) => {
      const page = orders.wholePage(body);
      return page && seenTogether(page);
    }),
};

/** Source: rest-api, check server time. */
export const readTime: Call<undefined, TimeReply> = {
  request: () => get('/api/v3/time'),
  read: (reply) => read(reply, toFailure, timeIn('serverTime')),
};
