import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Limit, RequestKind } from '#lib/venues/limits.ts';
import { venues } from '#lib/venues/venues.ts';
import { createBudget } from '#lib/worker/lanes/create-budget.ts';
import { createLane, type Lane } from '#lib/worker/lanes/lane.ts';

/** A whole number of every limit’s grains: nothing is rounded. */
const now = 1_700_000_100_000;

beforeEach(() => vi.useFakeTimers({ now }));
afterEach(() => vi.useRealTimers());

const laneOf = (limits: readonly Limit[]) => createLane(limits.map((limit) => createBudget(limit)));

/** So many requests go out and are answered at once. */
async function spend(lane: Lane, kind: RequestKind, count: number): Promise<void> {
  // One after the other, as the lane lets them go.
  // oxlint-disable-next-line no-await-in-loop
  for (let sent = 0; sent < count; sent++) (await lane.enter(kind))();
}

const second: Limit = { of: ['cancel'], most: 10, per: 1000, each: 'address' };
const minute: Limit = { of: ['cancel'], most: 300, per: 60_000, each: 'address' };
const readings: Limit = { of: ['list'], most: 1, per: 60_000, each: 'address' };

describe('what is left to cancels', () => {
  test('is that of the limit of which least is left', async () => {
    const lane = laneOf([second, minute, readings]);
    await spend(lane, 'cancel', 4);
    expect(lane.room('cancel')).toEqual({ left: 6, most: 10, per: 1000, at: now });
    await vi.advanceTimersByTimeAsync(1000);
    expect(lane.room('cancel')).toMatchObject({ left: 296, most: 300, per: 60_000 });
  });

  test('is that of the longest where nothing was asked for', () => {
    expect(laneOf([second, minute]).room('cancel')).toMatchObject({ left: 300, per: 60_000 });
    expect(laneOf([minute, second]).room('cancel')).toMatchObject({ left: 300, per: 60_000 });
  });

  test('tells when the next may go, where none may now', async () => {
    const lane = laneOf([second]);
    await spend(lane, 'cancel', 10);
    expect(lane.room('cancel')).toMatchObject({ left: 0, freeAt: now + 1000 });
    await vi.advanceTimersByTimeAsync(1000);
    expect(lane.room('cancel')).not.toHaveProperty('freeAt');
  });

  test('counts cancels, whatever each weighs', async () => {
    const weighty = laneOf([
      { ...minute, of: ['cancel', 'list'], weights: { cancel: 5, list: 40 } },
    ]);
    expect(weighty.room('cancel')).toMatchObject({ left: 60, most: 60 });
    await spend(weighty, 'list', 1);
    expect(weighty.room('cancel')).toMatchObject({ left: 52, most: 60 });
  });

  test('is not known where no limit counts them', () => {
    expect(laneOf([readings]).room('cancel')).toBeUndefined();
    expect(laneOf(venues['habit-trade'].limits).room('cancel')).toBeUndefined();
  });
});

test.each<[keyof typeof venues, accounts: number, time: number]>([
  ['btcturk', 1, 200],
  ['btcturk', 3, 600],
  ['ztdx', 1, 1250],
  ['ztdx', 2, 2500],
  ['ox-fun', 1, 150],
  // None is documented.
  ['habit-trade', 1, 0],
  // One request a second, which is for cancels.
  ['ripio', 1, Infinity],
])(
  'on %s, %i accounts: a list takes up %d ms of what is left to readings',
  (venue, accounts, time) => {
    expect(laneOf(venues[venue].limits).readingTime('list', accounts)).toBe(time);
  },
);

test('what is counted for each account is not shared', () => {
  const lane = laneOf([{ ...minute, of: ['list'], each: 'account' }]);
  expect(lane.readingTime('list', 3)).toBe(200);
});
