import type { AccountId } from '#lib/domain/account.ts';
import { advance, type CancellationEvent } from '#lib/domain/cancellation-steps.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
  type SweepId,
} from '#lib/domain/cancellation.ts';
import { hasEnded } from '#lib/domain/standing.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { ClosedOrder, Order, OrderId, OrderReading } from '#lib/domain/order.ts';
import type { CancelReply, Claim, Failure } from '#lib/domain/reply.ts';

export const asked: number = 1_700_000_000_000;
export const id = 'one' as OrderId;
export const order: Order = {
  id,
  symbol: 'BTC_BRL',
  side: 'buy',
  type: 'limit',
  quantity: '1' as Decimal,
  remaining: '1' as Decimal,
  protective: false,
};

export const sending: CancellationEvent = { type: 'sending' };
export const woken: CancellationEvent = { type: 'woken' };
export const abandoned: CancellationEvent = { type: 'abandoned' };
export const resolved: CancellationEvent = {
  type: 'resolved',
  orderId: 'found' as OrderId,
  symbol: 'BTC_BRL',
};
export const swept: CancellationEvent = { type: 'swept', sweep: 'later' as SweepId };
export const hurried: CancellationEvent = { type: 'hurried' };
export const stopped: CancellationEvent = { type: 'stopped' };
export const unlisted: CancellationEvent = { type: 'unlisted', said: ['no such client id'] };

export const refusal: Failure = { kind: 'refused', reason: 'no-right', said: ['FORBIDDEN'] };
export const badTime: Failure = { kind: 'invalid-time', said: ['Invalid timestamp'] };
export const slowDown: Failure = { kind: 'rate-limited', retryAfter: 7000, said: ['TOO_MANY'] };
export const silence: Failure = { kind: 'unknown', note: { code: 'no-answer' } };

export const replied = (reply: CancelReply): CancellationEvent => ({ type: 'replied', reply });
export const accepted = replied({ kind: 'accepted', said: ['SUCCESS'] });
export const dropped = replied(silence);
export const refused = replied(refusal);
export const invalidTime = replied(badTime);
export const limited = replied(slowDown);
export const cancelled = replied({ kind: 'cancelled', said: ['canceled'] });
export const claimed = (claim: Claim) =>
  replied({ kind: 'claimed', claim, said: [`says ${claim}`] });

export const read = (reading: OrderReading | Failure): CancellationEvent => ({
  type: 'read',
  reading,
});
export const closed = (status: 'filled' | 'cancelled', more: Partial<ClosedOrder> = {}) =>
  read({ status, order: { id, ...more } });
export const open = read({ status: 'open', order });
export const missing = read({ status: 'not-found', said: ['Order not found'] });
export const unread = read(silence);
export const readLimited = read(slowDown);
export const unresolved = (failure: Failure): CancellationEvent => ({
  type: 'unresolved',
  failure,
});

/** All events happen at the moment of asking, so that `next.at` is the wait. */
export function after(...events: CancellationEvent[]): Cancellation {
  const wish = requestCancellation('wish' as CancellationId, ref, order, asked);
  return events.reduce((cancellation, event) => advance(cancellation, event, asked), wish);
}

export const ref = { accountId: 'account' as AccountId, orderId: id };

/** The same for one that was asked for by a “Cancel all”. */
export function afterSweep(...events: CancellationEvent[]): Cancellation {
  const sweep = 'sweep' as SweepId;
  const wish = requestCancellation('wish' as CancellationId, ref, order, asked, sweep);
  return events.reduce((cancellation, event) => advance(cancellation, event, asked), wish);
}

/** The state; then the next step and its wait, or that it has ended, or that a request is under way. */
export function shown(cancellation: Cancellation): string {
  const { state, next } = cancellation;
  if (hasEnded(cancellation)) return next ? `${state} but goes on` : `${state}.`;
  return next ? `${state}, ${next.step} in ${next.at - asked}` : `${state}, under way`;
}

export const accept = [sending, accepted];
export const drop = [sending, dropped];

export const other = (...events: CancellationEvent[]): CancellationEvent => ({
  type: 'joined',
  other: afterSweep(...events),
});
