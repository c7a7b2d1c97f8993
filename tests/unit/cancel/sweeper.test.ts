import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SweepRecord } from '#lib/cancel/sweep-world.ts';
import type { Order } from '#lib/domain/order.ts';
import type { OrderFilter } from '#lib/domain/order-filter.ts';
import type { CancelReply, Failure } from '#lib/domain/reply.ts';
import { hasSweepEnded, type SweepId, type SweepPhase, type Tally } from '#lib/domain/sweep.ts';
import { mine, mortal, settle, start, untilIdle } from './cancel-world.ts';
import { openOrder, some, sweepWorld, tallyOf, theirs, type SweepScript } from './sweep-world.ts';

/** “Cancel all”, at a venue that holds a book. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const refused: CancelReply = { kind: 'refused', reason: 'no-right', words: 'FORBIDDEN' };
const down: Failure = { kind: 'unknown', words: 'HTTP 503' };
const plain = (...ids: string[]) => ids.map((id) => openOrder(id));
const numbered = (count: number) =>
  plain(...Array.from({ length: count }, (_, index) => `n${index}`));

/** A world with these orders, as read a moment ago, and a life in it. */
function begun(
  script: SweepScript = {},
  orders: readonly Order[] = plain('a', 'b', 'c'),
  age = 100,
) {
  const world = sweepWorld(script);
  world.place(mine, ...orders);
  world.readBefore(age);
  return { ...world, ...world.live() };
}

describe('it cancels what is meant, and no other', () => {
  const orders = [
    openOrder('one', { symbol: 'A', side: 'buy', createdAt: start - 5000 }),
    openOrder('two', { symbol: 'A', side: 'sell', createdAt: start - 100 }),
    openOrder('three', { symbol: 'B', side: 'buy' }),
    openOrder('four', { symbol: 'B', side: 'sell', protective: true }),
  ];

  test.each<[string, OrderFilter, boolean, string[], string[]]>([
    ['all', {}, false, ['four'], []],
    ['protective ones too', {}, true, [], []],
    ['of a symbol', { symbol: 'A' }, false, ['three', 'four'], ['other']],
    ['of a side', { side: 'sell' }, true, ['one', 'three'], ['other']],
    ['by words', { text: 'thr' }, false, ['one', 'two', 'four'], ['other']],
    ['of an account', { accountId: mine }, true, [], ['other']],
    ['of another account', { accountId: theirs }, true, ['one', 'two', 'three', 'four'], []],
    ['placed before', { placedBefore: start - 1000 }, true, ['two', 'three', 'four'], ['other']],
    ['none', { text: 'nothing like it' }, true, ['one', 'two', 'three', 'four'], ['other']],
  ])('%s', async (_, filter, withProtective, left, leftTheirs) => {
    const world = sweepWorld();
    world.place(mine, ...orders);
    world.place(theirs, openOrder('other', { symbol: 'C' }));
    world.readBefore(100);
    const { sweeper, sweep, unfinished } = world.live();
    await sweeper.begin(filter, withProtective);
    await untilIdle(sweeper);
    expect(world.book()).toEqual(left);
    expect(world.book(theirs)).toEqual(leftTheirs);
    for (const { phase, tally, accountId } of sweep().accounts) {
      expect(phase).toBe('empty');
      expect(some(tally)).toEqual(tallyOf(world.rows(), accountId, sweep().id));
    }
    expect(unfinished).toEqual([true, false]);
  });

  test('the last reading tells how many are open, meant, and kept', async () => {
    const { sweeper, sweep } = begun({}, orders);
    await sweeper.begin({ symbol: 'B' }, false);
    await untilIdle(sweeper);
    expect(sweep().accounts[0]).toMatchObject({
      reading: { readAt: start, open: 3, meant: 0, kept: 1 },
      tally: { cancelled: 1 },
    });
  });

  test('it is written down before anything is sent', async () => {
    const { sweeper, records, log } = begun();
    const id = await sweeper.begin({}, false);
    expect(JSON.parse(records.get(id) ?? '')).toMatchObject({
      sweep: { id, requestedAt: start },
      firstRow: 1,
      begun: [],
    });
    expect(log).toEqual([]);
  });

  test('where it cannot be written down, nothing is sent and none is shown', async () => {
    const { sweeper, records, log, views } = begun();
    vi.spyOn(records, 'set').mockImplementation(() => {
      throw new DOMException('', 'QuotaExceededError');
    });
    await expect(sweeper.begin({}, false)).rejects.toThrow();
    await pass(20_000);
    expect(log).toEqual([]);
    expect(views.flat()).toEqual([]);
  });

  test('where its cancellations cannot be written down, it comes to an end and does not call the account empty', async () => {
    const { sweeper, store, sweep, log } = begun();
    store.addAll = () => Promise.reject(new DOMException('', 'QuotaExceededError'));
    await sweeper.begin({}, false);
    await expect(untilIdle(sweeper)).resolves.toBeUndefined();
    expect(log.filter((line) => line.startsWith('cancel'))).toEqual([]);
    expect(sweep().accounts[0]?.phase).toBe('left');
  });
});

