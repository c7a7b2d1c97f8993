import * as v from 'valibot';
import { isZero } from '#lib/domain/decimal.ts';
import type { OrderReading } from '#lib/domain/order.ts';
import type { Remark } from '#lib/domain/remark.ts';
import type { CancelReply, Claim, ReadReply } from '#lib/domain/reply.ts';
import { remark, saying, unreadable } from '#lib/venues/failure.ts';
import { parseJson } from '#lib/venues/json.ts';
import { joinPages } from '#lib/venues/list-pieces.ts';
import { optional, readElements, timeIn } from '#lib/venues/order-schema.ts';
import { get, remove, segment } from '#lib/venues/requests.ts';
import type { OpenOrdersReply, TimeReply } from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { envelope, readFailure, type Envelope } from './errors.ts';
import { closedOrder, openOrder, orderModel, type OrderModel } from './order.ts';

const headers = { 'Content-Type': 'application/json' };

/**
 * The id goes into the query; the documentation's Node sample with the id in the path is an error
 * (staff, BTCTrader/broker-api-docs#507), and a JSON body is not read (ccxt#7975).
 */
export const cancel: Call<OrderName, CancelReply> = {
  request: (order) => remove('/api/v1/order', { query: { id: expectOrderId(order) }, headers }),
  read(reply) {
    const body = v.safeParse(envelope, parseJson(reply.text));
    const claim = body.success ? claims.get(body.output.message ?? '') : undefined;
    if (claim !== undefined && body.success) {
      return { kind: 'claimed', claim, ...heardOf(reply.status, body.output) };
    }
    const failure = readFailure(reply);
    if (failure !== undefined) return failure;
    // Since April 2024 this says only that the request was taken; it says so too for orders cancelled before
    // (broker-api-docs#226, #595).
    return { kind: 'accepted', ...saying(body.success ? body.output.message : undefined) };
  },
};

/** By text, since the numbers have drifted (docs.btcturk.com, Recent changes). */
const claims = new Map<string, Claim>([
  ['NO_ORDER_MATCHES_YOUR_REQUEST', 'not-found'],
  // Filled, cancelled, a market order, or "the operation failed": only reading tells (broker-api-docs#236).
  ['ORDER_COULD_NOT_BE_CANCELED', 'not-cancellable'],
]);

/** Unlike the cancel, the id stands in the path. */
export const readOrder: Call<OrderName, ReadReply> = {
  request: (order) => get(`/api/v1/order/${segment(expectOrderId(order))}`, { headers }),
  read(reply) {
    const body = v.safeParse(envelope, parseJson(reply.text));
    if (body.success && isOrderNotFound(body.output)) {
      return {
        kind: 'read',
        reading: { status: 'not-found', ...heardOf(reply.status, body.output) },
      };
    }
    const failure = readFailure(reply);
    if (failure !== undefined) return failure;
    const model = v.safeParse(orderModel, body.success ? body.output.data : undefined);
    // Without a status it tells nothing of what has become of the order.
    return model.success && model.output.status !== ''
      ? { kind: 'read', reading: readingOf(model.output) }
      : unreadable(reply);
  },
};

function isOrderNotFound({ message, code }: Envelope): boolean {
  return (
    code === '1152' ||
    message?.toLowerCase() === 'order not found' ||
    message === 'NO_ORDER_MATCHES_YOUR_REQUEST'
  );
}

/**
 * `Closed` means filled, unless something is left (what a partly filled and then cancelled order is called is not
 * documented). A status that is not known is no proof of anything: the order counts as open.
 */
function readingOf(model: OrderModel): OrderReading {
  const { leftAmount } = model;
  switch (model.status.toLowerCase()) {
    case 'canceled':
    case 'cancelled':
      return { status: 'cancelled', order: closedOrder(model) };
    case 'closed':
      return leftAmount === undefined || isZero(leftAmount)
        ? { status: 'filled', order: closedOrder(model) }
        : { status: 'cancelled', order: closedOrder(model) };
    default:
      return { status: 'open', order: openOrder(model) };
  }
}

/** All pairs at once, without pages: `pairSymbol` is left out (README-pro; ccxt does so too). */
export const listOpenOrders: Call<string | undefined, OpenOrdersReply> = {
  join: joinPages,
  request: () => get('/api/v1/openOrders', { headers }),
  read(reply) {
    const failure = readFailure(reply);
    if (failure !== undefined) return failure;
    const body = v.safeParse(openOrdersBody, parseJson(reply.text));
    if (!body.success) return unreadable(reply);
    const { asks, bids } = body.output.data;
    const list = readElements(orderModel, [...asks, ...bids]);
    if (!list) return unreadable(reply);
    return {
      kind: 'page',
      orders: list.models.map(openOrder),
      ...optional('unreadable', list.unreadable || undefined),
    };
  },
};

/** Both sides are there when they are empty too: what lacks one says nothing of its orders. */
const openOrdersBody = v.object({
  data: v.object({ asks: v.array(v.unknown()), bids: v.array(v.unknown()) }),
});

/** Not wrapped in `data`. Source: outlier-1/btcturkapi-python, public endpoints. */
export const readTime: Call<undefined, TimeReply> = {
  request: () => get('/api/v2/server/time'),
  read: (reply) =>
    timeIn('serverTime')(parseJson(reply.text)) ?? readFailure(reply) ?? unreadable(reply),
};

function expectOrderId(order: OrderName): string {
  if ('orderId' in order) return order.orderId;
  throw new TypeError('BtcTurk names orders by order id alone');
}

function heardOf(status: number, { message, code }: Envelope): Remark {
  return remark(status, message, code);
}
