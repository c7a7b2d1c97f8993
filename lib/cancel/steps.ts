import type { Cancellation } from '../domain/cancellation.ts';
import type { CancellationEvent } from '../domain/cancellation-steps.ts';
import type { Failure } from '../domain/reply.ts';
import type { Order, OrderRef } from '../domain/order.ts';
import { readOpenOrders } from '../venues/open-orders.ts';
import type { Call, OrderName } from '../venues/venue.ts';
import type { CancelAccount } from './cancel-account.ts';

/** The steps of a cancellation that reach the venue: each asks once, and says what came of it. */

export async function cancelOnce(
  account: CancelAccount,
  cancellation: Cancellation,
): Promise<CancellationEvent> {
  const { cancel } = account.client.venue;
  return { type: 'replied', reply: await ask(account, 'cancel', cancel, cancellation) };
}

export async function readOnce(
  account: CancelAccount,
  cancellation: Cancellation,
): Promise<CancellationEvent> {
  const { client, lane } = account;
  const wait = lane.wait('read', Date.now());
  if (wait > 0) {
    const words = cancellation.words ?? '';
    return { type: 'read', reading: { kind: 'rate-limited', retryAfter: wait, words } };
  }
  const reply = await ask(account, 'read', client.venue.readOrder, cancellation);
  const clock = client.clock();
  return {
    type: 'read',
    reading: reply.kind === 'read' ? reply.reading : reply,
    ...(clock && { clock }),
  };
}

/** Finds the venue's id of the open order that bears the client order id. */
export async function findOrderId(
  account: CancelAccount,
  { ref }: Cancellation,
): Promise<CancellationEvent> {
  const listed = await corrected(account, 'read', () => readOpenOrders(account.client));
  if (listed.kind !== 'orders') return { type: 'unresolved', failure: listed };
  const found = listed.orders.filter((order) => order.clientOrderId === ref.clientOrderId);
  const [order] = found;
  if (order === undefined) {
    return { type: 'unlisted', words: 'no open order bears this client order id' };
  }
  return found.length === 1 ? { type: 'resolved', orderId: order.id } : ambiguous(found);
}

/** A client order id need not be unique: which of the orders is meant, only the user can say. */
function ambiguous(found: readonly Order[]): CancellationEvent {
  const words = `${found.length} open orders bear this client order id`;
  return { type: 'replied', reply: { kind: 'refused', reason: 'ambiguous', words } };
}

function ask<Output extends { readonly kind: string }>(
  account: CancelAccount,
  kind: 'cancel' | 'read',
  call: Call<OrderName, Output>,
  { ref }: Cancellation,
): Promise<Output | Failure> {
  return corrected(account, kind, () => account.client.call(call, nameOf(ref)));
}

function nameOf({ orderId, clientOrderId }: OrderRef): OrderName {
  if (orderId !== undefined) return { orderId };
  if (clientOrderId !== undefined) return { clientOrderId };
  throw new TypeError('an order reference names no order');
}

/** An "invalid time" leads to a look at the venue's clock, a 429 holds the lane back. */
async function corrected<Output extends { readonly kind: string }>(
  { client, lane }: CancelAccount,
  kind: 'cancel' | 'read',
  attempt: () => Promise<Output | Failure>,
): Promise<Output | Failure> {
  let reply = await attempt();
  if (reply.kind === 'invalid-time') {
    const clock = await client.measureClock();
    if (!('kind' in clock) && kind === 'read') reply = await attempt();
  }
  if ('retryAfter' in reply) lane.holdBack(kind, reply.retryAfter, Date.now());
  return reply;
}
