import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import { leavesTheBook } from '#lib/domain/standing.ts';
import type { Order } from '#lib/domain/order.ts';
import { remarkOf } from '#lib/domain/remark.ts';
import { orderIdKey } from '#lib/domain/order-key.ts';
import { troubleReason } from '#lib/domain/reply.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import type { OrdersView } from '#lib/protocol/view.ts';

/** What reading an account's open orders came to. */
export type OrdersReading =
  | { readonly orders: readonly Order[]; readonly readAt: number; readonly unreadable?: number }
  | { readonly trouble: NonNullable<OrdersView['trouble']> };

/** Reads the open orders, at once or not at all while the venue has asked to wait. */
export async function readAccount(
  { client, lane, reader }: CancelAccount,
  isUrgent: boolean,
): Promise<OrdersReading> {
  const readAt = Date.now();
  const wait = lane.told('read', readAt);
  if (wait > 0) return { trouble: { reason: 'rate-limited', at: readAt } };
  // The clock beside a reading: a cancel must not have to wait for it.
  if (!client.isClockFresh()) void client.measureClock();
  let reply = await reader.list(isUrgent);
  if (reply.kind === 'invalid-time') {
    await client.measureClock();
    reply = await reader.list(isUrgent);
  }
  if (reply.kind === 'orders') {
    const { kind: _, ...read } = reply;
    return { ...read, readAt };
  }
  return { trouble: { reason: troubleReason(reply), ...remarkOf(reply), at: Date.now() } };
}

/** Takes out what a cancellation has ended since the reading was asked for: the venue's list may lag behind it. */
export function withoutEnded(
  accountId: AccountId,
  { orders, readAt }: { readonly orders: readonly Order[]; readonly readAt: number },
  cancellations: readonly Cancellation[],
): readonly Order[] {
  const gone = new Set<string>(
    cancellations
      .filter(({ ref, at }) => ref.accountId === accountId && (at.ended ?? 0) >= readAt)
      .filter(leavesTheBook)
      .flatMap(({ ref, order }) => ref.orderId ?? order?.id ?? [])
      .map(orderIdKey),
  );
  return gone.size === 0 ? orders : orders.filter((order) => !gone.has(orderIdKey(order.id)));
}
