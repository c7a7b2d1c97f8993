import { expect } from 'vitest';
import { createBudget } from '#lib/worker/lanes/create-budget.ts';
import { createLane } from '#lib/worker/lanes/lane.ts';
import { createCancelSender, type SendOptions } from '#lib/worker/lanes/sender.ts';
import type { OrderId } from '#lib/domain/order.ts';
import type { CancelReply, Failure } from '#lib/domain/reply.ts';
import type { AccountClient } from '#lib/worker/network/account-client.ts';
import { oxFun } from '#lib/venues/ox-fun/ox-fun.ts';
import type { SocketSession } from '#lib/worker/network/socket-session.ts';
import type {
  BatchCall,
  BatchReply,
  CancelEveryCall,
  CancelEveryReply,
  Venue,
} from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import type { Limit } from '#lib/venues/limits.ts';
import type { BatchName, OrderName } from '#lib/venues/wire.ts';
import { settle, start } from '#tests/unit/worker/cancel/cancel-world.ts';

/** What a sender meets: a client whose answers are a script. */

export const order = (id: number | string, symbol = 'A'): BatchName => ({
  orderId: `${id}` as OrderId,
  symbol,
});
export const orders = (count: number): BatchName[] =>
  Array.from({ length: count }, (_, id) => order(id));
export const nameOf = (name: OrderName) =>
  'orderId' in name ? name.orderId : `client ${name.clientOrderId}`;

/** A reply that only this order can have been given. */
export const of = (name: OrderName): CancelReply => ({ kind: 'accepted', said: [nameOf(name)] });
export const leftOut = { kind: 'unknown', note: { code: 'left-out' } };
export const down: Failure = { kind: 'unknown', note: { code: 'http', status: 503 } };
export const oneASecond: Limit = {
  of: ['cancel', 'message', 'read', 'list'],
  most: 1,
  per: 1000,
  each: 'account',
};

interface Script {
  readonly venue?: { readonly most: number; readonly oneSymbol?: boolean } | 'single';
  /** The replies to a batch; by default each order's own. */
  readonly batch?: (names: readonly BatchName[]) => BatchReply;
  /** The reply to a single one; by default its own. */
  readonly single?: (name: OrderName) => CancelReply;
  /** The replies on the socket; undefined where none can be had. Without it the venue has no socket. */
  readonly socket?: (names: readonly BatchName[]) => readonly CancelReply[] | undefined;
  /** The reply to every order at once; without it the venue cannot. */
  readonly every?: (symbol: string | undefined) => CancelEveryReply;
  readonly limits?: readonly Limit[];
  /** Every request takes so long. */
  readonly latency?: number;
  /** No more than so many are under way. */
  readonly atOnce?: number;
}

/** `asked`: each request with the orders it named. */
export function world(script: Script = {}) {
  const { venue = { most: 3 }, batch, single: one = of, socket, every } = script;
  const { limits = [], latency = 0, atOnce } = script;
  const asked: string[] = [];
  const times: number[] = [];
  const note = (how: string, names: readonly OrderName[]) => {
    times.push(Date.now() - start);
    asked.push(`${how} ${names.map(nameOf).join()}`.trim());
  };
  const { socket: protocol, cancelBatch, ...single } = oxFun;
  const batchCall: BatchCall | undefined =
    venue === 'single' ? undefined : { ...cancelBatch, oneSymbol: false, ...venue };
  const everyCall: CancelEveryCall | undefined = every && {
    of: 'account',
    takesProtective: true,
    request: () => ({ method: 'DELETE', path: '/', headers: {} }),
    read: () => down,
  };
  const session: SocketSession | undefined = socket && {
    async cancel(choose) {
      // Until it is open.
      if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
      const names = choose();
      note('socket', names);
      return socket(names)?.map((reply) => Promise.resolve(reply));
    },
    open: () => Promise.resolve(true),
    follow: () => undefined,
    listen: () => undefined,
    rest: () => undefined,
    close: () => undefined,
  };
  const scripted: Venue = {
    ...single,
    ...(batchCall && { cancelBatch: batchCall }),
    ...(everyCall && { cancelEvery: everyCall }),
    ...(session && { socket: { ...protocol, most: 4 } }),
  };
  const client: AccountClient = {
    venue: scripted,
    ...(session && { socket: session }),
    clock: () => undefined,
    isClockFresh: () => true,
    measureClock: () => Promise.resolve(down),
    async call<Input, Output>(call: Call<Input, Output>, input: Input) {
      const reply = answer(call, input) as Output;
      if (latency > 0) await new Promise((resolve) => setTimeout(resolve, latency));
      return reply;
    },
  };
  function answer(call: unknown, input: unknown): CancelReply | BatchReply | CancelEveryReply {
    if (call === scripted.cancel) {
      note('single', [input as OrderName]);
      return one(input as OrderName);
    }
    if (everyCall && call === everyCall) {
      const symbol = input as string | undefined;
      note(symbol === undefined ? 'every' : `every ${symbol}`, []);
      return every?.(symbol) ?? down;
    }
    expect(call).toBe(batchCall);
    const names = input as readonly BatchName[];
    note('batch', names);
    return batch?.(names) ?? { kind: 'batch', replies: names.map(of) };
  }
  const budgets = limits.map((limit) => createBudget(limit));
  const lane = createLane(budgets, undefined, undefined, undefined, atOnce);
  const sender = createCancelSender(client, lane);
  async function sendAll(
    names: readonly OrderName[],
    how: SendOptions = {},
  ): Promise<readonly CancelReply[]> {
    const replies = Promise.all(names.map((name) => sender.send(name, { gather: true, ...how })));
    await settle();
    return replies;
  }
  return { asked, times, sendAll, sender, lane };
}
