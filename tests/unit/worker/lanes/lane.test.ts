import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBudget } from '#lib/worker/lanes/create-budget.ts';
import { createLane } from '#lib/worker/lanes/lane.ts';
import type { Limit, RequestKind } from '#lib/venues/limits.ts';
import { venues } from '#lib/venues/venues.ts';
import { start, shared, crowd, settle, pass, numbers, own } from './lane-world.ts';

/** Which request goes next, and when. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('cancels go before reads', () => {
  test.each<[string, Limit[]]>([
    ['without limits', []],
    ['at one a second for both', [shared(1)]],
    ['at ten a second for both', [shared(10)]],
    ['at three a minute for both', [shared(3, 60_000)]],
    ['with a limit of each one’s own', [...venues.btcturk.limits]],
    ['by weight', [...venues.ztdx.limits]],
    ['at Ripio Trade', [...venues.ripio.limits]],
    ['at OX.FUN', [...venues['ox-fun'].limits]],
  ])(
    'a hundred reads wait, then the user cancels: it goes next and at once, %s',
    async (_, limits) => {
      const { come, went, names, urgent } = crowd(limits);
      urgent.add('cancel');
      for (const index of numbers(100)) come(`read-${index}`, 'read');
      await settle();
      const before = went.length;
      expect(before).toBeLessThan(5);
      come('cancel', 'cancel');
      await settle();
      expect(names().slice(before)).toEqual(['cancel']);
      expect(went.at(-1)).toBe('cancel 0');
    },
  );

  test('at one a second a cancel of many goes next too, when there is room', async () => {
    const { come, went } = crowd([shared(1)]);
    for (const index of numbers(100)) come(`read-${index}`, 'read', 30);
    await settle();
    come('cancel', 'cancel', 30);
    await pass(1100);
    expect(went).toEqual(['read-0 0', 'cancel 1030']);
  });

  test('so do many cancels, among reads that are replied to all the while', async () => {
    const { come, names } = crowd([shared(10)]);
    for (const index of numbers(100)) come(`read-${index}`, 'read', 30);
    await pass(1500);
    const before = names().length;
    for (const index of numbers(30)) come(`cancel-${index}`, 'cancel', 30);
    await pass(60_000);
    expect(names().slice(before, before + 30)).toEqual(
      numbers(30).map((index) => `cancel-${index}`),
    );
    expect(names()).toHaveLength(130);
  });

  test('whatever waits and whenever it comes, none that waits is passed by a read of the same limit', async () => {
    const come = fc.record({ isCancel: fc.boolean(), gap: fc.nat(400), latency: fc.nat(900) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(come, { maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        async (all, most) => {
          const lane = createLane([createBudget(shared(most))]);
          const waiting = new Set<number>();
          /** Cancels that waited when a read went. */
          const passed: number[] = [];
          const gone: number[] = [];
          async function enter(index: number, isCancel: boolean, latency: number): Promise<void> {
            const leave = await lane.enter(isCancel ? 'cancel' : 'read');
            waiting.delete(index);
            if (!isCancel) passed.push(...waiting);
            gone.push(index);
            setTimeout(leave, latency);
          }
          for (const [index, { isCancel, gap, latency }] of all.entries()) {
            if (isCancel) waiting.add(index);
            void enter(index, isCancel, latency);
            await pass(gap);
          }
          await pass(200_000);
          expect(passed).toEqual([]);
          expect(gone.toSorted((a, b) => a - b)).toEqual([...all.keys()]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a read does not take room that a waiting cancel needs', async () => {
    const { come, went, leave } = crowd([shared(20)]);
    for (const index of numbers(7)) come(`cancel-${index}`, 'cancel');
    come('read', 'read');
    await pass(500);
    expect(went).toHaveLength(6);
    await leave('cancel-0');
    expect(went.slice(6)).toEqual(['cancel-6 500', 'read 500']);
  });

  test('a read of another limit need not wait for it', async () => {
    const { come, went } = crowd([own('cancel'), own('read')]);
    for (const index of numbers(7)) come(`cancel-${index}`, 'cancel');
    come('read', 'read');
    await settle();
    expect(went.at(-1)).toBe('read 0');
  });
});

describe('what is urgent', () => {
  test('goes before what is not, and is not held up by what is under way', async () => {
    const { come, names, urgent, leave } = crowd();
    for (const index of numbers(10)) come(`cancel-${index}`, 'cancel');
    await settle();
    expect(names()).toHaveLength(6);
    urgent.add('click');
    come('click', 'cancel');
    await settle();
    expect(names().slice(6)).toEqual(['click']);
    await leave('cancel-0');
    // The one by itself is under way too.
    expect(names()).toHaveLength(7);
    await leave('cancel-1');
    expect(names().slice(7)).toEqual(['cancel-6']);
  });

  test('goes first when the limit lets one go', async () => {
    const { come, names, urgent } = crowd([shared(1)]);
    for (const index of numbers(4)) come(`cancel-${index}`, 'cancel', 10);
    urgent.add('click');
    come('click', 'cancel', 10);
    await pass(10_000);
    expect(names()).toEqual(['cancel-0', 'click', 'cancel-1', 'cancel-2', 'cancel-3']);
  });

  test('may become so while it waits', async () => {
    const { come, names, urgent, lane } = crowd();
    for (const index of numbers(10)) come(`cancel-${index}`, 'cancel');
    await settle();
    urgent.add('cancel-8');
    lane.look();
    await settle();
    expect(names().slice(6)).toEqual(['cancel-8']);
  });

  test('a list without which no cancel can be sent goes before the cancels that wait', async () => {
    const { come, names, urgent } = crowd([shared(1)]);
    for (const index of numbers(3)) come(`cancel-${index}`, 'cancel', 10);
    await settle();
    urgent.add('list');
    come('list', 'list', 10);
    await pass(1100);
    expect(names().slice(0, 2)).toEqual(['cancel-0', 'list']);
  });

  test('keeps to the limit and to what was told', async () => {
    const { come, went, urgent, lane } = crowd([shared(1)]);
    urgent.add('first').add('second');
    come('first', 'cancel', 0);
    come('second', 'cancel', 0);
    await settle();
    lane.holdBack('cancel', 4000, Date.now());
    await pass(3999);
    expect(went).toEqual(['first 0']);
    await pass(1);
    expect(went).toEqual(['first 0', 'second 4000']);
  });
});

describe('under way at once are', () => {
  test.each<[string, RequestKind, number]>([
    ['six cancels', 'cancel', 6],
    ['six messages', 'message', 6],
    ['two reads', 'read', 2],
    ['two lists', 'list', 2],
  ])('%s; the next goes when one is replied to', async (_, kind, most) => {
    const { come, names, leave } = crowd();
    for (const index of numbers(most + 2)) come(`${index}`, kind);
    await pass(60_000);
    expect(names()).toEqual(numbers(most).map(String));
    await leave('1');
    expect(names().slice(most)).toEqual([`${most}`]);
  });
});
