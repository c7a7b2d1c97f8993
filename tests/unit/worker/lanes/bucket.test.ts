import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBucket } from '#lib/worker/lanes/bucket.ts';
import type { LeakingLimit, RequestKind } from '#lib/venues/limits.ts';

// A request in three seconds, fifteen at once.
const bucket: LeakingLimit = {
  of: ['read', 'list'],
  most: 15,
  leak: 1 / 3,
  per: 45_000,
  each: 'account',
};
/** So small that its fifth, kept for cancels, is one request. */
const shared: LeakingLimit = { ...bucket, of: ['cancel', 'read'], most: 5, leak: 1, per: 5000 };

function filled(limit: LeakingLimit, kind: RequestKind, count: number, repliedAt = 0) {
  const budget = createBucket(limit);
  for (let index = 0; index < count; index++) budget.take(kind, 0)(repliedAt);
  return budget;
}

describe('how long a request waits', () => {
  test.each<[string, number, number, number]>([
    ['empty', 0, 0, 0],
    ['room for one more', 14, 0, 0],
    ['full: until one has leaked out', 15, 0, 3000],
    ['a second later', 15, 1000, 2000],
    ['the moment it has', 15, 3000, 0],
    ['long after', 15, 90_000, 0],
  ])('%s', (_, count, now, expected) => {
    expect(filled(bucket, 'read', count).wait('read', now)).toBeCloseTo(expected, 6);
  });

  test('what it does not count goes at once', () => {
    const budget = filled(bucket, 'read', 15);
    expect(budget.wait('cancel', 0)).toBe(0);
    expect(budget.left('cancel', 0)).toBe(Infinity);
  });

  test('readings leave to cancels what is kept for them', () => {
    const budget = filled(shared, 'read', 4);
    expect([budget.wait('read', 0), budget.wait('cancel', 0)]).toEqual([1000, 0]);
    // One that has come to nothing again and again is none of those.
    expect(budget.wait('cancel', 0, false, true)).toBe(1000);
  });

  test('what is heavier than all of it goes when it is empty', () => {
    const heavy = { ...bucket, weights: { list: 40 } };
    expect(createBucket(heavy).wait('list', 0)).toBe(0);
    expect(filled(heavy, 'read', 1).wait('list', 0)).toBeCloseTo(3000, 6);
  });

  test('a slow reply counts from its coming; what was not sent counts not at all', () => {
    const slow = createBucket(bucket);
    slow.take('read', 0)(9000);
    expect(slow.left('read', 9000)).toBe(14);
    const unsent = createBucket(bucket);
    unsent.take('read', 0)();
    expect(unsent.left('read', 0)).toBe(15);
  });

  test('what the venue tells counts where it is more than was known', () => {
    const budget = filled(bucket, 'read', 3);
    budget.learn(10, 0);
    budget.learn(2, 0);
    expect(budget.left('read', 0)).toBe(5);
  });

  test('a clock that is set back an hour makes nobody wait an hour', () => {
    const budget = createBucket(bucket);
    for (let count = 0; count < 15; count++) budget.take('read', 3_600_000)(3_600_000);
    expect(budget.wait('read', 0)).toBeCloseTo(3000, 6);
  });
});

test('its state is all there is', () => {
  const budget = filled(bucket, 'read', 15);
  const state = JSON.parse(JSON.stringify(budget.state())) as ReturnType<typeof budget.state>;
  expect(createBucket(bucket, state).wait('read', 1000)).toBe(budget.wait('read', 1000));
  const copy = budget.copy();
  copy.take('read', 0);
  expect(budget.wait('read', 0)).toBeCloseTo(3000, 6);
});

test('no venue that leaks so ever overflows, whenever it counts a request between its sending and its reply', () => {
  const request = fc.record({
    gap: fc.integer({ min: 0, max: 5000 }),
    took: fc.integer({ min: 0, max: 2000 }),
    counted: fc.double({ min: 0, max: 1, noNaN: true }),
  });
  fc.assert(
    fc.property(fc.array(request, { maxLength: 60 }), (requests) => {
      const budget = createBucket(bucket);
      let now = 0;
      let [level, leaked] = [0, 0];
      for (const { gap, took, counted } of requests) {
        now += gap;
        now += budget.wait('read', now) + 0.001;
        const reply = budget.take('read', now);
        const at = now + took * counted;
        level = Math.max(0, level - ((at - leaked) * bucket.leak) / 1000) + 1;
        leaked = at;
        expect(level).toBeLessThanOrEqual(bucket.most + 1e-6);
        now += took;
        reply(now);
      }
    }),
  );
});
