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

/** Cancelled orders, and the trigger orders of which each may have been attached to any of them. */
interface Family {
  readonly parents: Cancellation[];
  readonly candidates: readonly Order[];
}

const quiet = 200;
/** How many orders with a cancellation of their own are remembered, the latest: as many as an account may have open. */
const mostOwn = 20_000;
/** More candidates than this are first looked for in the list of open orders. */
const fewCandidates = 5;

export function createCascade(
  expectAccount: (id: AccountId) => CancelAccount | undefined,
  onFound: (cancellation: Cancellation) => Promise<void>,
): Cascade {
  /** By their candidates, which are one list for all that were noted beside the same open orders. */
  const families = new Map<AccountId, Map<readonly Order[], Family>>();
  const timers = new Map<AccountId, ReturnType<typeof setTimeout>>();
  /** Orders that are being cancelled by themselves, or have been. */
  const own = new Set<string>();

  async function find(id: AccountId): Promise<void> {
    const account = expectAccount(id);
    const found = [...(families.get(id)?.values() ?? [])];
    families.delete(id);
    if (!account) return;
    const isOwn = ({ id: orderId }: Order) => own.has(orderKey({ accountId: id, orderId }));
    const all = [...byOrderId(found.flatMap(({ candidates }) => candidates)).values()];
    const gone = await withoutOpen(
      account,
      all.filter((order) => !isOwn(order)),
    );
    await Promise.all(
      gone.map(async (order) => {
        const parents = found
          .filter(({ candidates }) => byOrderId(candidates).has(orderIdKey(order.id)))
          .flatMap((family) => family.parents);
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
    own.delete(key);
    // What it came to nothing for may still go with a parent.
    if (mayBeAskedAgain(cancellation)) return;
    own.add(key);
    if (own.size > mostOwn) for (const oldest of own) return void own.delete(oldest);
  }

  return {
    note(parent, open) {
      remember(parent);
      const { order, ref } = parent;
      if (standingOf(parent) !== 'cancelled') return;
      const candidates = order ? candidatesFor(order, open) : [];
      if (candidates.length === 0) return;
      const known = families.get(ref.accountId) ?? new Map<readonly Order[], Family>();
      families.set(ref.accountId, known);
      const family = known.get(candidates) ?? { parents: [], candidates };
      known.set(candidates, family);
      family.parents.push(parent);
      clearTimeout(timers.get(ref.accountId));
      timers.set(
        ref.accountId,
        setTimeout(() => void find(ref.accountId), quiet),
      );
    },
  };
}

interface Triggers {
  readonly bySymbol: ReadonlyMap<string, readonly Order[]>;
  /** Those that may be attached to an order of that symbol and side. */
  readonly found: Map<string, readonly Order[]>;
}

const triggers = new WeakMap<readonly Order[], Triggers>();

/** Looked for once for each list of open orders: a “Cancel all” asks for every order of it. */
function candidatesFor(parent: Order, open: readonly Order[]): readonly Order[] {
  if (parent.protective) return [];
  const known = triggers.get(open) ?? {
    bySymbol: Map.groupBy(
      open.filter((order) => order.protective),
      ({ symbol }) => symbol,
    ),
    found: new Map<string, readonly Order[]>(),
  };
  triggers.set(open, known);
  const kind = `${parent.side} ${parent.symbol}`;
  const found =
    known.found.get(kind) ??
    (known.bySymbol.get(parent.symbol) ?? []).filter((other) => mayBeAttached(parent, other));
  known.found.set(kind, found);
  return found;
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
