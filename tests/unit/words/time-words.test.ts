import { expect, test } from 'vitest';
import { dateTimeWords, freshReadWords, laterWords } from '#lib/words/moment-words.ts';
import type { OrdersView } from '#lib/protocol/view.ts';
import { durationWords, readingWords, readWords, secondsWords } from '#lib/words/time-words.ts';

test.each([
  [-5000, '0 s'],
  [0, '0 s'],
  [59_999, '59 s'],
  [60_000, '1 min'],
  [3_599_999, '59 min'],
  [3_600_000, '1 h'],
  [86_399_999, '23 h'],
  [86_400_000, '1 d'],
  [10 * 86_400_000, '10 d'],
])('%i ms is %s', (milliseconds, words) => {
  expect(durationWords(milliseconds)).toBe(words);
});

test.each([
  [1, '1 s'],
  [99, '99 s'],
  [100, '2 min'],
  [5940, '99 min'],
  [5941, '2 h'],
])('%i s to wait are %s', (seconds, words) => {
  expect(secondsWords(seconds)).toBe(words);
});

test.each([
  [undefined, 'not read yet'],
  [5000, 'read just now'],
  [4001, 'read just now'],
  [4000, 'read 1 s ago'],
  [2000, 'read 3 s ago'],
  [6000, 'read just now'],
])('read at %s, now 5000: %s', (readAt, words) => {
  expect(readWords(readAt, 5000)).toBe(words);
});

test.each<[Partial<OrdersView> | undefined, string]>([
  [undefined, 'not read yet'],
  [{}, 'not read yet'],
  [{ reading: true }, 'reading'],
  [{ reading: true, coming: 0 }, 'none so far, reading'],
  [{ reading: true, coming: 31 }, '31 of more, reading'],
  // What was read whole before is what is told of.
  [{ readAt: 2000, reading: true, coming: 31 }, 'read 3 s ago'],
])('%j: %s', (reading, words) => {
  const view = reading && { orders: [], reading: false, ...reading };
  expect(readingWords(view, 5000)).toBe(words);
});

test.each([
  [0, '+0 ms'],
  [123, '+123 ms'],
  [4200, '+4.2 s'],
  [180_000, '+3 min'],
])('%i ms later: %s', (later, words) => {
  expect(laterWords(1000, 1000 + later)).toBe(words);
});

test('a moment is told to the millisecond, in local time', () => {
  expect(dateTimeWords(new Date(2026, 2, 3, 14, 5, 9, 7).getTime())).toMatch(
    /^3 Mar 2026,? (at )?14:05:09\.007$/,
  );
});

test.each([
  [100_000, 'read 0.0 s ago'],
  [99_600, 'read 0.4 s ago'],
  [90_010, 'read 9.9 s ago'],
  [90_000, 'read 10 s ago'],
  // The worker's clock is this machine's, but the page's time is that of its last tick.
  [100_300, 'read 0.0 s ago'],
])('read at %i, freshly told at 100000: %s', (readAt, words) => {
  expect(freshReadWords(readAt, 100_000)).toBe(words);
});
