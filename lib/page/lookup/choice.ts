import { idKey } from '#lib/domain/id-shapes.ts';
import type { FoundOrder, Lookup } from '#lib/domain/lookup.ts';
import { orderKey } from '#lib/domain/order-key.ts';

/** Which of the found orders are chosen before the user has chosen anything. */

export function foundKey({ accountId, order }: FoundOrder): string {
  return orderKey({ accountId, orderId: order.id });
}

/** Ids from the text that several of the found orders bear, each once. */
export function sharedIds({ orders }: Pick<Lookup, 'orders'>): readonly string[] {
  const bearers = new Map<string, { readonly id: string; count: number }>();
  for (const { soughtId } of orders) {
    if (soughtId === undefined) continue;
    const known = bearers.get(idKey(soughtId));
    if (known) known.count++;
    else bearers.set(idKey(soughtId), { id: soughtId, count: 1 });
  }
  return [...bearers.values()].filter(({ count }) => count > 1).map(({ id }) => id);
}

/**
 * Keys of the orders that are chosen from the start: those that were named beyond doubt, each by an id of its own. Of “the newest”
 * one is meant, and none that guards a position.
 */
export function chosenAtFirst(lookup: Pick<Lookup, 'orders' | 'wish'>): ReadonlySet<string> {
  const { orders, wish } = lookup;
  if (wish.kind === 'newest') {
    const [only, ...more] = orders;
    const isClear = only && more.length === 0 && !only.order.protective;
    return new Set(isClear ? [foundKey(only)] : []);
  }
  const shared = new Set(sharedIds(lookup).map(idKey));
  const clear = orders.filter(
    ({ soughtId, doubt }) =>
      soughtId !== undefined && doubt === undefined && !shared.has(idKey(soughtId)),
  );
  return new Set(clear.map(foundKey));
}
