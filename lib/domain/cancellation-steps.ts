import { hasEnded, type Act, type Cancellation, type EndState, type Step } from './cancellation.ts';
import type { ClockReading } from './clock.ts';
import type { ClosedOrder, OrderId, OrderReading } from './order.ts';
import type { RefusalReason } from './refusal.ts';
import type { CancelReply, Claim, Failure } from './reply.ts';
import type { SweepId } from './sweep.ts';

/**
 * How a cancellation moves on: pure, so that every turn it can take is a row of a table test. The canceller carries
 * out `next`, tells here what came of it, and writes the result to the journal.
 */
export type CancellationEvent =
  /** The request is about to be handed to the network. */
  | { readonly type: 'sending' }
  /** The order was found among the open ones, with what the venue needs to know of it. */
  | { readonly type: 'resolved'; readonly orderId: OrderId; readonly symbol: string }
  /** No open order bears the id, and the venue cannot be asked for closed ones by it. */
  | { readonly type: 'unlisted'; readonly words: string }
  /** The open orders could not be read to find the venue's id; nothing has been sent. */
  | { readonly type: 'unresolved'; readonly failure: Failure }
  | { readonly type: 'replied'; readonly reply: CancelReply; readonly clock?: ClockReading }
  | {
      readonly type: 'read';
      readonly reading: OrderReading | Failure;
      readonly clock?: ClockReading;
    }
  /** Another cancellation of the same order, asked for by its other name, has ended. */
  | { readonly type: 'joined'; readonly other: Cancellation }
  /** The worker was started anew and finds this in its journal. */
  | { readonly type: 'woken' }
  /** The account is being removed. */
  | { readonly type: 'abandoned' }
  /** A “Cancel all” means the order too. */
  | { readonly type: 'swept'; readonly sweep: SweepId }
  /** The user asked for this one by itself. */
  | { readonly type: 'hurried' }
  /** Something else that the user did asks for it too. */
  | { readonly type: 'wanted'; readonly act: Act }
  /** The sweep it belongs to is stopped. */
  | { readonly type: 'stopped' };

/** Milliseconds before each reading that confirms; the last one repeats. */
const pace = [150, 400, 1000, 2000, 4000, 8000, 16_000, 30_000] as const;
/** An accepted cancel whose order is still open after this many readings (about 7.5 s) is sent again. */
const readingsBeforeResend = 5;
/** Readings in a row in which the venue must not know the order before that is taken for its end. */
const missingForProof = 3;
/** Readings in which the order must be open before "could not be cancelled" is its end (about 1.4 s). */
const readingsForRefusal = 3;
/** Failed readings after which the venue's own word on the cancel stands without one. */
const readingsForClaim = 3;
/** How long after the first sending an unanswered request may still act, in milliseconds. */
const doubtWindow = 15_000;
/** How far an unread clock may be off. */
const unreadClockMargin = 5000;

export function advance(
  cancellation: Cancellation,
  event: CancellationEvent,
  now: number,
): Cancellation {
  if (hasEnded(cancellation)) return cancellation;
  switch (event.type) {
    case 'sending':
      return {
        ...without(cancellation, 'next', 'claim', 'stopping'),
        state: cancellation.state === 'requested' ? 'sent' : cancellation.state,
        at: { ...cancellation.at, sent: cancellation.at.sent ?? now },
        sendings: cancellation.sendings + 1,
        lastSent: now,
        missing: 0,
      };
    case 'resolved':
      return {
        ...cancellation,
        ref: { ...cancellation.ref, orderId: event.orderId, symbol: event.symbol },
      };
    case 'unlisted':
      return end({ ...cancellation, words: event.words }, 'not-found', now);
    case 'unresolved':
      return afterFailedLookup(cancellation, event.failure, now);
    case 'replied':
      return afterReply(
        { ...cancellation, words: event.reply.words },
        event.reply,
        event.clock,
        now,
      );
    case 'read':
      return afterReading(cancellation, event.reading, event.clock, now);
    case 'joined':
      return afterJoining(cancellation, event.other, now);
    case 'woken':
      return afterWaking(cancellation, now);
    case 'abandoned':
      return {
        ...without(cancellation, 'next'),
        at: { ...cancellation.at, ended: now },
        abandoned: true,
      };
    case 'swept':
      // What was asked for by itself before stays ahead of the others, and a stop does not touch it.
      return {
        ...goOn(cancellation, now),
        ...(cancellation.sweep === undefined && { first: true as const }),
        sweep: event.sweep,
      };
    case 'hurried':
      return { ...goOn(cancellation, now), first: true };
    case 'wanted':
      // Who asked outside the popup is to hear of it wherever they are.
      return cancellation.act === undefined || cancellation.act.inPopup
        ? { ...cancellation, act: event.act }
        : cancellation;
    case 'stopped':
      return afterStop(cancellation, now);
  }
}

