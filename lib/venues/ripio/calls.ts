import * as v from 'valibot';
import type { OrderReading } from '#lib/domain/order.ts';
import type { CancelReply, Claim, ReadReply } from '#lib/domain/reply.ts';
import { remark, saying, unreadable } from '#lib/venues/failure.ts';
import { joinPages } from '#lib/venues/list-pieces.ts';
import { cursorText, optional, readElements, timeIn } from '#lib/venues/order-schema.ts';
import { get, post, segment } from '#lib/venues/requests.ts';
import type { OpenOrdersReply, TimeReply } from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { readEnvelope, readFailure } from './errors.ts';
import { closedOrder, openOrder, orderModel, type OrderModel } from './order.ts';

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
    const model = v.safeParse(orderModel, data);
    if (!model.success || model.output.status === '') return unreadable(reply);
    const reading = readingOf(model.output);
    switch (reading.status) {
      case 'cancelled':
        return {
          kind: 'cancelled',
          ...optional('filled', reading.order.filled),
          ...optional('quantity', reading.order.quantity),
          ...saying(model.output.status),
        };
      case 'filled':
        return { kind: 'claimed', claim: 'filled', ...saying(model.output.status) };
      default:
        return { kind: 'accepted', ...saying(model.output.status) };
    }
  },
};

/** Source: ripio-openapi, Errors. What an unknown or malformed id answers is not documented: 40000 is read after too. */
const claims = new Map<string, Claim>([
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
    const failure = readFailure(reply);
    if (failure !== undefined) return failure;
    const model = v.safeParse(orderModel, data);
    // Without a status it tells nothing of what has become of the order.
    return model.success && model.output.status !== ''
      ? { kind: 'read', reading: readingOf(model.output) }
      : unreadable(reply);
  },
};

export function readingOf(model: OrderModel): OrderReading {
  switch (model.status.toLowerCase()) {
    case 'canceled':
      return { status: 'cancelled', order: closedOrder(model) };
    case 'executed_completely':
      return { status: 'filled', order: closedOrder(model) };
    default:
      return { status: 'open', order: openOrder(model) };
  }
}

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
    const page = v.safeParse(openOrdersPage, readEnvelope(reply).data);
    const list = page.success ? readElements(orderModel, page.output.orders) : undefined;
    if (!page.success || !list) return unreadable(reply);
    return {
      kind: 'page',
      orders: list.models.map(openOrder),
      ...optional('unreadable', list.unreadable || undefined),
      ...optional('cursor', page.output.nc || undefined),
    };
  },
};

const openOrdersPage = v.object({ orders: v.array(v.unknown()), nc: cursorText });

export const readTime: Call<undefined, TimeReply> = {
  request: () => get('/trade/public/server-time'),
  read: (reply) =>
    timeIn('timestamp')(readEnvelope(reply).data) ?? readFailure(reply) ?? unreadable(reply),
};
