import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import { hasEnded, mayBeAskedAgain } from '#lib/domain/standing.ts';
import { advance } from '#lib/domain/cancellation-steps.ts';
import { end } from '#lib/domain/ending.ts';
import type { ClockReading } from '#lib/domain/clock.ts';
import {
  refTo,
  type ClosedOrder,
  type Order,
  type OrderId,
  type OrderRef,
} from '#lib/domain/order.ts';
import { byOrderId, orderIdKey, orderKey } from '#lib/domain/order-key.ts';
import { unreadClockMargin } from '#lib/domain/who-cancelled.ts';
import { afterSending } from '#lib/worker/after-sending.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import type { CancellationRow, CancellationStore } from '#lib/worker/store/cancellations.ts';
import { createFamilies } from './families.ts';
import { readOnce } from './steps.ts';

/**
 * Finds the orders that went with cancelled ones, where the venue cancels them together: by its reply where that names them, else by
 * reading those that may have gone.
 * Parents are collected until none has come for a moment, since a “Cancel all” has many. Which trigger orders are to be looked
 * for stands in the journal no later than the end of their parent does, so that a life that ends in between leaves that to the next.
 */
export interface Cascade {
  /**
   * A cancellation has come to another state: one that has cancelled its order may have taken others along. An order with a
   * cancellation of its own went by that. `open`: the account's open orders as last known.
   */
  note(cancellation: Cancellation, open: readonly Order[]): void;
  /** What the journal is to hold of a cancellation. */
  carry(row: CancellationRow): CancellationRow;
  /** Takes up what the last life has left; before any cancellation of it is noted. */
  resume(unfinished: readonly CancellationRow[]): void;
  /** Resolves when nothing is looked for, or it cannot be found out now. */
  idle(): Promise<void>;
  stop(): void;
}

interface CascadeNeeds {
  readonly expectAccount: (id: AccountId) => CancelAccount | undefined;
  readonly journal: Pick<CancellationStore, 'since' | 'update'>;
  /** Resolves when it stands in the journal. */
  readonly onFound: (cancellation: Cancellation) => Promise<unknown>;
  /** There begins or ceases to be anything to look for. */
  readonly onUnfinished?: (unfinished: boolean) => void;
}

const quiet = 200;
/** What cannot be read now is tried again after these, in milliseconds, then left to the next life. */
const pauses = [1000, 2000, 4000, 8000, 16_000, 30_000];
/** How many orders with a cancellation of their own are remembered, the latest: as many as an account may have open. */
const mostOwn = 20_000;
/** More candidates than this are first looked for in the list of open orders. */
const fewCandidates = 5;

export function createCascade({
  expectAccount,
  journal,
  onFound,
  onUnfinished,
}: CascadeNeeds): Cascade {
  const families = createFamilies(
    (row) => {
      if (!isStopped) void journal.update(row).catch(() => undefined);
    },
    (id) => expectAccount(id)?.client.venue.cascades,
  );
  const timers = new Map<AccountId, ReturnType<typeof setTimeout>>();
  /** Where something is being looked for now. */
  const looks = new Set<AccountId>();
  /** Orders that are being cancelled by themselves, or have been. */
  const own = new Set<string>();
  /** Noted after the sending, which it shall not hold up. */
  let soon: { readonly cancellation: Cancellation; readonly open: readonly Order[] }[] = [];
  let busy: PromiseWithResolvers<void> | undefined;
  let isStopped = false;

  const keyOf = (ref: OrderRef) =>
    orderKey(ref, expectAccount(ref.accountId)?.client.venue.idsPerSymbol);

  function noteAll(): void {
    const noted = soon;
    soon = [];
    for (const { cancellation, open } of noted) {
      if (families.note(cancellation, open)) schedule(cancellation.ref.accountId);
    }
  }

  function schedule(id: AccountId, pause = quiet, tries = 0): void {
    if (isStopped) return;
    if (!busy) onUnfinished?.(true);
    busy ??= Promise.withResolvers();
    clearTimeout(timers.get(id));
    timers.set(
      id,
      setTimeout(() => void look(id, tries), pause),
    );
  }

  async function look(id: AccountId, tries: number): Promise<void> {
    timers.delete(id);
    if (looks.has(id)) return schedule(id, quiet, tries);
    looks.add(id);
    const isFound = await find(id).catch(() => false);
    looks.delete(id);
    const pause = pauses[tries];
    if (!isFound && pause !== undefined && !timers.has(id)) schedule(id, pause, tries + 1);
    rest();
  }

  function rest(): void {
    if (timers.size > 0 || looks.size > 0 || !busy) return;
    busy.resolve();
    busy = undefined;
    if (!isStopped) onUnfinished?.(false);
  }

  /** Whether it is known of all what became of them. */
  async function find(id: AccountId): Promise<boolean> {
    const account = expectAccount(id);
    const due = families.due(id);
    const found = due.map((family) => ({ ...family, parents: [...family.parents.values()] }));
    for (const family of due) family.isDue = false;
    const isOwn = (order: Order) => own.has(keyOf(refTo(id, order)));
    const unread = new Set<string>();

    async function record(order: Order): Promise<void> {
      const key = orderIdKey(order.id);
      const parents = found
        .filter(({ candidates }) => byOrderId(candidates).has(key))
        .flatMap((family) => family.parents);
      if (!account || isStopped) return;
      const read = await readAttached(account, parents, order);
      if (read === 'unread') unread.add(key);
      // It may have been asked for while it was read.
      if (typeof read !== 'object' || isOwn(order) || isStopped) return;
      await onFound(read).then(
        () => remember(read),
        () => unread.add(key),
      );
    }

    const all = [...byOrderId(due.flatMap(({ candidates }) => candidates)).values()];
    // Of an account that was removed nobody can ask any more.
    const gone = account
      ? await withoutOpen(
          account,
          all.filter((order) => !isOwn(order)),
        )
      : [];
    await Promise.all(gone.map(record));
    if (isStopped) return true;
    for (const family of due) {
      if (family.candidates.some((order) => unread.has(orderIdKey(order.id)))) family.isDue = true;
      families.settle(family);
    }
    return unread.size === 0;
  }

  /** What has ended since the last life began to look is needed for the look alone. */
  async function learn(adopted: ReturnType<typeof families.adopt>): Promise<void> {
    const first = Math.min(...adopted.flatMap(({ carriers }) => [...carriers.keys()]));
    for (const { cancellation } of await journal.since(first)) {
      remember(cancellation);
      for (const family of adopted) families.learn(family, cancellation);
    }
    for (const { accountId } of adopted) schedule(accountId);
  }

  function remember(cancellation: Cancellation): void {
    const { ref, order } = cancellation;
    const orderId = ref.orderId ?? order?.id;
    if (orderId === undefined) return;
    const key = keyOf({ ...(order && refTo(ref.accountId, order)), ...ref, orderId });
    own.delete(key);
    // What it came to nothing for may still go with a parent.
    if (mayBeAskedAgain(cancellation)) return;
    own.add(key);
    if (own.size > mostOwn) for (const oldest of own) return void own.delete(oldest);
  }

  return {
    note(cancellation, open) {
      remember(cancellation);
      if (soon.push({ cancellation, open }) === 1) afterSending(noteAll);
      if (hasEnded(cancellation)) noteAll();
    },
    carry({ row, cancellation }) {
      noteAll();
      return families.carry(row, cancellation);
    },
    resume(unfinished) {
      const adopted = families.adopt(unfinished);
      if (adopted.length === 0) return;
      void learn(adopted).catch(() => undefined);
    },
    idle: () => busy?.promise ?? Promise.resolve(),
    stop() {
      isStopped = true;
      for (const timer of timers.values()) clearTimeout(timer);
      timers.clear();
      rest();
    },
  };
}

