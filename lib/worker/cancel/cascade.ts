import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import { mayBeAskedAgain, standingOf } from '#lib/domain/standing.ts';
import { advance } from '#lib/domain/cancellation-steps.ts';
import type { ClockReading } from '#lib/domain/clock.ts';
import { mayBeAttached, refTo, type ClosedOrder, type Order } from '#lib/domain/order.ts';
import { byOrderId, orderIdKey, orderKey } from '#lib/domain/order-key.ts';
import { unreadClockMargin } from '#lib/domain/who-cancelled.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { readOnce } from './steps.ts';

/**
 * Finds the trigger orders that went with cancelled orders, where the venue cancels them together and does not say which.
 * Parents are collected until none has come for a moment, since a “Cancel all” has many.
 */
export interface Cascade {
  /**
   * A cancellation has come to another state: one that has cancelled its order may have taken others along. An order with a
   * cancellation of its own went by that. `open`: the account's open orders as last known.
   */
  note(cancellation: Cancellation, open: readonly Order[]): void;
}

/** A cancelled order, and the trigger orders that may have been attached to it. */
interface Family {
  readonly parent: Cancellation;
  readonly candidates: readonly Order[];
}

const quiet = 200;
/** More candidates than this are first looked for in the list of open orders. */
const fewCandidates = 5;

export function createCascade(
  expectAccount: (id: AccountId) => CancelAccount | undefined,
  onFound: (cancellation: Cancellation) => Promise<void>,
): Cascade {
  const families = new Map<AccountId, Family[]>();
  const timers = new Map<AccountId, ReturnType<typeof setTimeout>>();
  /** Orders that are being cancelled by themselves, or have been. */
  const own = new Set<string>();

  async function find(id: AccountId): Promise<void> {
    const account = expectAccount(id);
    const found = families.get(id) ?? [];
    families.delete(id);
    if (!account) return;
    const isOwn = ({ id: orderId }: Order) => own.has(orderKey({ accountId: id, orderId }));
    const all = [...new Set(found.flatMap(({ candidates }) => candidates))];
    const gone = await withoutOpen(
      account,
      all.filter((order) => !isOwn(order)),
    );
    await Promise.all(
      gone.map(async (order) => {
        const parents = found
          .filter(({ candidates }) => candidates.includes(order))
          .map(({ parent }) => parent);
        const cancellation = await readAttached(account, parents, order);
        // It may have been asked for while it was read.
        if (cancellation && !isOwn(order)) await onFound(cancellation);
      }),
    );
  }

  function remember(cancellation: Cancellation): void {
    const { ref, order } = cancellation;
    const orderId = ref.orderId ?? order?.id;
    if (orderId === undefined) return;
    const key = orderKey({ ...ref, orderId });
    // What it came to nothing for may still go with a parent.
    if (mayBeAskedAgain(cancellation)) own.delete(key);
    else own.add(key);
  }

  return {
    note(parent, open) {
      remember(parent);
      const { order, ref } = parent;
      if (standingOf(parent) !== 'cancelled') return;
      const candidates = order ? open.filter((other) => mayBeAttached(order, other)) : [];
      if (candidates.length === 0) return;
      families.set(ref.accountId, [...(families.get(ref.accountId) ?? []), { parent, candidates }]);
      clearTimeout(timers.get(ref.accountId));
      timers.set(
        ref.accountId,
        setTimeout(() => void find(ref.accountId), quiet),
      );
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
 * reads otherwise, or cannot be read, is left alone.
 */
async function readAttached(
  account: CancelAccount,
  parents: readonly Cancellation[],
  order: Order,
): Promise<Cancellation | undefined> {
  const [first] = parents.toSorted((a, b) => a.at.requested - b.at.requested);
  if (!first) return undefined;
  const own = refTo(first.ref.accountId, order);
  const id = crypto.randomUUID() as CancellationId;
  const wish = requestCancellation(id, own, order, first.at.requested);
  const event = await readOnce(account, wish);
  const { next: _, ...ended } = advance(wish, event, Date.now());
  // Cancelled before, filled or still open: not by its parent.
  if (ended.state !== 'cancelled' || event.type !== 'read' || 'kind' in event.reading)
    return undefined;
  if (event.reading.status !== 'cancelled') return undefined;
  const { updatedAt } = event.reading.order;
  const clock = account.client.clock(first.at.requested);
  const possible = parents.filter((parent) => mayHaveTaken(parent, updatedAt, clock));
  const [parent] = possible;
  if (!parent?.order) return undefined;
  return possible.length === 1
    ? {
        ...ended,
        parent: parent.order.id,
        note: { code: 'with-parent', id: parent.order.id },
      }
    : { ...ended, note: { code: 'with-a-parent', count: possible.length } };
}

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
