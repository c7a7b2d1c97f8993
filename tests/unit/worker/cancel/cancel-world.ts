import { vi } from 'vitest';
import type { Budget } from '#lib/worker/lanes/budget.ts';
import { createCancelAccount, type CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { createCanceller } from '#lib/worker/cancel/canceller.ts';
import type { Canceller } from '#lib/worker/cancel/canceller-contract.ts';
import { createLane } from '#lib/worker/lanes/lane.ts';
import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, CancellationState } from '#lib/domain/cancellation.ts';
import { hasEnded } from '#lib/domain/standing.ts';
import type { ClockReading } from '#lib/domain/clock.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { ClientOrderId, Order, OrderId, OrderRef } from '#lib/domain/order.ts';
import type { CancelReply, Failure, ReadReply } from '#lib/domain/reply.ts';
import { unreadClockMargin } from '#lib/domain/who-cancelled.ts';
import type { CancellationRow, CancellationStore } from '#lib/worker/store/cancellations.ts';
import type { AccountClient } from '#lib/worker/network/account-client.ts';
import type { OpenOrdersReply, Venue } from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { venues } from '#lib/venues/venues.ts';

/** What a canceller meets: a journal in memory, and an account whose network is a script. */

export const start = 1_700_000_000_000;
export const mine = 'mine' as AccountId;
export const one: OrderRef = { accountId: mine, orderId: 'One' as OrderId };
export const two: OrderRef = { accountId: mine, orderId: 'Two' as OrderId };

export const accepted: CancelReply = { kind: 'accepted', said: ['SUCCESS'] };
export const cancelled: CancelReply = { kind: 'cancelled', said: ['canceled'] };
export const silence: Failure = { kind: 'unknown', note: { code: 'no-answer' } };
export const badTime: Failure = { kind: 'invalid-time', said: ['Invalid timestamp'] };
export const slowDown: Failure = { kind: 'rate-limited', retryAfter: 5000, said: ['TOO_MANY'] };

export function order(id: string, clientOrderId?: string): Order {
  return {
    id: id as OrderId,
    ...(clientOrderId !== undefined && { clientOrderId: clientOrderId as ClientOrderId }),
    symbol: 'BTC_BRL',
    side: 'buy',
    type: 'limit',
    quantity: '1' as Decimal,
    remaining: '1' as Decimal,
    protective: false,
  };
}

export const open: ReadReply = { kind: 'read', reading: { status: 'open', order: order('One') } };
export const gone: ReadReply = {
  kind: 'read',
  reading: { status: 'cancelled', order: { id: 'One' as OrderId } },
};

/** Rows as JSON, as the database would keep them. */
export function journal(tell: (event: string) => void = () => undefined) {
  const rows = new Map<number, string>();
  const parse = (row: number) => JSON.parse(rows.get(row) ?? '') as CancellationRow;
  const read = (row: number) => parse(row).cancellation;
  const store: CancellationStore = {
    addAll(cancellations) {
      const added = cancellations.map((cancellation) => {
        const row = rows.size + 1;
        rows.set(row, JSON.stringify({ row, cancellation }));
        tell(`add ${cancellation.state}`);
        return row;
      });
      return Promise.resolve(added);
    },
    nextRow: () => rows.size + 1,
    takeBack: () => Promise.resolve(),
    giveUp: () => Promise.resolve(),
    update(changed) {
      rows.set(changed.row, JSON.stringify(changed));
      tell(`update ${changed.cancellation.state}`);
      return Promise.resolve();
    },
    unfinished: () =>
      Promise.resolve(
        [...rows.keys()]
          .map(parse)
          .filter(({ cancellation, attached }) => attached ?? !hasEnded(cancellation)),
      ),
    since: (first) => Promise.resolve([...rows.keys()].filter((row) => row >= first).map(parse)),
    page: () => Promise.reject(new Error('the canceller reads no history')),
  };
  return { store, all: (): Cancellation[] => [...rows.keys()].map(read) };
}

/** Answers of the network: each may look at what it is asked and take its time. */
export interface Script {
  cancel?: (name: string, time: number) => CancelReply | Promise<CancelReply>;
  read?: (name: string, time: number) => ReadReply | Promise<ReadReply>;
  list?: () => OpenOrdersReply | Promise<OpenOrdersReply>;
  measure?: () => ClockReading | Failure;
  clock?: ClockReading;
}

