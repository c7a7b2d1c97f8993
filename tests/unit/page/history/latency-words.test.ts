import { expect, test } from 'vitest';
import { cancelsWords, gapsWords, noneWords, plotWords } from '#lib/page/history/latency-words.ts';
import { now } from '#tests/unit/support/view-world.ts';

const cancels = Array.from({ length: 4200 }, () => ({ clicked: now }));
const system = { venue: 'btcturk', environment: 'live', cancels } as const;

test.each([
  [1, '1 cancel'],
  [38, '38 cancels'],
  [4200, '4,200 cancels'],
])('%i: %s', (count, words) => {
  expect(cancelsWords(count)).toBe(words);
});

test('what is not in the numbers', () => {
  const readBackTo = new Date(2026, 10, 24, 9, 5, 7, 12).getTime();
  expect(gapsWords({ systems: [system], removed: 0 })).toEqual([]);
  expect(gapsWords({ systems: [system], removed: 1 })).toEqual([
    '1 cancel went to accounts that you have removed; at which venue is not known any more.',
  ]);
  expect(gapsWords({ systems: [system], removed: 3, readBackTo })).toEqual([
    'There are more: these are the newest 4,203 cancels, back to 24 Nov 2026, 09:05.',
    '3 cancels went to accounts that you have removed; at which venue is not known any more.',
  ]);
});

test('in the place of a plot', () => {
  expect(noneWords(0, 7)).toBe('No cancel was sent in the last 7 days.');
  expect(noneWords(2, 7)).toBe('None of them was accepted, and none is proven.');
});

test('for who does not see it', () => {
  expect(plotWords('BtcTurk', cancels.slice(0, 2))).toBe(
    'BtcTurk: 2 cancels over time, each with how long it took. The table has the numbers.',
  );
});
