import { expect, test } from 'vitest';
import { suggestedLabel } from '#lib/page/options/suggested-label.ts';

test.each([
  [[], 'BtcTurk'],
  [['Ripio Trade', 'BtcTurk main'], 'BtcTurk'],
  [['BtcTurk'], 'BtcTurk 2'],
  [['BtcTurk 2'], 'BtcTurk'],
  [['BtcTurk 3', 'BtcTurk', 'BtcTurk 2'], 'BtcTurk 4'],
])('with %j there already: %s', (taken, label) => {
  expect(suggestedLabel('BtcTurk', taken)).toBe(label);
});
