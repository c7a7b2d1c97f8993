import type { Account, AccountId } from '#lib/domain/account.ts';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import { cancelTimes, type CancelTimes, type Latencies } from '#lib/domain/latency.ts';
import type { Unlocked } from './unlocked.ts';

/** Every row that is looked at has to be opened: so many take a sixth of a second. */
export const mostRows = 5000;
/** How many are read at a time: never so many that the worker hears of nothing else for long. */
const chunk = 200;

/** How long the cancels took that were clicked in this stretch, Unix milliseconds. */
export async function readLatencies(
  open: Pick<Unlocked, 'accounts' | 'history'>,
  from: number,
  to: number,
): Promise<Latencies> {
  const { cancellations, isAll } = await readBack(open, from);
  const { systems, cancelsOf } = systemsOf(open.accounts());
  let removed = 0;
  for (const cancellation of cancellations) {
    const times = cancelTimes(cancellation);
    if (!times || times.clicked > to) continue;
    const cancels = cancelsOf.get(cancellation.ref.accountId);
    if (cancels) cancels.push(times);
    else removed++;
  }
  const oldest = cancellations.at(-1);
  return { systems, removed, ...(!isAll && oldest && { readBackTo: oldest.at.requested }) };
}

/** What was clicked from then on, newest first, as far as that is read. */
async function readBack(
  { history }: Pick<Unlocked, 'history'>,
  from: number,
): Promise<{ cancellations: readonly Cancellation[]; isAll: boolean }> {
  const cancellations: Cancellation[] = [];
  let before: number | undefined;
  for (let read = 0; read < mostRows; read += chunk) {
    const entries = await history(chunk, before);
    const readable = entries.flatMap(({ cancellation }) => cancellation ?? []);
    const inside = readable.filter(({ at }) => at.requested >= from);
    cancellations.push(...inside);
    before = entries.at(-1)?.row ?? 0;
    // Rows stand in the order of the clicks, unless the clock was set in between: one older row is not yet the end.
    const isPast = readable.length > 0 && inside.length === 0;
    if (isPast || entries.length < chunk || before <= 1) return { cancellations, isAll: true };
  }
  return { cancellations, isAll: false };
}

/** A place for the cancels of each venue's live, test and sandbox system, and which account's go where. */
function systemsOf(accounts: readonly Account[]) {
  const cancelsOf = new Map<AccountId, CancelTimes[]>();
  const groups = Map.groupBy(accounts, ({ venue, environment }) => `${venue} ${environment}`);
  const systems = [...groups.values()].flatMap((group) => {
    const cancels: CancelTimes[] = [];
    for (const { id } of group) cancelsOf.set(id, cancels);
    return group.slice(0, 1).map(({ venue, environment }) => ({ venue, environment, cancels }));
  });
  return { systems, cancelsOf };
}
