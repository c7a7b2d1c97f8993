import type { Act, Cancellation, SweepId } from './cancellation.ts';
import { hasEnded } from './standing.ts';
import type { ClockReading } from './clock.ts';
import type { OrderId, OrderReading } from './order.ts';
import { afterReading } from './after-reading.ts';
import { end, heard, passing, stop, without } from './ending.ts';
import { later, laterAsTold } from './pace.ts';
import type { RefusalReason } from './refusal.ts';
import type { Remark } from './remark.ts';
import { troubleReason, type CancelReply, type Failure } from './reply.ts';
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
  | ({ readonly type: 'unlisted' } & Remark)
  /**
   * Pullcord itself refuses it: what the venue needs to know of the order is not to be had. Nothing was sent, by an earlier life of the
   * worker neither: it would have written down what it had found.
   */
  | ({ readonly type: 'unsent'; readonly reason: RefusalReason } & Remark)
  /** The open orders could not be read to find the venue's id; nothing has been sent. */
  | { readonly type: 'unresolved'; readonly failure: Failure }
  | { readonly type: 'replied'; readonly reply: CancelReply; readonly clock?: ClockReading }
  | {
      readonly type: 'read';
      readonly reading: OrderReading | Failure;
      readonly clock?: ClockReading;
      /** The venue's words, where it told so by itself. */
      readonly said?: readonly string[];
    }
  /** Another cancellation of the same order, asked for by its other name, has ended. */
  | { readonly type: 'joined'; readonly other: Cancellation }
  /** The worker was started anew and finds this in its journal. */
  | { readonly type: 'woken'; readonly unclocked?: true }
  /** The account is being removed. */
  | { readonly type: 'abandoned' }
  /** A “Cancel all” means the order too. */
  | { readonly type: 'swept'; readonly sweep: SweepId }
  /** The user asked for this one by itself. */
  | { readonly type: 'hurried' }
  /** Something else that the user did asks for it too. */
  | { readonly type: 'wanted'; readonly act: Act }
  /** The sweep it belongs to is stopped. */
  | { readonly type: 'stopped' }
  /** For too long nobody was there to carry it on: the user's mind may have changed. */
  | { readonly type: 'lapsed' };

export function advance(
  cancellation: Cancellation,
  event: CancellationEvent,
  now: number,
): Cancellation {
  if (hasEnded(cancellation)) return cancellation;
  const after = afterEvent(cancellation, event, now);
  // A lapsed wish is only read.
  return after.lapsing && after.next?.step === 'send'
    ? { ...after, next: { step: 'read', at: after.next.at } }
    : after;
}

function afterEvent(
  cancellation: Cancellation,
  event: CancellationEvent,
  now: number,
): Cancellation {
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
      return end(heard(cancellation, event), 'not-found', now);
    case 'unsent':
      return end({ ...heard(cancellation, event), reason: event.reason }, 'refused', now);
    case 'unresolved':
      return afterFailedLookup(cancellation, event.failure, now);
    case 'replied':
      return afterReply(
        heard(without(cancellation, 'trouble', 'contradiction'), event.reply),
        event.reply,
        event.clock,
        now,
      );
    case 'read': {
      const after = afterReading(cancellation, event.reading, event.clock, now);
      return event.said ? heard(after, { said: event.said }) : after;
    }
    case 'joined':
      return afterJoining(cancellation, event.other, now);
    case 'woken':
      return afterWaking(cancellation, event.unclocked, now);
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
    case 'wanted': {
      const going = goOn(cancellation, now);
      // Who asked outside the popup is to hear of it wherever they are.
      return going.act === undefined || going.act.inPopup ? { ...going, act: event.act } : going;
    }
    case 'stopped':
      return afterStop(cancellation, now);
    case 'lapsed':
      return afterLapse(cancellation, now);
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
      const { others } = reply;
      return end({ ...cancellation, ...(others && { others }) }, who, now, reply);
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
        ? readRefused(cancellation, reply.of ?? 'clock', now)
        : { ...cancellation, clockCorrected: true, next: { step: 'send', at: now } };
    case 'rate-limited':
      return {
        ...laterAsTold(cancellation, 'send', now, reply.retryAfter),
        trouble: 'rate-limited',
      };
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
    ...heard(before, failure),
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

/** Wished for anew: what was only read, since it was to be stopped or had lapsed, is sent. */
function goOn(cancellation: Cancellation, now: number): Cancellation {
  if (!cancellation.stopping && !cancellation.lapsing) return cancellation;
  const { next } = cancellation;
  return {
    ...without(cancellation, 'stopping', 'lapsing'),
    ...(next && { next: { step: 'send', at: now } }),
  };
}

/** What is under way is answered first. */
function afterLapse(cancellation: Cancellation, now: number): Cancellation {
  if (cancellation.lapsing) return cancellation;
  const lapsing = { ...without(cancellation, 'shownOpen'), lapsing: true as const };
  if (cancellation.next === undefined) return lapsing;
  return {
    ...lapsing,
    state: cancellation.state === 'accepted' ? 'accepted' : 'unknown',
    readings: 0,
    next: { step: 'read', at: now },
  };
}

function afterJoining(cancellation: Cancellation, other: Cancellation, now: number): Cancellation {
  const { state, filled, quantity, reason } = other;
  if (!hasEnded(other) || other.stopped)
    return { ...cancellation, next: { step: 'send', at: now } };
  return {
    ...heard(without(cancellation, ...passing), other),
    state,
    at: { ...cancellation.at, ended: now },
    ...(filled !== undefined && { filled }),
    ...(quantity !== undefined && { quantity }),
    ...(reason !== undefined && { reason }),
  };
}

function afterWaking(before: Cancellation, unclocked: true | undefined, now: number): Cancellation {
  // The last life may have sent it without having come to write that down.
  const cancellation = { ...before, inDoubt: true, ...(unclocked && { unclocked }) };
  if (cancellation.next !== undefined) return cancellation;
  return {
    ...cancellation,
    state: cancellation.state === 'accepted' ? 'accepted' : 'unknown',
    next: { step: 'read', at: now },
  };
}
