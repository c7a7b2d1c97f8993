import type { Order, Side } from '#lib/domain/order.ts';
import { venueTraits } from '#lib/domain/venue-id.ts';
import type { Group } from './row.ts';

/** By symbol, the sides on which the rows of a list have protective orders. */
const protectiveSides = new WeakMap<Group['rows'], ReadonlyMap<string, Set<Side | undefined>>>();

/**
 * A test whether trigger orders may go with an order of the group when it is cancelled (see `mayBeAttached`), on a venue
 * where they do. Made once for all of its rows.
 */
export function attachedTo({
  account,
  rows,
}: Pick<Group, 'account' | 'rows'>): (order: Order) => boolean {
  if (!venueTraits[account.venue].cascades) return () => false;
  const sides = protectiveSides.get(rows) ?? sidesOf(rows);
  protectiveSides.set(rows, sides);
  return (order) =>
    !order.protective && [...(sides.get(order.symbol) ?? [])].some((side) => side !== order.side);
}

function sidesOf(rows: Group['rows']): ReadonlyMap<string, Set<Side | undefined>> {
  const sides = new Map<string, Set<Side | undefined>>();
  for (const { order } of rows) {
    if (!order?.protective) continue;
    sides.set(order.symbol, (sides.get(order.symbol) ?? new Set()).add(order.side));
  }
  return sides;
}
