import * as fc from 'fast-check';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { Order, OrderId } from '#lib/domain/order.ts';
import { readView } from '#lib/protocol/read-view.ts';
import { emptyView, type OrdersView } from '#lib/protocol/view.ts';
import { accountOf, orderOf } from '#tests/unit/support/view-world.ts';

/** What is put into the view, in few words. */

export const account = accountOf('a', 'ripio', 'Main');
export const { id: accountId } = account;

/** A cancellation of the order `id`, known or not. */
export function wish(id: string, order?: Order, more: Partial<Cancellation> = {}): Cancellation {
  const ref = { accountId, orderId: id as OrderId };
  const wished = requestCancellation(`c${id}` as CancellationId, ref, order, Date.now());
  return { ...wished, ...more };
}

export function ended(id: string, at = Date.now()): Cancellation {
  return wish(id, undefined, { state: 'cancelled', at: { requested: at, ended: at } });
}

export function list(ids: readonly string[]): OrdersView {
  return { orders: ids.map((id) => orderOf(id)), readAt: 1, reading: false };
}

/** What a page that opens now sees. */
export async function seen() {
  return (await readView()) ?? emptyView;
}

export const orderId = fc.constantFrom('1', '2', '3', '4');
