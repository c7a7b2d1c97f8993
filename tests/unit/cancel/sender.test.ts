import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBudget } from '#lib/cancel/budget.ts';
import { createLane } from '#lib/cancel/lane.ts';
import { createCancelSender, type EveryGroup, type SendOptions } from '#lib/cancel/sender.ts';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';
import type { CancelReply, Failure } from '#lib/domain/reply.ts';
import type { AccountClient } from '#lib/venues/account-client.ts';
import { oxFun } from '#lib/venues/ox-fun/ox-fun.ts';
import type { SocketSession } from '#lib/venues/socket-session.ts';
import type {
  BatchCall,
  BatchName,
  BatchReply,
  Call,
  CancelEveryReply,
  Limit,
  OrderName,
  Venue,
} from '#lib/venues/venue.ts';

/** Which cancels go together and in which order, and that each is told its own reply: with a client whose answers are a script. */

const start = 1_700_000_000_000;

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const order = (id: number | string, symbol = 'A'): BatchName => ({
  orderId: `${id}` as OrderId,
  symbol,
});
const orders = (count: number): BatchName[] => Array.from({ length: count }, (_, id) => order(id));
const nameOf = (name: OrderName) =>
  'orderId' in name ? name.orderId : `client ${name.clientOrderId}`;
const settle = () => vi.advanceTimersByTimeAsync(0);
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** A reply that only this order can have been given. */
const of = (name: OrderName): CancelReply => ({ kind: 'accepted', words: nameOf(name) });
const leftOut = { kind: 'unknown', words: 'the reply leaves this order out' };
const withdrawn = { kind: 'unknown', words: 'withdrawn before it was sent' };
const down: Failure = { kind: 'unknown', words: 'HTTP 503' };
const oneASecond: Limit = {
  of: ['cancel', 'message', 'read', 'list'],
  most: 1,
  per: 1000,
  each: 'account',
};

interface Script {
  readonly venue?: { readonly most: number; readonly oneSymbol?: boolean } | 'single';
  /** The replies to a batch; by default each order's own. */
  readonly batch?: (names: readonly BatchName[]) => BatchReply;
  /** The replies on the socket; undefined where none can be had. Without it the venue has no socket. */
  readonly socket?: (names: readonly BatchName[]) => readonly CancelReply[] | undefined;
  /** The reply to every order at once; without it the venue cannot. */
  readonly every?: (symbol: string | undefined) => CancelEveryReply;
  readonly limits?: readonly Limit[];
  /** Every request takes so long. */
  readonly latency?: number;
}

