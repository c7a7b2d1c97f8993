import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, SweepId } from '#lib/domain/cancellation.ts';
import { hasEnded } from '#lib/domain/standing.ts';
import { orderKey } from '#lib/domain/order-key.ts';
import type { OrderFilter } from '#lib/domain/order-filter.ts';
import {
  hasSweepEnded,
  tallyKey,
  type AccountSweep,
  type Sweep,
  type Tally,
} from '#lib/domain/sweep.ts';
import type { Note } from '#lib/domain/remark.ts';
import { UserError } from '#lib/domain/user-error.ts';
import { createLife } from '#lib/worker/cancel/life.ts';
import { unwritten } from '#lib/worker/cancel/unwritten.ts';
import type { CancelRequest } from '#lib/worker/lanes/batches.ts';
import { sweepAccount } from './account-sweep.ts';
import {
  accountOf,
  changeAccount,
  isSilent,
  retired,
  runningSweep,
  type Running,
} from './running-sweep.ts';
import { planFor } from './sweep-plan.ts';
import type { SweepRecord, SweepNeeds } from './sweep-needs.ts';

export interface Sweeper {
  /** The requests with which the account's orders would be cancelled now. */
  plan(filter: OrderFilter, withProtective: boolean, id: AccountId): readonly CancelRequest[];
  /** Resolves once it is written down. */
  begin(filter: OrderFilter, withProtective: boolean): Promise<SweepId>;
  stop(id: SweepId): Promise<void>;
  /** Forgets a sweep that has ended. */
  close(id: SweepId): Promise<void>;
  /** Learns what the last life left; before the canceller takes up its journal, so that nothing moves meanwhile. */
  load(): Promise<void>;
  /** Goes on with it. */
  resume(): void;
  /** A cancellation has come to another state. */
  note(cancellation: Cancellation): void;
  /** Resolves when no sweep is under way any more. */
  idle(): Promise<void>;
  /** Takes no further step; what is written down is left. */
  halt(): void;
}

