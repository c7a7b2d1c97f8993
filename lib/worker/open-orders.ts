import type { AccountId } from '../domain/account.ts';
import type { Cancellation } from '../domain/cancellation.ts';
import type { Order, OrderRef } from '../domain/order.ts';
import { UserError } from '../domain/user-error.ts';
import type { CancelAccount } from '../cancel/cancel-account.ts';
import { sealedStore } from '../store/sealed-store.ts';
import type { Sealer } from '../vault/sealing.ts';
import type { Publisher } from '../view/publisher.ts';
import type { OrdersView } from '../view/view.ts';
import { readAccount, withoutEnded } from './order-reader.ts';

/** The open orders of all accounts as last read: shown in the view, and kept sealed for the next unlock. */
export interface OpenOrders {
  /** Shows what was read before the browser was closed, where the view has nothing newer. */
  restore(ids: readonly AccountId[]): Promise<void>;
  /** Reads one account; a reading that is under way already is joined. */
  refresh(id: AccountId, account: CancelAccount): Promise<void>;
  /** An order has left its venue's book. */
  takeOut(cancellation: Cancellation): void;
  forget(id: AccountId): void;
  /** The known open order that is meant, with its id exactly as the venue writes it. Throws where several are. */
  find(ref: OrderRef): Order | undefined;
}

const unread: OrdersView = { orders: [], reading: false };

export function createOpenOrders(sealer: Sealer, publisher: Publisher): OpenOrders {
  const kept = sealedStore<OrdersView>('orders', sealer);
  const readings = new Map<AccountId, Promise<void>>();
  const forgotten = new Set<AccountId>();

  function show(id: AccountId, change: Partial<OrdersView>): OrdersView {
    const shown = { ...(publisher.view.orders[id] ?? unread), ...change };
    publisher.set('orders', { ...publisher.view.orders, [id]: shown });
    return shown;
  }

  function keep(id: AccountId, orders: OrdersView): void {
    // Only a copy for the next unlock: where it cannot be written, the venue is read again.
    kept.put(id, { ...orders, reading: false }).catch(() => undefined);
  }

  async function read(id: AccountId, account: CancelAccount): Promise<void> {
    show(id, { reading: true });
    const reading = await readAccount(account);
    if (forgotten.has(id)) return;
    if ('trouble' in reading) {
      show(id, { reading: false, trouble: reading.trouble });
      return;
    }
    const ended = Object.values(publisher.view.cancellations);
    const orders = withoutEnded(id, reading, ended);
    const fresh: OrdersView = { orders, readAt: reading.readAt, reading: false };
    publisher.set('orders', { ...publisher.view.orders, [id]: fresh });
    keep(id, fresh);
  }

  return {
    async restore(ids) {
      const missing = ids.filter((id) => publisher.view.orders[id]?.readAt === undefined);
      const found = await Promise.all(missing.map(async (id) => [id, await kept.get(id)] as const));
      const restored = Object.fromEntries(found.map(([id, orders]) => [id, orders ?? unread]));
      // A reading that was under way when the worker died is so no more.
      const known = ids.flatMap((id) => {
        const orders = publisher.view.orders[id];
        return orders ? [[id, { ...orders, reading: false }] as const] : [];
      });
      publisher.set('orders', { ...Object.fromEntries(known), ...restored });
    },

    refresh(id, account) {
      const underway = readings.get(id) ?? read(id, account).finally(() => readings.delete(id));
      readings.set(id, underway);
      return underway;
    },

    takeOut({ ref, order }) {
      const shown = publisher.view.orders[ref.accountId];
      const gone = ref.orderId ?? order?.id;
      if (!shown?.orders.some(({ id }) => id === gone)) return;
      const orders = shown.orders.filter(({ id }) => id !== gone);
      keep(ref.accountId, show(ref.accountId, { orders }));
    },

    forget(id) {
      forgotten.add(id);
      const { [id]: _, ...others } = publisher.view.orders;
      publisher.set('orders', others);
    },

    find({ accountId, orderId, clientOrderId }) {
      const { orders } = publisher.view.orders[accountId] ?? unread;
      if (orderId !== undefined) {
        const wanted = orderId.toLowerCase();
        return orders.find(({ id }) => id.toLowerCase() === wanted);
      }
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
