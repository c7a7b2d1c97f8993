import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { durationScale } from '#lib/page/history/duration-scale.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

test.each<[number[], 'linear' | 'log', number[]]>([
  [[], 'linear', [0, 1]],
  [[0], 'linear', [0, 1]],
  [[4], 'linear', [0, 1, 2, 3, 4]],
  [[37], 'linear', [0, 10, 20, 30, 40]],
  [[30, 90], 'linear', [0, 20, 40, 60, 80, 100]],
  [[30, 300], 'linear', [0, 100, 200, 300]],
  [[150, 1400], 'linear', [0, 500, 1000, 1500]],
  [[20 * second, 100 * second], 'linear', [0, 20, 40, 60, 80, 100].map((each) => each * second)],
  [[30, 301], 'log', [20, 50, 100, 200, 500]],
  [[30, 1200], 'log', [30, 100, 300, 1000]],
  [[0, 40], 'log', [1, 2, 5, 10, 20, 50]],
  [[12, 30 * second], 'log', [10, 100, second, 10 * second]],
  [[8, 14 * hour], 'log', [100, 10 * second, 20 * minute]],
  [[minute, 20 * day], 'log', [2 * minute, 10 * minute, hour, 6 * hour, day, 5 * day]],
])('%j: %s, %j', (durations, kind, ticks) => {
  const scale = durationScale(durations);
  expect([scale.kind, scale.ticks]).toEqual([kind, ticks]);
});

describe('laws', () => {
  /** From next to nothing to the longest that the history shows, short ones as often as long ones. */
  const duration = fc
    .tuple(fc.integer({ min: 0, max: 9 }), fc.nat(999))
    .map(([digits, mantissa]) => Math.min(Math.round((mantissa / 100) * 10 ** digits), 31 * day));
  const durations = fc.array(duration, { minLength: 1, maxLength: 20 });

  test('every duration stands on the axis', () => {
    fc.assert(
      fc.property(durations, (all) => {
        const { share } = durationScale(all);
        for (const each of all) {
          expect(share(each)).toBeGreaterThanOrEqual(0);
          expect(share(each)).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });

  test('a longer one never stands below a shorter one', () => {
    fc.assert(
      fc.property(durations, duration, duration, (all, one, other) => {
        const { share } = durationScale(all);
        expect(share(Math.max(one, other))).toBeGreaterThanOrEqual(share(Math.min(one, other)));
      }),
    );
  });

  test('there are two to six ticks, they rise, and they stand on the axis', () => {
    fc.assert(
      fc.property(durations, (all) => {
        const { ticks, share } = durationScale(all);
        expect(ticks.length).toBeGreaterThanOrEqual(2);
        expect(ticks.length).toBeLessThanOrEqual(6);
        expect(ticks).toEqual([...new Set(ticks)].toSorted((a, b) => a - b));
        for (const tick of ticks) {
          expect(share(tick)).toBeGreaterThanOrEqual(0);
          expect(share(tick)).toBeLessThanOrEqual(1 + 1e-9);
        }
      }),
    );
  });

  test('it is as high as it need be: the greatest stands in the upper half', () => {
    fc.assert(
      fc.property(durations, (all) => {
        fc.pre(Math.max(...all) > 0);
        expect(durationScale(all).share(Math.max(...all))).toBeGreaterThanOrEqual(0.5);
      }),
    );
  });
});
