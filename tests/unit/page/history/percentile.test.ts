import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { percentile, summarize } from '#lib/page/history/percentile.ts';

const upTo = (count: number) => Array.from({ length: count }, (_, index) => index + 1);

test.each<[number[], number | undefined, number | undefined]>([
  [[], undefined, undefined],
  [[7], 7, 7],
  [[7, 9], 7, 9],
  [[9, 7, 8], 8, 9],
  [[4, 1, 3, 2], 2, 4],
  [upTo(19), 10, 19],
  [upTo(20), 10, 19],
  [upTo(21), 11, 20],
  [upTo(100), 50, 95],
  [upTo(101), 51, 96],
  [upTo(220), 110, 209],
  [[0, 0, 0, 0, 3000], 0, 3000],
])('%j: median %s, p95 %s', (times, median, p95) => {
  expect(summarize(times)).toEqual(
    median === undefined ? undefined : { count: times.length, median, p95 },
  );
});

describe('laws', () => {
  const times = fc.array(fc.nat(100_000), { minLength: 1, maxLength: 60 });
  const sorted = times.map((each) => each.toSorted((a, b) => a - b));
  const percent = fc.integer({ min: 1, max: 100 });

  test('it is one of the times: so many of 100 do not exceed it, and fewer are under it', () => {
    fc.assert(
      fc.property(sorted, percent, (all, of) => {
        const value = percentile(all, of) ?? -1;
        expect(all).toContain(value);
        const least = (of * all.length) / 100;
        expect(all.filter((each) => each <= value).length).toBeGreaterThanOrEqual(least);
        expect(all.filter((each) => each < value).length).toBeLessThan(least);
      }),
    );
  });

  test('it hangs neither on the order in which they come, nor on how often all of them do', () => {
    fc.assert(
      fc.property(times, (all) => {
        const { median, p95 } = summarize(all) ?? {};
        expect(summarize(all.toReversed())).toMatchObject({ median, p95 });
        expect(summarize([...all, ...all])).toMatchObject({ median, p95 });
      }),
    );
  });

  test('of more it is never less, and of all it is the greatest', () => {
    fc.assert(
      fc.property(sorted, percent, percent, (all, one, other) => {
        const [less = -1, more = -1] = [Math.min(one, other), Math.max(one, other)].map((of) =>
          percentile(all, of),
        );
        expect(more).toBeGreaterThanOrEqual(less);
        expect(percentile(all, 100)).toBe(all.at(-1));
      }),
    );
  });
});
