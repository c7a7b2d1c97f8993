import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, SweepId } from '#lib/domain/cancellation.ts';
import { hasEnded } from '#lib/domain/standing.ts';
import { refTo, type Order, type OrderId } from '#lib/domain/order.ts';
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
import type { CancelWish } from '#lib/worker/cancel/cancelling.ts';
import type { CancelRequest } from '#lib/worker/lanes/batches.ts';
import {
  accountOf,
  isMoving,
  isSilent,
  pause,
  runningSweep,
  settlingTime,
  untilSettled,
  type Running,
} from './running-sweep.ts';
import type { EveryGroup } from '#lib/worker/lanes/sender.ts';
import { fitting, meantOf, planSweep, type SweepWish } from './sweep-plan.ts';
import type { KnownOrders, SweepRecord, SweepWorld } from './sweep-world.ts';

/** How long an account is swept after its cancels, in milliseconds. */
const sweepingTime = 10_000;
/** How often one order's cancellation may end while it is still listed as open. */
const mostAttempts = 3;
/** Between two readings that showed orders still, or failed. */
const readingPause = 400;
/** When the sweeping of a silent sweep began, so that it is over. */
const retired = 0;
/** A reading by which every order may be cancelled at once must not be older when it is planned. */
const freshEnough = 1500;

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
export function createSweeper(world: SweepWorld): Sweeper {
  const { canceller, records } = world;
  const sweeps = new Map<SweepId, Running>();

  const publish = () => world.publish([...sweeps.values()].map(({ sweep }) => sweep));

  function keep({ sweep, firstRow, begun }: Running): Promise<void> {
    return records.put(sweep.id, { sweep, firstRow, begun: [...begun] });
  }

  /** Where it cannot be written the journal of the orders still holds what is to be done. */
  const keepIfPossible = (running: Running) => void keep(running).catch(() => undefined);

  function change(running: Running, id: AccountId, part: Partial<AccountSweep>): void {
    const accounts = running.sweep.accounts.map((account) =>
      account.accountId === id ? { ...account, ...part } : account,
    );
    running.sweep = { ...running.sweep, accounts };
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
    world.onUnfinished(true);
    running.run ??= run(running);
  }

  async function run(running: Running): Promise<void> {
    await Promise.all(
      running.sweep.accounts.map(({ accountId }) =>
        sweepAccount(running, accountId).catch((error: unknown) =>
          change(running, accountId, { phase: 'left', failure: whyOf(error) }),
        ),
      ),
    );
    if (!running.halted.signal.aborted) keepIfPossible(running);
    if ([...sweeps.values()].every(({ sweep }) => hasSweepEnded(sweep))) world.onUnfinished(false);
  }

  async function sweepAccount(running: Running, id: AccountId): Promise<void> {
    const { phase, tally, sweepingSince } = accountOf(running, id);
    if (phase !== 'cancelling' && phase !== 'sweeping') return;
    const isNew = !running.begun.has(id);
    // What the last life left unsent may go together again.
    if (isNew || ((tally.requested ?? 0) > 0 && sweepingSince !== retired)) {
      await cancelMeant(running, id, await knownOrders(running, id), 1);
    }
    if (isNew) {
      running.begun.add(id);
      keepIfPossible(running);
    }
    await untilSettled(running, id);
    if (isMoving(running)) await sweepUntilEmpty(running, id);
    if (running.halted.signal.aborted) return;
    // What a last reading has shown stays said.
    const isOver = ['empty', 'left'].includes(accountOf(running, id).phase);
    if (!isOver) change(running, id, { phase: 'stopped' });
  }

  /** As last read; read anew where that saves more than it costs. */
  async function knownOrders(running: Running, id: AccountId): Promise<KnownOrders> {
    const known = world.known(id);
    const isFresh = Date.now() - (known.readAt ?? 0) < freshEnough;
    const wouldTakeEvery = plan(running.sweep, id, known).some(({ kind }) => kind === 'every');
    if (isFresh || !wouldTakeEvery) return known;
    const reading = await world.read(id, true);
    return 'trouble' in reading ? known : reading;
  }

  function plan(
    wish: SweepWish,
    id: AccountId,
    known: KnownOrders,
    isWanted: (order: Order) => boolean = () => true,
  ): readonly CancelRequest[] {
    const account = world.accounts().find((each) => each.id === id);
    const venue = world.venueOf(id);
    if (!account || !venue) return [];
    return planSweep(wish, venue, known, meantOf(wish, account, known.orders).filter(isWanted));
  }

  /**
   * Writes down a cancellation for every order that is meant, unless so many of it have ended already. Returns how many.
   */
  async function cancelMeant(
    running: Running,
    id: AccountId,
    known: KnownOrders,
    attempts: number,
  ): Promise<number> {
    const isWanted = (order: Order) =>
      (running.ends.get(orderKey({ accountId: id, orderId: order.id })) ?? 0) < attempts;
    const wishes = plan(running.sweep, id, known, isWanted).flatMap((request): CancelWish[] => {
      const group = request.kind === 'every' && groupOf(request, id, known, running);
      return request.orders.map((order) => ({
        ref: refTo(id, order),
        order,
        ...(group && { group }),
      }));
    });
    if (wishes.length > 0 && isMoving(running)) {
      await canceller.requestAll(wishes, running.sweep.id);
    }
    return wishes.length;
  }

  function groupOf(
    { symbol, orders }: { readonly symbol?: string; readonly orders: readonly Order[] },
    accountId: AccountId,
    { readAt = 0 }: KnownOrders,
    { sweep }: Running,
  ): EveryGroup {
    return {
      ...(symbol !== undefined && { symbol }),
      size: orders.length,
      readAt,
      // Placed since the reading, and taken along: they too get a row, and their end is found out.
      onOthers(ids) {
        const wishes = ids.map((orderId) => ({
          ref: { accountId, orderId: orderId as OrderId },
          order: undefined,
        }));
        canceller.requestAll(wishes, sweep.id).catch(() => undefined);
      },
    };
  }

  async function sweepUntilEmpty(running: Running, id: AccountId): Promise<void> {
    const since = accountOf(running, id).sweepingSince ?? Date.now();
    change(running, id, { phase: 'sweeping', sweepingSince: since });
    while (isMoving(running)) {
      const askedAt = Date.now();
      const reading = await world.read(id, false);
      if (running.halted.signal.aborted) return;
      const isLate = Date.now() - since >= sweepingTime;
      if ('trouble' in reading) {
        change(running, id, { trouble: reading.trouble, ...(isLate && { phase: 'left' }) });
      } else {
        const meant = showReading(running, id, { readAt: askedAt, ...reading });
        if (meant === 0 && !reading.unreadable) return change(running, id, { phase: 'empty' });
        const wished = isLate ? 0 : await cancelMeant(running, id, reading, mostAttempts);
        if (wished === 0) return change(running, id, { phase: 'left' });
        await Promise.race([untilSettled(running, id), pause(settlingTime, running)]);
      }
      if (isLate) return;
      await pause(readingPause, running);
    }
  }

  /** Returns how many of the open orders are meant. */
  function showReading(
    running: Running,
    id: AccountId,
    { orders, readAt, unreadable }: KnownOrders & { readonly readAt: number },
  ): number {
    const owner = world.accounts().find((each) => each.id === id);
    const meant = owner ? meantOf(running.sweep, owner, orders).length : 0;
    const kept = owner ? fitting(running.sweep, owner, orders).length - meant : 0;
    const accounts = running.sweep.accounts.map((account) => {
      if (account.accountId !== id) return account;
      const { trouble: _, ...others } = account;
      const odd = unreadable === undefined ? {} : { unreadable };
      return { ...others, reading: { readAt, open: orders.length, meant, kept, ...odd } };
    });
    running.sweep = { ...running.sweep, accounts };
    publish();
    return meant;
  }

  return {
    plan: (filter, withProtective, id) => plan({ filter, withProtective }, id, world.known(id)),

    async begin(filter, withProtective) {
      // A new one takes the place of those that are over.
      for (const { sweep } of sweeps.values()) if (hasSweepEnded(sweep)) forget(sweep.id);
      const ids = world
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
      try {
        await keep(running);
      } catch (error) {
        sweeps.delete(sweep.id);
        throw error;
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
        const rows = await world.cancellations.since(running.firstRow);
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
      for (const { halted } of sweeps.values()) halted.abort();
    },
  };

  function forget(id: SweepId): void {
    sweeps.delete(id);
    records.delete(id).catch(() => undefined);
  }

  /** It sends what was written down, and looks once more, but takes in nothing new. */
  function retire(running: Running): void {
    for (const { accountId } of running.sweep.accounts) {
      running.begun.add(accountId);
      change(running, accountId, { sweepingSince: retired });
    }
  }
}

function whyOf(error: unknown): Note {
  const isUnwritten = error instanceof UserError && error.code === 'journal-failed';
  return { code: isUnwritten ? 'not-written' : 'inside' };
}

function byTime(a: SweepRecord, b: SweepRecord): number {
  return a.sweep.requestedAt - b.sweep.requestedAt;
}
