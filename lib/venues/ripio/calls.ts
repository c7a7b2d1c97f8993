import * as v from 'valibot';
import type { CancelReply, Claim, ReadReply } from '#lib/domain/reply.ts';
import { remark, unreadable } from '#lib/venues/failure.ts';
import { joinPages } from '#lib/venues/list-pieces.ts';
import { cursorText, optional, timeIn } from '#lib/venues/order-schema.ts';
import { get, post, segment } from '#lib/venues/requests.ts';
import type { OpenOrdersReply, TimeReply } from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { readEnvelope, readFailure } from './errors.ts';
import { orders } from './order.ts';

export const headers = { 'Content-Type': 'application/json' };
/** The largest page, so that one request usually reads all (one request a second is allowed). */
const pageSize = 1000;

/** The POST forms of cancelling: a proxy may drop the body of a DELETE. Source: ripio-openapi; the venue's page. */
export const cancel: Call<OrderName, CancelReply> = {
  request: (order) =>
    'orderId' in order
      ? post('/trade/orders/cancel', { json: { id: order.orderId } })
      : post('/trade/orders/cancel-by-external-id', { json: { external_id: order.clientOrderId } }),
  read(reply) {
    const { code, message, data } = readEnvelope(reply);
    const claim = claims.get(code ?? '');
    if (reply.status < 500 && claim !== undefined) {
      return { kind: 'claimed', claim, ...remark(reply.status, message, code) };
    }
    const failure = readFailure(reply);
    if (failure !== undefined) return failure;
    const model = orders.one(data);
    return model ? orders.shownBy(model) : unreadable(reply);
  },
};

/** Source: ripio-openapi, Errors. What an unknown or malformed id answers is not documented: 40000 is read after too. */
export const claims = new Map<string, Claim>([
  ['40000', 'not-cancellable'],
  ['40020', 'was-cancelled'],
  ['40021', 'filled'],
  ['40090', 'not-cancellable'],
  ['40400', 'not-found'],
]);

export const readOrder: Call<OrderName, ReadReply> = {
  request: (order) =>
    'orderId' in order
      ? get(`/trade/orders/${segment(order.orderId)}`, { headers })
      : get(`/trade/orders/by-external-id/${segment(order.clientOrderId)}`, { headers }),
  read(reply) {
    const { code, message, data } = readEnvelope(reply);
    if (code === '40400') {
      const heard = remark(reply.status, message, code);
      return { kind: 'read', reading: { status: 'not-found', ...heard } };
    }
    return readFailure(reply) ?? orders.reading(data) ?? unreadable(reply);
  },
};

/** By cursor: `pagination` is being retired and is -1 in recorded answers. */
export const listOpenOrders: Call<string | undefined, OpenOrdersReply> = {
  join: joinPages,
  request: (cursor) =>
    get('/trade/orders/open', {
      query: { page_size: String(pageSize), ...optional('c', cursor) },
      headers,
    }),
  read(reply) {
    const failure = readFailure(reply);
    if (failure !== undefined) return failure;
    const body = v.safeParse(openOrdersPage, readEnvelope(reply).data);
    const page = body.success && orders.wholePage(body.output.orders);
    return page
      ? { ...page, ...optional('cursor', body.output.nc || undefined) }
      : unreadable(reply);
  },
};

const openOrdersPage = v.object({ orders: v.array(v.unknown()), nc: cursorText });

export const readTime: Call<undefined, TimeReply> = {
  request: () => get('/trade/public/server-time'),
  read: (reply) =>
    timeIn('timestamp')(readEnvelope(reply).data) ?? readFailure(reply) ?? unreadable(reply),
};
