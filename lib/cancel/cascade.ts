import type { AccountId } from '../domain/account.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '../domain/cancellation.ts';
import { advance } from '../domain/cancellation-steps.ts';
import { mayBeAttached, refTo, type Order } from '../domain/order.ts';
import type { CancelAccount } from './cancel-account.ts';
import { readOnce } from './steps.ts';

/**
 * Finds the trigger orders that went with cancelled orders, where the venue cancels them together and does not say which.
 * Parents are collected until none has come for a moment, since a “Cancel all” has many.
 */
export interface Cascade {
  /** The parent has been cancelled; `open` are the account's open orders as last known. */
  note(parent: Cancellation, open: readonly Order[]): void;
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

  async function find(id: AccountId): Promise<void> {
    const account = expectAccount(id);
    const found = families.get(id) ?? [];
    families.delete(id);
    if (!account) return;
    const all = [...new Set(found.flatMap(({ candidates }) => candidates))];
    const gone = await withoutOpen(account, all);
    await Promise.all(
      gone.map(async (order) => {
        const parents = found.filter(({ candidates }) => candidates.includes(order));
        const cancellation = await readAttached(account, parents, order);
        if (cancellation) await onFound(cancellation);
      }),
    );
  }

  return {
    note(parent, open) {
      const { order, ref } = parent;
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
  const open = new Set(listed.orders.map(({ id }) => id));
  return candidates.filter(({ id }) => !open.has(id));
}

/**
 * The trigger order, proven by reading it to have been cancelled since the first of its possible parents was asked to be.
 * What reads otherwise, or cannot be read, is left alone.
 */
async function readAttached(
  account: CancelAccount,
  families: readonly Family[],
  order: Order,
): Promise<Cancellation | undefined> {
  const parents = families.map(({ parent }) => parent);
  const [first] = parents.toSorted((a, b) => a.at.requested - b.at.requested);
  if (!first) return undefined;
  const own = refTo(first.ref.accountId, order);
  const id = crypto.randomUUID() as CancellationId;
  const wish = requestCancellation(id, own, order, first.at.requested);
  const end = advance(wish, await readOnce(account, wish), Date.now());
  const { next: _, ...ended } = end;
  // Cancelled before, filled or still open: not by its parent.
  if (end.state !== 'cancelled' || !first.order) return undefined;
  return parents.length === 1
    ? {
        ...ended,
        parent: first.order.id,
        words: `cancelled with its parent order ${first.order.id}`,
      }
    : { ...ended, words: `cancelled with its parent order, one of ${parents.length}` };
}
