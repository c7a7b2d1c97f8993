import { expect, test } from 'vitest';
import { momentWords, searchedToWords } from '#lib/page/history/history-words.ts';

test.each([
  [new Date(2026, 10, 3, 0, 0).getTime(), 'Searched back to 3 November 2026'],
  [new Date(2025, 1, 28, 23, 59).getTime(), 'Searched back to 28 February 2025'],
  [undefined, 'Searching'],
])('%s: %s', (time, words) => {
  expect(searchedToWords(time)).toBe(words);
});

test('a moment is told to the minute, in local time', () => {
  expect(momentWords(new Date(2026, 10, 24, 9, 5, 59).getTime())).toBe('24 Nov 2026, 09:05');
});