function afterReply(
  cancellation: Cancellation,
  reply: CancelReply,
  clock: ClockReading | undefined,
  now: number,
): Cancellation {
  switch (reply.kind) {
    case 'cancelled': {
      const who =
        reply.updatedAt === undefined ? 'cancelled' : whoCancelled(cancellation, reply, clock);
      return end(cancellation, who, now, reply);
    }
    case 'accepted':
      return {
        ...later(cancellation, 'read', now),
        state: 'accepted',
        at: { ...cancellation.at, accepted: cancellation.at.accepted ?? now },
        inDoubt: true,
      };
    case 'claimed':
      return { ...cancellation, claim: reply.claim, readings: 0, next: { step: 'read', at: now } };
    case 'refused':
      // A refusal of a second sending says nothing of the first, which may have acted: the order is read.
      return cancellation.inDoubt
        ? readRefused(cancellation, reply.reason, now)
        : end({ ...cancellation, reason: reply.reason }, 'refused', now);
    case 'invalid-time':
      // Said of a stamp it has seen too, so of a request that the browser repeated unseen: no proof that none has acted.
      return cancellation.clockCorrected
        ? readRefused(cancellation, 'clock', now)
        : { ...cancellation, clockCorrected: true, next: { step: 'send', at: now } };
    case 'rate-limited':
      return { ...cancellation, next: { step: 'send', at: now + reply.retryAfter } };
    case 'unknown':
      return { ...later(cancellation, 'read', now), state: 'unknown', inDoubt: true };
  }
}

/** The order is read to see whether an earlier sending has acted. */
function readRefused(cancellation: Cancellation, reason: RefusalReason, now: number): Cancellation {
  return { ...cancellation, claim: 'not-cancellable', reason, next: { step: 'read', at: now } };
}

function afterFailedLookup(before: Cancellation, failure: Failure, now: number): Cancellation {
  const cancellation = { ...before, words: failure.words, readings: before.readings + 1 };
  switch (failure.kind) {
    case 'refused':
      return end({ ...cancellation, reason: failure.reason }, 'refused', now);
    case 'rate-limited':
      return { ...cancellation, next: { step: 'send', at: now + failure.retryAfter } };
    case 'invalid-time':
    case 'unknown':
      return later(cancellation, 'send', now);
  }
}

function afterReading(
  before: Cancellation,
  reading: OrderReading | Failure,
  clock: ClockReading | undefined,
  now: number,
): Cancellation {
  if ('kind' in reading) return afterFailedReading(before, reading, now);
  const cancellation = {
    ...before,
    readings: before.readings + 1,
    missing: reading.status === 'not-found' ? before.missing + 1 : 0,
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
      return whileOpen(cancellation, now);
    case 'not-found':
      return whileMissing(cancellation, reading.words, now);
  }
}

/** What may have reached the venue goes on to its end, and so does what the user asked for by itself. */
function afterStop(cancellation: Cancellation, now: number): Cancellation {
  const { claim, clockCorrected, first, inDoubt, sendings, state } = cancellation;
  const isUnderWay = state !== 'requested' && cancellation.next === undefined;
  if (first || isUnderWay || claim || (inDoubt && sendings > 0)) return cancellation;
  return inDoubt || clockCorrected
    ? { ...cancellation, stopping: true, readings: 0, next: { step: 'read', at: now } }
    : stop(cancellation, now);
}

/** Wished for anew: what was only read before it should be stopped is sent. */
function goOn(cancellation: Cancellation, now: number): Cancellation {
  return cancellation.stopping
    ? { ...without(cancellation, 'stopping'), next: { step: 'send', at: now } }
    : cancellation;
}

function stop(cancellation: Cancellation, now: number): Cancellation {
  return {
    ...without(cancellation, 'next', 'claim', 'stopping'),
    at: { ...cancellation.at, ended: now },
    stopped: true,
  };
}

function whileOpen(cancellation: Cancellation, now: number): Cancellation {
  if (cancellation.stopping) {
    return cancellation.readings < readingsForRefusal
      ? later(cancellation, 'read', now)
      : stop(cancellation, now);
  }
  // While an earlier sending may still act, "refused and open" is no end; later it is.
  const mayStillAct = cancellation.inDoubt && now - (cancellation.at.sent ?? now) < doubtWindow;
  if (cancellation.claim === 'not-cancellable' && !mayStillAct) {
    // A request that the browser repeated unseen may have been taken the first time, and take its time.
    if (cancellation.readings < readingsForRefusal) return later(cancellation, 'read', now);
    return end(
      { ...cancellation, reason: cancellation.reason ?? 'not-cancellable' },
      'refused',
      now,
    );
  }
  // The venue's word on the cancel and its reading contradict each other, or do not yet settle it.
  if (cancellation.claim !== undefined) {
    return { ...later(without(cancellation, 'claim', 'reason'), 'send', now), state: 'unknown' };
  }
  if (cancellation.state === 'unknown') return { ...cancellation, next: { step: 'send', at: now } };
  return later(cancellation, cancellation.readings >= readingsBeforeResend ? 'send' : 'read', now);
}