async function withoutOpen(
  { reader }: CancelAccount,
  candidates: readonly Order[],
): Promise<readonly Order[]> {
  if (candidates.length <= fewCandidates) return candidates;
  const listed = await reader.list();
  if (listed.kind !== 'orders') return candidates;
  const open = byOrderId(listed.orders);
  return candidates.filter(({ id }) => !open.has(orderIdKey(id)));
}

/**
 * The trigger order, proven by reading it to have gone with a parent: the venue cancels them in one transaction, so between
 * the moment at which the parent's cancellation was asked for and its end. A parent is named where it can be no other. What
 * reads otherwise is left alone; what cannot be read is `unread`.
 */
async function readAttached(
  account: CancelAccount,
  parents: readonly Cancellation[],
  order: Order,
): Promise<Cancellation | 'unread' | undefined> {
  const [first] = parents.toSorted((a, b) => a.at.requested - b.at.requested);
  if (!first) return undefined;
  const own = refTo(first.ref.accountId, order);
  const id = crypto.randomUUID() as CancellationId;
  const wish = requestCancellation(id, own, order, first.at.requested);
  const named = parents.find(({ others }) => others?.some((each) => isSame(each, order.id)));
  // The venue has said so by naming it: there is nothing to read.
  if (named) return withParent(end(wish, 'cancelled', named.at.ended ?? Date.now()), named);
  const event = await readOnce(account, wish);
  const { next: _, ...ended } = advance(wish, event, Date.now());
  if (event.type !== 'read' || 'kind' in event.reading) return 'unread';
  // Cancelled before, filled or still open: not by its parent.
  if (ended.state !== 'cancelled' || event.reading.status !== 'cancelled') return undefined;
  const { updatedAt } = event.reading.order;
  const clock = account.client.clock(first.at.requested);
  const possible = parents.filter((parent) => mayHaveTaken(parent, updatedAt, clock));
  const [parent] = possible;
  if (!parent) return undefined;
  return possible.length === 1
    ? withParent(ended, parent)
    : { ...ended, note: { code: 'with-a-parent', count: possible.length } };
}

function withParent(ended: Cancellation, { order, ref }: Cancellation): Cancellation {
  const parent = order?.id ?? ref.orderId;
  return parent === undefined
    ? ended
    : { ...ended, parent, note: { code: 'with-parent', id: parent } };
}

const isSame = (one: OrderId, other: OrderId) => orderIdKey(one) === orderIdKey(other);

function mayHaveTaken(
  { at }: Cancellation,
  updatedAt: ClosedOrder['updatedAt'],
  { offset, uncertainty }: ClockReading = { offset: 0, uncertainty: unreadClockMargin },
): boolean {
  // Where the venue tells no time, nothing says that it was not this one.
  if (updatedAt === undefined) return true;
  const time = updatedAt - offset;
  return time + uncertainty >= at.requested && time - uncertainty <= (at.ended ?? Date.now());
}
