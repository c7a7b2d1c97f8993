import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Failure } from '#lib/domain/reply.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { pass, settle, start } from '#tests/unit/worker/cancel/cancel-world.ts';
import { of, oneASecond, order, orders, world } from './sender-world.ts';

/** A cancel that waits: it is told when it goes out, can be withdrawn until then, and stays where a venue said to wait. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const withdrawn = { kind: 'unknown', note: { code: 'withdrawn' } };

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
  test('while the socket is coming to be open does not go over it, the others do', async () => {
    const stop = new AbortController();
    const { asked, sender } = world({ socket: (names) => names.map(of), latency: 100 });
    let isLate = false;
    const replies = orders(3).map((each) =>
      sender.send(each, {
        gather: true,
        // The machine has slept meanwhile, which is seen only then.
        ...(each.orderId === '0' && { onTurn: () => isLate && stop.abort() }),
        ...(each.orderId === '1' && { signal: stop.signal }),
      }),
    );
    await pass(50);
    isLate = true;
    await pass(100);
    expect(await Promise.all(replies)).toEqual([of(order(0)), withdrawn, of(order(2))]);
    expect(asked).toEqual(['socket 0,2']);
  });

  test('meanwhile, and was the only one, says nothing of whether the venue still asks to wait', async () => {
    const { asked, sender, lane } = world({ socket: (names) => names.map(of), latency: 100 });
    const stop = new AbortController();
    lane.holdBack('cancel', 60_000, start);
    const reply = sender.send(order(0), { signal: stop.signal, isForced: () => true });
    await pass(50);
    stop.abort();
    await pass(100);
    expect(await reply).toEqual(withdrawn);
    expect(asked).toEqual(['socket']);
    expect(lane.told('cancel', Date.now())).toBeGreaterThan(59_000);
  });

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

  test('on the second way, after others have gone it, is answered at once', async () => {
    const { asked, sender } = world({
      venue: { most: 2 },
      socket: () => undefined,
      limits: [oneASecond],
    });
    const stop = new AbortController();
    const [, , last] = orders(3).map((each) =>
      sender.send(each, { gather: true, ...(each.orderId === '2' && { signal: stop.signal }) }),
    );
    let reply: unknown;
    void last?.then((told) => (reply = told));
    await pass(1500);
    stop.abort();
    await settle();
    expect(reply).toEqual(withdrawn);
    await pass(10_000);
    expect(asked).toEqual(['socket 0,1,2', 'batch 0,1']);
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

describe('told to wait', () => {
  const slowDown: Failure = { kind: 'rate-limited', retryAfter: 5000, said: ['TOO_MANY'] };

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

  test('those that are too many for a limit of orders go at once, as many as pass', async () => {
    const tooMany: Failure = { kind: 'rate-limited', retryAfter: 8000, ofOrders: true };
    const sendings: number[] = [];
    const { asked, times, sender } = world({
      venue: { most: 50 },
      atOnce: 1,
      batch: (names) => (names.length > 7 ? tooMany : { kind: 'batch', replies: names.map(of) }),
      latency: 10,
    });
    const stop = new AbortController();
    const sending = orders(50).map((name, index) =>
      sender.send(name, {
        gather: true,
        ...(index === 30 && { signal: stop.signal }),
        onSend: () => sendings.push(index),
      }),
    );
    await pass(5);
    stop.abort();
    await pass(1000);
    expect(asked.slice(0, 4).map((line) => line.split(',').length)).toEqual([50, 25, 13, 7]);
    expect(asked.every((line, index) => index < 4 || line.split(',').length <= 14)).toBe(true);
    // Nothing had been asked to wait: a second is enough for all.
    expect(times.at(-1)).toBeLessThan(1000);
    const replies = await Promise.all(sending);
    expect(replies).toEqual(
      orders(50).map((name, index) =>
        index === 30 ? { kind: 'unknown', note: { code: 'withdrawn' } } : of(name),
      ),
    );
    // For each it was one sending.
    expect(sendings.toSorted((a, b) => a - b)).toEqual(Array.from({ length: 50 }, (_, i) => i));
  });

  test('one that the user wants sent all the same goes again so too, where it was refused among others', async () => {
    const tooMany: Failure = { kind: 'rate-limited', retryAfter: 8000, ofOrders: true };
    const { asked, sender, lane } = world({ atOnce: 1, batch: () => tooMany });
    lane.holdBack('cancel', 60_000, start);
    let isForced = false;
    const onSend = () => (isForced = false);
    const forced = sender.send(order(0), { isForced: () => isForced, onSend });
    void sender.send(order(1));
    await pass(100);
    expect(asked).toEqual([]);
    isForced = true;
    lane.look();
    await pass(100);
    expect(asked.slice(0, 2)).toEqual(['batch 0,1', 'single 0']);
    expect(await forced).toEqual(of(order(0)));
  });

  test('a single one that is too much for it waits, and all others with it', async () => {
    const { times, sendAll } = world({
      venue: { most: 2 },
      atOnce: 1,
      batch: () => ({ kind: 'rate-limited', retryAfter: 8000, ofOrders: true }),
      single: () => ({ kind: 'rate-limited', retryAfter: 8000, ofOrders: true }),
    });
    void sendAll(orders(3));
    await pass(7999);
    expect(times).toEqual([0, 0]);
    await pass(1);
    expect(times).toEqual([0, 0, 8000]);
  });
});