function whileMissing(cancellation: Cancellation, words: string, now: number): Cancellation {
  switch (cancellation.claim) {
    case 'not-found':
    case 'not-cancellable':
      return end(cancellation, 'not-found', now);
    case 'filled':
    case 'was-cancelled':
      return end(cancellation, claimedEnd(cancellation, cancellation.claim), now);
    default:
      return cancellation.missing >= missingForProof
        ? end({ ...cancellation, words }, 'not-found', now)
        : later(cancellation, 'read', now);
  }
}

function afterFailedReading(before: Cancellation, failure: Failure, now: number): Cancellation {
  const cancellation = { ...before, readings: before.readings + 1 };
  const { claim } = cancellation;
  if (failure.kind === 'rate-limited') {
    return { ...cancellation, next: { step: 'read', at: now + failure.retryAfter } };
  }
  // A refused second sending is not yet the end of the first: that one goes on being read.
  const mayEndByClaim =
    claim !== undefined && !(claim === 'not-cancellable' && cancellation.inDoubt);
  return mayEndByClaim && cancellation.readings >= readingsForClaim
    ? end({ reason: 'unread', ...cancellation }, claimedEnd(cancellation, claim), now)
    : later(cancellation, 'read', now);
}

function afterJoining(cancellation: Cancellation, other: Cancellation, now: number): Cancellation {
  const { state, filled, quantity, reason, words } = other;
  if (!hasEnded(other) || other.stopped)
    return { ...cancellation, next: { step: 'send', at: now } };
  return {
    ...without(cancellation, 'next', 'claim'),
    state,
    at: { ...cancellation.at, ended: now },
    ...(filled !== undefined && { filled }),
    ...(quantity !== undefined && { quantity }),
    ...(reason !== undefined && { reason }),
    ...(words !== undefined && { words }),
  };
}

function afterWaking(before: Cancellation, now: number): Cancellation {
  // The last life may have sent it without having come to write that down.
  const cancellation = { ...before, inDoubt: true };
  if (cancellation.next !== undefined) return cancellation;
  return {
    ...cancellation,
    state: cancellation.state === 'accepted' ? 'accepted' : 'unknown',
    next: { step: 'read', at: now },
  };
}

/**
 * Cancelled by this cancellation, or before it was asked for: by the time of the order's last change. "Already
 * cancelled" from the venue is no proof of the latter: when a connection breaks, the browser itself may send the
 * request again unseen, and the second answer is all that arrives.
 */
function whoCancelled(
  { claim, inDoubt, at }: Cancellation,
  { updatedAt }: Pick<ClosedOrder, 'updatedAt'>,
  clock: ClockReading | undefined,
): EndState {
  if (updatedAt === undefined) {
    return claim === 'was-cancelled' && !inDoubt ? 'was-cancelled' : 'cancelled';
  }
  const { offset, uncertainty } = clock ?? { offset: 0, uncertainty: unreadClockMargin };
  return updatedAt - offset + uncertainty < at.requested ? 'was-cancelled' : 'cancelled';
}

function claimedEnd({ inDoubt }: Cancellation, claim: Claim): EndState {
  switch (claim) {
    case 'was-cancelled':
      // An earlier sending of ours is the likely cause; that it is cancelled is what is proven.
      return inDoubt ? 'cancelled' : 'was-cancelled';
    case 'not-cancellable':
      return 'refused';
    case 'filled':
    case 'not-found':
      return claim;
  }
}

function later(cancellation: Cancellation, step: Step['step'], now: number): Cancellation {
  const wait = pace[Math.min(cancellation.readings, pace.length - 1)] ?? pace[0];
  return { ...cancellation, next: { step, at: now + wait } };
}

function end(
  cancellation: Cancellation,
  state: EndState,
  now: number,
  order: Pick<ClosedOrder, 'filled' | 'quantity'> = {},
): Cancellation {
  const quantity = order.quantity ?? cancellation.order?.quantity;
  return {
    ...(state === 'refused'
      ? without(cancellation, 'next', 'claim')
      : without(cancellation, 'next', 'claim', 'reason')),
    state,
    at: { ...cancellation.at, ended: now },
    ...(order.filled !== undefined && { filled: order.filled }),
    ...(quantity !== undefined && { quantity }),
  };
}

function without<Key extends keyof Cancellation>(
  cancellation: Cancellation,
  ...keys: Key[]
): Omit<Cancellation, Key> {
  const copy: Partial<Cancellation> = { ...cancellation };
  for (const key of keys) delete copy[key];
  return copy as Omit<Cancellation, Key>;
}