describe('it sweeps', () => {
  test('what was placed meanwhile', async () => {
    const { sweeper, sweep, place, book, rows } = begun({ latency: 200 });
    await sweeper.begin({}, false);
    await pass(100);
    place(mine, ...plain('new'));
    await untilIdle(sweeper);
    expect(book()).toEqual([]);
    expect(rows()).toHaveLength(4);
    expect(sweep().accounts[0]).toMatchObject({ phase: 'empty', tally: { cancelled: 4 } });
  });

  test('what was placed and is not meant stays', async () => {
    const { sweeper, sweep, place, book } = begun({ latency: 200 });
    await sweeper.begin({ symbol: 'A' }, false);
    await pass(100);
    place(mine, openOrder('other', { symbol: 'B' }), openOrder('stop', { protective: true }));
    await untilIdle(sweeper);
    expect(book()).toEqual(['other', 'stop']);
    expect(sweep().accounts[0]).toMatchObject({ phase: 'empty', reading: { open: 2, kept: 1 } });
  });

  test('for ten seconds, however many still come; then some are left', async () => {
    let placed = 0;
    const { sweeper, sweep, place, requests } = begun({
      latency: 50,
      before: (request) => {
        if (request === 'list') place(mine, ...plain(`late-${placed++}`));
      },
    });
    await sweeper.begin({}, false);
    await pass(9000);
    expect(sweep().accounts[0]?.phase).toBe('sweeping');
    await pass(3000);
    expect(sweep().accounts[0]).toMatchObject({ phase: 'left', reading: { meant: 1 } });
    const lists = requests('list');
    await pass(60_000);
    expect(requests('list')).toBe(lists);
    await untilIdle(sweeper);
  });

  test('a refused order is tried three times, and is left', async () => {
    const { sweeper, sweep, requests, book } = begun({
      cancel: (id) => (id === 'b' ? refused : undefined),
    });
    await sweeper.begin({}, false);
    await untilIdle(sweeper);
    expect(requests('cancel b')).toBe(3);
    expect([requests('cancel a'), requests('cancel c')]).toEqual([1, 1]);
    expect(book()).toEqual(['b']);
    expect(sweep().accounts[0]).toMatchObject({
      phase: 'left',
      tally: { cancelled: 2, refused: 1 },
      reading: { meant: 1 },
    });
  });

  test('though some cancels never end: two seconds after the last answer', async () => {
    const { sweeper, sweep, log, canceller } = begun({
      cancel: (id) => (id === 'b' ? { kind: 'accepted', words: 'SUCCESS' } : undefined),
    });
    await sweeper.begin({}, false);
    await pass(20_000);
    const first = log.find((line) => line.startsWith('list'));
    const time = Number(first?.split(' ')[1]);
    expect(time).toBeGreaterThanOrEqual(2000);
    expect(time).toBeLessThan(10_000);
    expect(sweep().accounts[0]?.phase).toBe('left');
    canceller.stop();
  });

  test.each<[string, (time: number) => Failure | undefined, SweepPhase, object]>([
    [
      'never: it is left, and says why',
      () => down,
      'left',
      { reason: 'unreachable', words: 'HTTP 503' },
    ],
    ['not at first', (time) => (time < 2000 ? down : undefined), 'empty', {}],
  ])('the account can be read %s', async (_, list, phase, trouble) => {
    const { sweeper, sweep } = begun({ list });
    await sweeper.begin({ accountId: mine }, false);
    await untilIdle(sweeper);
    expect(sweep().accounts[0]).toMatchObject({ phase, tally: { cancelled: 3 } });
    expect(sweep().accounts[0]?.trouble ?? {}).toEqual(trouble);
    expect(Date.now() - start).toBeLessThan(12_000);
  });

  test('each account by itself: one that cannot be read holds up no other', async () => {
    const world = begun({ cancel: (id) => (id === 'b' ? refused : undefined), latency: 100 });
    world.place(theirs, ...plain('x'));
    world.readBefore(100);
    await world.sweeper.begin({}, false);
    await pass(250);
    expect(world.sweep().accounts.map(({ phase }) => phase)).toEqual(['sweeping', 'empty']);
    await untilIdle(world.sweeper);
  });
});

