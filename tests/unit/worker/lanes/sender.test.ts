import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { pass, settle, start } from '#tests/unit/worker/cancel/cancel-world.ts';
import { down, leftOut, nameOf, of, oneASecond, order, orders, world } from './sender-world.ts';

/** Which cancels go together and in which order, and that each is told its own reply: with a client whose answers are a script. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

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
    const refused: CancelReply = { kind: 'refused', reason: 'no-right', said: ['no'] };
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
