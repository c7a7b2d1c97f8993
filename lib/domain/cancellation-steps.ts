import { hasEnded, type Act, type Cancellation, type EndState } from './cancellation.ts';
import type { ClockReading } from './clock.ts';
import type { ClosedOrder, Order, OrderId, OrderReading } from './order.ts';
import { later, laterAsTold, readingPause, sendingPause } from './pace.ts';
import type { RefusalReason } from './refusal.ts';
import { troubleReason, type CancelReply, type Failure } from './reply.ts';
import type { SweepId } from './sweep.ts';
import { whoCancelled } from './who-cancelled.ts';

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

/** An accepted cancel whose order is still open after this many readings (about 7.5 s) is sent again. */
const readingsBeforeResend = 5;
/** Readings in a row in which the venue must not know the order before that is taken for its end. */
const missingForProof = 3;
/** Readings in which the order must be open before "could not be cancelled" is its end (about 1.4 s). */
const readingsForRefusal = 3;
/** How long after the first sending an unanswered request may still act, in milliseconds. */
const doubtWindow = 15_000;

/** What is true of a cancellation only until its end. */
const passing = ['next', 'claim', 'shownOpen', 'trouble', 'contradiction'] as const;

export function advance(
  cancellation: Cancellation,
  event: CancellationEvent,
  now: number,
): Cancellation {
  if (hasEnded(cancellation)) return cancellation;
  switch (event.type) {
    case 'sending':
      return {
        ...without(cancellation, 'next', 'claim', 'stopping', 'shownOpen'),
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
        { ...without(cancellation, 'trouble', 'contradiction'), words: event.reply.words },
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
        ...without(cancellation, ...passing),
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
      return {
        ...without(cancellation, 'shownOpen'),
        claim: reply.claim,
        readings: 0,
        next: { step: 'read', at: now },
      };
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
      return laterAsTold(cancellation, 'send', now, reply.retryAfter);
    case 'unknown':
      return {
        ...later(cancellation, 'read', now),
        state: 'unknown',
        inDoubt: true,
        trouble: troubleReason(reply),
      };
  }
}

/** The order is read to see whether an earlier sending has acted. */
function readRefused(cancellation: Cancellation, reason: RefusalReason, now: number): Cancellation {
  return { ...cancellation, claim: 'not-cancellable', reason, next: { step: 'read', at: now } };
}

function afterFailedLookup(before: Cancellation, failure: Failure, now: number): Cancellation {
  const cancellation = {
    ...before,
    words: failure.words,
    readings: before.readings + 1,
    trouble: troubleReason(failure),
  };
  switch (failure.kind) {
    case 'refused':
      return end({ ...cancellation, reason: failure.reason }, 'refused', now);
    case 'rate-limited':
      return laterAsTold(cancellation, 'send', now, failure.retryAfter);
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
    ...without(before, 'trouble'),
    readings: before.readings + 1,
    missing: reading.status === 'not-found' ? before.missing + 1 : 0,
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
      return whileOpen(cancellation, reading.order, now);
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
    ? {
        ...without(cancellation, 'shownOpen'),
        stopping: true,
        readings: 0,
        next: { step: 'read', at: now },
      }
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
    ...without(cancellation, ...passing, 'stopping'),
    at: { ...cancellation.at, ended: now },
    stopped: true,
  };
}

function whileOpen(cancellation: Cancellation, order: Order, now: number): Cancellation {
  const { claim, shownOpen = 0 } = cancellation;
  // A request that the browser repeated unseen may have been taken the first time, and take its time.
  const again = { step: 'read' as const, at: now + readingPause(shownOpen) };
  const isSure = shownOpen >= readingsForRefusal;
  if (cancellation.stopping) {
    return isSure ? stop(cancellation, now) : { ...cancellation, next: again };
  }
  // While an earlier sending may still act, "refused and open" is no end; later it is.
  const mayStillAct = cancellation.inDoubt && now - (cancellation.at.sent ?? now) < doubtWindow;
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

function whileMissing(cancellation: Cancellation, words: string, now: number): Cancellation {
  switch (cancellation.claim) {
    case 'not-found':
    case 'not-cancellable':
      return end(cancellation, 'not-found', now);
    case 'filled':
      return end(cancellation, 'filled', now);
    case 'was-cancelled':
      // An earlier sending of ours is the likely cause; that it is cancelled is what is proven.
      return end(cancellation, cancellation.inDoubt ? 'cancelled' : 'was-cancelled', now);
    default:
      return cancellation.missing >= missingForProof
        ? end({ ...cancellation, words }, 'not-found', now)
        : later(cancellation, 'read', now);
  }
}

/** What the venue says of a cancel is no end while the order cannot be read: it goes on being read, however long. */
function afterFailedReading(before: Cancellation, failure: Failure, now: number): Cancellation {
  const cancellation = {
    ...before,
    readings: before.readings + 1,
    trouble: troubleReason(failure),
    ...(before.claim !== undefined && { state: 'unknown' as const }),
  };
  return failure.kind === 'rate-limited'
    ? laterAsTold(cancellation, 'read', now, failure.retryAfter)
    : later(cancellation, 'read', now);
}

function afterJoining(cancellation: Cancellation, other: Cancellation, now: number): Cancellation {
  const { state, filled, quantity, reason, words } = other;
  if (!hasEnded(other) || other.stopped)
    return { ...cancellation, next: { step: 'send', at: now } };
  return {
    ...without(cancellation, ...passing),
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

function end(
  cancellation: Cancellation,
  state: EndState,
  now: number,
  order: Pick<ClosedOrder, 'filled' | 'quantity'> = {},
): Cancellation {
  const quantity = order.quantity ?? cancellation.order?.quantity;
  return {
    ...without(state === 'refused' ? cancellation : without(cancellation, 'reason'), ...passing),
    state,
    at: { ...cancellation.at, ended: now },
    ...(order.filled !== undefined && { filled: order.filled }),
    ...(quantity !== undefined && { quantity }),
  };
}

function without<Key extends keyof Cancellation, From extends Partial<Cancellation>>(
  cancellation: From,
  ...keys: Key[]
): Omit<From, Key> {
  const copy: Partial<From> = { ...cancellation };
  for (const key of keys) delete copy[key];
  return copy as Omit<From, Key>;
}