describe('every order at once', () => {
  const three = plain('a', 'b', 'c');

  test.each<[string, number, SweepScript, string[]]>([
    ['known a moment ago: at once', 100, {}, ['every 0', 'list 0']],
    ['known long ago: read first', 1500, {}, ['list 0', 'every 0', 'list 0']],
    [
      'known long ago and not to be read: one by one',
      3000,
      { list: (time) => (time < 10 ? down : undefined) },
      ['list 0', 'cancel a 0', 'cancel b 0', 'cancel c 0', 'list 0', 'list 400'],
    ],
  ])('%s', async (_, age, script, expected) => {
    const { sweeper, log, book, sweep, rows } = begun({ takesEvery: true, ...script }, three, age);
    await sweeper.begin({ accountId: mine }, false);
    await untilIdle(sweeper);
    expect(log).toEqual(expected);
    expect(book()).toEqual([]);
    expect(sweep().accounts[0]).toMatchObject({ phase: 'empty', tally: { cancelled: 3 } });
    expect(rows()).toHaveLength(3);
  });

  const protectiveOne = openOrder('stop', { protective: true });
  const ofB = ['x', 'y', 'z'].map((id) => openOrder(id, { symbol: 'B' }));
  test.each<[string, Order[], OrderFilter, boolean, string[]]>([
    ['a protective one is kept: not there', [...three, protectiveOne], {}, false, ['stop']],
    [
      'but on another symbol',
      [...three, openOrder('stop', { symbol: 'B', protective: true })],
      {},
      false,
      ['stop'],
    ],
    ['it is meant too', [...three, protectiveOne], {}, true, []],
    ['of a symbol', [...three, ...ofB], { symbol: 'A' }, false, ['x', 'y', 'z']],
    [
      'by a side: never',
      ['a', 'b', 'c'].map((id) => openOrder(id, { side: 'buy' })),
      { side: 'buy' },
      false,
      [],
    ],
    ['by words: never', three, { text: 'a' }, false, []],
    [
      'by time: never',
      ['a', 'b', 'c'].map((id) => openOrder(id, { createdAt: 1 })),
      { placedBefore: 2 },
      false,
      [],
    ],
  ])('%s', async (_, orders, filter, withProtective, left) => {
    const { sweeper, book, log } = begun({ takesEvery: true }, orders);
    await sweeper.begin({ ...filter, accountId: mine }, withProtective);
    await untilIdle(sweeper);
    expect(book().filter((id) => id !== 'b' && id !== 'c')).toEqual(left);
    const { side, text, placedBefore } = filter;
    if (side ?? text ?? placedBefore) {
      expect(log.filter((line) => line.startsWith('every'))).toEqual([]);
    }
  });

  test.each<[string, OrderFilter, Order, string[]]>([
    ['is meant: it goes too', {}, openOrder('new'), []],
    ['is of another symbol: it stays', { symbol: 'A' }, openOrder('new', { symbol: 'B' }), ['new']],
    // Within the three seconds that the reading may be old.
    ['is protective: it goes too', {}, protectiveOne, []],
  ])('what was placed since the reading and %s', async (_, filter, placed, left) => {
    const { sweeper, place, book } = begun({
      takesEvery: true,
      before: (request) => {
        if (request.startsWith('every')) place(mine, placed);
      },
    });
    await sweeper.begin(filter, false);
    await untilIdle(sweeper);
    expect(book()).toEqual(left);
  });

  test('what it took along gets a row of its own', async () => {
    const { sweeper, place, rows, sweep } = begun({
      takesEvery: true,
      before: (request) => {
        if (request === 'every') place(mine, openOrder('new'));
      },
    });
    const id = await sweeper.begin({ accountId: mine }, false);
    await untilIdle(sweeper);
    await pass(5000);
    expect(rows().map(({ ref }) => ref.orderId)).toEqual(['a', 'b', 'c', 'new']);
    expect(rows().every((row) => row.sweep === id && row.at.ended !== undefined)).toBe(true);
    expect(some(sweep().accounts[0]?.tally ?? {})).toEqual(tallyOf(rows(), mine, id));
  });

  test('two are too few: one by one, without a reading first', async () => {
    const { sweeper, log } = begun({ takesEvery: true }, plain('a', 'b'), 60_000);
    await sweeper.begin({ accountId: mine }, false);
    await untilIdle(sweeper);
    expect(log).toEqual(['cancel a 0', 'cancel b 0', 'list 0']);
  });
});

test('the plan says which requests it would be, and sends none', async () => {
  const { sweeper, log } = begun({ takesEvery: true }, numbered(3));
  const shown = (filter: OrderFilter) =>
    sweeper.plan(filter, false, mine).map(({ kind, orders }) => `${kind} ${orders.length}`);
  expect(shown({})).toEqual(['every 3']);
  expect(shown({ text: 'n1' })).toEqual(['single 1']);
  expect(shown({ accountId: theirs })).toEqual([]);
  await pass(1000);
  expect(log).toEqual([]);
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
      // What had been written down is finished.
      const left = ['a', 'b', 'c', 'd'].filter((id) => lived.book().includes(id));
      expect(
        left.filter((id) => [...rows].some((row) => row === id)),
        what,
      ).toEqual([]);
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

const sum = (tally: Tally) => Object.values(tally).reduce((all, count) => all + count, 0);

test('a tally never counts an order twice, though it has been tried three times', async () => {
  const { sweeper, views, rows } = begun(
    { latency: 100, cancel: (id, time) => (id === 'n3' && time < 2000 ? refused : undefined) },
    numbered(15),
  );
  await sweeper.begin({ accountId: mine }, false);
  await untilIdle(sweeper);
  let before = 0;
  for (const [sweep] of views) {
    const now = sum(sweep?.accounts[0]?.tally ?? {});
    expect(now).toBeGreaterThanOrEqual(before);
    before = now;
  }
  expect(rows()).toHaveLength(17);
  expect(before).toBe(15);
});
