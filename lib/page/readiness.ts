import type { Facts } from '#lib/domain/readiness.ts';
import { venueTraits } from '#lib/domain/venue-id.ts';
import type { AccountView, View } from '#lib/protocol/view.ts';
import { readinessWords, type ReadinessWords } from '#lib/words/readiness-words.ts';

/** What the view tells of whether a cancel would work on an account, in words. `now`: Unix ms; `isBarred`: by the browser. */
export function readinessOf(
  view: Pick<View, 'seen' | 'orders' | 'holds' | 'streams'>,
  account: AccountView,
  now: number,
  isBarred: boolean,
): ReadinessWords {
  const { id, venue, right, keyTrouble } = account;
  const { readAt, trouble } = view.orders[id] ?? {};
  const stream = view.streams[id];
  const facts: Facts = {
    ...view.seen[id],
    isBarred,
    readersMayCancel: venueTraits[venue].readersMayCancel ?? false,
    heldUntil: view.holds[id]?.cancels ?? 0,
    ...(keyTrouble && { keyTrouble }),
    ...(right && { right }),
    ...(readAt !== undefined && { readAt }),
    ...(trouble && { readTrouble: trouble }),
    ...(stream && { stream }),
  };
  return readinessWords(facts, venue, now);
}
