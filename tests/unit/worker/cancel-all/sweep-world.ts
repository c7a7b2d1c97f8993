import { createCancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { createCanceller } from '#lib/worker/cancel/canceller.ts';
import { createLane } from '#lib/worker/lanes/lane.ts';
import { createSweeper } from '#lib/worker/cancel-all/sweeper.ts';
import { remarkOf } from '#lib/domain/remark.ts';
import type { KnownOrders, SweepRecord } from '#lib/worker/cancel-all/sweep-needs.ts';
import type { Account, AccountId } from '#lib/domain/account.ts';
import type { Cancellation, SweepId } from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { Order, OrderId, Side } from '#lib/domain/order.ts';
import type { CancelReply, Failure, ReadReply } from '#lib/domain/reply.ts';
import type { Sweep, Tally } from '#lib/domain/sweep.ts';
import type { AccountClient } from '#lib/worker/network/account-client.ts';
import type { CancelEveryReply, OpenOrdersReply, Venue } from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import type { Limit } from '#lib/venues/limits.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { venues } from '#lib/venues/venues.ts';
import { journal, mine, mortal, start } from '#tests/unit/worker/cancel/cancel-world.ts';

/** What a “Cancel all” meets: two accounts whose venue holds a book, a journal and records in memory. */

export const theirs = 'theirs' as AccountId;
const accounts: readonly Account[] = [
  { id: mine, venue: 'ripio', label: 'Mine', environment: 'test' },
  { id: theirs, venue: 'ripio', label: 'Theirs', environment: 'test' },
];

interface Brief {
  readonly symbol?: string;
  readonly side?: Side;
  readonly createdAt?: number;
  readonly protective?: boolean;
}

export function openOrder(
  id: string,
  { symbol = 'A', protective = false, ...more }: Brief = {},
): Order {
  return {
    id: id as OrderId,
    symbol,
    type: 'limit',
    quantity: '1' as Decimal,
    remaining: '1' as Decimal,
    protective,
    ...more,
  };
}

export interface SweepScript {
  /** The venue can cancel every order at once. */
  readonly takesEvery?: true;
  /** It finds an order by its symbol alone, and cancels every one of a symbol. */
  readonly needsSymbol?: true;
  /** It is asked to only where what guards a position is meant too. */
  readonly onlyWithProtective?: true;
  readonly limits?: readonly Limit[];
  /** How long each request takes. */
  readonly latency?: number;
  /** What is replied to a cancel instead of doing it. */
  readonly cancel?: (id: string, time: number) => CancelReply | undefined;
  /** What is replied to a reading of the list instead of the list. */
  readonly list?: (time: number) => Failure | undefined;
  /** How many orders of the list cannot be read. */
  readonly unreadable?: (time: number) => number;
  /** Right before a request is carried out. */
  readonly before?: (request: string) => void;
}

const silence: Failure = { kind: 'unknown', note: { code: 'no-answer' } };

/** The venue, and what of the worker outlives it. */
export function sweepWorld(script: SweepScript = {}) {
  const { cancelEvery, readBatch: _, ...single }: Venue = venues.ripio;
  const venue: Venue = {
    ...single,
    limits: script.limits ?? [],
    ...(script.takesEvery &&
      cancelEvery && {
        cancelEvery: {
          ...cancelEvery,
          ...(script.onlyWithProtective && { onlyWithProtective: true as const }),
        },
      }),
    ...(script.needsSymbol && cancelEvery && { needsSymbol: true }),
  };
  const books = new Map(accounts.map(({ id }) => [id, new Map<string, Order>()]));
  const closed = new Map<string, number>();
  const known = new Map<AccountId, KnownOrders>();
  const kept = journal();
  const records = new Map<string, string>();
  /** Each request with the time it was sent at. */
  const log: string[] = [];

  const bookOf = (id: AccountId) => books.get(id) ?? new Map<string, Order>();

  function place(id: AccountId, ...orders: readonly Order[]): void {
    for (const order of orders) bookOf(id).set(order.id, order);
  }

  /** The orders as the worker has read them, so long ago. */
  function readBefore(milliseconds: number): void {
    for (const { id } of accounts) {
      const unreadable = script.unreadable?.(-milliseconds) ?? 0;
      const odd = unreadable > 0 ? { unreadable } : {};
      const orders = [...bookOf(id).values()];
      known.set(id, { orders, readAt: Date.now() - milliseconds, ...odd });
    }
  }

  function close(id: AccountId, order: string): CancelReply {
    closed.set(order, Date.now());
    return bookOf(id).delete(order)
      ? { kind: 'cancelled', said: ['canceled'] }
      : { kind: 'claimed', claim: 'was-cancelled', said: ['already canceled'] };
  }

  function carryOut(account: AccountId, call: unknown, input: unknown) {
    const note = (request: string) => {
      script.before?.(request);
      log.push(`${account === mine ? '' : `${account} `}${request} ${Date.now() - start}`);
    };
    if (call === venue.listOpenOrders) return list();
    if (venue.cancelEvery && call === venue.cancelEvery) return every(input as string | undefined);
    const name = input as OrderName;
    const id = 'orderId' in name ? name.orderId : name.clientOrderId;
    return call === venue.cancel ? cancel() : read();

    function list(): OpenOrdersReply {
      note('list');
      const orders = [...bookOf(account).values()];
      const unreadable = script.unreadable?.(Date.now() - start) ?? 0;
      const odd = unreadable > 0 ? { unreadable } : {};
      return script.list?.(Date.now() - start) ?? { kind: 'page', orders, ...odd };
    }
    function every(symbol: string | undefined): CancelEveryReply {
      note(symbol === undefined ? 'every' : `every ${symbol}`);
      const taken = [...bookOf(account).values()].filter(
        (order) => symbol === undefined || order.symbol === symbol,
      );
      const replies = taken.map(
        (order) => [order.id.toLowerCase(), close(account, order.id)] as const,
      );
      return { kind: 'every', replies: new Map(replies) };
    }
    function cancel(): CancelReply {
      note(`cancel ${id}`);
      return script.cancel?.(id, Date.now() - start) ?? close(account, id);
    }
    function read(): ReadReply {
      note(`read ${id}`);
      const order = bookOf(account).get(id);
      if (order) return { kind: 'read', reading: { status: 'open', order } };
      const updatedAt = closed.get(id);
      return updatedAt === undefined
        ? { kind: 'read', reading: { status: 'not-found', said: ['no such order'] } }
        : {
            kind: 'read',
            reading: { status: 'cancelled', order: { id: id as OrderId, updatedAt } },
          };
    }
  }

  /** A life of the worker; it dies when `worker` does. */
  function live(worker = mortal(Infinity)) {
    const views: (readonly Sweep[])[] = [];
    const unfinished: boolean[] = [];
    const store = worker.store(kept.store);
    const opened = new Map(
      accounts.map(({ id }) => {
        const client: AccountClient = {
          venue,
          clock: () => ({ offset: 0, uncertainty: 0 }),
          isClockFresh: () => true,
          measureClock: () => Promise.resolve(silence),
          async call<Input, Output>(call: Call<Input, Output>, input: Input) {
            const request = worker.does(() => carryOut(id, call, input) as Output);
            const reply = await request();
            const { latency = 0 } = script;
            if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
            return reply;
          },
        };
        return [id, createCancelAccount(client, createLane())] as const;
      }),
    );
    const canceller = createCanceller(store, (id) => opened.get(id), {
      onUnfinished: () => undefined,
    });
    const sweeper = createSweeper({
      canceller,
      cancellations: store,
      records: {
        all: () =>
          Promise.resolve([...records.values()].map((record) => JSON.parse(record) as SweepRecord)),
        put: (id, record) => worker.does(() => void records.set(id, JSON.stringify(record)))(),
        delete: (id) => worker.does(() => void records.delete(id))(),
      },
      accounts: () => accounts,
      venueOf: (id) => opened.get(id)?.client.venue,
      known: (id) => known.get(id) ?? { orders: [] },
      async read(id, isUrgent) {
        const readAt = Date.now();
        const reply = await (opened.get(id)?.reader.list(isUrgent) ?? silence);
        if (reply.kind !== 'orders') {
          return { trouble: { reason: 'unreachable', ...remarkOf(reply) } };
        }
        const { kind: _kind, ...read } = reply;
        known.set(id, { ...read, readAt });
        return { ...read, readAt };
      },
      publish: (sweeps) => views.push(sweeps),
      onUnfinished: (each) => unfinished.push(each),
    });
    canceller.follow((cancellation) => sweeper.note(cancellation));
    return {
      canceller,
      sweeper,
      views,
      unfinished,
      lane: opened.get(mine)?.lane,
      /** A sweep, or the newest one, as pages see it now. */
      sweep: (id?: SweepId): Sweep => {
        const shown = views.at(-1) ?? [];
        const found = id === undefined ? shown.at(-1) : shown.find((each) => each.id === id);
        if (!found) throw new Error('no such sweep is shown');
        return found;
      },
    };
  }

  return {
    place,
    readBefore,
    live,
    log,
    records,
    store: kept.store,
    rows: kept.all,
    book: (id: AccountId = mine) => [...bookOf(id).keys()],
    /** How often each request was made. */
    requests: (request: string) => log.filter((line) => line.startsWith(`${request} `)).length,
  };
}

/** What the journal says the tally is. */
export function tallyOf(rows: readonly Cancellation[], account: AccountId, sweep: SweepId): Tally {
  const tally: Record<string, number> = {};
  const own = rows.filter((row) => row.ref.accountId === account && row.sweep === sweep);
  const latest = new Map(own.map((row) => [row.ref.orderId, row]));
  for (const row of latest.values()) {
    const key = row.stopped ? 'stopped' : row.abandoned ? 'abandoned' : row.state;
    tally[key] = (tally[key] ?? 0) + 1;
  }
  return tally;
}

/** Without what is none. */
export function some(tally: Tally): Tally {
  return Object.fromEntries(Object.entries(tally).filter(([, count]) => count > 0));
}
