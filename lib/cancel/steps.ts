import type { Cancellation } from '../domain/cancellation.ts';
import type { CancellationEvent } from '../domain/cancellation-steps.ts';
import type { Failure } from '../domain/reply.ts';
import type { Order, OrderRef } from '../domain/order.ts';
import { readFromList, readOpenOrders } from '../venues/open-orders.ts';
import type { OrderName } from '../venues/venue.ts';
import type { CancelAccount } from './cancel-account.ts';

/** The steps of a cancellation that reach the venue: each asks once, and says what came of it. */

export async function cancelOnce(
  account: CancelAccount,
  cancellation: Cancellation,
): Promise<CancellationEvent> {
  const send = () => account.sender.send(nameOf(cancellation.ref));
  return { type: 'replied', reply: await corrected(account, 'cancel', send) };
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
  const { readOrder } = client.venue;
  const name = nameOf(cancellation.ref);
  const reply = readOrder
    ? await corrected(account, 'read', () => client.call(readOrder, name))
    : await corrected(account, 'read', () => readFromList(client, name));
  const clock = client.clock();
  return {
    type: 'read',
    reading: reply.kind === 'read' ? reply.reading : reply,
    ...(clock && { clock }),
  };
}

/** Finds the open order that is meant, for what the venue needs to know of it. */
export async function findOrder(
  account: CancelAccount,
  { ref }: Cancellation,
): Promise<CancellationEvent> {
  const listed = await corrected(account, 'read', () => readOpenOrders(account.client));
  if (listed.kind !== 'orders') return { type: 'unresolved', failure: listed };
  const found = listed.orders.filter((order) =>
    ref.orderId === undefined
      ? order.clientOrderId === ref.clientOrderId
      : order.id.toLowerCase() === ref.orderId.toLowerCase(),
  );
  const [order] = found;
  if (found.length > 1) return ambiguous(found);
  if (order !== undefined) return { type: 'resolved', orderId: order.id, symbol: order.symbol };
  const words = 'no open order bears this id';
  // Closed orders could still be asked for, if their symbol were known.
  return account.client.venue.needsSymbol
    ? { type: 'replied', reply: { kind: 'refused', reason: 'symbol-needed', words } }
    : { type: 'unlisted', words };
}

/** A client order id need not be unique: which of the orders is meant, only the user can say. */
function ambiguous(found: readonly Order[]): CancellationEvent {
  const words = `${found.length} open orders bear this client order id`;
  return { type: 'replied', reply: { kind: 'refused', reason: 'ambiguous', words } };
}

function nameOf({ orderId, clientOrderId, symbol }: OrderRef): OrderName {
  const known = symbol === undefined ? {} : { symbol };
  if (orderId !== undefined) return { orderId, ...known };
  if (clientOrderId !== undefined) return { clientOrderId, ...known };
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
