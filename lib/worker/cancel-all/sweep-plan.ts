import type { Account, AccountId } from '#lib/domain/account.ts';
import type { Order } from '#lib/domain/order.ts';
import { createMatcher, type OrderFilter } from '#lib/domain/order-filter.ts';
import type { Sweep } from '#lib/domain/sweep.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { KnownOrders, SweepNeeds } from './sweep-needs.ts';
import { planCancels, type EveryScope } from './plan.ts';
import { batchRulesOf, type CancelRequest } from '#lib/worker/lanes/batches.ts';
import { sideWords } from '#lib/words/order-words.ts';

/** Which orders a sweep means. */
type SweepWish = Pick<Sweep, 'filter' | 'withProtective'>;

/** Those that the filter fits, protective or not. */
export function fitting(
  { filter }: SweepWish,
  account: Account,
  orders: readonly Order[],
): readonly Order[] {
  const matches = createMatcher(filter, sideWords());
  return orders.filter((order) => matches(order, account));
}

export function meantOf(
  wish: SweepWish,
  account: Account,
  orders: readonly Order[],
): readonly Order[] {
  return fitting(wish, account, orders).filter((order) => wish.withProtective || !order.protective);
}

/** The requests that cancel those of an account's known orders which are meant and wanted; none where it cannot be used. */
export function planFor(
  needs: Pick<SweepNeeds, 'accounts' | 'venueOf'>,
  id: AccountId,
  wish: SweepWish,
  known: KnownOrders,
  isWanted: (order: Order) => boolean = () => true,
): readonly CancelRequest[] {
  const account = needs.accounts().find((each) => each.id === id);
  const venue = needs.venueOf(id);
  if (!account || !venue) return [];
  return planSweep(wish, venue, known, meantOf(wish, account, known.orders).filter(isWanted));
}

/** The requests that cancel the wanted ones of the open orders. */
function planSweep(
  { filter, withProtective }: SweepWish,
  venue: Venue,
  { orders: open, unreadable = 0 }: KnownOrders,
  wanted: readonly Order[],
): readonly CancelRequest[] {
  const chosen = new Set(wanted.map((order) => order.id));
  // What cannot be read, or was placed since the reading, may guard a position.
  const isUnsure = unreadable > 0 || venue.cancelEvery?.onlyWithProtective === true;
  const mayKeep = isUnsure && !withProtective;
  const scope = mayKeep ? 'none' : everyScopeOf(venue, filter);
  // One that leaves what guards a position takes of the others all there are.
  const taken = venue.cancelEvery?.takesProtective ? open : open.filter((each) => !each.protective);
  return planCancels(open, chosen, batchRulesOf(venue), scope, taken);
}

/** How far whatever else may stand there is meant too. */
function everyScopeOf({ cancelEvery, needsSymbol }: Venue, filter: OrderFilter): EveryScope {
  const { text, symbol, side, placedBefore } = filter;
  const isNarrow = Boolean(text?.trim()) || side !== undefined || placedBefore !== undefined;
  if (cancelEvery === undefined || isNarrow) return 'none';
  // What goes along must be found afterwards.
  return symbol === undefined && !needsSymbol ? cancelEvery.of : 'symbol';
}
