import { UserError } from '#lib/domain/user-error.ts';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OrderFilter } from '#lib/domain/order-filter.ts';
import type { Failure } from '#lib/domain/reply.ts';
import type { SweepPhase, Tally } from '#lib/domain/sweep.ts';
import { mine, pass, start, untilIdle } from '#tests/unit/worker/cancel/cancel-world.ts';
import { openOrder, some, sweepWorld, tallyOf, theirs } from './sweep-world.ts';
import { begun, numbered, plain, refused } from './sweeper-world.ts';
import { down } from './sweeper-world.ts';

/** “Cancel all”, at a venue that holds a book. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

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

  test('what cannot be written down is not sent, and the account is left', async () => {
    const { sweeper, sweep, store, requests } = begun();
    vi.spyOn(store, 'addAll').mockRejectedValue(new Error('disk full'));
    await sweeper.begin({ accountId: mine }, false);
    await untilIdle(sweeper);
    expect(sweep().accounts).toMatchObject([{ phase: 'left', failure: { code: 'not-written' } }]);
    expect(requests('cancel')).toBe(0);
  });

  test('one that is taken over by a later version is left, too', async () => {
    const { sweeper, sweep, store } = begun();
    const newer = new UserError('database-newer', 'Nothing was sent.');
    vi.spyOn(store, 'addAll').mockRejectedValue(newer);
    await sweeper.begin({ accountId: mine }, false);
    await untilIdle(sweeper);
    expect(sweep().accounts).toMatchObject([{ phase: 'left', failure: { code: 'not-written' } }]);
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
      cancel: (id) => (id === 'b' ? { kind: 'accepted', said: ['SUCCESS'] } : undefined),
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
      { reason: 'unreachable', note: { code: 'http', status: 503 } },
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
