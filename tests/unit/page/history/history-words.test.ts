import { expect, test } from 'vitest';
import { momentWords } from '#lib/page/history/history-words.ts';

test('a moment is told to the minute, in local time', () => {
  expect(momentWords(new Date(2026, 10, 24, 9, 5, 59).getTime())).toBe('24 Nov 2026, 09:05');
});
