import type { CancelReply, ReadReply } from '#lib/domain/reply.ts';
import { nameOf } from '#lib/venues/binance-dialect.ts';
import type { Call } from '#lib/venues/call.ts';
import { toCancel, toFailure, toReading } from '#lib/venues/error-table.ts';
import { joinPages } from '#lib/venues/list-pieces.ts';
import { timeIn } from '#lib/venues/order-schema.ts';
import { get, remove } from '#lib/venues/requests.ts';
import type { OpenOrdersReply, TimeReply } from '#lib/venues/venue.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { read } from './errors.ts';
import { orders } from './order.ts';

/** Synchronous: `CANCELED` in the reply is the proof. Source: docs.p99.world, cancel-order. */
export const cancel: Call<OrderName, CancelReply> = {
  request: (order) => remove('/fapi/v1/order', { query: nameOf(order) }),
  read: (reply, order) => read(reply, toCancel, (body) => orders.cancelReply(body, order)),
};

/** Not `openOrder`, which knows no closed ones. Source: the path and its parameters as in hummingbot's connector. */
export const readOrder: Call<OrderName, ReadReply> = {
  request: (order) => get('/fapi/v1/order', { query: nameOf(order) }),
  read: (reply) => read(reply, toReading, orders.reading),
};

/** All symbols at once, without pages. Source: docs.p99.world, open-orders. */
export const listOpenOrders: Call<string | undefined, OpenOrdersReply> = {
  join: joinPages,
  request: () => get('/fapi/v1/openOrders'),
  read: (reply) => read(reply, toFailure, orders.page),
};

/** By analogy with Binance; the path is named on docs.p99.world, exchange-info. */
export const readTime: Call<undefined, TimeReply> = {
  request: () => get('/fapi/v1/time'),
  read: (reply) => read(reply, toFailure, timeIn('serverTime')),
};
