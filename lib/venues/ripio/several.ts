import * as v from 'valibot';
import { orderIdKey } from '#lib/domain/order-key.ts';
import { remarkOf } from '#lib/domain/remark.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import { unreadable } from '#lib/venues/failure.ts';
import { encoded, get, remove, some } from '#lib/venues/requests.ts';
import type { CancelEveryCall, ReadBatchCall } from '#lib/venues/venue.ts';
import { claims, headers } from './calls.ts';
import { readEnvelope, readFailure } from './errors.ts';
import { orderId, readElements } from '#lib/venues/order-schema.ts';
import { orders } from './order.ts';

/**
 * Cancels every order, or every one of a pair. Each has a success of its own, which does not tell how much had filled.
 * Source: ripio-openapi, /orders/all; ripio-client-python sends no body where there is no pair.
 */
export const cancelEvery: CancelEveryCall = {
  of: 'account',
  takesProtective: true,
  request: (pair) =>
    remove('/trade/orders/all', { headers, ...(pair !== undefined && { json: { pair } }) }),
  read(reply) {
    const { code, data } = readEnvelope(reply);
    // Of a single order it says “executed completely”; here, “No orders to cancel”.
    if (reply.status < 500 && code === '40021') return { kind: 'every', replies: new Map() };
    const failure = readFailure(reply);
    if (failure?.kind === 'refused' && isOfAnOrder(code)) {
      return { kind: 'unknown', ...remarkOf(failure) };
    }
    if (failure !== undefined) return failure;
    const results = readElements(cancelResult, data)?.models;
    if (!results) return unreadable(reply);
    return {
      kind: 'every',
      replies: new Map(
        results.map(({ order_id: id, success }) => [orderIdKey(id), replyOf(success)]),
      ),
    };
  },
};

/** Of one of the orders, but not of which: each is read. No order is named, so that wrong parameters are the request's own. */
const isOfAnOrder = (code = '') => claims.has(code) && code !== '40000';

const cancelResult = v.object({
  order_id: orderId,
  success: v.boolean(),
});

function replyOf(success: boolean): CancelReply {
  const note = { code: 'success', is: success } as const;
  return success ? { kind: 'accepted', note } : { kind: 'claimed', claim: 'not-cancellable', note };
}

/**
 * Without a status only partly executed orders are listed. The four documented ones are asked for: an order in one of
 * the older states, like one older than the list goes back, is left out and can be read by itself.
 */
const statuses = 'open,executed_partially,executed_completely,canceled';

/** Source: ripio-openapi, /orders: the pair is required, and there are at most ten ids. */
export const readBatch: ReadBatchCall = {
  most: 10,
  oneSymbol: true,
  request(names) {
    const ids = some(names).map(({ orderId }) => encoded(orderId));
    const pair = encoded(names[0]?.symbol);
    return {
      ...get('/trade/orders', { headers }),
      // The commas as they are.
      query: `pair=${pair}&ids=${ids.join(',')}&status=${statuses}&page_size=${names.length}`,
    };
  },
  read(reply) {
    const failure = readFailure(reply);
    if (failure !== undefined) return failure;
    const page = v.safeParse(ordersPage, readEnvelope(reply).data);
    // What has no status is left out, and so read by itself.
    return page.success ? orders.readings(page.output.orders) : unreadable(reply);
  },
};

const ordersPage = v.object({ orders: v.array(v.unknown()) });
