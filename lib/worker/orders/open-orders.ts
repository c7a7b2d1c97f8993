import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import type { Order, OrderRef } from '#lib/domain/order.ts';
import type { Remark } from '#lib/domain/remark.ts';
import { isSame } from '#lib/domain/same.ts';
import { byOrderId, orderIdKey } from '#lib/domain/order-key.ts';
import type { Trouble } from '#lib/domain/refusal.ts';
import { UserError } from '#lib/domain/user-error.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { sealedStore } from '#lib/worker/store/sealed-store.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import type { Publisher } from '#lib/worker/publish/publisher.ts';
import type { OrdersView } from '#lib/protocol/view.ts';
import {
  readAccount,
  withoutEnded,
  withPart,
  type OrdersPart,
  type OrdersReading,
} from './read-account.ts';

/** The open orders of all accounts as last read: shown in the view, and kept sealed for the next unlock. */
export interface OpenOrders {
  /** Shows what was read before the browser was closed, where the view has nothing newer. */
  restore(ids: readonly AccountId[]): Promise<void>;
  /** Reads one account; a reading that is under way already is joined. */
  refresh(id: AccountId, account: CancelAccount): Promise<void>;
  /** Reads one account by requests that are sent after this was called; urgent where cancels wait for it. */
  read(id: AccountId, account: CancelAccount, isUrgent: boolean): Promise<OrdersReading>;
  /** An order has left its venue's book. */
  takeOut(cancellation: Cancellation): void;
  forget(id: AccountId): void;
  /** It cannot be read, for this reason. */
  fail(id: AccountId, trouble: { readonly reason: Trouble } & Remark): void;
  /** The known open order that is meant, with its id exactly as the venue writes it. Throws where several are. */
  find(ref: OrderRef): Order | undefined;
}

const unread: OrdersView = { orders: [], reading: false };

/** Between two writes of an account's copy, in milliseconds: while a thousand orders leave it, it is not worth more. */
const keepPause = 1000;
/** Of a list that has not changed only the time of the reading is new: it is written so seldom, in milliseconds. */
const sameKeepPause = 60_000;

