import type { AccountId } from '#lib/domain/account.ts';
import type { OrderRef } from '#lib/domain/order.ts';
import { orderKey } from '#lib/domain/order-key.ts';
import type { Underway } from './under-way.ts';

/** What is in flight, by every name that its order goes by: a second wish under any of them is the same wish. */
export interface Names {
  /** What goes by that name, once it is written down; undefined where nothing does. */
  find(ref: OrderRef): Promise<Underway> | undefined;
  /** What is written down and goes by it. */
  written(ref: OrderRef): Underway | undefined;
  /** Keeps the name for what is being written down; where that fails the name is free again. */
  keep(ref: OrderRef, item: Promise<Underway>): void;
  /** It goes by the name that it has now, unless another cancellation of the order does. `isKept`: the name is kept for it. */
  give(item: Underway, isKept?: boolean): void;
  /** From here on another wish for the order is a new one. */
  free(item: Underway): void;
}

/** `idsPerSymbol`: whether the account's venue counts ids for each symbol, so that those of another one are another order's. */
export function createNames(idsPerSymbol: (id: AccountId) => boolean = () => false): Names {
  const all = new Map<string, Promise<Underway>>();
  /** Of these, those that are written down. */
  const written = new Map<string, Underway>();

  const nameOf = (ref: OrderRef) => orderKey(ref, idsPerSymbol(ref.accountId));

  function give(key: string, item: Underway, isKept: boolean): void {
    if (written.has(key) || (all.has(key) && !isKept)) return;
    written.set(key, item);
    item.keys.add(key);
    if (!all.has(key)) all.set(key, Promise.resolve(item));
  }

  return {
    find: (ref) => all.get(nameOf(ref)),
    written: (ref) => written.get(nameOf(ref)),
    keep(ref, item) {
      const key = nameOf(ref);
      all.set(key, item);
      item.catch(() => all.delete(key));
    },
    give(item, isKept = false) {
      const { ref } = item.cancellation;
      const name = nameOf(ref);
      give(name, item, isKept);
      // For whoever does not know its symbol; and it may have been kept by this, where its account was only being opened then.
      const bare = orderKey(ref);
      if (bare !== name) give(bare, item, isKept);
    },
    free({ keys }) {
      for (const key of keys) {
        all.delete(key);
        written.delete(key);
      }
    },
  };
}
