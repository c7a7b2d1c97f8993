import type { Cancellation } from '#lib/domain/cancellation.ts';
import { hasEnded, standingOf } from '#lib/domain/standing.ts';
import type { AccountRecord, Records } from '#tests/faults/records.ts';
import { isSame } from './truth.ts';

export function everyWishEnds({
  history,
  injected,
  shown,
  settledAt,
  sweeps,
  wishes,
}: Records): string[] {
  if (settledAt === undefined || !history) return ['something never ended'];
  const rows = history.flatMap(({ cancellation }) => cancellation ?? []);
  const ids = wishes.flatMap((wish) => wish.ids);
  const lost = ids.filter((id) => !rows.some((row) => row.id === id));
  const open = rows.filter((row) => !hasEnded(row));
  // Where the disk took no end, it is found out anew.
  const isUnwritten = injected.some(({ kind }) => kind === 'write failed');
  const changed = shown.filter(({ cancellation: { id }, life }, index) => {
    const before = shown.slice(0, index).findLast(({ cancellation }) => cancellation.id === id);
    if (isUnwritten || !before || !hasEnded(before.cancellation)) return false;
    return life === before.life && !hasEnded(shown[index]?.cancellation ?? before.cancellation);
  });
  const ends = Map.groupBy(
    shown.filter(({ cancellation }) => hasEnded(cancellation) && endOf(cancellation)),
    ({ cancellation }) => cancellation.id,
  );
  const several = [...ends].filter(
    ([, all]) => new Set(all.map(({ cancellation }) => endOf(cancellation))).size > 1,
  );
  return [
    ...lost.map((id) => `${id} is not in the history`),
    ...open.map(({ id, state }) => `${id} is still ${state}`),
    ...changed.map(({ cancellation: { id } }) => `${id} went on after its end`),
    ...several.map(([id]) => `${id} had several ends`),
    ...forgotten(wishes, rows, sweeps),
  ];
}

/**
 * "Already cancelled" and "Cancelled" are one end: which it is hangs on clocks that a browser knows until it is closed. And an account
 * that is removed before its end stood in the journal has none.
 */
function endOf(cancellation: Cancellation): string | undefined {
  const said = standingOf(cancellation);
  return said === 'abandoned' ? undefined : said.replace('was-', '');
}

/** Of a Cancel all the orders have no ids yet when it is taken: what is open in the end must have been told of. */
function forgotten(
  wishes: Records['wishes'],
  rows: readonly Cancellation[],
  sweeps: Records['sweeps'],
): string[] {
  const isTold = (account: AccountRecord) =>
    sweeps.some(({ accounts }) =>
      accounts.some(({ accountId, phase }) => accountId === account.id && phase === 'left'),
    );
  return wishes
    .filter(({ answer }) => answer === 'taken')
    .filter(({ account }) => account.removedAt === undefined && !isTold(account))
    .flatMap(({ account, orders }) =>
      orders.filter(({ id }) => account.bookOf(id)?.status === 'open' && !rowOf(rows, id)),
    )
    .map(({ id }) => `order ${id} is open, and there is no word of it`);
}

const rowOf = (rows: readonly Cancellation[], id: string) =>
  rows.find((row) => isSame(row.ref.orderId ?? row.order?.id, id));
