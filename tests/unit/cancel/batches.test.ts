import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCancelSender } from '#lib/cancel/batches.ts';
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
  OrderName,
  Venue,
} from '#lib/venues/venue.ts';

/** Which cancels go together, and that each is told its own reply: with a client whose answers are a script. */

beforeEach(() => {
  vi.useFakeTimers();
});
afterEach(() => {
  vi.useRealTimers();
});

const order = (id: number, symbol = 'A'): BatchName => ({ orderId: `${id}` as OrderId, symbol });
const orders = (count: number): BatchName[] => Array.from({ length: count }, (_, id) => order(id));
const nameOf = (name: OrderName) =>
  'orderId' in name ? name.orderId : `client ${name.clientOrderId}`;

/** A reply that only this order can have been given. */
const of = (name: OrderName): CancelReply => ({ kind: 'accepted', words: nameOf(name) });
const leftOut = { kind: 'unknown', words: 'the reply leaves this order out' };
const down: Failure = { kind: 'unknown', words: 'HTTP 503' };

interface Script {
  readonly venue?: { readonly most: number; readonly oneSymbol?: boolean } | 'single';
  /** The replies to a batch; by default each order's own. */
  readonly batch?: (names: readonly BatchName[]) => BatchReply;
  /** The replies on the socket; undefined where none can be had. Without it the venue has no socket. */
  readonly socket?: (names: readonly BatchName[]) => readonly CancelReply[] | undefined;
}

/** `asked`: each request with the orders it named. */
function world({ venue = { most: 3 }, batch, socket }: Script = {}) {
  const asked: string[] = [];
  const note = (how: string, names: readonly OrderName[]) =>
    asked.push(`${how} ${names.map(nameOf).join()}`);
  const { socket: protocol, cancelBatch, ...single } = oxFun;
  const batchCall: BatchCall | undefined =
    venue === 'single' ? undefined : { ...cancelBatch, oneSymbol: false, ...venue };
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
    ...(session && { socket: { ...protocol, most: 4 } }),
  };
  const client: AccountClient = {
    venue: scripted,
    ...(session && { socket: session }),
    clock: () => undefined,
    measureClock: () => Promise.resolve(down),
    call<Input, Output>(call: Call<Input, Output>, input: Input) {
      return Promise.resolve(answer(call, input) as Output);
    },
  };
  function answer(call: unknown, input: unknown): CancelReply | BatchReply {
    if (call === scripted.cancel) {
      note('single', [input as OrderName]);
      return of(input as OrderName);
    }
    expect(call).toBe(batchCall);
    const names = input as readonly BatchName[];
    note('batch', names);
    return batch?.(names) ?? { kind: 'batch', replies: names.map(of) };
  }
  const sender = createCancelSender(client);
  async function sendAll(names: readonly OrderName[]): Promise<readonly CancelReply[]> {
    const replies = Promise.all(names.map((name) => sender.send(name)));
    await vi.advanceTimersByTimeAsync(0);
    return replies;
  }
  return { asked, sendAll };
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

test('every send is answered once with its own reply, and every order stands in exactly one request', async () => {
  const name = fc.record({ symbol: fc.constantFrom('A', 'B', 'C'), byClient: fc.boolean() });
  const waves = fc.array(fc.array(name, { maxLength: 25 }), { maxLength: 3 });
  const venue = fc.oneof(
    fc.constant('single' as const),
    fc.record({ most: fc.integer({ min: 1, max: 10 }), oneSymbol: fc.boolean() }),
  );
  const ways = fc.constantFrom('socket', 'no socket can be had', 'no socket');
  await fc.assert(
    fc.asyncProperty(waves, venue, ways, async (given, rules, way) => {
      const { asked, sendAll } = world({
        venue: rules,
        ...(way !== 'no socket' && {
          socket: (names) => (way === 'socket' ? names.map(of) : undefined),
        }),
      });
      let count = 0;
      const symbols = new Map<string, string>();
      const named = given.map((wave) =>
        wave.map(({ symbol, byClient }): OrderName => {
          const id = `${count++}`;
          symbols.set(id, symbol);
          return byClient
            ? { clientOrderId: id as ClientOrderId, symbol }
            : { orderId: id as OrderId, symbol };
        }),
      );
      for (const wave of named) expect(await sendAll(wave)).toEqual(wave.map(of));

      // What was tried in vain over a socket was not sent.
      const requests = asked
        .filter((request) => way === 'socket' || !request.startsWith('socket'))
        .map((request) => {
          const [how = ''] = request.split(' ');
          return { how, names: request.slice(how.length + 1).split(',') };
        });
      const all = named.flat().map(nameOf);
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
