import { UserError } from '../domain/user-error.ts';
import {
  hasEnded,
  requestCancellation,
  type Cancellation,
  type CancellationId,
  type Step,
} from '../domain/cancellation.ts';
import { advance, type CancellationEvent } from '../domain/cancellation-steps.ts';
import type { AccountId } from '../domain/account.ts';
import type { Order, OrderRef } from '../domain/order.ts';
import type { CancellationStore } from '../store/cancellations.ts';
import type { SocketNews } from '../venues/socket-session.ts';
import type { CancelAccount } from './cancel-account.ts';
import { cancelOnce, findOrder, readOnce } from './steps.ts';

export interface Canceller {
  /** Takes up what the journal holds unfinished. */
  resume(): Promise<void>;
  /** Resolves once the wish stands in the journal. The same order twice is one cancellation. */
  request(ref: OrderRef, order: Order | undefined): Promise<CancellationId>;
  /** The same for several, none of which is sent before all are written down, so that they can go together. */
  requestAll(wishes: readonly CancelWish[]): Promise<readonly CancellationId[]>;
  /** The venue has told by itself what became of an order, or that its cancel failed after all. */
  hear(accountId: AccountId, told: SocketNews): void;
  /** Gives up what is under way for an account that is being removed. */
  abandon(accountId: AccountId): Promise<void>;
  /** Resolves when nothing is unfinished any more. */
  idle(): Promise<void>;
  /** Takes no further step; the journal holds what is left. */
  stop(): void;
}

/** An order to cancel: its name, and the order itself where it is known. */
export interface CancelWish {
  readonly ref: OrderRef;
  readonly order: Order | undefined;
}

/** A cancellation under way: its row in the journal, and its state as last written there. */
interface Underway {
  readonly row: number;
  /** The names it goes by: a second wish under any of them is the same wish. */
  readonly keys: Set<string>;
  cancellation: Cancellation;
  /** Writes follow one another. */
  written: Promise<void>;
  readonly stopped: AbortController;
  /** Ends its pause. */
  wake?: () => void;
  run?: Promise<void>;
}

interface Listeners {
  /** A cancellation has come to another state, or is new. */
  readonly onChange: (cancellation: Cancellation) => void;
  /** From now on there is something in flight, or nothing any more. */
  readonly onUnfinished: (unfinished: boolean) => void;
}

/**
 * Carries every cancellation from its journal row to its end, one in flight per order. Whatever `advance` decides is
 * written to the journal and told to `onChange`; the worker may die between any two lines of this.
 */
