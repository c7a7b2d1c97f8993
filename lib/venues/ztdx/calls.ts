import * as v from 'valibot';
import { isSameOrderId } from '#lib/domain/order-key.ts';
import type { CancelReply, ReadReply } from '#lib/domain/reply.ts';
import { toCancel, toReading } from '#lib/venues/error-table.ts';
import { saying, unreadable } from '#lib/venues/failure.ts';
import { parseJson } from '#lib/venues/json.ts';
import { joinPages } from '#lib/venues/list-pieces.ts';
import { optional, readElements } from '#lib/venues/order-schema.ts';
import { get, remove, type Fields } from '#lib/venues/requests.ts';
import type { OpenOrdersReply, TimeReply } from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { problemOf, said } from './errors.ts';
import { isCancelled, orderModel, readingOf, type OrderModel } from './order.ts';

/** Synchronous: `CANCELED` in the reply is the proof. Source: docs.p99.world, cancel-order. */
export const cancel: Call<OrderName, CancelReply> = {
  request: (order) => remove('/fapi/v1/order', { query: nameOf(order) }),
  read(reply, order) {
    const body = parseJson(reply.text);
    const problem = problemOf(reply, said(body));
    if (problem) return toCancel(problem);
    const model = v.safeParse(orderModel, body);
    if (!model.success || model.output.status === '') return unreadable(reply);
    const { orderId, status } = model.output;
    // A reply that names another order proves nothing of this one.
    return 'orderId' in order && !isSameOrderId(order.orderId, orderId)
      ? { kind: 'accepted', ...saying(status) }
      : readShown(model.output);
  },
};

/** What the order in the reply to a cancel shows. */
export function readShown(model: OrderModel): CancelReply {
  const heard = saying(model.status);
  const reading = readingOf(model);
  switch (reading.status) {
    case 'filled':
      return { kind: 'claimed', claim: 'filled', ...heard };
    case 'cancelled':
      // Expired or rejected: it ended by itself.
      if (!isCancelled(model)) return { kind: 'claimed', claim: 'was-cancelled', ...heard };
      return {
        kind: 'cancelled',
        ...optional('filled', reading.order.filled),
        ...optional('quantity', reading.order.quantity),
        ...heard,
      };
    default:
      return { kind: 'accepted', ...heard };
  }
}

/** Not `openOrder`, which knows no closed ones. Source: the path and its parameters as in hummingbot's connector. */
export const readOrder: Call<OrderName, ReadReply> = {
  request: (order) => get('/fapi/v1/order', { query: nameOf(order) }),
  read(reply) {
    const body = parseJson(reply.text);
    const problem = problemOf(reply, said(body));
    if (problem) return toReading(problem);
    const model = v.safeParse(orderModel, body);
    // Without a status it tells nothing of what has become of the order.
    return model.success && model.output.status !== ''
      ? { kind: 'read', reading: readingOf(model.output) }
      : unreadable(reply);
  },
};

/** All symbols at once, without pages. Source: docs.p99.world, open-orders. */
export const listOpenOrders: Call<string | undefined, OpenOrdersReply> = {
  join: joinPages,
  request: () => get('/fapi/v1/openOrders'),
  read(reply) {
    const problem = problemOf(reply);
    if (problem) return problem.failure;
    const list = readElements(orderModel, parseJson(reply.text));
    if (!list) return unreadable(reply);
    const readings = list.models.map(readingOf);
    return {
      kind: 'page',
      orders: readings.flatMap((each) => (each.status === 'open' ? [each.order] : [])),
      ...optional('unreadable', list.unreadable || undefined),
    };
  },
};

/** By analogy with Binance; the path is named on docs.p99.world, exchange-info. */
export const readTime: Call<undefined, TimeReply> = {
  request: () => get('/fapi/v1/time'),
  read(reply) {
    const problem = problemOf(reply);
    if (problem) return problem.failure;
    const body = v.safeParse(timeBody, parseJson(reply.text));
    return body.success
      ? { kind: 'time', time: Number(body.output.serverTime) }
      : unreadable(reply);
  },
};

const timeBody = v.object({ serverTime: v.pipe(v.string(), v.regex(/^\d{13}$/)) });

/** By exactly one of the ids: an empty other one makes the venue find nothing (python-binance#601). */
function nameOf(order: OrderName): Fields {
  const { symbol } = order;
  return 'orderId' in order
    ? { symbol, orderId: order.orderId }
    : { symbol, origClientOrderId: order.clientOrderId };
}
