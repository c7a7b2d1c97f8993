import { expect, test } from 'vitest';
import type { HistoryRow } from '#lib/protocol/messages.ts';
import { joinPages } from '#lib/page/history/history-pages.ts';

const rows = (...numbers: number[]) => numbers.map((row) => ({ row }) as HistoryRow);
const numbersOf = ({ rows }: { rows: readonly HistoryRow[] }) => rows.map(({ row }) => row);

test('the first page is all there is', () => {
  expect(joinPages(undefined, { rows: rows(9, 8), next: 8 }, undefined)).toEqual({
    rows: rows(9, 8),
    next: 8,
  });
});

test('a later page comes below', () => {
  const joined = joinPages({ rows: rows(9, 8), next: 8 }, { rows: rows(7, 6) }, 8);
  expect(numbersOf(joined)).toEqual([9, 8, 7, 6]);
  expect(joined.next).toBeUndefined();
});

test('the first page read again forgets nothing of those below, nor how far they go', () => {
  const joined = joinPages(
    { rows: rows(9, 8, 7, 6), next: 6 },
    { rows: rows(10, 9), next: 9 },
    undefined,
  );
  expect([numbersOf(joined), joined.next]).toEqual([[10, 9, 8, 7, 6], 6]);
});

test('what the first page leaves out is no longer found', () => {
  const known = { rows: rows(9, 8, 7), next: 7 };
  expect(numbersOf(joinPages(known, { rows: rows(9, 7), next: 7 }, undefined))).toEqual([9, 7]);
  expect(numbersOf(joinPages(known, { rows: rows(9) }, undefined))).toEqual([9]);
});

test('no row is passed over: after a leap the pages begin anew', () => {
  const known = { rows: rows(9, 8), next: 8 };
  expect(joinPages(known, { rows: rows(99, 98), next: 98 }, undefined)).toEqual({
    rows: rows(99, 98),
    next: 98,
  });
});
