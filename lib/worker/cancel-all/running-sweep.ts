import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import { meanings } from '#lib/domain/standing.ts';
import { counts, type AccountSweep, type Sweep, type TallyKey } from '#lib/domain/sweep.ts';
import type { SweepRecord } from './sweep-needs.ts';

/** How long the last answer must be past before an account is read although not all its cancels have ended. */
export const settlingTime = 2000;
/** When the sweeping of a silent sweep began, so that it is over. */
export const retired = 0;
/** A sweep that has not moved for so long takes in no new orders any more: the user's mind may have changed. */
const longestSilence = 60_000;

/** A sweep under way in this life. */
export interface Running {
  sweep: Sweep;
  readonly firstRow: number;
  readonly begun: Set<AccountId>;
  /** Its orders by `orderKey`, each with its latest cancellation and where that is counted: an order counts once. */
  readonly counted: Map<string, { readonly id: CancellationId; readonly as: TallyKey }>;
  /** How often an order's cancellation has ended. */
  readonly ends: Map<string, number>;
  /** Told at each change of a cancellation. */
  readonly watchers: Set<() => void>;
  readonly halted: AbortController;
  run?: Promise<void>;
}

/** Whether it takes further steps. */
export function isMoving({ sweep, halted }: Running): boolean {
  return !halted.signal.aborted && sweep.stoppedAt === undefined;
}

export function runningSweep(record: SweepRecord): Running {
  const { sweep, firstRow, begun } = record;
  return {
    sweep,
    firstRow,
    begun: new Set(begun),
    counted: new Map(),
    ends: new Map(),
    watchers: new Set(),
    halted: new AbortController(),
  };
}

/** Until every cancellation of the account has ended, or none has moved for a while and none is still to be sent. */
export function untilSettled(running: Running, id: AccountId): Promise<void> {
  return new Promise((resolve) => {
    let timer: ReturnType<typeof setTimeout> | undefined;
    const { signal } = running.halted;
    const finish = () => {
      clearTimeout(timer);
      running.watchers.delete(look);
      signal.removeEventListener('abort', finish);
      resolve();
    };
    const look = () => {
      clearTimeout(timer);
      const { tally } = accountOf(running, id);
      const { requested = 0, sent = 0 } = tally;
      const isOver = counts(tally).every(([key, count]) => count === 0 || meanings[key].hasEnded);
      if (isOver || signal.aborted) finish();
      else if (requested + sent === 0) timer = setTimeout(finish, settlingTime);
    };
    running.watchers.add(look);
    signal.addEventListener('abort', finish);
    look();
  });
}

export function accountOf({ sweep }: Running, id: AccountId): AccountSweep {
  const found = sweep.accounts.find(({ accountId }) => accountId === id);
  if (found) return found;
  throw new Error('an account that is not in the sweep');
}

export function changeAccount(
  running: Running,
  id: AccountId,
  next: (account: AccountSweep) => AccountSweep,
): void {
  const accounts = running.sweep.accounts.map((account) =>
    account.accountId === id ? next(account) : account,
  );
  running.sweep = { ...running.sweep, accounts };
}

/** Whether nothing has been heard of it for long: the browser was closed, or the vault locked. */
export function isSilent({ requestedAt, accounts }: Sweep, own: readonly Cancellation[]): boolean {
  const times = [
    requestedAt,
    ...accounts.flatMap(({ reading }) => reading?.readAt ?? []),
    ...own.flatMap(({ at, lastSent }) => [at.requested, lastSent ?? 0, at.ended ?? 0]),
  ];
  return Date.now() - times.reduce((latest, time) => Math.max(latest, time), 0) > longestSilence;
}

export function pause(milliseconds: number, { halted: { signal } }: Running): Promise<void> {
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    if (signal.aborted) done();
  });
}
