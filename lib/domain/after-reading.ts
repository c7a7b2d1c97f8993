import type { Cancellation } from './cancellation.ts';
import type { ClockReading } from './clock.ts';
import { end, heard, stop, without } from './ending.ts';
import type { Order, OrderReading } from './order.ts';
import { later, laterAsTold, longestRest, readingPause, sendingPause } from './pace.ts';
import type { Remark } from './remark.ts';
import { troubleReason, type Failure } from './reply.ts';
import { wasPlacedAfter, whoCancelled } from './who-cancelled.ts';

/** What a reading of the order makes of its cancellation. */

/** An accepted cancel whose order is still open after this many readings (about 7.5 s) is sent again. */
const readingsBeforeResend = 5;
/** Readings in a row in which the venue must not know the order before that is taken for its end. */
const missingForProof = 3;
/** Readings in which the order must be open before "could not be cancelled" is its end (about 1.4 s). */
const readingsForRefusal = 3;
/** How long after the first sending an unanswered request may still act, in milliseconds. */
const doubtWindow = 15_000;

export function afterReading(
  before: Cancellation,
  reading: OrderReading | Failure,
  clock: ClockReading | undefined,
  now: number,
): Cancellation {
  if ('kind' in reading) return afterFailedReading(before, reading, now);
  const cancellation = {
    ...without(before, 'trouble'),
    readings: before.readings + 1,
    missing:
      reading.status === 'not-found' ||
      (reading.status === 'open' && isOther(before, reading.order, clock))
        ? before.missing + 1
        : 0,
    ...(reading.status === 'open' && { shownOpen: (before.shownOpen ?? 0) + 1 }),
  };
  switch (reading.status) {
    case 'filled':
      return end(cancellation, 'filled', now, reading.order);
    case 'cancelled':
      return end(
        cancellation,
        whoCancelled(cancellation, reading.order, clock),
        now,
        reading.order,
      );
    case 'open':
      return isOther(cancellation, reading.order, clock)
        ? whileMissing(cancellation, cancellation, now)
        : whileOpen(named(cancellation, reading.order), reading.order, now);
    case 'not-found':
      return whileMissing(cancellation, reading, now);
  }
}

/**
 * By a client order id only an order is meant that was there when it was asked for, since such ids are used again; and none that
 * bears another one: some answer is then another question's.
 */
function isOther(
  { ref, at }: Cancellation,
  order: Order,
  clock: ClockReading | undefined,
): boolean {
  if (ref.orderId !== undefined) return false;
  const { clientOrderId = ref.clientOrderId } = order;
  return clientOrderId !== ref.clientOrderId || wasPlacedAfter(order, at.requested, clock);
}

/** From now on it is that order, whatever else comes to bear its client order id. */
function named(cancellation: Cancellation, { id, symbol }: Order): Cancellation {
  const { ref } = cancellation;
  if (ref.orderId !== undefined) return cancellation;
  return { ...cancellation, ref: { ...ref, orderId: id, ...(symbol && { symbol }) } };
}

function whileOpen(cancellation: Cancellation, order: Order, now: number): Cancellation {
  const { claim, shownOpen = 0 } = cancellation;
  // A request that the browser repeated unseen may have been taken the first time, and take its time.
  const again = { step: 'read' as const, at: now + readingPause(shownOpen) };
  const isSure = shownOpen >= readingsForRefusal;
  if (cancellation.stopping) {
    return isSure ? stop(cancellation, now) : { ...cancellation, next: again };
  }
  if (cancellation.lapsing) {
    const { inDoubt, lastSent = -Infinity } = cancellation;
    return inDoubt && (!isSure || isWithinDoubt(lastSent, now))
      ? { ...cancellation, next: again }
      : { ...stop(cancellation, now), lapsed: true };
  }
  // While an earlier sending may still act, "refused and open" is no end; later it is.
  const mayStillAct = cancellation.inDoubt && isWithinDoubt(cancellation.at.sent ?? now, now);
  if (claim === 'not-cancellable' && !mayStillAct) {
    if (!isSure) return { ...cancellation, next: again };
    return end(
      { ...cancellation, reason: cancellation.reason ?? 'not-cancellable' },
      'refused',
      now,
    );
  }
  // The venue's word on the cancel and its reading contradict each other, or do not yet settle it.
  if (claim !== undefined) {
    const { unknownStatus } = order;
    const contradiction = { claim, ...(unknownStatus !== undefined && { status: unknownStatus }) };
    const unsettled = without(cancellation, 'claim', 'reason', 'shownOpen');
    return { ...later(unsettled, 'send', now), state: 'unknown', contradiction };
  }
  if (cancellation.state === 'unknown') {
    return {
      ...cancellation,
      next: { step: 'send', at: now + sendingPause(cancellation.sendings) },
    };
  }
  return later(cancellation, cancellation.readings >= readingsBeforeResend ? 'send' : 'read', now);
}

/** Either way: by a clock that has been set back it would be long until it has passed. */
function isWithinDoubt(sent: number, now: number): boolean {
  return Math.abs(now - sent) < doubtWindow;
}

function whileMissing(cancellation: Cancellation, remark: Remark, now: number): Cancellation {
  switch (cancellation.claim) {
    case 'not-found':
    case 'not-cancellable':
      return end({ ...cancellation, ...unreadEnd(remark) }, 'not-found', now);
    case 'filled':
      return end(cancellation, 'filled', now);
    case 'was-cancelled':
      // An earlier sending of ours is the likely cause; that it is cancelled is what is proven.
      return end(cancellation, cancellation.inDoubt ? 'cancelled' : 'was-cancelled', now);
    default:
      return cancellation.missing >= missingForProof
        ? end(heard(cancellation, remark), 'not-found', now)
        : later(cancellation, 'read', now);
  }
}

/** Why no more than that is known, beside the venue's word on the cancel. */
function unreadEnd({ note }: Remark): Remark {
  return note?.code === 'end-unread' ? { note } : {};
}

/** What the venue says of a cancel is no end while the order cannot be read: it goes on being read, however long. */
function afterFailedReading(before: Cancellation, failure: Failure, now: number): Cancellation {
  const cancellation = {
    ...before,
    readings: before.readings + 1,
    trouble: troubleReason(failure),
    ...(before.claim !== undefined && { state: 'unknown' as const }),
  };
  if (failure.kind === 'rate-limited') {
    return laterAsTold(cancellation, 'read', now, failure.retryAfter);
  }
  // Another program uses the key with higher numbers. Each that is refused may count towards its being locked out.
  const isNonce = failure.kind === 'invalid-time' && failure.of === 'nonce';
  return isNonce
    ? { ...cancellation, next: { step: 'read', at: now + longestRest } }
    : later(cancellation, 'read', now);
}