/** A venue that takes orders one by one, those that are attached to them along, and has no limits. */
const { cancelEvery: _, readBatch: __, ...single }: Venue = venues.ripio;
export const oneByOne: Venue = { ...single, cascades: 'attached', limits: [] };

/** `log` gets a line per call: what was asked, of which order, how long after the start. */
export function account(
  script: Script,
  log: string[] = [],
  venue: Venue = oneByOne,
  budgets?: readonly Budget[],
) {
  let known = script.clock;
  const note = (what: string, name: string) => log.push(`${what} ${name} ${Date.now() - start}`);
  const client: AccountClient = {
    venue,
    clock: () => known,
    isClockFresh: () => true,
    async measureClock() {
      note('measure', 'clock');
      const measured = script.measure?.() ?? silence;
      if ('kind' in measured) return measured;
      // It lay between the two readings; of before the first nothing is known.
      const apart = known ? (known.offset - measured.offset) / 2 : 0;
      known = {
        offset: measured.offset + apart,
        uncertainty: measured.uncertainty + Math.abs(apart) + (known ? 0 : unreadClockMargin),
      };
      return measured;
    },
    async call<Input, Output>(call: Call<Input, Output>, input: Input): Promise<Output | Failure> {
      return (await answer(call, input)) as Output;
    },
  };

  function answer(call: unknown, input: unknown) {
    const name = nameOf(input as OrderName | undefined);
    switch (call) {
      case venue.cancel:
        note('cancel', name);
        return expectScripted(script.cancel)(name, Date.now() - start);
      case venue.readOrder:
        note('read', name);
        return expectScripted(script.read)(name, Date.now() - start);
      case venue.listOpenOrders:
        note('list', 'orders');
        return expectScripted(script.list)();
      default:
        throw new Error('a call that cancelling has no need of');
    }
  }

  return createCancelAccount(client, createLane(budgets));
}

function expectScripted<Answer>(answer: Answer | undefined): Answer {
  if (answer === undefined) throw new Error('a call that the script does not know');
  return answer;
}

function nameOf(order: OrderName | undefined): string {
  if (order === undefined) return '';
  return 'orderId' in order ? order.orderId : `client ${order.clientOrderId}`;
}

/** A canceller of one account, what it told of, and the account’s calls. */
export function world(script: Script, venue?: Venue, budgets?: readonly Budget[]) {
  const log: string[] = [];
  const kept = journal();
  const mineAccount = account(script, log, venue, budgets);
  const life = begin(kept.store, mineAccount);
  return { ...life, ...kept, log, account: mineAccount };
}

export function begin(store: CancellationStore, mineAccount: CancelAccount | undefined) {
  const states: CancellationState[] = [];
  const inFlight: boolean[] = [];
  const canceller = createCanceller(store, (id) => (id === mine ? mineAccount : undefined), {
    onUnfinished: (unfinished) => inFlight.push(unfinished),
  });
  canceller.follow(({ state }) => states.push(state));
  return { canceller, states, inFlight };
}

/** Lets all pauses pass until nothing is under way. */
export async function untilIdle(busy: Pick<Canceller, 'idle'>): Promise<void> {
  const awaited = new Set([busy]);
  const idle = busy.idle().finally(() => awaited.clear());
  idle.catch(() => undefined);
  while (awaited.size > 0) await vi.advanceTimersByTimeAsync(50);
  await idle;
}

/** Lets what is due now happen. */
export function settle(): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(0);
}

/** Counts what a worker does to the world; dies before (odd) or after (even) the one whose turn it is. */
export function mortal(death: number) {
  let points = 0;
  let dead = false;
  const never = new Promise<never>(() => undefined);

  async function pass<Result>(act: () => Result | Promise<Result>): Promise<Result> {
    if (dead) return never;
    points += 1;
    if (points === death) {
      dead = true;
      return never;
    }
    const result = await act();
    points += 1;
    if (points === death) dead = true;
    return dead ? never : result;
  }

  return {
    isDead: () => dead,
    does:
      <Result>(act: () => Result | Promise<Result>) =>
      () =>
        pass(act),
    store: (store: CancellationStore): CancellationStore => ({
      ...store,
      addAll: (cancellations) => pass(() => store.addAll(cancellations)),
      update: (row) => pass(() => store.update(row)),
    }),
  };
}

/** So late that what was sent has been written down. */
export const late = () =>
  new Promise<CancelReply>((resolve) => setTimeout(() => resolve(cancelled), 20));

export const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
