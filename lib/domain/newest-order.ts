import type { AccountId } from './account.ts';
import type { FoundOrder } from './lookup.ts';
import type { Order } from './order.ts';

/** Two venues' clocks, ours among them, and times told to the second, may differ by so much, in milliseconds. */
const clockError = 2000;

/**
 * The newest of all open orders; protective ones are left out, since what guards a position goes only when it is named.
 * `isCertain`: there is exactly one, and no other may be newer by what the venues tell. A time that has not come yet by
 * this machine's clock tells nothing: a venue that is wrong, or means ill, would have the newest order at any moment.
 */
export function findNewest(
  open: ReadonlyMap<AccountId, readonly Order[]>,
  now: number,
): {
  readonly orders: readonly FoundOrder[];
  readonly isCertain: boolean;
} {
  const all = [...open].flatMap(([accountId, orders]) =>
    orders
      .filter(({ protective }) => !protective)
      .map((order): FoundOrder =>
        (order.createdAt ?? 0) > now + clockError
          ? { accountId, order, doubt: 'future' }
          : { accountId, order },
      ),
  );
  const newest = all.reduce((latest, each) => Math.max(latest, timeOf(each) ?? 0), 0);
  const exact = all.filter((each) => timeOf(each) === newest);
  // Within one account one clock tells; between two, or where none does, only the user can say.
  const [first] = exact;
  const rivals = all.filter((each) => {
    const time = timeOf(each);
    return (
      time === undefined || (each.accountId !== first?.accountId && time > newest - clockError)
    );
  });
  const orders = [...new Set([...exact, ...rivals])];
  const isCertain = orders.length === 1 && orders[0]?.doubt === undefined;
  return { orders, isCertain };
}

function timeOf({ order, doubt }: FoundOrder): number | undefined {
  return doubt ? undefined : order.createdAt;
}
