import type { AccountId } from './account.ts';
import { findIds, idKey, type FoundIds } from './found-ids.ts';
import type { FoundOrder } from './lookup.ts';
import type { Order } from './order.ts';

/** What a text names, as far as the open orders are known. */
export interface Named extends FoundIds {
  /** The open orders that bear one of the ids, in the order of the text; each once. */
  readonly orders: readonly FoundOrder[];
  /** Ids that none of them bears. */
  readonly unknown: readonly string[];
}

/** Matches the ids in a text against open orders: order ids and client order ids, exactly, UUIDs without case. */
export function matchIds(text: string, open: ReadonlyMap<AccountId, readonly Order[]>): Named {
  const bearers = new Map<string, Omit<FoundOrder, 'soughtId'>[]>();
  for (const [accountId, orders] of open) {
    for (const order of orders) {
      for (const key of new Set([order.id, order.clientOrderId].map((id) => id && idKey(id)))) {
        if (!key) continue;
        const found = bearers.get(key);
        if (found) found.push({ accountId, order });
        else bearers.set(key, [{ accountId, order }]);
      }
    }
  }
  const { ids, more } = findIds(text, (id) => bearers.has(idKey(id)));
  const found = new Map<string, FoundOrder>();
  for (const soughtId of ids) {
    for (const each of bearers.get(idKey(soughtId)) ?? []) {
      const key = `${each.accountId} ${each.order.id}`;
      if (!found.has(key)) found.set(key, { ...each, soughtId });
    }
  }
  const unknown = ids.filter((id) => !bearers.has(idKey(id)));
  return { ids, more, orders: [...found.values()], unknown };
}
