import type { AccountId } from './account.ts';
import type { FoundOrder } from './lookup.ts';
import type { Order } from './order.ts';

/** Two venues' clocks, and times told to the second, may differ by so much, in milliseconds. */
const clockError = 2000;

/**
 * The newest of all open orders; protective ones are left out, since what guards a position goes only when it is named.
 * `isCertain`: there is exactly one, and no other may be newer by what the venues tell.
 */
export function findNewest(open: ReadonlyMap<AccountId, readonly Order[]>): {
  readonly orders: readonly FoundOrder[];
  readonly isCertain: boolean;
} {
  const all = [...open].flatMap(([accountId, orders]) =>
    orders.filter(({ protective }) => !protective).map((order) => ({ accountId, order })),
  );
  const newest = all.reduce((latest, { order }) => Math.max(latest, order.createdAt ?? 0), 0);
  const exact = all.filter(({ order }) => order.createdAt === newest);
  // Within one account one clock tells; between two, or where none does, only the user can say.
  const [first] = exact;
  const rivals = all.filter(
    ({ accountId, order }) =>
      order.createdAt === undefined ||
      (accountId !== first?.accountId && order.createdAt > newest - clockError),
  );
  const orders = [...new Set([...exact, ...rivals])];
  return { orders, isCertain: orders.length === 1 };
}
