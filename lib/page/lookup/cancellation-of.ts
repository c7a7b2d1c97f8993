import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import { hasEnded, mayBeAskedAgain } from '#lib/domain/standing.ts';
import { idKey } from '#lib/domain/id-shapes.ts';
import type { Lookup } from '#lib/domain/lookup.ts';
import type { View } from '#lib/protocol/view.ts';

/** An order as a lookup knows it: by one or several ids. */
export interface Target {
  readonly accountId: AccountId;
  readonly ids: readonly string[];
}

/**
 * What the user's wish became: the cancellation that the worker named in its answer, else the newest one of that order
 * which belongs to the lookup, came after it or is still under way (a second wish for an order joins the first).
 */
export function cancellationOf(
  target: Target,
  { id, askedAt }: Pick<Lookup, 'id' | 'askedAt'>,
  cancellations: View['cancellations'],
  answered?: CancellationId,
): Cancellation | undefined {
  const named = answered && cancellations[answered];
  let newest = named;
  for (const each of Object.values<Cancellation>(cancellations)) {
    const isMeant =
      isOf(each, target) &&
      ((each.act?.id as string | undefined) === id ||
        each.at.requested >= askedAt ||
        !hasEnded(each));
    if (isMeant && (!newest || each.at.requested > newest.at.requested)) newest = each;
  }
  return newest;
}

function isOf({ ref, order }: Cancellation, { accountId, ids }: Target): boolean {
  if (ref.accountId !== accountId) return false;
  const keys = new Set(ids.map(idKey));
  return [ref.orderId, ref.clientOrderId, order?.id].some(
    (id) => id !== undefined && keys.has(idKey(id)),
  );
}

/** Whether it makes sense to ask (again): nothing was asked, or nothing came of it. */
export function canAsk(cancellation: Cancellation | undefined): boolean {
  return !cancellation || mayBeAskedAgain(cancellation);
}
