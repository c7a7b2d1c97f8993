import { mayGoAlong, type Order, type Side } from '#lib/domain/order.ts';
import { venueTraits, type Cascades } from '#lib/domain/venue-id.ts';
import type { Group } from './row.ts';

interface Triggers {
  /** By symbol, the sides on which the rows of a list have protective orders. */
  readonly sides: ReadonlyMap<string, Set<Side | undefined>>;
  /** How many rows each order list has. */
  readonly lists: ReadonlyMap<string, number>;
}

const triggersOf = new WeakMap<Group['rows'], Triggers>();

/**
 * What may go with an order of the group when it is cancelled (see `mayGoAlong`), on a venue where something does. Made once for all
 * of its rows.
 */
export function attachedTo({
  account,
  rows,
}: Pick<Group, 'account' | 'rows'>): (order: Order) => Cascades | undefined {
  const { cascades } = venueTraits[account.venue];
  if (!cascades) return () => undefined;
  const { sides, lists } = triggersOf.get(rows) ?? look(rows);
  return cascades === 'lists'
    ? ({ list, symbol }) =>
        list !== undefined && (lists.get(`${symbol} ${list}`) ?? 0) > 1 ? cascades : undefined
    : (order) =>
        !order.protective &&
        [...(sides.get(order.symbol) ?? [])].some((side) => side !== order.side)
          ? cascades
          : undefined;
}

function look(rows: Group['rows']): Triggers {
  const sides = new Map<string, Set<Side | undefined>>();
  const lists = new Map<string, number>();
  for (const { order } of rows) {
    if (order?.list !== undefined) {
      const key = `${order.symbol} ${order.list}`;
      lists.set(key, (lists.get(key) ?? 0) + 1);
    }
    if (!order?.protective) continue;
    sides.set(order.symbol, (sides.get(order.symbol) ?? new Set()).add(order.side));
  }
  triggersOf.set(rows, { sides, lists });
  return { sides, lists };
}

/** The same for a single order, beside all that are open. */
export function takenAlong(
  cascades: Cascades | undefined,
  order: Order,
  open: readonly Order[],
): Cascades | undefined {
  return cascades && open.some((other) => mayGoAlong(cascades, order, other))
    ? cascades
    : undefined;
}
