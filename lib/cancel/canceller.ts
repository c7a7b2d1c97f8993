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
import type { CancelAccount } from './cancel-account.ts';
import { cancelOnce, findOrderId, readOnce } from './steps.ts';

export interface Canceller {
  /** Takes up what the journal holds unfinished. */
  resume(): Promise<void>;
  /** Resolves once the wish stands in the journal. The same order twice is one cancellation. */
  request(ref: OrderRef, order: Order | undefined): Promise<CancellationId>;
  /** Gives up what is under way for an account that is being removed. */
  abandon(accountId: AccountId): Promise<void>;
  hasUnfinished(): boolean;
  /** Resolves when nothing is unfinished any more. */
  idle(): Promise<void>;
  /** Takes no further step; the journal holds what is left. */
  stop(): void;
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
  run: Promise<void>;
}

/**
 * Carries every cancellation from its journal row to its end, one in flight per order. Whatever `advance` decides is
 * written to the journal and told to `onChange`; the worker may die between any two lines of this.
 */
export function createCanceller(
  store: CancellationStore,
  expectAccount: (id: AccountId) => CancelAccount | undefined,
  onChange: (cancellation: Cancellation) => void,
): Canceller {
  const underway = new Map<string, Promise<Underway>>();

  async function begin(ref: OrderRef, order: Order | undefined): Promise<Underway> {
    const id = crypto.randomUUID() as CancellationId;
    const cancellation = requestCancellation(id, ref, order, Date.now());
    const row = await store.add(cancellation).catch(() => {
      throw new UserError(
        'journal-failed',
        'The cancellation could not be written down, so nothing was sent. Free some disk space, or cancel on the venue’s own site.',
      );
    });
    return start(row, cancellation);
  }

  function start(row: number, cancellation: Cancellation): Underway {
    const item: Underway = {
      row,
      keys: new Set([keyOf(cancellation.ref)]),
      cancellation,
      written: Promise.resolve(),
      stopped: new AbortController(),
      run: Promise.resolve(),
    };
    onChange(cancellation);
    item.run = run(item);
    return item;
  }

  async function run(item: Underway): Promise<void> {
    while (!hasEnded(item.cancellation) && !item.stopped.signal.aborted) {
      const { next } = item.cancellation;
      if (next === undefined) break;
      await pause(next.at - Date.now(), item.stopped.signal);
      if (!item.stopped.signal.aborted) await take(next.step, item);
    }
    await item.written;
    for (const key of item.keys) underway.delete(key);
  }

  async function take(step: Step['step'], item: Underway): Promise<void> {
    const account = expectAccount(item.cancellation.ref.accountId);
    if (account === undefined) return item.stopped.abort();
    if (step === 'read') {
      return happen(item, await readOnce(account, item.cancellation));
    }
    if (needsOrderId(item.cancellation, account)) {
      const found = await findOrderId(account, item.cancellation);
      happen(item, found);
      if (found.type !== 'resolved') return;
      alsoKnownAs(keyOf(item.cancellation.ref), item);
    }
    const wait = account.lane.wait('cancel', Date.now());
    await pause(wait, item.stopped.signal);
    if (item.stopped.signal.aborted) return;
    happen(item, { type: 'sending' });
    happen(item, await cancelOnce(account, item.cancellation));
  }

  function alsoKnownAs(key: string, item: Underway): void {
    if (underway.has(key)) return;
    underway.set(key, Promise.resolve(item));
    item.keys.add(key);
  }

  /** The next state; written down behind those before it, without holding up the request that goes out now. */
  function happen(item: Underway, event: CancellationEvent): void {
    // What comes back after a stop is for the next life to find out: the journal says that it was sent.
    if (item.stopped.signal.aborted) return;
    const cancellation = advance(item.cancellation, event, Date.now());
    item.cancellation = cancellation;
    const write = () => store.update({ row: item.row, cancellation });
    // Once more where the browser had closed the database; the next state is written whole anyway.
    item.written = item.written.then(write).catch(write);
    onChange(cancellation);
  }

  return {
    async resume() {
      for (const { row, cancellation } of await store.unfinished()) {
        const key = keyOf(cancellation.ref);
        if (underway.has(key)) continue;
        const woken = advance(cancellation, { type: 'woken' }, Date.now());
        underway.set(key, Promise.resolve(start(row, woken)));
      }
    },
    async request(ref, order) {
      const key = keyOf(ref);
      const begun = underway.get(key) ?? begin(ref, order);
      underway.set(key, begun);
      begun.catch(() => underway.delete(key));
      return (await begun).cancellation.id;
    },
    async abandon(accountId) {
      for (const item of new Set(await Promise.all(underway.values()))) {
        if (item.cancellation.ref.accountId !== accountId) continue;
        happen(item, { type: 'abandoned' });
        item.stopped.abort();
      }
    },
    hasUnfinished: () => underway.size > 0,
    async idle() {
      const items = await Promise.all(underway.values());
      await Promise.all(items.map((item) => item.run));
    },
    stop() {
      for (const begun of underway.values()) void begun.then((item) => item.stopped.abort());
    },
  };
}

function needsOrderId({ ref }: Cancellation, { client }: CancelAccount): boolean {
  return ref.orderId === undefined && !client.venue.takesClientOrderId;
}

/** Ids that differ in case alone name one order (UUIDs). */
function keyOf({ accountId, orderId, clientOrderId }: OrderRef): string {
  const name = orderId === undefined ? `client ${clientOrderId}` : `order ${orderId}`;
  return `${accountId} ${name.toLowerCase()}`;
}

function pause(milliseconds: number, signal: AbortSignal): Promise<void> {
  if (milliseconds <= 0 || signal.aborted) return Promise.resolve();
  return new Promise((resolve) => {
    const done = () => {
      clearTimeout(timer);
      signal.removeEventListener('abort', done);
      resolve();
    };
    const timer = setTimeout(done, milliseconds);
    signal.addEventListener('abort', done);
  });
}
