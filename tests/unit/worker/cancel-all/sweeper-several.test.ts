import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  mine,
  mortal,
  pass,
  settle,
  start,
  untilIdle,
} from '#tests/unit/worker/cancel/cancel-world.ts';
import { openOrder, some, sweepWorld, tallyOf } from './sweep-world.ts';
import { begun, numbered, plain, refused } from './sweeper-world.ts';

/** “Cancel all” that is stopped, closed, or one of several. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('stop', () => {
  test('what was not sent is not sent; what was sent goes on to its end', async () => {
    const { sweeper, sweep, rows, log, book } = begun({ latency: 1000 }, numbered(10));
    const id = await sweeper.begin({ accountId: mine }, false);
    await pass(100);
    await sweeper.stop(id);
    expect(sweep()).toMatchObject({ stoppedAt: start + 100 });
    await untilIdle(sweeper);
    await pass(60_000);
    expect(log).toHaveLength(6);
    expect(book()).toHaveLength(4);
    expect(some(sweep().accounts[0]?.tally ?? {})).toEqual({ cancelled: 6, stopped: 4 });
    expect(tallyOf(rows(), mine, id)).toEqual({ cancelled: 6, stopped: 4 });
    expect(sweep().accounts[0]?.phase).toBe('stopped');
  });

  test('while it sweeps: nothing more is read or cancelled', async () => {
    const { sweeper, sweep, log, book, place } = begun({ latency: 100 });
    const id = await sweeper.begin({ accountId: mine }, false);
    await pass(50);
    place(mine, openOrder('new'));
    await pass(100);
    await sweeper.stop(id);
    await untilIdle(sweeper);
    await pass(60_000);
    expect(log.filter((line) => line.startsWith('cancel'))).toHaveLength(3);
    expect(book()).toEqual(['new']);
    expect(sweep().accounts[0]?.phase).toBe('stopped');
  });

  test('a reading under way that shows none is said all the same', async () => {
    const { sweeper, sweep } = begun({ latency: 100 });
    const id = await sweeper.begin({ accountId: mine }, false);
    await pass(150);
    await sweeper.stop(id);
    await untilIdle(sweeper);
    expect(sweep().accounts[0]).toMatchObject({ phase: 'empty', reading: { meant: 0 } });
  });

  test('after the end nothing changes', async () => {
    const { sweeper, sweep } = begun();
    const id = await sweeper.begin({}, false);
    await untilIdle(sweeper);
    await sweeper.stop(id);
    expect(sweep().accounts.map(({ phase }) => phase)).toEqual(['empty', 'empty']);
    expect(sweep()).not.toHaveProperty('stoppedAt');
  });

  test('an account that had ended before stays as it ended', async () => {
    const { sweeper, sweep } = begun({ cancel: () => refused });
    const id = await sweeper.begin({}, false);
    await pass(10);
    await sweeper.stop(id);
    await untilIdle(sweeper);
    expect(sweep().accounts.map(({ phase }) => phase)).toEqual(['stopped', 'empty']);
  });

  test('the next life knows it', async () => {
    const world = sweepWorld({ latency: 1000 });
    world.place(mine, ...numbered(10));
    world.readBefore(100);
    const worker = mortal(Infinity);
    const first = world.live(worker);
    const id = await first.sweeper.begin({ accountId: mine }, false);
    await pass(100);
    await first.sweeper.stop(id);
    first.sweeper.halt();
    first.canceller.stop();
    const second = world.live();
    await second.sweeper.load();
    await second.canceller.resume();
    second.sweeper.resume();
    await untilIdle(second.sweeper);
    expect(world.requests('list')).toBe(0);
    expect(second.sweep().accounts[0]?.phase).toBe('stopped');
    expect(some(second.sweep().accounts[0]?.tally ?? {})).toEqual({ cancelled: 6, stopped: 4 });
  });
});

describe('several', () => {
  test('at once, on the same orders: each order is cancelled once, and both come to their end', async () => {
    const { sweeper, sweep, log, book } = begun({ latency: 500 }, numbered(10));
    const first = await sweeper.begin({ accountId: mine }, false);
    await pass(100);
    const second = await sweeper.begin({ accountId: mine, symbol: 'A' }, false);
    await untilIdle(sweeper);
    expect(log.filter((line) => line.startsWith('cancel'))).toHaveLength(10);
    expect(book()).toEqual([]);
    for (const id of [first, second]) {
      expect(sweep(id).accounts[0]).toMatchObject({ phase: 'empty', tally: { cancelled: 10 } });
    }
  });

  test('on different orders: each counts its own', async () => {
    const orders = [...plain('a', 'b'), openOrder('c', { symbol: 'B' })];
    const { sweeper, sweep } = begun({ latency: 500 }, orders);
    const a = await sweeper.begin({ symbol: 'A', accountId: mine }, false);
    const b = await sweeper.begin({ symbol: 'B', accountId: mine }, false);
    await untilIdle(sweeper);
    expect([a, b].map((id) => some(sweep(id).accounts[0]?.tally ?? {}))).toEqual([
      { cancelled: 2 },
      { cancelled: 1 },
    ]);
  });

  test('one that is stopped stops no other', async () => {
    const { sweeper, sweep, book } = begun({ latency: 500 }, numbered(10));
    const first = await sweeper.begin({ accountId: mine }, false);
    const second = await sweeper.begin({ accountId: mine }, false);
    await pass(100);
    await sweeper.stop(first);
    await untilIdle(sweeper);
    expect(book()).toEqual([]);
    expect(sweep(first).accounts[0]?.phase).toBe('stopped');
    expect(sweep(second).accounts[0]?.phase).toBe('empty');
  });

  test('a new one takes the place of those that are over', async () => {
    const { sweeper, sweep, views, records } = begun();
    const first = await sweeper.begin({}, false);
    await untilIdle(sweeper);
    const second = await sweeper.begin({}, false);
    expect(views.at(-1)?.map(({ id }) => id)).toEqual([second]);
    expect([...records.keys()]).toEqual([second]);
    expect(() => sweep(first)).toThrow();
    await untilIdle(sweeper);
  });
});

describe('close', () => {
  test('forgets one that has ended', async () => {
    const { sweeper, views, records } = begun();
    const id = await sweeper.begin({}, false);
    await untilIdle(sweeper);
    await sweeper.close(id);
    await settle();
    expect(views.at(-1)).toEqual([]);
    expect(records.size).toBe(0);
  });

  test('leaves one that goes on', async () => {
    const { sweeper, views, records } = begun({ latency: 500 });
    const id = await sweeper.begin({}, false);
    await sweeper.close(id);
    expect(views.at(-1)?.map((sweep) => sweep.id)).toEqual([id]);
    expect(records.size).toBe(1);
    await untilIdle(sweeper);
  });
});
