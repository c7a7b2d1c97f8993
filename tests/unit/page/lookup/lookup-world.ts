import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type ActId,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { FoundOrder, Lookup, LookupId } from '#lib/domain/lookup.ts';
import type { Order, OrderId } from '#lib/domain/order.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

/** Lookups, found orders and cancellations in few words, for tests of what a lookup's window shows. */

export const lookupId = 'L' as LookupId;
export const accounts = [accountOf('a', 'btcturk', 'Main'), accountOf('z', 'ztdx', 'ZTDX')];

export function lookupOf(more: Partial<Lookup> = {}): Lookup {
  return {
    id: lookupId,
    askedAt: now,
    wish: { kind: 'ids', ids: ['1'], more: false, text: '1' },
    stage: 'choosing',
    orders: [],
    unknown: [],
    unread: [],
    ...more,
  };
}

export function foundOf(
  account: string,
  id: string,
  soughtId?: string,
  more: Partial<Order> = {},
): FoundOrder {
  return {
    accountId: account as AccountId,
    order: orderOf(id, more),
    ...(soughtId !== undefined && { soughtId }),
  };
}

export function cancellationFor(
  id: string,
  account: string,
  orderId: string,
  more: Partial<Cancellation> = {},
): Cancellation {
  const ref = { accountId: account as AccountId, orderId: orderId as OrderId };
  const wished = requestCancellation(id as CancellationId, ref, undefined, now);
  return { ...wished, act: { id: lookupId as string as ActId }, ...more };
}

export function byId(...all: readonly Cancellation[]): Record<CancellationId, Cancellation> {
  return Object.fromEntries(all.map((each) => [each.id, each]));
}
