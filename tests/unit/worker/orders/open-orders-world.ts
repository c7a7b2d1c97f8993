import { vi } from 'vitest';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { requestCancellation, type CancellationId } from '#lib/domain/cancellation.ts';
import type { Order, OrderId } from '#lib/domain/order.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import { readLeftBehind } from '#lib/worker/browser/session-item.ts';
import { createPublisher, type Publisher } from '#lib/worker/publish/publisher.ts';
import type { OrdersView } from '#lib/protocol/view.ts';
import type { OnPart } from '#lib/worker/network/list-pages.ts';
import { createOpenOrders } from '#lib/worker/orders/open-orders.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';
import { copies } from './open-orders-parts.ts';

/** An account's open orders, read and told by hand. */

export const accountId = accountOf('a', 'ripio', 'Main').id;
export const sealer = {} as Sealer;
export let publisher: Publisher;

/** As a worker begins that has nothing from before. Every file gives it to `beforeEach`. */
export async function begin(): Promise<void> {
  vi.useFakeTimers({ now });
  fake.clear();
  copies.known.clear();
  copies.writes = [];
  publisher = createPublisher(await readLeftBehind());
}

export function ids(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${index}`);
}

export function list(names: readonly string[]): OrdersView {
  return { orders: names.map((id) => orderOf(id)), readAt: now - 1000, reading: false };
}

export function gone(id: string) {
  const ref = { accountId, orderId: id as OrderId };
  return requestCancellation(id as CancellationId, ref, undefined, now);
}

export function listed(): string[] {
  return publisher.view.orders[accountId]?.orders.map(({ id }) => id) ?? [];
}

export function shown(): OrdersView | undefined {
  return publisher.view.orders[accountId];
}

export function turn(): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(0);
}

/** With this in the view, as the last life has left it. */
export async function withOrders(orders: OrdersView) {
  publisher.setOrders(accountId, orders);
  const openOrders = createOpenOrders(sealer, publisher);
  await openOrders.restore([accountId]);
  return openOrders;
}

/** An account whose readings are answered by hand. */
export function account() {
  const answers: ((orders: readonly Order[]) => void)[] = [];
  const fails: (() => void)[] = [];
  /** Tells of the first pages. */
  const parts: OnPart[] = [];
  const reader = {
    list: (_: boolean, onPart: OnPart) =>
      new Promise((resolve) => {
        answers.push((orders) => resolve({ kind: 'orders', orders }));
        fails.push(() => resolve({ kind: 'unknown', note: { code: 'no-answer' } }));
        parts.push(onPart);
      }),
  };
  const lane = { told: () => 0 };
  const client = { isClockFresh: () => true };
  return { answers, fails, parts, account: { reader, lane, client } as unknown as CancelAccount };
}
