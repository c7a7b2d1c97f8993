import { expect, test } from 'vitest';
import { waitingWords } from '#lib/page/waiting-words.ts';

test.each([
  [undefined, undefined],
  [{ count: 1, isChecking: true }, '1 cancel is still being checked.'],
  [{ count: 2, isChecking: true }, '2 cancels are still being checked.'],
  [{ count: 1, isChecking: false }, '1 cancel waits until you unlock.'],
  [{ count: 40, isChecking: false }, '40 cancels wait until you unlock.'],
])('%o: %s', (waiting, words) => {
  expect(waitingWords({ state: 'locked', ...(waiting && { waiting }) })).toBe(words);
});
