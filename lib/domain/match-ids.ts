import type { AccountId } from './account.ts';
import { findIds } from './found-ids.ts';
import type { FoundIds } from './id-collection.ts';
import { idKey } from './id-shapes.ts';
import type { FoundOrder } from './lookup.ts';
import { refTo, type Order } from './order.ts';
import { orderKey } from './order-key.ts';

/** What a text names, as far as the open orders are known. */
export interface Named extends FoundIds {
  /** The open orders that bear one of the ids, in the order of the text; each once. Those in doubt come last. */
  readonly orders: readonly FoundOrder[];
  /** Ids that none of them bears. */
  readonly unknown: readonly string[];
}

type Bearer = Omit<FoundOrder, 'soughtId' | 'doubt'>;

/**
 * Matches the ids in a text against open orders: order ids and client order ids, exactly, UUIDs without case and hyphens.
 */
export function matchIds(text: string, open: ReadonlyMap<AccountId, readonly Order[]>): Named {
  const bearers = new Map<string, Bearer[]>();
  const symbols = new Set<string>();
  for (const [accountId, orders] of open) {
    for (const order of orders) {
      symbols.add(order.symbol.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase());
      for (const key of new Set([order.id, order.clientOrderId].map((id) => id && idKey(id)))) {
        if (!key) continue;
        const found = bearers.get(key);
        if (found) found.push({ accountId, order });
        else bearers.set(key, [{ accountId, order }]);
      }
    }
  }
  const has = (id: string) => bearers.has(idKey(id));
  const found = findIds(text, { has, isSymbol: (plain) => isSymbolOf(symbols, plain) });
  const orders = new Map<string, FoundOrder>();
  const put = (soughtId: string, doubtOf: (bearer: Bearer) => FoundOrder['doubt']) => {
    for (const each of bearers.get(idKey(soughtId)) ?? []) {
      const key = orderKey(refTo(each.accountId, each.order));
      const doubt = doubtOf(each);
      const known = orders.get(key);
      if (!known) orders.set(key, { ...each, soughtId, ...(doubt && { doubt }) });
      // By another of its ids it is beyond doubt.
      else if (known.doubt && !doubt) orders.set(key, { ...each, soughtId });
    }
  };
  for (const id of found.ids) put(id, (each) => (isShort(id, each, found) ? 'short' : undefined));
  for (const { pieces } of found.doubtful) for (const id of pieces) put(id, () => 'piece');
  return { ...found, orders: [...orders.values()], unknown: found.ids.filter((id) => !has(id)) };
}

/** Exactly one order is meant, and nothing in the text may be another one’s id. */
export function isClear({ orders, unknown, more, doubtful, rounded }: Named): boolean {
  const [found, ...others] = orders;
  return (
    found !== undefined &&
    found.doubt === undefined &&
    others.length + unknown.length + doubtful.length + rounded.length === 0 &&
    !more
  );
}

/** Of one's own ids those that are digits alone, and all that are under six signs, stand in many a text by chance. */
function isShort(id: string, { order }: Bearer, { isAlone }: FoundIds): boolean {
  if (isAlone) return false;
  const isNumber = /^\d+$/.test(id);
  return id.length < 6 || (isNumber && (id.length < 9 || (order.id as string) !== id));
}

/** `TRY` is the end of BTC/TRY, which may stand parted on the page. */
function isSymbolOf(symbols: ReadonlySet<string>, plain: string): boolean {
  if (symbols.has(plain)) return true;
  return (
    plain.length >= 3 && [...symbols].some((each) => each.startsWith(plain) || each.endsWith(plain))
  );
}
