import type { Cancellation } from '#lib/domain/cancellation.ts';
import { advance, type CancellationEvent } from '#lib/domain/cancellation-steps.ts';
import type { ClockReading } from '#lib/domain/clock.ts';
import { unreadClockMargin, wasPlacedAfter } from '#lib/domain/who-cancelled.ts';
import type { RefusalReason } from '#lib/domain/refusal.ts';
import type { Note } from '#lib/domain/remark.ts';
import type { Failure, ReadReply } from '#lib/domain/reply.ts';
import type { Order, OrderRef } from '#lib/domain/order.ts';
import { isSameOrderId } from '#lib/domain/order-key.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import type { SendOptions } from '#lib/worker/lanes/sender.ts';
import { readInList } from './read-in-list.ts';

/** What the venue has said, of a cancel or when asked for the order. */
export type Heard = Extract<CancellationEvent, { type: 'replied' | 'read' }>;

/** Whether the venue has answered something that can be used. */
export function isAnswer(event: CancellationEvent): boolean {
  if (event.type === 'read') return !('kind' in event.reading);
  return (
    event.type === 'replied' && ['cancelled', 'accepted', 'claimed'].includes(event.reply.kind)
  );
}

/** The steps of a cancellation that reach the venue: each asks once, and says what came of it. */

export async function cancelOnce(
  account: CancelAccount,
  cancellation: Cancellation,
  how: SendOptions,
): Promise<CancellationEvent> {
  const send = () => account.sender.send(nameOf(cancellation.ref), how);
  const reply = await corrected(account, 'cancel', send);
  return judged(account, cancellation, { type: 'replied', reply });
}

export async function readOnce(
  account: CancelAccount,
  cancellation: Cancellation,
): Promise<CancellationEvent> {
  const reply = await readOrder(account, nameOf(cancellation.ref));
  const reading =
    reply.kind === 'read' ? reply.reading : await readInList(account, cancellation.ref, reply);
  return judged(account, cancellation, { type: 'read', reading });
}

/**
 * What was heard of the order, with the clock to judge it by. "Already cancelled" hangs on two clocks, either of which may
 * have been set since they were last compared: they are compared once more before it is said.
 */
export async function judged(
  account: CancelAccount,
  cancellation: Cancellation,
  heard: Heard,
): Promise<CancellationEvent> {
  const { client, lane } = account;
  const known = clockOf(account, cancellation);
  const event = { ...heard, ...(known && { clock: known }) };
  const likely = { ...heard, clock: known ?? { offset: 0, uncertainty: -unreadClockMargin } };
  if (advance(cancellation, likely, Date.now()).state !== 'was-cancelled') return event;
  const isHeld = lane.told('read', Date.now()) > 0;
  const measured = isHeld ? undefined : await client.measureClock();
  const clock = clockOf(account, cancellation);
  if (!clock || (measured && !('kind' in measured))) return { ...heard, ...(clock && { clock }) };
  return { ...heard, clock: { ...clock, uncertainty: clock.uncertainty + unreadClockMargin } };
}

/** By which the venue's times are told apart from the moment at which it was wished for. */
function clockOf(
  { client }: Pick<CancelAccount, 'client'>,
  { at, unclocked }: Cancellation,
): ClockReading | undefined {
  const clock = client.clock(at.requested);
  return clock && unclocked
    ? { ...clock, uncertainty: clock.uncertainty + unreadClockMargin }
    : clock;
}

/** Reads one order, unless the venue has asked to wait: it is then not asked. */
export async function readOrder(account: CancelAccount, name: OrderName): Promise<ReadReply> {
  const wait = account.lane.told('read', Date.now());
  if (wait > 0) return { kind: 'rate-limited', retryAfter: wait };
  return corrected(account, 'read', () => account.reader.read(name));
}

/**
 * Finds the open order that is meant, for what the venue needs to know of it. Undefined where none bears the id and the venue can be
 * asked all the same, by what is known.
 */
export async function findOrder(
  account: CancelAccount,
  cancellation: Cancellation,
): Promise<CancellationEvent | undefined> {
  const { ref, at } = cancellation;
  const listed = await corrected(account, 'read', () => account.reader.list(true));
  if (listed.kind !== 'orders') return { type: 'unresolved', failure: listed };
  const clock = clockOf(account, cancellation);
  const { clientIdChanges, needsSymbol } = account.client.venue;
  const isElsewhere = ({ symbol }: Order) =>
    needsSymbol && ref.symbol !== undefined && symbol !== '' && symbol !== ref.symbol;
  const isNamed = (order: Order) =>
    ref.orderId === undefined
      ? order.clientOrderId === ref.clientOrderId && !wasPlacedAfter(order, at.requested, clock)
      : isSameOrderId(order.id, ref.orderId);
  const found = listed.orders.filter((order) => isNamed(order) && !isElsewhere(order));
  const [order] = found;
  // A client order id need not be unique: which of the orders is meant, only the user can say.
  if (found.length > 1) return unsent('ambiguous', { code: 'ids-borne', count: found.length });
  if (order !== undefined && !(needsSymbol && order.symbol === '')) {
    return { type: 'resolved', orderId: order.id, symbol: order.symbol };
  }
  if (order !== undefined) {
    return unsent('symbol-needed', { code: 'symbol-untold' });
  }
  if (clientIdChanges && ref.symbol !== undefined) return undefined;
  const { unreadable } = listed;
  if (unreadable !== undefined) {
    return unsent('not-readable', { code: 'id-not-borne', unreadable });
  }
  const note = { code: 'id-not-borne' } as const;
  // Closed orders could still be asked for, if their symbol were known.
  return needsSymbol ? unsent('symbol-needed', note) : { type: 'unlisted', note };
}

function unsent(reason: RefusalReason, note: Note): CancellationEvent {
  return { type: 'unsent', reason, note };
}

export function nameOf({ orderId, clientOrderId, symbol }: OrderRef): OrderName {
  const known = symbol === undefined ? {} : { symbol };
  if (orderId !== undefined) return { orderId, ...known };
  if (clientOrderId !== undefined) return { clientOrderId, ...known };
  throw new TypeError('an order reference names no order');
}

/** An "invalid time" leads to a look at the venue's clock; a number of the venue's own has nothing to do with that. */
async function corrected<Output extends { readonly kind: string }>(
  { client }: CancelAccount,
  kind: 'cancel' | 'read',
  attempt: () => Promise<Output | Failure>,
): Promise<Output | Failure> {
  const reply = await attempt();
  if (reply.kind !== 'invalid-time') return reply;
  const isOfClock = !('of' in reply);
  if (isOfClock && 'kind' in (await client.measureClock())) return reply;
  return kind === 'cancel' ? reply : attempt();
}
