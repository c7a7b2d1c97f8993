import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SweepRecord } from '#lib/worker/cancel-all/sweep-needs.ts';
import type { OrderFilter } from '#lib/domain/order-filter.ts';
import { hasSweepEnded } from '#lib/domain/sweep.ts';
import type { SweepId } from '#lib/domain/cancellation.ts';
import {
  mine,
  mortal,
  pass,
  settle,
  start,
  untilIdle,
} from '#tests/unit/worker/cancel/cancel-world.ts';
import { openOrder, some, sweepWorld, tallyOf, type SweepScript } from './sweep-world.ts';
import { begun, numbered, plain, refused } from './sweeper-world.ts';

/** “Cancel all” whose worker dies or is halted, and what the next life makes of it. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the worker dies', () => {
  interface Lives {
    readonly death: number;
    readonly script?: SweepScript;
    /** Between the two lives. */
    readonly meanwhile?: (world: ReturnType<typeof sweepWorld>) => Promise<void> | void;
    readonly filter?: OrderFilter;
  }

  const orders = [
    ...plain('a', 'b', 'c'),
    openOrder('d', { symbol: 'B' }),
    openOrder('stop', { symbol: 'B', protective: true }),
  ];

  /** How a sweep stands after a life that ends at this point, and another one. */
  async function liveTwice({ death, script = {}, meanwhile, filter = { accountId: mine } }: Lives) {
    const world = sweepWorld(script);
    world.place(mine, ...orders);
    world.readBefore(100);
    const worker = mortal(death);
    const first = world.live(worker);
    let id: SweepId | undefined;
    void first.sweeper.begin(filter, false).then((begun) => (id = begun));
    for (let passed = 0; passed < 60 && !worker.isDead(); passed++) await pass(250);
    await settle();
    const hadEnded = [...world.records.values()].some((record) =>
      hasSweepEnded((JSON.parse(record) as SweepRecord).sweep),
    );
    await meanwhile?.(world);

    const second = world.live();
    await second.sweeper.load();
    await second.canceller.resume();
    second.sweeper.resume();
    // Idle by then, or it hangs.
    await pass(45_000);
    return { ...world, ...second, id, hadEnded, died: worker.isDead() };
  }

  const slow: Record<string, SweepScript> = {
    'at a venue that answers at once': {},
    'at one that takes its time': { latency: 700 },
    'at one that can cancel every order': { takesEvery: true },
    'where an order is refused': { cancel: (each) => (each === 'b' ? refused : undefined) },
  };

  test.each(Object.entries(slow))(
    '%s, at every point: no order is left out, and the tally is right',
    async (name, script) => {
      let lastDeath = 0;
      for (let death = 1; death <= 120; death++) {
        vi.setSystemTime(start);
        const lived = await liveTwice({ death, script });
        if (!lived.died) break;
        lastDeath = death;
        const what = `death ${death}`;
        const record = [...lived.records.values()][0];
        // Before it was written down nothing was promised, and nothing was sent.
        if (record === undefined) {
          expect(lived.log, what).toEqual([]);
          expect(lived.id, what).toBeUndefined();
          continue;
        }
        const stays = name.includes('refused') ? ['b', 'stop'] : ['stop'];
        expect(lived.book(), what).toEqual(stays);
        const { accounts, id } = lived.sweep();
        expect(accounts, what).toMatchObject([{ phase: stays.length > 1 ? 'left' : 'empty' }]);
        expect(some(accounts[0]?.tally ?? {}), what).toEqual(tallyOf(lived.rows(), mine, id));
        expect(await lived.store.unfinished(), what).toEqual([]);
        expect(JSON.parse(record), what).toMatchObject({ sweep: { id } });
        const rows = lived.rows().map(({ ref }) => `${ref.orderId}`);
        if (stays.length === 1) expect(rows.toSorted(), what).toEqual(['a', 'b', 'c', 'd']);
        expect(lived.requests('cancel stop'), what).toBe(0);
        expect(lived.unfinished.at(-1), what).not.toBe(true);
      }
      expect(lastDeath).toBeGreaterThanOrEqual(20);
      expect(lastDeath).toBeLessThan(120);
    },
  );

  const minute = 60_000;
  test.each<[string, number, boolean]>([
    ['within a minute: what was placed meanwhile is meant', minute - 5000, true],
    ['after more than that it takes in nothing new', minute + 5000, false],
  ])('and the next life comes %s', async (_, silence, isMeant) => {
    for (let death = 1; death <= 120; death++) {
      vi.setSystemTime(start);
      const lived = await liveTwice({
        death,
        script: { latency: 700 },
        async meanwhile({ place, readBefore }) {
          place(mine, openOrder('new'));
          await pass(silence);
          readBefore(100);
        },
      });
      if (!lived.died) break;
      if (lived.records.size === 0 || lived.hadEnded) continue;
      const what = `death ${death}`;
      const rows = new Set(lived.rows().map(({ ref }) => ref.orderId));
      expect(lived.book().includes('new'), what).toBe(!isMeant);
      // What had been written down is finished; after a minute what is still open waits for the user's word.
      const left = ['a', 'b', 'c', 'd'].filter((id) => lived.book().includes(id));
      const lapsed = lived
        .rows()
        .filter((row) => row.lapsed)
        .map(({ ref }) => `${ref.orderId}`);
      expect(
        left.filter((id) => [...rows].some((row) => row === id)),
        what,
      ).toEqual(isMeant ? [] : lapsed.toSorted());
      if (isMeant) expect(lapsed, what).toEqual([]);
      expect(lived.sweep().accounts[0]?.phase, what).toBe(isMeant ? 'empty' : 'left');
      if (!isMeant) {
        const wished = lived.requests('list');
        await pass(30_000);
        expect(lived.requests('list'), what).toBe(wished);
      }
    }
  });

  test('what was not sent goes together again in the next life', async () => {
    const world = sweepWorld({ takesEvery: true });
    world.place(mine, ...numbered(5));
    world.readBefore(100);
    const first = world.live();
    first.lane?.holdBack('cancel', 2000, start);
    await first.sweeper.begin({ accountId: mine }, false);
    await settle();
    const record = JSON.parse([...world.records.values()][0] ?? '') as SweepRecord;
    expect(record.begun).toEqual([mine]);
    first.sweeper.halt();
    first.canceller.stop();
    await pass(3000);
    world.readBefore(100);
    const second = world.live();
    second.lane?.holdBack('cancel', 100, Date.now());
    await second.sweeper.load();
    await second.canceller.resume();
    second.sweeper.resume();
    await untilIdle(second.sweeper);
    expect(world.log.map((line) => line.split(' ')[0])).toEqual(['every', 'list']);
    expect(world.rows()).toHaveLength(5);
  });

  test('one that had ended is shown as it ended, and sends nothing', async () => {
    const world = begun();
    await world.sweeper.begin({ accountId: mine }, false);
    await untilIdle(world.sweeper);
    await settle();
    const sent = world.log.length;
    const next = world.live();
    await next.sweeper.load();
    await next.canceller.resume();
    next.sweeper.resume();
    await pass(30_000);
    expect(next.sweep().accounts).toMatchObject([{ phase: 'empty', tally: { cancelled: 3 } }]);
    expect(world.log).toHaveLength(sent);
  });
});

describe('halt', () => {
  test('takes no further step', async () => {
    const { sweeper, canceller, log, views } = begun({ latency: 500 }, numbered(10));
    await sweeper.begin({ accountId: mine }, false);
    await pass(100);
    sweeper.halt();
    canceller.stop();
    const shown = views.length;
    await pass(60_000);
    expect(log).toHaveLength(6);
    expect(views).toHaveLength(shown);
  });
});
