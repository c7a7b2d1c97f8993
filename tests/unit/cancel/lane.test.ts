import { expect, test } from 'vitest';
import { createLane } from '#lib/cancel/lane.ts';

type Kind = 'cancel' | 'read';

/** Each hold-back: of which kind, for how long, told when. Then the waits at a moment: cancels, reads. */
test.each<[string, [Kind, number, number][], number, [number, number]]>([
  ['nothing held back', [], 100, [0, 0]],
  ['a read’s 429 stops reads alone', [['read', 1000, 100]], 100, [0, 1000]],
  ['a cancel’s 429 stops both', [['cancel', 1000, 100]], 100, [1000, 1000]],
  ['part of the wait is over', [['cancel', 1000, 100]], 700, [400, 400]],
  ['the wait ends on time', [['cancel', 1000, 100]], 1100, [0, 0]],
  ['and stays over', [['cancel', 1000, 100]], 9000, [0, 0]],
  [
    'a shorter word does not shorten it',
    [
      ['cancel', 5000, 0],
      ['cancel', 10, 50],
    ],
    100,
    [4900, 4900],
  ],
  [
    'a longer word lengthens it',
    [
      ['cancel', 100, 0],
      ['cancel', 5000, 50],
    ],
    100,
    [4950, 4950],
  ],
  [
    'reads keep their own longer wait',
    [
      ['read', 60_000, 0],
      ['cancel', 1000, 0],
    ],
    0,
    [1000, 60_000],
  ],
  [
    'cancels are not held by a later read',
    [
      ['cancel', 1000, 0],
      ['read', 60_000, 0],
    ],
    0,
    [1000, 60_000],
  ],
])('%s', (_, held, now, expected) => {
  const lane = createLane();
  for (const [kind, retryAfter, at] of held) lane.holdBack(kind, retryAfter, at);
  expect([lane.wait('cancel', now), lane.wait('read', now)]).toEqual(expected);
});
