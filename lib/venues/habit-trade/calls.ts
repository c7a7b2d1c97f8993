import * as v from 'valibot';
import type { CancelReply, Failure } from '#lib/domain/reply.ts';
import { remarkOf } from '#lib/domain/remark.ts';
import type { Order } from '#lib/domain/order.ts';
import { unreadable } from '#lib/venues/failure.ts';
import { joinPages } from '#lib/venues/list-pieces.ts';
import { optional, orderId, readElements } from '#lib/venues/order-schema.ts';
import { get, remove } from '#lib/venues/requests.ts';
import type { BatchCall, ClosedListing, OpenOrdersReply, TimeReply } from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { envelope, isSuccess, notTaken, readEnvelope, readFailure, heardOf } from './errors.ts';
import { orderModel, readingOf } from './order.ts';

/** The largest page. */
const pageSize = 100;

/** One of the two ids alone: which of two counts need then not be trusted. Source: the page on cancelling. */
export const cancel: Call<OrderName, CancelReply> = {
  request: (order) =>
    remove('/trade/v1/orders', {
      json:
        'orderId' in order ? { order_no: order.orderId } : { reference_id: order.clientOrderId },
    }),
  read(reply) {
    const said = readEnvelope(reply);
    const heard = heardOf(reply.status, said);
    // Documented for a DELETE that succeeded, though the page on cancelling shows 200 and code 0.
    if (reply.status === 204 && reply.text.trim() === '') return { kind: 'accepted', ...heard };
    const failure = readFailure(reply);
    // Cancellations and rejections are announced later, by push: that the request was taken is all that this says.
    if (failure === undefined) return { kind: 'accepted', ...heard };
    return isNotTaken(failure) ? notTaken(said, heard) : failure;
  },
};

/** Answers name orders by `order_no` alone, so orders are named by it. Source: the page on cancelling. */
export const cancelBatch: BatchCall = {
  most: 5,
  oneSymbol: false,
  request: (orders) =>
    remove('/trade/v1/orders/batch', {
      json: orders.map((order) => ({ order_no: order.orderId })),
    }),
  read(reply, orders) {
    const failure = readFailure(reply);
    // One wrong id may be why; what became of the others is not documented. Each order is read and, if open, sent again.
    if (failure && isNotTaken(failure)) return { kind: 'unknown', ...remarkOf(failure) };
    if (failure) return failure;
    const items = v.safeParse(v.array(v.unknown()), readEnvelope(reply)?.data);
    if (!items.success) return unreadable(reply);
    const results = new Map(
      items.output.flatMap((item) => {
        const parsed = v.safeParse(batchItem, item);
        return parsed.success ? [[parsed.output.order_no, parsed.output.result] as const] : [];
      }),
    );
    // The outer code 0 says nothing of the orders.
    const replies = orders.map(({ orderId: id }): CancelReply => {
      const result = results.get(id);
      const heard = heardOf(reply.status, result);
      if (result?.code === undefined) {
        return { kind: 'unknown', note: { code: 'left-out' } };
      }
      return isSuccess(result) ? { kind: 'accepted', ...heard } : notTaken(result, heard);
    });
    return { kind: 'batch', replies };
  },
};

const batchItem = v.object({ order_no: orderId, result: envelope });

/** All orders, current and historical: there is no filter, so the closed ones are told apart here. */
export const listOpenOrders: Call<string | undefined, OpenOrdersReply> = {
  join: joinPages,
  request: (cursor = '1') =>
    get('/trade/v1/orders', {
      query: { page_index: cursor, page_size: String(pageSize) },
      headers: { 'Content-Type': 'application/json' },
    }),
  read(reply, cursor = '1') {
    const failure = readFailure(reply);
    if (failure !== undefined) return failure;
    const parsed = v.safeParse(ordersPage, readEnvelope(reply)?.data);
    if (!parsed.success) return unreadable(reply);
    const { total_records: total, page_size: size = pageSize } = parsed.output;
    const list = readElements(orderModel, parsed.output.orders ?? []);
    if (!list) return unreadable(reply);
    const { models, unreadable: odd } = list;
    const isBlank = models.length + odd === 0;
    // A list that has records and shows none is not an empty one, and one that is null only where it says that it has none.
    if (isBlank && cursor === '1' && (total || (total === undefined && !parsed.output.orders))) {
      return unreadable(reply);
    }
    const orders: Order[] = [];
    const closed: ClosedListing[] = [];
    for (const model of models) {
      const reading = readingOf(model);
      if (reading.status === 'open') orders.push(reading.order);
      else closed.push({ ...reading, ...optional('clientOrderId', model.reference_id) });
    }
    const isLast = isBlank || (total !== undefined && Number(cursor) * size >= total);
    return {
      kind: 'page',
      orders,
      ...optional('unreadable', odd || undefined),
      closed,
      ...optional('cursor', isLast ? undefined : String(Number(cursor) + 1)),
    };
  },
};

const count = v.pipe(
  v.nullish(v.string()),
  v.transform((text) => (text && /^\d+$/.test(text) ? Number(text) : undefined)),
);

const ordersPage = v.object({
  total_records: count,
  page_size: v.pipe(
    count,
    v.transform((size) => size || undefined),
  ),
  orders: v.nullable(v.array(v.unknown())),
});

/**
 * There is no call for the time. Every answer bears the header `Date`, a refusal for want of a signature too, so the
 * list is asked for without one. It tells the time to the second.
 */
export const readTime: Call<undefined, TimeReply> = {
  request: () => get('/trade/v1/orders', { query: { page_index: '1', page_size: '1' } }),
  read(reply) {
    if (reply.date !== undefined) return { kind: 'time', time: reply.date, resolution: 1000 };
    const failure = readFailure(reply);
    if (failure?.kind === 'rate-limited') return failure;
    return { kind: 'unknown', note: { code: 'without-time', status: reply.status } };
  },
};

/** Said of the request by the venue itself, and neither of the key nor by something on the way. */
function isNotTaken(failure: Failure): boolean {
  return failure.kind === 'refused' && failure.reason === 'invalid-request';
}
