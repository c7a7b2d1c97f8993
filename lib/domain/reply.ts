import type { Decimal } from './decimal.ts';
import type { OrderId, OrderReading } from './order.ts';
import type { RefusalReason, Trouble } from './refusal.ts';
import { isOfNoUse, type Remark } from './remark.ts';

/**
 * Why a call had no result. **Refused and unknown are different types**: after `refused`, `invalid-time` and
 * `rate-limited` the venue did nothing; after `unknown` it may have done everything.
 */
export type Failure = Remark &
  (
    | { readonly kind: 'refused'; readonly reason: RefusalReason }
    /** `of`: it is no time that the venue wants to rise, but a number of its own. */
    | { readonly kind: 'invalid-time'; readonly of?: 'nonce' }
    /** `retryAfter` in milliseconds. `ofOrders`: by a limit that counts each order of a request, so that fewer may pass. */
    | { readonly kind: 'rate-limited'; readonly retryAfter: number; readonly ofOrders?: true }
    | { readonly kind: 'unknown' }
  );

/** What the venue says of an order instead of cancelling it; settled by reading the order. */
export type Claim = 'filled' | 'was-cancelled' | 'not-found' | 'not-cancellable';

/** What a venue answers to a cancel. */
export type CancelReply = Remark &
  (
    | {
        readonly kind: 'cancelled';
        readonly filled?: Decimal;
        readonly quantity?: Decimal;
        /** When the order was last changed, Unix ms by the venue's clock, where it may have been cancelled before. */
        readonly updatedAt?: number;
        /** Orders that went along, as the venue says by naming them. */
        readonly others?: readonly OrderId[];
      }
    | { readonly kind: 'accepted' }
    | { readonly kind: 'claimed'; readonly claim: Claim }
    | Failure
  );

/** What a venue answers when asked for one order. */
export type ReadReply = { readonly kind: 'read'; readonly reading: OrderReading } | Failure;

export function troubleReason(failure: Failure): Trouble {
  switch (failure.kind) {
    case 'refused':
      return failure.reason;
    case 'invalid-time':
      return failure.of ?? 'clock';
    case 'rate-limited':
      return 'rate-limited';
    case 'unknown':
      return isOfNoUse(failure) ? 'unusable' : 'unreachable';
  }
}

/**
 * Whether a reply to a cancel shows that the key may cancel, or that it may not; undefined where it shows neither. `isKeyGood`:
 * it was let in a moment before, so that of key, address and right only the right is left.
 */
export function rightSeenIn(reply: CancelReply, isKeyGood: boolean): boolean | undefined {
  if (reply.kind === 'cancelled' || reply.kind === 'accepted') return true;
  if (reply.kind !== 'refused') return undefined;
  const { reason } = reply;
  const mayBeOfRight = reason === 'right-or-address' || reason === 'unauthorized';
  return reason === 'no-right' || (mayBeOfRight && isKeyGood) ? false : undefined;
}
