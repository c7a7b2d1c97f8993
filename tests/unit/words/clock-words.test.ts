import { expect, test } from 'vitest';
import { clockWords, shortClockWords } from '#lib/words/clock-words.ts';

test.each<[offset: number, uncertainty: number, long: string, short?: string]>([
  [0, 12, 'Your clock agrees with BtcTurk’s to 12 ms'],
  [-12, 12, 'Your clock agrees with BtcTurk’s to 12 ms'],
  [-13, 12, 'Your clock is 13 ms ahead of BtcTurk’s', 'Your clock is 13 ms ahead'],
  [999, 12, 'Your clock is 999 ms behind BtcTurk’s'],
  [3000, 12, 'Your clock is 3.0 s behind BtcTurk’s', 'Your clock is 3.0 s behind'],
  // Read to the second, it is told to the second.
  [300, 512, 'Your clock agrees with BtcTurk’s to about 1 s'],
  [3240, 512, 'Your clock is about 3 s behind BtcTurk’s', 'Your clock is about 3 s behind'],
  [-700, 512, 'Your clock is about 1 s ahead of BtcTurk’s', 'Your clock is about 1 s ahead'],
])('%i ± %i ms', (offset, uncertainty, long, short) => {
  expect(clockWords({ offset, uncertainty }, 'BtcTurk')).toBe(long);
  if (short) expect(shortClockWords({ offset, uncertainty })).toBe(short);
});
