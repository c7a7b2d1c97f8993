import * as v from 'valibot';
import type { CancelReply, ReadReply } from '#lib/domain/reply.ts';
import type { Call } from '#lib/venues/call.ts';
import { toCancel, toReading } from '#lib/venues/error-table.ts';
import { unreadable } from '#lib/venues/failure.ts';
import { parseJson } from '#lib/venues/json.ts';
import { joinPages } from '#lib/venues/list-pieces.ts';
import { exactTime } from '#lib/venues/order-schema.ts';
import { get, remove, type Fields } from '#lib/venues/requests.ts';
import type { OpenOrdersReply, TimeReply } from '#lib/venues/venue.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { problemOf } from './errors.ts';
import { orders } from './order.ts';

/** Synchronous: `CANCELED` in the reply is the proof. Source: docs.p99.world, cancel-order. */
export const cancel: Call<OrderName, CancelReply> = {
  request: (order) => remove('/fapi/v1/order', { query: nameOf(order) }),
  read(reply, order) {
    const body = parseJson(reply.text);
    const problem = problemOf(reply, body);
    return problem ? toCancel(problem) : (orders.cancelReply(body, order) ?? unreadable(reply));
  },
};

/** Not `openOrder`, which knows no closed ones. Source: the path and its parameters as in hummingbot's connector. */
export const readOrder: Call<OrderName, ReadReply> = {
  request: (order) => get('/fapi/v1/order', { query: nameOf(order) }),
  read(reply) {
    const body = parseJson(reply.text);
    const problem = problemOf(reply, body);
    return problem ? toReading(problem) : (orders.reading(body) ?? unreadable(reply));
  },
};

/** All symbols at once, without pages. Source: docs.p99.world, open-orders. */
export const listOpenOrders: Call<string | undefined, OpenOrdersReply> = {
  join: joinPages,
  request: () => get('/fapi/v1/openOrders'),
  read(reply) {
    const body = parseJson(reply.text);
    return problemOf(reply, body)?.failure ?? orders.page(body) ?? unreadable(reply);
  },
};

/** By analogy with Binance; the path is named on docs.p99.world, exchange-info. */
export const readTime: Call<undefined, TimeReply> = {
  request: () => get('/fapi/v1/time'),
  read(reply) {
    const body = parseJson(reply.text);
    const problem = problemOf(reply, body);
    if (problem) return problem.failure;
    const told = v.safeParse(timeBody, body);
    return told.success ? { kind: 'time', time: told.output.serverTime } : unreadable(reply);
  },
};

const timeBody = v.object({ serverTime: exactTime });

/** By exactly one of the ids: an empty other one makes the venue find nothing (python-binance#601). */
function nameOf(order: OrderName): Fields {
  const { symbol } = order;
  return 'orderId' in order
    ? { symbol, orderId: order.orderId }
    : { symbol, origClientOrderId: order.clientOrderId };
}
