import { vi } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import type { Act, Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import type { Lookup, LookupId } from '#lib/domain/lookup.ts';
import type { ClientOrderId, Order, OrderRef } from '#lib/domain/order.ts';
import { UserError } from '#lib/domain/user-error.ts';
import { emptyView, type AccountView, type View } from '#lib/protocol/view.ts';
import { createLookups } from '#lib/worker/lookups/lookups.ts';
import type { OrdersReading } from '#lib/worker/orders/read-account.ts';
import type { Unlocked } from '#lib/worker/unlocked.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

/** Accounts whose venues answer as they are told to, for tests of lookups. */

export const lira = accountOf('lira', 'btcturk', 'Turkish lira');
export const habit = accountOf('habit', 'habit-trade', 'Habit');
const main = accountOf('main', 'ripio', 'Main');
export const uuid = '7155ED34-9EC4-4733-8B32-1E4319CB662F';

export function named(id: string, clientOrderId?: string): Order {
  return orderOf(id, clientOrderId ? { clientOrderId: clientOrderId as ClientOrderId } : {});
}

/** Placed so many milliseconds ago. */
export function at(id: string, age: number, more: Partial<Order> = {}): Order {
  return orderOf(id, { createdAt: now - age, ...more });
}

/** What an account answers when it is read again, and after how many milliseconds. */
export type Answer =
  | { orders: readonly Order[]; after?: number; unreadable?: number }
  | 'fails'
  | 'hangs'
  | 'breaks';

interface Given {
  accounts?: readonly AccountView[];
  /** What the view has. */
  known?: Record<string, readonly Order[]>;
  /** What the venues have; an account that is not named has what is known. */
  venue?: Record<string, Answer>;
  cancellations?: readonly Cancellation[];
  isLocked?: boolean;
}

/** A worker without a network: what is known, what the venues would tell, and what it does. */
export function world({
  accounts = [lira, habit, main],
  known = {},
  venue = {},
  cancellations = [],
  isLocked = false,
}: Given) {
  const view: View = {
    ...emptyView,
    vault: { state: isLocked ? 'locked' : 'unlocked' },
    accounts,
    orders: Object.fromEntries(
      accounts.map(({ id }) => [
        id,
        { orders: known[id] ?? [], readAt: now - 1000, reading: false },
      ]),
    ) as View['orders'],
    cancellations: Object.fromEntries(cancellations.map((each) => [each.id, each])),
  };
  const cancels: { ref: OrderRef; act: Act; after: number }[] = [];
  const windows: LookupId[] = [];
  /** Every state of every lookup that pages could see. */
  const published: Lookup[] = [];
  const state = { readings: 0, isLocked, journal: () => Promise.resolve() };

  async function read(id: AccountId): Promise<OrdersReading> {
    const answer = venue[id] ?? { orders: known[id] ?? [] };
    if (answer === 'hangs') return new Promise(() => undefined);
    if (answer === 'breaks') throw new Error('the browser has closed the database');
    if (answer === 'fails') {
      return { trouble: { reason: 'unreachable', note: { code: 'no-answer' }, at: Date.now() } };
    }
    await new Promise((resolve) => setTimeout(resolve, answer.after ?? 100));
    if (!view.accounts.some((account) => account.id === id)) return { orders: [], readAt: now };
    // As read from the network: objects of their own.
    const orders = structuredClone(answer.orders);
    const odd = answer.unreadable === undefined ? {} : { unreadable: answer.unreadable };
    Object.assign(view.orders, { [id]: { orders, readAt: now, reading: false, ...odd } });
    return { orders, readAt: now, ...odd };
  }

  const unlocked = {
    known: (id: AccountId) => view.orders[id] ?? { orders: [] },
    readAll() {
      state.readings += 1;
      return new Map(view.accounts.map(({ id }) => [id, read(id)]));
    },
    async cancel(ref: OrderRef, act: Act) {
      await state.journal();
      cancels.push({ ref, act, after: Date.now() - now });
      return 'cancellation' as CancellationId;
    },
  } as unknown as Unlocked;

  const begin = () =>
    createLookups({
      view,
      publish(all) {
        for (const each of all) if (!view.lookups.includes(each)) published.push(each);
        Object.assign(view, { lookups: all });
      },
      unlocked: () => Promise.resolve(state.isLocked ? undefined : unlocked),
      openWindow: (id) => Promise.resolve(void windows.push(id)),
    });

  return {
    view,
    state,
    begin,
    lookups: begin(),
    unlock: () => {
      state.isLocked = false;
    },
    cancels,
    windows,
    published,
    /** `lira 101`: what was cancelled. */
    cancelled: () => cancels.map(({ ref }) => `${ref.accountId} ${ref.orderId}`),
    last: () => view.lookups.at(-1),
    /** `lira 101`: what the user may choose from. */
    choice: () =>
      view.lookups.at(-1)?.orders.map(({ accountId, order }) => `${accountId} ${order.id}`),
  };
}

export function diskFull(): Promise<void> {
  return Promise.reject(new UserError('journal-failed', 'nothing was sent'));
}

/** Does it, and lets five seconds pass. */
export async function carryOut(act: () => Promise<unknown>): Promise<void> {
  const done = act();
  await vi.advanceTimersByTimeAsync(5000);
  await done;
}