/** `asked`: each request with the orders it named. */
function world(script: Script = {}) {
  const { venue = { most: 3 }, batch, socket, every, limits = [], latency = 0 } = script;
  const asked: string[] = [];
  const times: number[] = [];
  const note = (how: string, names: readonly OrderName[]) => {
    times.push(Date.now() - start);
    asked.push(`${how} ${names.map(nameOf).join()}`.trim());
  };
  const { socket: protocol, cancelBatch, ...single } = oxFun;
  const batchCall: BatchCall | undefined =
    venue === 'single' ? undefined : { ...cancelBatch, oneSymbol: false, ...venue };
  const everyCall: Call<string | undefined, CancelEveryReply> | undefined = every && {
    request: () => ({ method: 'DELETE', path: '/', headers: {} }),
    read: () => down,
  };
  const session: SocketSession | undefined = socket && {
    cancel(names) {
      note('socket', names);
      return Promise.resolve(socket(names)?.map((reply) => Promise.resolve(reply)));
    },
    follow: () => undefined,
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
      return of(input as OrderName);
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
  const lane = createLane(limits.map((limit) => createBudget(limit)));
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

describe('by request', () => {
  test('one goes by itself, as a cancel of one', async () => {
    const { asked, sendAll } = world();
    expect(await sendAll(orders(1))).toEqual(orders(1).map(of));
    expect(asked).toEqual(['single 0']);
  });

  test.each([
    [2, ['batch 0,1']],
    [3, ['batch 0,1,2']],
    [4, ['batch 0,1,2', 'single 3']],
    [7, ['batch 0,1,2', 'batch 3,4,5', 'single 6']],
  ])('%i go in as few requests as the venue takes', async (count, requests) => {
    const { asked, sendAll } = world();
    expect(await sendAll(orders(count))).toEqual(orders(count).map(of));
    expect(asked).toEqual(requests);
  });

  const mixed = [order(0, 'A'), order(1, 'B'), order(2, 'A'), order(3, 'C'), order(4, 'B')];

  test('those of several symbols go apart where the venue wants one', async () => {
    const { asked, sendAll } = world({ venue: { most: 3, oneSymbol: true } });
    expect(await sendAll(mixed)).toEqual(mixed.map(of));
    expect(asked).toEqual(['batch 0,2', 'batch 1,4', 'single 3']);
  });

  test('and together where it does not', async () => {
    const { asked, sendAll } = world({ venue: { most: 5 } });
    expect(await sendAll(mixed)).toEqual(mixed.map(of));
    expect(asked).toEqual(['batch 0,1,2,3,4']);
  });

  test('a venue without batches is asked for each at once', async () => {
    const { asked, sendAll } = world({ venue: 'single' });
    expect(await sendAll(orders(3))).toEqual(orders(3).map(of));
    expect(asked).toEqual(['single 0', 'single 1', 'single 2']);
  });

  test('what is asked later is another request', async () => {
    const { asked, sendAll } = world();
    await sendAll(orders(2));
    await sendAll([order(8), order(9)]);
    expect(asked).toEqual(['batch 0,1', 'batch 8,9']);
  });

  test('what is asked later goes with what still waits', async () => {
    const { asked, times, sendAll } = world({ limits: [oneASecond] });
    void sendAll(orders(4));
    await pass(500);
    void sendAll([order(8), order(9)]);
    await pass(10_000);
    expect(asked).toEqual(['batch 0,1,2', 'batch 3,8,9']);
    expect(times).toEqual([0, 1000]);
  });

  test('one that no other follows does not wait for the others of its turn', async () => {
    const { asked, sender } = world();
    void sender.send(order(0));
    await Promise.resolve();
    await Promise.resolve();
    await Promise.resolve();
    expect(asked).toEqual(['single 0']);
  });

  test('those by client order id go alone', async () => {
    const { asked, sendAll } = world();
    const named = { clientOrderId: '7' as ClientOrderId, symbol: 'A' };
    const all = [order(0), named, order(1)];
    expect(await sendAll(all)).toEqual(all.map(of));
    expect(asked.toSorted()).toEqual(['batch 0,1', 'single client 7']);
  });

  test('each is told its own reply, and one left out that nothing is known', async () => {
    const refused: CancelReply = { kind: 'refused', reason: 'no-right', words: 'no' };
    const { sendAll } = world({
      batch: ([first]) => ({ kind: 'batch', replies: first ? [of(first), refused] : [] }),
    });
    expect(await sendAll(orders(3))).toEqual([of(order(0)), refused, leftOut]);
  });

  test('what became of a request as a whole is told to each of its orders, and to no other', async () => {
    const { sendAll } = world({ batch: () => down });
    expect(await sendAll(orders(4))).toEqual([down, down, down, of(order(3))]);
  });
});

describe('by the socket', () => {
  test('all go over it, as many at a time as it takes, one too', async () => {
    const { asked, sendAll } = world({ socket: (names) => names.map(of) });
    expect(await sendAll(orders(9))).toEqual(orders(9).map(of));
    expect(asked).toEqual(['socket 0,1,2,3', 'socket 4,5,6,7', 'socket 8']);
  });

  test('where the venue has no batches, too', async () => {
    const { asked, sendAll } = world({ venue: 'single', socket: (names) => names.map(of) });
    await sendAll(orders(2));
    expect(asked).toEqual(['socket 0,1']);
  });

  test('those by client order id do not', async () => {
    const { asked, sendAll } = world({ socket: (names) => names.map(of) });
    await sendAll([{ clientOrderId: '7' as ClientOrderId, symbol: 'A' }]);
    expect(asked).toEqual(['single client 7']);
  });

  test('where none can be had they go by request, by its rules', async () => {
    const { asked, sendAll } = world({ socket: () => undefined });
    expect(await sendAll(orders(4))).toEqual(orders(4).map(of));
    expect(asked).toEqual(['socket 0,1,2,3', 'batch 0,1,2', 'single 3']);
  });

  test('what was sent over it is not sent again, whatever is replied', async () => {
    const { asked, sendAll } = world({ socket: () => [down, down] });
    expect(await sendAll(orders(2))).toEqual([down, down]);
    expect(asked).toEqual(['socket 0,1']);
  });

  test('one it has no reply for is told that nothing is known', async () => {
    const { sendAll } = world({ socket: (names) => names.slice(1).map(of) });
    expect(await sendAll(orders(2))).toEqual([of(order(1)), leftOut]);
  });
});

describe('the order of going', () => {
  test('by rank, whatever the order of asking', async () => {
    const { asked, sender } = world({ venue: 'single', limits: [oneASecond] });
    for (const rank of [5, 2, 9, 1, 7]) void sender.send(order(rank), { rank });
    await pass(10_000);
    expect(asked).toEqual(['single 1', 'single 2', 'single 5', 'single 7', 'single 9']);
  });

  test('of the same rank as asked', async () => {
    const { asked, sender } = world({ venue: 'single', limits: [oneASecond] });
    for (const id of ['a', 'b', 'c', 'd']) void sender.send(order(id), { rank: 3 });
    await pass(10_000);
    expect(asked).toEqual(['single a', 'single b', 'single c', 'single d']);
  });

  test('batches are filled by rank', async () => {
    const { asked, sender } = world();
    for (const rank of [5, 2, 9, 1, 7]) void sender.send(order(rank), { rank, gather: true });
    await settle();
    expect(asked).toEqual(['batch 1,2,5', 'batch 7,9']);
  });

  test('what is urgent overtakes all that waits', async () => {
    const { asked, times, sender } = world({ venue: 'single', limits: [oneASecond] });
    for (const rank of [1, 2, 3]) void sender.send(order(rank), { rank });
    await pass(300);
    void sender.send(order('click'), { rank: 99, isUrgent: () => true });
    await pass(10_000);
    expect(asked).toEqual(['single 1', 'single click', 'single 2', 'single 3']);
    expect(times).toEqual([0, 1000, 2000, 3000]);
  });

  test('and takes with it as many of the others as go with it', async () => {
    const { asked, sender } = world({ limits: [oneASecond] });
    for (const rank of [1, 2, 3, 4, 5, 6]) void sender.send(order(rank), { rank, gather: true });
    await pass(300);
    void sender.send(order('click'), { rank: 99, isUrgent: () => true });
    await pass(10_000);
    expect(asked).toEqual(['batch 1,2,3', 'batch click,4,5', 'single 6']);
  });

  test('it goes though six are under way already', async () => {
    const { asked, sender } = world({ venue: 'single', latency: 5000 });
    for (const rank of [1, 2, 3, 4, 5, 6, 7, 8]) void sender.send(order(rank), { rank });
    await pass(100);
    expect(asked).toHaveLength(6);
    void sender.send(order('click'), { rank: 99, isUrgent: () => true });
    await pass(0);
    expect(asked.slice(6)).toEqual(['single click']);
  });

  test('what becomes urgent while it waits does so too', async () => {
    const { asked, sender, lane } = world({ venue: 'single', latency: 5000 });
    const urgent = new Set<number>();
    for (const rank of [1, 2, 3, 4, 5, 6, 7, 8]) {
      void sender.send(order(rank), { rank, isUrgent: () => urgent.has(rank) });
    }
    await pass(100);
    urgent.add(8);
    lane.look();
    await pass(0);
    expect(asked.slice(6)).toEqual(['single 8']);
  });
});

describe('onSend', () => {
  test('is called when the request goes out, in the same turn, and not before', async () => {
    const { asked, times, sender } = world({ venue: 'single', limits: [oneASecond], latency: 50 });
    const sent: string[] = [];
    for (const id of [1, 2, 3]) {
      const onSend = () =>
        sent.push(`${id} at ${Date.now() - start} before request ${asked.length + 1}`);
      void sender.send(order(id), { onSend });
    }
    expect(sent).toEqual([]);
    await pass(10_000);
    expect(sent).toEqual([
      '1 at 0 before request 1',
      '2 at 1050 before request 2',
      '3 at 2100 before request 3',
    ]);
    expect(times).toEqual([0, 1050, 2100]);
  });

  test('is called for each order of a batch, once', async () => {
    const { asked, sendAll } = world();
    const onSend = vi.fn<() => void>();
    await sendAll(orders(4), { onSend });
    expect(onSend).toHaveBeenCalledTimes(4);
    expect(asked).toHaveLength(2);
  });
});

describe('a cancel that is withdrawn', () => {
  test('while it waits is never sent, and answered at once', async () => {
    const { asked, sender } = world({ venue: 'single', limits: [oneASecond] });
    const stop = new AbortController();
    const onSend = vi.fn<() => void>();
    void sender.send(order(0));
    const reply = sender.send(order(1), { signal: stop.signal, onSend });
    void sender.send(order(2));
    await pass(500);
    stop.abort();
    expect(await reply).toEqual(withdrawn);
    await pass(10_000);
    expect(asked).toEqual(['single 0', 'single 2']);
    expect(onSend).not.toHaveBeenCalled();
  });

  test('before it is asked for is not sent either', async () => {
    const { asked, sender } = world();
    expect(await sender.send(order(0), { signal: AbortSignal.abort() })).toEqual(withdrawn);
    await pass(10_000);
    expect(asked).toEqual([]);
  });

  test('when it was sent already is told what was replied', async () => {
    const { sender } = world({ latency: 500 });
    const stop = new AbortController();
    const reply = sender.send(order(0), { signal: stop.signal });
    await pass(100);
    stop.abort();
    await pass(1000);
    expect(await reply).toEqual(of(order(0)));
  });

  test('leaves its place in the batch to another', async () => {
    const { asked, sender } = world();
    const stop = new AbortController();
    for (const each of orders(4)) {
      const how = { gather: true, ...(each.orderId === '1' && { signal: stop.signal }) };
      void sender.send(each, how);
    }
    stop.abort();
    await settle();
    expect(asked).toEqual(['batch 0,2,3']);
  });

  test('and was the only one: what comes later goes as if it had never been', async () => {
    const { asked, sender, lane } = world({ venue: 'single' });
    lane.holdBack('cancel', 1000, start);
    const stop = new AbortController();
    void sender.send(order(0), { signal: stop.signal });
    await settle();
    stop.abort();
    await pass(5000);
    void sender.send(order(1));
    await settle();
    expect(asked).toEqual(['single 1']);
  });
});

const replies = (names: readonly string[], reply: CancelReply = { kind: 'cancelled', words: '' }) =>
  ({ kind: 'every', replies: new Map(names.map((name) => [name, reply])) }) as const;

describe('every order at once', () => {
  const all = orders(4);
  const others: string[][] = [];
  const group = (more: Partial<EveryGroup> = {}): EveryGroup => ({
    size: all.length,
    readAt: start,
    onOthers: (ids) => others.push([...ids]),
    ...more,
  });
  const cancelled = { kind: 'cancelled', words: '' };

  beforeEach(() => {
    others.length = 0;
  });

  test.each<[string, Partial<EveryGroup>, string[]]>([
    ['the whole group waits: one request', {}, ['every']],
    ['of a symbol', { symbol: 'A' }, ['every A']],
    ['the reading is not three seconds old', { readAt: start - 2999 }, ['every']],
    ['it is: in batches', { readAt: start - 3000 }, ['batch 0,1,2', 'single 3']],
    ['one of the group is missing: in batches', { size: 5 }, ['batch 0,1,2', 'single 3']],
  ])('%s', async (_, more, expected) => {
    const { asked, sendAll } = world({ every: () => replies(['0', '1', '2', '3']) });
    const one = group(more);
    await sendAll(all, { group: () => one });
    expect(asked).toEqual(expected);
  });

  test('at a venue without batches it goes one by one where it may not', async () => {
    const { asked, sendAll } = world({ venue: 'single', every: () => replies([]) });
    const one = group({ size: 5 });
    await sendAll(all, { group: () => one });
    expect(asked).toEqual(['single 0', 'single 1', 'single 2', 'single 3']);
  });

  test('at a venue that cannot it goes in batches', async () => {
    const { asked, sendAll } = world();
    const one = group();
    await sendAll(all, { group: () => one });
    expect(asked).toEqual(['batch 0,1,2', 'single 3']);
  });

  test('too old by the time it may go: it goes in batches', async () => {
    const { asked, sendAll, lane } = world({ every: () => replies([]) });
    lane.holdBack('cancel', 3000, start);
    const one = group();
    void sendAll(all, { group: () => one });
    await pass(10_000);
    expect(asked).toEqual(['batch 0,1,2', 'single 3']);
  });

  test('one was withdrawn: the others go in batches, and it is left', async () => {
    const { asked, sender } = world({ every: () => replies([]) });
    const stop = new AbortController();
    const one = group();
    for (const each of all) {
      const signal = each.orderId === '2' ? stop.signal : new AbortController().signal;
      void sender.send(each, { gather: true, group: () => one, signal });
    }
    stop.abort();
    await settle();
    expect(asked).toEqual(['batch 0,1,3']);
  });

  test('one was sent by itself before: the others go in batches', async () => {
    const { asked, sender } = world({ every: () => replies([]) });
    const one = group();
    void sender.send(order(0), { group: () => one });
    await settle();
    for (const each of all.slice(1)) void sender.send(each, { gather: true, group: () => one });
    await settle();
    expect(asked).toEqual(['single 0', 'batch 1,2,3']);
  });

  test('what is not of the group goes by itself', async () => {
    const { asked, sender } = world({ every: () => replies(['0', '1', '2', '3']) });
    const one = group();
    for (const each of all) void sender.send(each, { gather: true, rank: 1, group: () => one });
    void sender.send(order('other', 'B'), { gather: true, rank: 2 });
    await settle();
    expect(asked).toEqual(['every', 'single other']);
  });

  test('two groups are two requests', async () => {
    const { asked, sender } = world({
      every: (symbol) => replies(symbol === 'A' ? ['0', '1', '2'] : ['3', '4', '5']),
    });
    const [a, b] = [group({ symbol: 'A', size: 3 }), group({ symbol: 'B', size: 3 })];
    const sent = orders(6).map((each, index) =>
      sender.send(each, { gather: true, group: () => (index < 3 ? a : b) }),
    );
    await settle();
    expect(asked).toEqual(['every A', 'every B']);
    expect(await Promise.all(sent)).toEqual(sent.map(() => cancelled));
    expect(others).toEqual([]);
  });

  test('each is told its own reply, in whatever case the id is; one left out that nothing is known', async () => {
    const refused: CancelReply = { kind: 'refused', reason: 'no-right', words: 'no' };
    const { sendAll } = world({
      every: () => ({
        kind: 'every',
        replies: new Map<string, CancelReply>([
          ['ab', { kind: 'cancelled', words: '' }],
          ['cd', refused],
        ]),
      }),
    });
    const one = group({ size: 3 });
    const named = ['AB', 'cD', 'ef'].map((id) => order(id));
    expect(await sendAll(named, { group: () => one })).toEqual([cancelled, refused, leftOut]);
    expect(others).toEqual([]);
  });

  test('what became of the request as a whole is told to each', async () => {
    const { sendAll } = world({ every: () => down });
    const one = group();
    expect(await sendAll(all, { group: () => one })).toEqual([down, down, down, down]);
    expect(others).toEqual([]);
  });

  test('ids beyond the group are told as others, unless it did nothing to them', async () => {
    const { sendAll } = world({
      every: () => ({
        kind: 'every',
        replies: new Map<string, CancelReply>([
          ...replies(['0', '1', '2', '3', 'new', 'newer']).replies,
          ['filled', { kind: 'claimed', claim: 'filled', words: '' }],
        ]),
      }),
    });
    const one = group();
    await sendAll(all, { group: () => one });
    expect(others).toEqual([['new', 'newer']]);
  });
});

describe('told to wait', () => {
  const slowDown: Failure = { kind: 'rate-limited', retryAfter: 5000, words: 'TOO_MANY' };

  test('nothing goes out between a 429 and the end of its wait', async () => {
    const { asked, times, sender, lane } = world({
      batch: () => slowDown,
      latency: 100,
    });
    // As the steps of a cancellation do: the hold follows the reply.
    async function attempt(name: OrderName): Promise<void> {
      const reply = await sender.send(name, { gather: true });
      if ('retryAfter' in reply) lane.holdBack('cancel', reply.retryAfter, Date.now());
    }
    for (const each of orders(30)) {
      void attempt(each);
    }
    await pass(5099);
    expect(times).toEqual([0, 0, 0, 0, 0, 0]);
    await pass(1);
    expect(asked.length).toBeGreaterThan(6);
  });
});

test('every send is answered once with its own reply, and every order stands in exactly one request', async () => {
  const name = fc.record({
    symbol: fc.constantFrom('A', 'B', 'C'),
    byClient: fc.boolean(),
    rank: fc.nat(5),
    isUrgent: fc.boolean(),
  });
  const waves = fc.array(fc.array(name, { maxLength: 25 }), { maxLength: 3 });
  const venue = fc.oneof(
    fc.constant('single' as const),
    fc.record({ most: fc.integer({ min: 1, max: 10 }), oneSymbol: fc.boolean() }),
  );
  const ways = fc.constantFrom('socket', 'no socket can be had', 'no socket');
  const limits = fc.constantFrom([], [oneASecond]);
  await fc.assert(
    fc.asyncProperty(waves, venue, ways, limits, async (given, rules, way, limits) => {
      const { asked, sender } = world({
        venue: rules,
        limits,
        ...(way !== 'no socket' && {
          socket: (names) => (way === 'socket' ? names.map(of) : undefined),
        }),
      });
      let count = 0;
      const symbols = new Map<string, string>();
      const sent: { readonly name: OrderName; readonly reply: Promise<CancelReply> }[] = [];
      for (const wave of given) {
        for (const { symbol, byClient, rank, isUrgent } of wave) {
          const id = `${count++}`;
          symbols.set(id, symbol);
          const name: OrderName = byClient
            ? { clientOrderId: id as ClientOrderId, symbol }
            : { orderId: id as OrderId, symbol };
          const reply = sender.send(name, { gather: true, rank, isUrgent: () => isUrgent });
          sent.push({ name, reply });
        }
        await pass(1500);
      }
      await pass(200_000);
      for (const { name, reply } of sent) expect(await reply).toEqual(of(name));

      // What was tried in vain over a socket was not sent.
      const requests = asked
        .filter((request) => way === 'socket' || !request.startsWith('socket'))
        .map((request) => {
          const [how = ''] = request.split(' ');
          return { how, names: request.slice(how.length + 1).split(',') };
        });
      const all = sent.map(({ name }) => nameOf(name));
      expect(requests.flatMap(({ names }) => names).toSorted()).toEqual(all.toSorted());
      for (const { how, names } of requests) {
        if (how === 'single') expect(names).toHaveLength(1);
        if (how === 'socket') expect(names.length).toBeLessThanOrEqual(4);
        if (how !== 'batch' || rules === 'single') continue;
        expect(names.length).toBeGreaterThan(1);
        expect(names.length).toBeLessThanOrEqual(rules.most);
        const theirs = new Set(names.map((id) => symbols.get(id)));
        if (rules.oneSymbol) expect(theirs.size).toBe(1);
      }
    }),
  );
});
