import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
  type SweepId,
} from '#lib/domain/cancellation.ts';
import { hasEnded } from '#lib/domain/standing.ts';
import { advance, type CancellationEvent } from '#lib/domain/cancellation-steps.ts';
import { longestRest, sendingPause } from '#lib/domain/pace.ts';
import type { AccountId } from '#lib/domain/account.ts';
import { afterSending } from '#lib/worker/after-sending.ts';
import type { CancellationStore } from '#lib/worker/store/cancellations.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { createNames } from './names.ts';
import { unwritten } from './unwritten.ts';
import { takeStep } from './take-step.ts';
import { expectItem, newItem, pause, waitsForVenue, type Underway } from './under-way.ts';
import type { Canceller, CancelWish, Listeners } from './canceller-contract.ts';
import { createLife, wasAlone } from './life.ts';
import { isAnswer, judged, type Heard } from './steps.ts';

/** How often an end that the disk does not take is written again: some minutes. */
const mostTries = 10;

/**
 * Carries every cancellation from its journal row to its end, one in flight per order. Whatever `advance` decides is
 * written to the journal and told to who follows; the worker may die between any two lines of this.
 */
export function createCanceller(
  store: CancellationStore,
  expectAccount: (id: AccountId) => CancelAccount | undefined,
  { onUnfinished, onAlive, canHear }: Listeners,
): Canceller {
  const names = createNames((id) => expectAccount(id)?.client.venue.idsPerSymbol === true);
  const items = new Set<Underway>();
  /** Of these, those whose venue could not be asked when it was last tried. */
  const troubled = new Set<Underway>();
  const stoppedSweeps = new Set<SweepId>();
  const life = createLife(lapseAll, onAlive);
  let isHalted = false;
  let tell: ((cancellation: Cancellation) => void) | undefined;
  const needs = { expectAccount, happen, joined, look: () => life.look(), canHear };

  /** The cancellations in flight for the orders, or new ones. */
  async function wish(wishes: readonly CancelWish[], sweep?: SweepId): Promise<Underway[]> {
    const fresh: CancelWish[] = [];
    const begun = Promise.withResolvers<readonly Underway[]>();
    const found = wishes.map((wished) => {
      const before = names.find(wished.ref);
      if (before) return before.then((item) => askAgain(item, wished, sweep));
      const index = fresh.push(wished) - 1;
      const item = begun.promise.then((all) => expectItem(all[index]));
      names.keep(wished.ref, item);
      return item;
    });
    if (fresh.length > 0) begin(fresh, sweep).then(begun.resolve, begun.reject);
    return Promise.all(found);
  }

  async function begin(wishes: readonly CancelWish[], sweep?: SweepId): Promise<Underway[]> {
    const now = Date.now();
    const cancellations = wishes.map(({ ref, order, act }) =>
      requestCancellation(crypto.randomUUID() as CancellationId, ref, order, now, sweep, act),
    );
    const rows = await store.addAll(cancellations).catch((error: unknown) => {
      throw unwritten(error);
    });
    return cancellations.map((cancellation, index) => {
      const item = add(rows[index] ?? 0, cancellation, wishes[index]);
      item.decidedAt = now;
      // The machine has slept meanwhile.
      if (wasAlone(cancellation, 0, Date.now())) happen(item, { type: 'lapsed' });
      return item;
    });
  }

  function add(row: number, cancellation: Cancellation, wished?: CancelWish): Underway {
    const item = newItem(row, cancellation, wished?.group);
    items.add(item);
    life.begin();
    if (cancellation.trouble) troubled.add(item);
    if (isHalted) item.stopped.abort();
    names.give(item, wished !== undefined);
    onUnfinished(true);
    tell?.(cancellation);
    return item;
  }

  /** What is in flight already is wished for once more. */
  function askAgain(
    item: Underway,
    { group, act }: Pick<CancelWish, 'group' | 'act'>,
    sweep?: SweepId,
  ): Underway {
    item.group = group ?? item.group;
    if (act) happen(item, { type: 'wanted', act });
    const { sweep: before, first } = item.cancellation;
    if (sweep !== undefined && before !== sweep) happen(item, { type: 'swept', sweep });
    if (sweep === undefined && before !== undefined && !first) {
      happen(item, { type: 'hurried' });
      expectAccount(item.cancellation.ref.accountId)?.lane.look();
    }
    return item;
  }

  function start(item: Underway): void {
    item.run ??= run(item);
  }

  async function run(item: Underway): Promise<void> {
    while (!hasEnded(item.cancellation) && !item.stopped.signal.aborted) {
      const { next } = item.cancellation;
      if (next === undefined) break;
      if (next.step === 'read' && item.isLookDue) item.isLookDue = false;
      // The clock may have been set back since that was decided: it is waited for no longer by that.
      else {
        const rest = next.at - Math.max(Date.now(), item.decidedAt);
        await pause(Math.min(rest, longestRest), item);
      }
      life.look();
      if (item.cancellation.next !== next) continue;
      item.triedAt = Date.now();
      if (!item.stopped.signal.aborted) await takeStep(next.step, item, needs);
    }
    names.free(item);
    await untilWritten(item);
    items.delete(item);
    troubled.delete(item);
    if (items.size > 0) return;
    life.end();
    onUnfinished(false);
  }

  /** Whether another cancellation of the same order was in flight under its own name; its end is then this one's too. */
  async function joined(item: Underway): Promise<boolean> {
    const { ref } = item.cancellation;
    names.give(item);
    if (names.written(ref) === item) return false;
    const other = await names.find(ref);
    if (other === undefined || other === item) return false;
    askAgain(other, { act: item.cancellation.act }, item.cancellation.sweep);
    await other.run;
    happen(item, { type: 'joined', other: other.cancellation });
    return true;
  }

  /** The next state. */
  function happen(item: Underway, event: CancellationEvent): void {
    // What comes back after a stop is for the next life to find out: the journal says that it was sent.
    if (item.stopped.signal.aborted) return;
    const cancellation = advance(item.cancellation, event, Date.now());
    if (cancellation === item.cancellation) return;
    if (cancellation.next !== item.cancellation.next) item.decidedAt = Date.now();
    const isRenamed = cancellation.ref !== item.cancellation.ref;
    item.cancellation = cancellation;
    if (isRenamed) names.give(item);
    // Told by the venue unasked, it may have ended while it waits to be sent.
    if (hasEnded(cancellation)) item.attempt?.abort();
    // The request is about to go out, and the disk shall not compete with it.
    if (event.type === 'sending') item.writeSoon = afterSending(() => write(item));
    else write(item);
    tell?.(cancellation);
    if (cancellation.trouble) troubled.add(item);
    else troubled.delete(item);
    if (isAnswer(event)) wake(cancellation.ref.accountId);
  }

  /** Nobody was there for too long: the machine slept, or its clock was set. */
  function lapseAll(): void {
    for (const item of items) {
      const { next } = item.cancellation;
      happen(item, { type: 'lapsed' });
      // Also where it is taken for sent: its request may not have come to go out.
      item.attempt?.abort();
      if (item.cancellation.next !== next) item.wake?.();
    }
  }

  function wake(accountId: AccountId): void {
    const now = Date.now();
    for (const item of troubled) {
      if (item.cancellation.ref.accountId === accountId && waitsForVenue(item, now)) item.wake?.();
    }
  }

  /** The venue has told something of the order without being asked. */
  async function learn(item: Underway, account: CancelAccount, heard: Heard): Promise<void> {
    happen(item, await judged(account, item.cancellation, heard));
    item.wake?.();
  }

  /** Writes the state down behind those before it. */
  function write(item: Underway): void {
    const { row, cancellation } = item;
    clearTimeout(item.writeSoon);
    const update = () => store.update({ row, cancellation });
    // Once more where the browser had closed the database. Where that fails too the journal keeps an older state, from
    // which the next life finds out the same end.
    item.written = item.written
      .then(update)
      .catch(update)
      .then(
        () => void (item.isUnwritten = false),
        () => void (item.isUnwritten = true),
      );
  }

  /** The history shall have its end in this life too: a full disk may have room again. */
  async function untilWritten(item: Underway): Promise<void> {
    await item.written;
    for (let tries = 0; item.isUnwritten && tries < mostTries; tries++) {
      await pause(sendingPause(tries), item);
      if (item.stopped.signal.aborted) return;
      write(item);
      await item.written;
    }
  }

  /** Ends those that the event ends, and takes no further step for them. Resolves when that is written down. */
  async function giveUp(given: readonly Underway[], event: CancellationEvent): Promise<void> {
    for (const item of given) {
      const { next } = item.cancellation;
      happen(item, event);
      if (hasEnded(item.cancellation)) item.stopped.abort();
      else if (item.cancellation.next !== next) item.attempt?.abort();
    }
    await Promise.all(given.map((item) => item.written));
  }

  return {
    async resume(aliveAt = 0) {
      const now = Date.now();
      const unfinished = await store.unfinished();
      const known = new Set([...items].map(({ row }) => row));
      for (const { row, cancellation } of unfinished) {
        const { ref } = cancellation;
        // It is only now being written down, or it is under way.
        if (known.has(row) || (names.find(ref) && !names.written(ref))) continue;
        // The browser has been closed since: how its clock went before is not known.
        const isUnclocked = expectAccount(ref.accountId)?.client.clock() === undefined;
        const event = { type: 'woken', ...(isUnclocked && { unclocked: true as const }) } as const;
        const woken = advance(cancellation, event, now);
        const hasLapsed = wasAlone(cancellation, aliveAt, now);
        const item = add(row, hasLapsed ? advance(woken, { type: 'lapsed' }, now) : woken);
        if (hasLapsed) write(item);
        start(item);
      }
      if (items.size === 0) onUnfinished(false);
    },
    async request(ref, order, act) {
      const [item] = await wish([{ ref, order, act }]);
      const begun = expectItem(item);
      begun.gather = begun.run !== undefined;
      start(begun);
      return begun.cancellation.id;
    },
    async requestAll(wishes, sweep) {
      const begun = await wish(wishes, sweep);
      // Stopped while it was being written down.
      if (sweep !== undefined && stoppedSweeps.has(sweep)) {
        await giveUp(begun, { type: 'stopped' });
      }
      for (const item of begun) start(item);
      return begun.map(({ cancellation }) => cancellation.id);
    },
    stopSweep(sweep) {
      stoppedSweeps.add(sweep);
      const given = [...items].filter(({ cancellation }) => cancellation.sweep === sweep);
      return giveUp(given, { type: 'stopped' });
    },
    hear(accountId, told) {
      const orderId = told.kind === 'ended' ? told.reading.order.id : told.orderId;
      const symbol = told.kind === 'ended' ? told.symbol : undefined;
      const item = names.written({ accountId, orderId, ...(symbol !== undefined && { symbol }) });
      // What has not been sent yet is not what the venue speaks of.
      if (!item || item.cancellation.sendings === 0) return;
      const account = expectAccount(accountId);
      if (!account) return;
      const heard: Heard =
        told.kind === 'ended'
          ? { type: 'read', reading: told.reading, ...(told.said && { said: told.said }) }
          : { type: 'replied', reply: told.reply };
      void learn(item, account, heard);
    },
    lookAt(accountId, orderId) {
      const item = names.written({ accountId, orderId });
      if (!item || item.cancellation.sendings === 0 || item.cancellation.trouble) return;
      if (item.wake && item.cancellation.next?.step === 'read') item.wake();
      // A reading that is under way may have been asked for before.
      else item.isLookDue = true;
    },
    wake,
    release(accountId) {
      for (const item of troubled) {
        const { ref, trouble } = item.cancellation;
        if (ref.accountId === accountId && trouble === 'rate-limited') item.wake?.();
      }
    },
    sendNow(id) {
      const item = [...items].find(({ cancellation }) => cancellation.id === id);
      if (item?.cancellation.next?.step !== 'send') return;
      item.isForced = true;
      item.wake?.();
      expectAccount(item.cancellation.ref.accountId)?.lane.look();
    },
    follow(listener) {
      tell = listener;
    },
    abandon: (accountId) =>
      giveUp(
        [...items].filter(({ cancellation }) => cancellation.ref.accountId === accountId),
        { type: 'abandoned' },
      ),
    async idle() {
      await Promise.all([...items].flatMap((item) => item.run ?? []));
    },
    stop() {
      isHalted = true;
      life.end();
      for (const item of items) {
        write(item);
        item.stopped.abort();
      }
    },
    oldestRow: () => Math.min(store.nextRow(), ...[...items].map(({ row }) => row)),
  };
}
