import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import type { HistoryRow } from '#lib/protocol/messages.ts';
import { joinPages, type HistoryPages } from '#lib/page/history/history-pages.ts';

const rows = (...numbers: number[]) => numbers.map((row) => ({ row }) as HistoryRow);
const numbersOf = (pages: Pick<HistoryPages, 'rows'>) => pages.rows.map(({ row }) => row);

test('the first page is all there is', () => {
  const page = { rows: rows(9, 8), newest: 9, next: 8 };
  expect(joinPages(undefined, page, undefined)).toEqual(page);
});

test('a later page comes below', () => {
  const known = { rows: rows(9, 8), newest: 9, next: 8 };
  const joined = joinPages(known, { rows: rows(7, 6), newest: 7 }, 8);
  expect(numbersOf(joined)).toEqual([9, 8, 7, 6]);
  expect([joined.newest, joined.next]).toEqual([9, undefined]);
});

test('the first page read again forgets nothing of those below, nor how far they go', () => {
  const joined = joinPages(
    { rows: rows(9, 8, 7, 6), newest: 9, next: 6 },
    { rows: rows(10, 9), newest: 10, next: 9 },
    undefined,
  );
  expect([numbersOf(joined), joined.newest, joined.next]).toEqual([[10, 9, 8, 7, 6], 10, 6]);
});

test('what the first page leaves out is no longer found', () => {
  const known = { rows: rows(9, 8, 7), newest: 9, next: 7 };
  const shorter = { rows: rows(9, 7), newest: 9, next: 7 };
  expect(numbersOf(joinPages(known, shorter, undefined))).toEqual([9, 7]);
  expect(numbersOf(joinPages(known, { rows: rows(9), newest: 9 }, undefined))).toEqual([9]);
});

test('no row is passed over: after a leap the pages begin anew', () => {
  const known = { rows: rows(9, 8), newest: 9, next: 8 };
  const page = { rows: rows(99, 98), newest: 99, next: 98 };
  expect(joinPages(known, page, undefined)).toEqual(page);
});

test('a search that has found nothing yet has come as far as it has', () => {
  const first = { rows: [], newest: 9000, next: 7001, searchedTo: 70 };
  const second = joinPages(first, { rows: [], newest: 7000, next: 5001, searchedTo: 50 }, 7001);
  expect(second).toEqual({ rows: [], newest: 9000, next: 5001, searchedTo: 50 });
  const again = joinPages(second, { ...first, newest: 9001 }, undefined);
  expect(again).toEqual({ ...second, newest: 9001 });
  // Two thousand more have come: rows between the two were looked at by neither.
  const later = { ...first, newest: 11_002, next: 9003 };
  expect(joinPages(second, later, undefined)).toEqual(later);
});

test('whatever is read in whatever order, nothing is missing between the first and where it goes on', () => {
  const found = fc.uniqueArray(fc.integer({ min: 1, max: 300 }), { maxLength: 60 });
  const steps = fc.array(fc.oneof(fc.constant('on' as const), fc.nat(80)), { maxLength: 12 });
  fc.assert(
    fc.property(found, steps, fc.integer({ min: 1, max: 40 }), (matching, reads, stretch) => {
      let newest = 100;
      /** What a worker answers that looks through so many rows at a time. */
      const page = (before = newest + 1): HistoryPages => {
        const from = Math.max(before - stretch, 1);
        const inside = matching.filter((row) => row >= from && row < before);
        return {
          rows: rows(...inside.toSorted((a, b) => b - a)),
          newest: before - 1,
          ...(from > 1 && { next: from }),
        };
      };
      let known = joinPages(undefined, page(), undefined);
      for (const step of reads) {
        if (step === 'on') {
          if (known.next !== undefined) known = joinPages(known, page(known.next), known.next);
        } else {
          newest = Math.min(newest + step, 300);
          known = joinPages(known, page(), undefined);
        }
        const from = known.next ?? 1;
        const expected = matching.filter((row) => row >= from && row <= newest);
        expect(numbersOf(known)).toEqual(expected.toSorted((a, b) => b - a));
      }
    }),
  );
});
