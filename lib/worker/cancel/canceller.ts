import { UserError } from '#lib/domain/user-error.ts';
import { noteWords } from '#lib/words/note-words.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
  type Step,
  type SweepId,
} from '#lib/domain/cancellation.ts';
import { hasEnded } from '#lib/domain/standing.ts';
import { advance, type CancellationEvent } from '#lib/domain/cancellation-steps.ts';
import { orderKey } from '#lib/domain/order-key.ts';
import { longestRest } from '#lib/domain/pace.ts';
import type { AccountId } from '#lib/domain/account.ts';
import { afterSending } from '#lib/worker/after-sending.ts';
import type { CancellationStore } from '#lib/worker/store/cancellations.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import {
  expectItem,
  isRepeat,
  isUrgent,
  needsFinding,
  pause,
  waitsForVenue,
  type Underway,
} from './under-way.ts';
import type { Canceller, CancelWish, Listeners } from './cancelling.ts';
import { createLife, wasAlone } from './life.ts';
import { cancelOnce, findOrder, isAnswer, judged, readOnce, type Heard } from './steps.ts';

/**
 * Carries every cancellation from its journal row to its end, one in flight per order. Whatever `advance` decides is
 * written to the journal and told to `onChange`; the worker may die between any two lines of this.
 */
export function createCanceller(
  store: CancellationStore,
  expectAccount: (id: AccountId) => CancelAccount | undefined,
  { onChange, onUnfinished, onAlive }: Listeners,
): Canceller {
  /** What is in flight or being written down, by every name it goes by. */
  const underway = new Map<string, Promise<Underway>>();
  /** Of these, those that are written down. */
  const byName = new Map<string, Underway>();
  const items = new Set<Underway>();
  /** Of these, those whose venue could not be asked when it was last tried. */
  const troubled = new Set<Underway>();
  const stoppedSweeps = new Set<SweepId>();
  const life = createLife(lapseAll, onAlive);
  let isHalted = false;

  /** The cancellations in flight for the orders, or new ones. */
  async function wish(wishes: readonly CancelWish[], sweep?: SweepId): Promise<Underway[]> {
    const fresh: CancelWish[] = [];
    const begun = Promise.withResolvers<readonly Underway[]>();
    const found = wishes.map((wished) => {
      const key = orderKey(wished.ref);
      const before = underway.get(key);
      if (before) return before.then((item) => askAgain(item, wished, sweep));
      const index = fresh.push(wished) - 1;
      const item = begun.promise.then((all) => expectItem(all[index]));
      underway.set(key, item);
      item.catch(() => underway.delete(key));
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
    const rows = await store.addAll(cancellations).catch(() => {
      throw new UserError('journal-failed', noteWords({ code: 'not-written' }));
    });
    return cancellations.map((cancellation, index) =>
      add(rows[index] ?? 0, cancellation, wishes[index]),
    );
  }

  function add(row: number, cancellation: Cancellation, wished?: CancelWish): Underway {
    const item: Underway = {
      row,
      keys: new Set(),
      group: wished?.group,
      gather: true,
      cancellation,
      triedAt: 0,
      isForced: false,
      written: Promise.resolve(),
      stopped: new AbortController(),
    };
    items.add(item);
    life.begin();
    if (cancellation.trouble) troubled.add(item);
    if (isHalted) item.stopped.abort();
    name(item, wished !== undefined);
    onUnfinished(true);
    onChange(cancellation);
    return item;
  }

  /** It goes by the name that it has now, unless another cancellation of the order does. `isKept`: the name is kept for it. */
  function name(item: Underway, isKept = false): void {
    const key = orderKey(item.cancellation.ref);
    if (byName.has(key) || (underway.has(key) && !isKept)) return;
    byName.set(key, item);
    item.keys.add(key);
    if (!isKept) underway.set(key, Promise.resolve(item));
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
      // The clock may have been set back since that was decided.
      await pause(Math.min(next.at - Date.now(), longestRest), item);
      life.look();
      if (item.cancellation.next !== next) continue;
      item.triedAt = Date.now();
      if (!item.stopped.signal.aborted) await take(next.step, item);
    }
    // From here on another wish for the order is a new one.
    for (const key of item.keys) {
      underway.delete(key);
      byName.delete(key);
    }
    await item.written;
    items.delete(item);
    troubled.delete(item);
    if (items.size > 0) return;
    life.end();
    onUnfinished(false);
  }

  async function take(step: Step['step'], item: Underway): Promise<void> {
    const account = expectAccount(item.cancellation.ref.accountId);
    if (account === undefined) return happen(item, { type: 'abandoned' });
    if (needsFinding(item.cancellation, account)) {
      const found = await findOrder(account, item.cancellation);
      happen(item, found);
      if (found.type !== 'resolved') return;
      // By its client order id alone the next life could not find it again once it is cancelled.
      await item.written;
    }
    if (step === 'read') {
      return happen(item, await readOnce(account, item.cancellation));
    }
    if (await joined(item)) return;
    // It may have lapsed, or been stopped, while it was looked for.
    if (item.cancellation.next?.step !== 'send') return;
    const attempt = new AbortController();
    item.attempt = attempt;
    const signal = AbortSignal.any([item.stopped.signal, attempt.signal]);
    if (signal.aborted) return;
    const replied = await cancelOnce(account, item.cancellation, {
      isUrgent: () => isUrgent(item.cancellation),
      isRepeat: () => isRepeat(item.cancellation),
      isForced: () => item.isForced,
      gather: item.gather || item.cancellation.sendings > 0,
      rank: item.row,
      signal,
      group: () =>
        item.cancellation.sendings === 0 || !item.cancellation.inDoubt ? item.group : undefined,
      onTurn: () => life.look(),
      onSend() {
        item.isForced = false;
        happen(item, { type: 'sending' });
      },
    });
    // Taken back before it was sent: another step has been decided on.
    if (!attempt.signal.aborted || item.cancellation.next === undefined) happen(item, replied);
  }

  /** Whether another cancellation of the same order was in flight under its own name; its end is then this one's too. */
  async function joined(item: Underway): Promise<boolean> {
    const key = orderKey(item.cancellation.ref);
    name(item);
    if (byName.get(key) === item) return false;
    const other = await underway.get(key);
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
    const isRenamed = cancellation.ref !== item.cancellation.ref;
    item.cancellation = cancellation;
    if (isRenamed) name(item);
    // Told by the venue unasked, it may have ended while it waits to be sent.
    if (hasEnded(cancellation)) item.attempt?.abort();
    // The request is about to go out, and the disk shall not compete with it.
    if (event.type === 'sending') item.writeSoon = afterSending(() => write(item));
    else write(item);
    onChange(cancellation);
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
      .catch(() => undefined);
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
        const key = orderKey(cancellation.ref);
        // It is only now being written down, or it is under way.
        if (known.has(row) || (underway.has(key) && !byName.has(key))) continue;
        const woken = advance(cancellation, { type: 'woken' }, now);
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
      const item = byName.get(orderKey({ accountId, orderId: told.orderId }));
      // What has not been sent yet is not what the venue speaks of.
      if (!item || item.cancellation.sendings === 0) return;
      const account = expectAccount(accountId);
      if (!account) return;
      const heard: Heard =
        told.kind === 'push'
          ? { type: 'read', reading: told.reading }
          : { type: 'replied', reply: told.reply };
      void learn(item, account, heard);
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
