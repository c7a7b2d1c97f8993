import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import type { Order, OrderRef } from '#lib/domain/order.ts';
import { byOrderId, orderIdKey, orderKey } from '#lib/domain/order-key.ts';
import { venueTraits } from '#lib/domain/venue-id.ts';
import type { AccountId } from '#lib/domain/account.ts';
import { standingOf } from '#lib/domain/standing.ts';
import { durationWords } from '#lib/words/time-words.ts';
import type { View } from '#lib/protocol/view.ts';
import { tCount } from '#lib/words/text.ts';

/** An order that the user asked to cancel too long ago for it to be sent, and that is open still. */
export interface LapsedWish {
  readonly id: CancellationId;
  readonly accountId: AccountId;
  readonly order: Order;
  /** When it was asked for, Unix ms. */
  readonly askedAt: number;
}

/** Those that wait for the user's word: listed as open, and not asked for again since. */
export function lapsedWishes({
  accounts,
  cancellations,
  orders,
}: Pick<View, 'accounts' | 'cancellations' | 'orders'>): readonly LapsedWish[] {
  const all = Object.values<Cancellation>(cancellations);
  const lapsed = all.filter((cancellation) => standingOf(cancellation) === 'lapsed');
  if (lapsed.length === 0) return [];
  const perSymbol = new Set(
    accounts.filter(({ venue }) => venueTraits[venue].idsPerSymbol).map(({ id }) => id),
  );
  const keyOf = (ref: OrderRef) => orderKey(ref, perSymbol.has(ref.accountId));
  const asked = new Map<string, number>();
  for (const { ref, at } of all) {
    const key = keyOf(ref);
    asked.set(key, Math.max(asked.get(key) ?? 0, at.requested));
  }
  return lapsed.flatMap(({ id, ref, at }) => {
    const { accountId, orderId } = ref;
    const listed = byOrderId(orders[accountId]?.orders ?? []);
    const found = orderId && listed.get(orderIdKey(orderId));
    const isOther =
      found && perSymbol.has(accountId) && ref.symbol !== undefined && found.symbol !== ref.symbol;
    const order = isOther ? undefined : found;
    const isLatest = asked.get(keyOf(ref)) === at.requested;
    return order && isLatest ? [{ id, accountId, order, askedAt: at.requested }] : [];
  });
}

/** `3 cancels were not sent: you asked for them 2 h ago, …`. */
export function lapsedSentence(wishes: readonly LapsedWish[], now: number): string {
  const last = Math.max(...wishes.map(({ askedAt }) => askedAt));
  return tCount('lapsed.sentence', wishes.length, { length: durationWords(now - last) });
}
