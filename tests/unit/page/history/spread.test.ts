import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { spread } from '#lib/page/history/spread.ts';

test.each<[number[], number[]]>([
  [[], []],
  [[30], [30]],
  [
    [30, 60],
    [30, 60],
  ],
  [
    [30, 35],
    [30, 42],
  ],
  [
    [35, 30],
    [42, 30],
  ],
  [
    [98, 99],
    [88, 100],
  ],
  [
    [5, 5, 5, 5],
    [5, 17, 29, 41],
  ],
  [
    [-20, 200],
    [0, 100],
  ],
])('%j become %j', (places, expected) => {
  expect(spread(places, 12, [0, 100])).toEqual(expected);
});

describe('laws', () => {
  const places = fc.array(fc.integer({ min: 0, max: 100 }), { maxLength: 8 });

  test('none is nearer than the gap to another, and none leaves the stretch', () => {
    fc.assert(
      fc.property(places, (all) => {
        const sorted = spread(all, 12, [0, 100]).toSorted((a, b) => a - b);
        for (const [index, each] of sorted.entries()) {
          expect(each).toBeGreaterThanOrEqual(0);
          expect(each).toBeLessThanOrEqual(100);
          if (index > 0) expect(each - (sorted[index - 1] ?? 0)).toBeGreaterThanOrEqual(12);
        }
      }),
    );
  });

  test('they keep their order, and what has room stays', () => {
    fc.assert(
      fc.property(places, (all) => {
        const after = spread(all, 12, [0, 100]);
        for (const [one, place] of all.entries()) {
          for (const [other, second] of all.entries()) {
            if (place < second) expect(after[one]).toBeLessThan(after[other] ?? 0);
          }
        }
        expect(spread(after, 12, [0, 100])).toEqual(after);
      }),
    );
  });
});