export function createCanceller(
  store: CancellationStore,
  expectAccount: (id: AccountId) => CancelAccount | undefined,
  { onChange, onUnfinished }: Listeners,
): Canceller {
  /** What is in flight, by every name it goes by. */
  const underway = new Map<string, Promise<Underway>>();
  const items = new Set<Underway>();

  /** The cancellation in flight for the order, or a new one. */
  function wish(wished: CancelWish): Promise<Underway> {
    const key = keyOf(wished.ref);
    const item = underway.get(key) ?? begin(wished);
    underway.set(key, item);
    item.catch(() => underway.delete(key));
    return item;
  }

  async function begin({ ref, order }: CancelWish): Promise<Underway> {
    const id = crypto.randomUUID() as CancellationId;
    const cancellation = requestCancellation(id, ref, order, Date.now());
    const row = await store.add(cancellation).catch(() => {
      throw new UserError(
        'journal-failed',
        'The cancellation could not be written down, so nothing was sent. Free some disk space, or cancel on the venue’s own site.',
      );
    });
    return add(row, cancellation);
  }

  function add(row: number, cancellation: Cancellation): Underway {
    const item: Underway = {
      row,
      keys: new Set([keyOf(cancellation.ref)]),
      cancellation,
      written: Promise.resolve(),
      stopped: new AbortController(),
    };
    items.add(item);
    onUnfinished(true);
    onChange(cancellation);
    return item;
  }

  async function run(item: Underway): Promise<void> {
    while (!hasEnded(item.cancellation) && !item.stopped.signal.aborted) {
      const { next } = item.cancellation;
      if (next === undefined) break;
      await pause(next.at - Date.now(), item);
      if (item.cancellation.next !== next) continue;
      if (!item.stopped.signal.aborted) await take(next.step, item);
    }
    // From here on another wish for the order is a new one.
    for (const key of item.keys) underway.delete(key);
    await item.written;
    items.delete(item);
    if (items.size === 0) onUnfinished(false);
  }

  async function take(step: Step['step'], item: Underway): Promise<void> {
    const account = expectAccount(item.cancellation.ref.accountId);
    if (account === undefined) return happen(item, { type: 'abandoned' });
    if (step === 'read') {
      return happen(item, await readOnce(account, item.cancellation));
    }
    if (needsFinding(item.cancellation, account)) {
      const found = await findOrder(account, item.cancellation);
      happen(item, found);
      if (found.type !== 'resolved') return;
    }
    if (await joined(item)) return;
    let wait = account.lane.wait('cancel', Date.now());
    while (wait > 0 && !item.stopped.signal.aborted) {
      await pause(wait, item);
      wait = account.lane.wait('cancel', Date.now());
    }
    if (item.stopped.signal.aborted) return;
    happen(item, { type: 'sending' });
    happen(item, await cancelOnce(account, item.cancellation));
  }

  /** Whether another cancellation of the same order was in flight under its own name; its end is then this one's too. */
  async function joined(item: Underway): Promise<boolean> {
    const key = keyOf(item.cancellation.ref);
    const other = await underway.get(key);
    if (other === undefined) {
      underway.set(key, Promise.resolve(item));
      item.keys.add(key);
    }
    if (other === undefined || other === item) return false;
    await other.run;
    happen(item, { type: 'joined', other: other.cancellation });
    return true;
  }

  /** The next state; written down behind those before it, without holding up the request that goes out now. */
  function happen(item: Underway, event: CancellationEvent): void {
    // What comes back after a stop is for the next life to find out: the journal says that it was sent.
    if (item.stopped.signal.aborted) return;
    const cancellation = advance(item.cancellation, event, Date.now());
    item.cancellation = cancellation;
    const write = () => store.update({ row: item.row, cancellation });
    // Once more where the browser had closed the database. Where that fails too the journal keeps an older state, from
    // which the next life finds out the same end.
    item.written = item.written
      .then(write)
      .catch(write)
      .catch(() => undefined);
    onChange(cancellation);
  }

  return {
    async resume() {
      for (const { row, cancellation } of await store.unfinished()) {
        const key = keyOf(cancellation.ref);
        if (underway.has(key)) continue;
        const woken = advance(cancellation, { type: 'woken' }, Date.now());
        const item = add(row, woken);
        underway.set(key, Promise.resolve(item));
        item.run ??= run(item);
      }
      if (items.size === 0) onUnfinished(false);
    },
    async request(ref, order) {
      const item = await wish({ ref, order });
      item.run ??= run(item);
      return item.cancellation.id;
    },
    async requestAll(wishes) {
      const begun = await Promise.all(wishes.map(wish));
      for (const item of begun) item.run ??= run(item);
      return begun.map(({ cancellation }) => cancellation.id);
    },
    hear(accountId, told) {
      const item = [...items].find(
        ({ cancellation: { ref } }) => ref.accountId === accountId && ref.orderId === told.orderId,
      );
      // What has not been sent yet is not what the venue speaks of.
      if (!item || item.cancellation.sendings === 0) return;
      const clock = expectAccount(accountId)?.client.clock();
      if (told.kind === 'push') {
        happen(item, { type: 'read', reading: told.reading, ...(clock && { clock }) });
      } else happen(item, { type: 'replied', reply: told.reply });
      item.wake?.();
    },
    async abandon(accountId) {
      const theirs = [...items].filter(
        ({ cancellation }) => cancellation.ref.accountId === accountId,
      );
      for (const item of theirs) {
        happen(item, { type: 'abandoned' });
        item.stopped.abort();
      }
      await Promise.all(theirs.map((item) => item.written));
    },
    async idle() {
      await Promise.all([...items].flatMap((item) => item.run ?? []));
    },
    stop() {
      for (const item of items) item.stopped.abort();
    },
  };
}

function needsFinding({ ref }: Cancellation, { client: { venue } }: CancelAccount): boolean {
  return (
    (ref.orderId === undefined && !venue.takesClientOrderId) ||
    (ref.symbol === undefined && venue.needsSymbol)
  );
}

/** Order ids that differ in case alone name one order (UUIDs); client order ids may not. */
function keyOf({ accountId, orderId, clientOrderId }: OrderRef): string {
  const name = orderId === undefined ? `client ${clientOrderId}` : `order ${orderId.toLowerCase()}`;
  return `${accountId} ${name}`;
}

/** Resolves after so long, or when the item is stopped or woken. */
function pause(milliseconds: number, item: Underway): Promise<void> {
  const { signal } = item.stopped;
  if (milliseconds <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      delete item.wake;
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
    item.wake = done;
  });
}
