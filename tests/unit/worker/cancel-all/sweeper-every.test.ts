import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Order } from '#lib/domain/order.ts';
import type { OrderFilter } from '#lib/domain/order-filter.ts';
import { mine, pass, start, untilIdle } from '#tests/unit/worker/cancel/cancel-world.ts';
import { openOrder, some, tallyOf, type SweepScript } from './sweep-world.ts';
import { begun, plain } from './sweeper-world.ts';
import { down } from './sweeper-world.ts';

/** “Cancel all” where a venue takes every order of an account, or of a symbol, in one request. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
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

  test.each([
    ['stays where protective ones are kept and one by one is quick too', false, 0, ['stop']],
    ['goes where they are meant', true, 1, []],
  ])('a stop placed since the reading %s', async (_, withProtective, times, left) => {
    const { sweeper, place, book, requests } = begun({
      takesEvery: true,
      onlyWithProtective: true,
      before: (request) => {
        if (/^(?:every|cancel a)/.test(request)) place(mine, protectiveOne);
      },
    });
    await sweeper.begin({ accountId: mine }, withProtective);
    await untilIdle(sweeper);
    expect(book()).toEqual(left);
    expect(requests('every')).toBe(times);
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

  test('what it took along is asked for by its symbol where the venue needs that', async () => {
    const kept = openOrder('same', { symbol: 'B', protective: true });
    const { sweeper, place, rows, log, book } = begun(
      {
        takesEvery: true,
        needsSymbol: true,
        before: (request) => {
          if (request === 'every A') place(mine, openOrder('new'));
        },
      },
      [...three, kept],
    );
    await sweeper.begin({ accountId: mine }, false);
    await untilIdle(sweeper);
    await pass(5000);
    expect(log.map((line) => line.replace(/ \d+$/, ''))).toContain('every A');
    expect(rows().map(({ ref }) => `${ref.orderId} ${ref.symbol}`)).toEqual([
      'a A',
      'b A',
      'c A',
      'new A',
    ]);
    expect(rows().map(({ state }) => state)).not.toContain('refused');
    expect(book()).toEqual(['same']);
  });

  test('no order is taken by its id alone where the venue needs a symbol', async () => {
    const { sweeper, log } = begun({ takesEvery: true, needsSymbol: true }, [...three, ...ofB]);
    await sweeper.begin({ accountId: mine }, true);
    await untilIdle(sweeper);
    expect(log.filter((line) => line.startsWith('every'))).toEqual(['every A 0', 'every B 0']);
  });

  test('two are too few: one by one, without a reading first', async () => {
    const { sweeper, log } = begun({ takesEvery: true }, plain('a', 'b'), 60_000);
    await sweeper.begin({ accountId: mine }, false);
    await untilIdle(sweeper);
    expect(log).toEqual(['cancel a 0', 'cancel b 0', 'list 0']);
  });
});
