import type { Cancellation } from './cancellation.ts';
import type { ClockReading } from './clock.ts';
import type { ClosedOrder, Order } from './order.ts';

/** How far apart two clocks may be of which nothing is known, in milliseconds. */
export const unreadClockMargin = 600_000;

/**
 * Cancelled by this cancellation, or before it was asked for: by the time of the order's last change. "Already
 * cancelled" from the venue is no proof of the latter: when a connection breaks, the browser itself may send the
 * request again unseen, and the second answer is all that arrives. Where the two times cannot be told apart, that it is
 * cancelled is what is certain.
 */
export function whoCancelled(
  { claim, inDoubt, at }: Pick<Cancellation, 'claim' | 'inDoubt' | 'at'>,
  { updatedAt }: Pick<ClosedOrder, 'updatedAt'>,
  clock: ClockReading = { offset: 0, uncertainty: unreadClockMargin },
): 'cancelled' | 'was-cancelled' {
  if (updatedAt === undefined) {
    return claim === 'was-cancelled' && !inDoubt ? 'was-cancelled' : 'cancelled';
  }
  const { offset, uncertainty } = clock;
  return updatedAt - offset + uncertainty < at.requested ? 'was-cancelled' : 'cancelled';
}

/** Whether the order was certainly placed after that moment of this machine's (Unix ms). */
export function wasPlacedAfter(
  { createdAt }: Pick<Order, 'createdAt'>,
  moment: number,
  { offset, uncertainty }: ClockReading = { offset: 0, uncertainty: unreadClockMargin },
): boolean {
  return createdAt !== undefined && createdAt - offset - uncertainty > moment;
}