/** `onRead` is told of each account that could be read. */
export function createOpenOrders(
  sealer: Sealer,
  publisher: Publisher,
  onRead: (id: AccountId) => void = () => undefined,
): OpenOrders {
  const kept = sealedStore<OrdersView>('orders', sealer);
  const readings = new Map<AccountId, Promise<OrdersReading>>();
  const forgotten = new Set<AccountId>();
  /** The copies that are being written, or are to be next. */
  const toKeep = new Map<AccountId, OrdersView>();
  /** What was last given to be written, and when. */
  const lastKept = new Map<AccountId, { readonly orders: readonly Order[]; readonly at: number }>();
  /** Orders that are still to be taken out of the lists, by `orderIdKey`. */
  const gone = new Map<AccountId, Set<string>>();
  let takingOut: ReturnType<typeof setTimeout> | undefined;

  function show(id: AccountId, change: Partial<OrdersView>): OrdersView {
    const shown = { ...(publisher.view.orders[id] ?? unread), ...change };
    publisher.setOrders(id, shown);
    return shown;
  }

  /** Of a reading that is over. */
  function showTrouble(id: AccountId, trouble: NonNullable<OrdersView['trouble']>): void {
    publisher.setOrders(id, { ...atRest(publisher.view.orders[id] ?? unread), trouble });
  }

  function showPart(id: AccountId, part: OrdersPart): void {
    if (forgotten.has(id)) return;
    takeOutGone();
    const { orders, readAt = 0 } = publisher.view.orders[id] ?? unread;
    if (readAt > part.readAt) return;
    const ended = Object.values(publisher.view.cancellations);
    const fresh = withoutEnded(id, part, ended);
    show(id, { orders: withPart(orders, fresh), coming: fresh.length });
  }

  /** Only a copy for the next unlock: where it cannot be written, the venue is read again. The latest is written. */
  async function keep(id: AccountId, orders: OrdersView): Promise<void> {
    const isWriting = toKeep.has(id);
    lastKept.set(id, { orders: orders.orders, at: Date.now() });
    toKeep.set(id, orders);
    if (isWriting) return;
    for (let written; written !== toKeep.get(id);) {
      written = toKeep.get(id);
      if (!written || forgotten.has(id)) break;
      await kept.put(id, atRest(written)).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, keepPause));
    }
    toKeep.delete(id);
  }

  function isKeptLately(id: AccountId, orders: readonly Order[]): boolean {
    const last = lastKept.get(id);
    return last?.orders === orders && Math.abs(Date.now() - last.at) < sameKeepPause;
  }

  /** Takes out together what has left since: each by itself would copy the list once for every order. */
  function takeOutGone(): void {
    clearTimeout(takingOut);
    takingOut = undefined;
    for (const [id, left] of gone) {
      const before = publisher.view.orders[id]?.orders ?? [];
      const orders = before.filter((order) => !left.has(orderIdKey(order.id)));
      if (orders.length < before.length) void keep(id, show(id, { orders }));
    }
    gone.clear();
  }

  async function read(
    id: AccountId,
    account: CancelAccount,
    isUrgent = false,
  ): Promise<OrdersReading> {
    show(id, { reading: true });
    const reading = await readAccount(account, isUrgent, (part) => showPart(id, part));
    if (forgotten.has(id)) return reading;
    if ('trouble' in reading) {
      showTrouble(id, reading.trouble);
      return reading;
    }
    onRead(id);
    // What left before this reading must not be taken out of it.
    takeOutGone();
    // A later one was answered sooner.
    if ((publisher.view.orders[id]?.readAt ?? 0) > reading.readAt) return reading;
    const ended = Object.values(publisher.view.cancellations);
    const listed = withoutEnded(id, reading, ended);
    // The very same list, so that nobody does anything for it.
    const known = publisher.view.orders[id]?.orders;
    const orders = known && isSame(known, listed) ? known : listed;
    const fresh: OrdersView = { ...reading, orders, reading: false };
    publisher.setOrders(id, fresh);
    if (!isKeptLately(id, orders)) void keep(id, fresh);
    return { ...reading, orders };
  }

  /** Joins a reading that is under way. */
  function refresh(id: AccountId, account: CancelAccount): Promise<OrdersReading> {
    const underway = readings.get(id) ?? read(id, account).finally(() => readings.delete(id));
    readings.set(id, underway);
    return underway;
  }

  return {
    async restore(ids) {
      const missing = ids.filter((id) => publisher.view.orders[id]?.readAt === undefined);
      const found = await Promise.all(missing.map(async (id) => [id, await kept.get(id)] as const));
      const restored = new Map(found);
      for (const id of ids) {
        // A reading that was under way when the worker died is so no more.
        const orders = restored.get(id) ?? publisher.view.orders[id] ?? unread;
        publisher.setOrders(id, atRest(orders));
      }
      for (const id of Object.keys(publisher.view.orders) as AccountId[]) {
        if (!ids.includes(id)) publisher.setOrders(id, undefined);
      }
    },

    async refresh(id, account) {
      await refresh(id, account);
    },

    async read(id, account, isUrgent) {
      if (isUrgent) return read(id, account, true);
      await readings.get(id);
      return refresh(id, account);
    },

    takeOut({ ref: { accountId, orderId }, order }) {
      const id = orderId ?? order?.id;
      if (id === undefined) return;
      gone.set(accountId, (gone.get(accountId) ?? new Set()).add(orderIdKey(id)));
      takingOut ??= setTimeout(takeOutGone);
    },

    fail(id, trouble) {
      showTrouble(id, { ...trouble, at: Date.now() });
    },

    forget(id) {
      forgotten.add(id);
      publisher.setOrders(id, undefined);
    },

    find({ accountId, orderId, clientOrderId }) {
      const { orders, readAt } = publisher.view.orders[accountId] ?? unread;
      if (orderId !== undefined) return byOrderId(orders).get(orderIdKey(orderId));
      // Of a list that has never been whole nobody knows who else bears it.
      if (readAt === undefined) return undefined;
      const bearers = orders.filter((order) => order.clientOrderId === clientOrderId);
      if (bearers.length > 1) {
        throw new UserError(
          'ambiguous',
          `${bearers.length} open orders bear this client order id, so nothing was sent. Cancel them from the list.`,
        );
      }
      return bearers[0];
    },
  };
}

/** Without what is said while it is being read. */
function atRest(orders: OrdersView): OrdersView {
  const { coming: _, ...others } = orders;
  return { ...others, reading: false };
}