/** Carries every “Cancel all” to its end: account by account, side by side. */
export function createSweeper(needs: SweepNeeds): Sweeper {
  const { canceller, records } = needs;
  const sweeps = new Map<SweepId, Running>();

  const life = createLife(retireAll);

  const publish = () => needs.publish([...sweeps.values()].map(({ sweep }) => sweep));

  function keep({ sweep, firstRow, begun }: Running): Promise<void> {
    return records.put(sweep.id, { sweep, firstRow, begun: [...begun] });
  }

  /** Where it cannot be written the journal of the orders still holds what is to be done. */
  const keepIfPossible = (running: Running) => void keep(running).catch(() => undefined);

  function change(running: Running, id: AccountId, part: Partial<AccountSweep>): void {
    changeAccount(running, id, (account) => ({ ...account, ...part }));
    publish();
  }

  /** Whether that changed anything. */
  function count(running: Running, cancellation: Cancellation): boolean {
    const { id, ref } = cancellation;
    const { accountId } = ref;
    const key = orderKey(ref);
    const last = running.counted.get(key);
    const before = last?.as;
    const as = tallyKey(cancellation);
    if (last?.id === id && before === as) return false;
    running.counted.set(key, { id, as });
    if (hasEnded(cancellation)) running.ends.set(key, (running.ends.get(key) ?? 0) + 1);
    const { tally } = accountOf(running, accountId);
    const counted: Tally = { ...tally, ...(before && { [before]: (tally[before] ?? 1) - 1 }) };
    change(running, accountId, { tally: { ...counted, [as]: (counted[as] ?? 0) + 1 } });
    return true;
  }

  function start(running: Running): void {
    life.begin();
    needs.onUnfinished(true);
    running.run ??= run(running);
  }

  async function run(running: Running): Promise<void> {
    await Promise.all(
      running.sweep.accounts.map(({ accountId }) =>
        sweepAccount(needs, running, accountId, {
          onChange: publish,
          onBegun: () => keepIfPossible(running),
          look: () => life.look(),
        }).catch((error: unknown) =>
          change(running, accountId, { phase: 'left', failure: whyOf(error) }),
        ),
      ),
    );
    if (!running.halted.signal.aborted) keepIfPossible(running);
    if (!isOver()) return;
    life.end();
    needs.onUnfinished(false);
  }

  const isOver = () => [...sweeps.values()].every(({ sweep }) => hasSweepEnded(sweep));

  return {
    plan: (filter, withProtective, id) =>
      planFor(needs, id, { filter, withProtective }, needs.known(id)),

    async begin(filter, withProtective) {
      // A new one takes the place of those that are over.
      for (const { sweep } of sweeps.values()) if (hasSweepEnded(sweep)) forget(sweep.id);
      const ids = needs
        .accounts()
        .filter(({ id }) => filter.accountId === undefined || filter.accountId === id)
        .map(({ id }) => id);
      const sweep: Sweep = {
        id: crypto.randomUUID() as SweepId,
        filter,
        withProtective,
        requestedAt: Date.now(),
        accounts: ids.map((accountId) => ({ accountId, tally: {}, phase: 'cancelling' })),
      };
      const running = runningSweep({ sweep, firstRow: canceller.oldestRow(), begun: [] });
      sweeps.set(sweep.id, running);
      life.begin();
      try {
        await keep(running);
      } catch (error) {
        sweeps.delete(sweep.id);
        if (isOver()) life.end();
        throw unwritten(error);
      }
      publish();
      start(running);
      return sweep.id;
    },

    async stop(id) {
      const running = sweeps.get(id);
      if (!running || running.sweep.stoppedAt !== undefined || hasSweepEnded(running.sweep)) return;
      running.sweep = { ...running.sweep, stoppedAt: Date.now() };
      publish();
      await Promise.all([canceller.stopSweep(id), keep(running)]);
    },

    async close(id) {
      const running = sweeps.get(id);
      if (running && hasSweepEnded(running.sweep)) {
        forget(id);
        publish();
      }
    },

    async load() {
      for (const record of (await records.all()).toSorted(byTime)) {
        const running = runningSweep(record);
        sweeps.set(running.sweep.id, running);
        if (hasSweepEnded(running.sweep)) continue;
        const rows = await needs.cancellations.since(running.firstRow);
        const own = rows
          .map(({ cancellation }) => cancellation)
          .filter((cancellation) => cancellation.sweep === running.sweep.id);
        running.sweep = {
          ...running.sweep,
          accounts: running.sweep.accounts.map((account) => ({ ...account, tally: {} })),
        };
        for (const cancellation of own) count(running, cancellation);
        if (isSilent(running.sweep, own)) retire(running);
      }
      publish();
    },

    resume() {
      for (const running of sweeps.values()) if (!hasSweepEnded(running.sweep)) start(running);
    },

    note(cancellation) {
      for (const running of sweeps.values()) {
        const isOwn =
          cancellation.sweep === running.sweep.id ||
          running.counted.get(orderKey(cancellation.ref))?.id === cancellation.id;
        if (!isOwn) continue;
        if (count(running, cancellation)) for (const watcher of running.watchers) watcher();
      }
    },

    async idle() {
      for (const { run: running } of sweeps.values()) await running;
    },

    halt() {
      life.end();
      for (const { halted } of sweeps.values()) halted.abort();
    },
  };

  function forget(id: SweepId): void {
    sweeps.delete(id);
    records.delete(id).catch(() => undefined);
  }

  /** The machine slept, or its clock was set. */
  function retireAll(): void {
    for (const running of sweeps.values()) if (!hasSweepEnded(running.sweep)) retire(running);
  }

  /** It sends what was written down, and looks once more, but takes in nothing new. */
  function retire(running: Running): void {
    for (const { accountId } of running.sweep.accounts) {
      running.begun.add(accountId);
      change(running, accountId, { sweepingSince: retired });
    }
  }
}

const unwrittenCodes: ReadonlySet<string> = new Set([
  'journal-failed',
  'database-unreadable',
  'database-newer',
  'database-blocked',
]);

function whyOf(error: unknown): Note {
  const isUnwritten = error instanceof UserError && unwrittenCodes.has(error.code);
  return { code: isUnwritten ? 'not-written' : 'inside' };
}

function byTime(a: SweepRecord, b: SweepRecord): number {
  return a.sweep.requestedAt - b.sweep.requestedAt;
}
