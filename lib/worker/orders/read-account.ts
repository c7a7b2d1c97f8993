import type { Order } from '#lib/domain/order.ts';
import { remarkOf } from '#lib/domain/remark.ts';
import { troubleReason } from '#lib/domain/reply.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import type { OrdersView } from '#lib/protocol/view.ts';

/** What reading an account's open orders came to. */
export type OrdersReading =
  | { readonly orders: readonly Order[]; readonly readAt: number; readonly unreadable?: number }
  | { readonly trouble: NonNullable<OrdersView['trouble']> };

/** Some of the open orders, and when the reading was asked for of which they are a part. */
export interface OrdersPart {
  readonly orders: readonly Order[];
  readonly readAt: number;
}

/** Between two looks at the venue's clock while the account is being read, in milliseconds: what is said of it is no older. */
const clockPause = 45_000;

/** Reads the open orders, at once or not at all while the venue has asked to wait. */
export async function readAccount(
  { client, lane, reader }: CancelAccount,
  isUrgent: boolean,
  onPart: (part: OrdersPart) => void,
): Promise<OrdersReading> {
  const readAt = Date.now();
  const wait = lane.told('read', readAt);
  if (wait > 0) return { trouble: { reason: 'rate-limited', at: readAt } };
  // The clock beside a reading: a cancel must not have to wait for it.
  if (!client.isClockFresh(clockPause)) void client.measureClock();
  const list = () => reader.list(isUrgent, (orders) => onPart({ orders, readAt }));
  let reply = await list();
  if (reply.kind === 'invalid-time') {
    if (reply.of === undefined) await client.measureClock();
    reply = await list();
  }
  if (reply.kind === 'orders') {
    const { kind: _, ...read } = reply;
    return { ...read, readAt };
  }
  return { trouble: { reason: troubleReason(reply), ...remarkOf(reply), at: Date.now() } };
}
