import { describe, expect, test } from 'vitest';
import type { Facts, Light } from '#lib/domain/readiness.ts';
import { advice } from '#lib/words/advice.ts';
import { lightName, readinessWords } from '#lib/words/readiness-words.ts';

const now = 1_700_000_000_000;
const ago = (seconds: number) => now - seconds * 1000;

const well: Facts = {
  workedAt: ago(3),
  readAt: ago(4),
  clock: { offset: 3, uncertainty: 20, at: ago(40) },
  roundTrips: { took: [40.4, 44, 42], at: ago(3) },
  room: { left: 290, most: 300, per: 60_000, at: ago(3) },
  right: { has: true, at: ago(7200) },
  stream: 'live',
};
const { right: _, ...rightUnseen } = well;

describe('the sentence', () => {
  test.each<[Facts, Light, string, advice: RegExp | string | undefined]>([
    [well, 'good', 'Ready, answers in 42 ms', undefined],
    [{}, 'unknown', 'Not all checked yet', /^Refresh in the popup/],
    [{ ...well, workedAt: ago(190) }, 'unknown', 'Not checked for 3 min', /^Refresh in the popup/],
    [rightUnseen, 'unknown', 'Answers; right to cancel not seen yet', /the first cancel does/],
    [
      { ...well, heldUntil: now + 29_500 },
      'warn',
      'Asks to wait 30 s with cancels',
      /“Send now” on a row/,
    ],
    [
      { ...well, room: { left: 0, most: 300, per: 60_000, at: now, freeAt: now + 12_000 } },
      'warn',
      'Limit used up for 12 s',
      /keeps to the venue’s limit/,
    ],
    [
      { ...well, clock: { offset: 3000, uncertainty: 20, at: now } },
      'warn',
      'Your clock is 3.0 s behind',
      /network time/,
    ],
    [
      { ...well, clock: { offset: 3000, uncertainty: 520, at: now } },
      'warn',
      'Your clock is about 3 s behind',
      /network time/,
    ],
    [
      { ...well, roundTrips: { took: [3240], at: now } },
      'warn',
      'Slow: answers in 3.2 s',
      /another network/,
    ],
    [{ ...well, stream: 'down' }, 'warn', 'Stream is down', /read at intervals/],
    [
      { ...well, keyTrouble: 'key-lost' },
      'bad',
      'Key cannot be read',
      advice('key-lost', 'BtcTurk'),
    ],
    [
      { ...well, keyTrouble: 'key-unusable' },
      'bad',
      'Key cannot be used here',
      advice('key-unusable', 'BtcTurk'),
    ],
    [
      { ...well, right: { has: false, at: ago(60) } },
      'bad',
      'Key may not cancel',
      advice('no-right', 'BtcTurk'),
    ],
    [
      { ...well, trouble: { reason: 'bad-key', at: ago(1) } },
      'bad',
      'Key is not known there',
      advice('bad-key', 'BtcTurk'),
    ],
    [
      { ...well, trouble: { reason: 'unreachable', at: ago(1) } },
      'bad',
      'Cannot be reached',
      advice('unreachable', 'BtcTurk'),
    ],
  ])('%#', (facts, light, sentence, advised) => {
    const words = readinessWords(facts, 'btcturk', now);
    expect(words).toMatchObject({ light, sentence });
    if (advised instanceof RegExp) expect(words.advice).toMatch(advised);
    else expect(words.advice).toBe(advised);
    expect(lightName(words.light)).not.toBe('');
    // The head of a group has room for so much.
    expect(words.sentence.length).toBeLessThan(40);
  });
});

test.each([
  ['ripio', /^No reading shows/],
  ['kraken', /^“Test” on the options page asks Kraken/],
] as const)('a right that has not been seen on %s', (venue, advised) => {
  const { right: _, ...unseen } = well;
  const words = readinessWords(unseen, venue, now);
  expect(words.sentence).toBe('Answers; right to cancel not seen yet');
  expect(words.advice).toMatch(advised);
});

const lineOf = (facts: Facts, begins: RegExp) =>
  readinessWords(facts, 'btcturk', now).lines.find((line) => begins.test(line));

test('each fact is a line, with how old it is', () => {
  expect(readinessWords(well, 'btcturk', now).lines).toEqual([
    'Key works, seen 3 s ago',
    'Key may cancel, seen 2 h ago',
    'Your clock agrees with BtcTurk’s to 20 ms, measured 40 s ago',
    'Answers in 42 ms: the middle of the last 3, last 3 s ago',
    'Limit: 290 of 300 cancels a minute left',
    'Stream is live',
    'Orders read 4 s ago',
  ]);
  expect(readinessWords({}, 'btcturk', now).lines).toEqual([
    'Key not tried yet',
    'Right to cancel not seen yet',
    'Clock not measured yet',
    'Orders not read yet',
  ]);
});

test.each<[Facts, RegExp, string | undefined]>([
  [
    { trouble: { reason: 'unreachable', at: ago(5) }, workedAt: ago(9) },
    /^Last request/,
    'Last request failed (cannot be reached), 5 s ago',
  ],
  [{ keyTrouble: 'key-lost' }, /^Key/, 'Key cannot be read on this device'],
  [{ keyTrouble: 'key-unusable' }, /browser/, 'This browser cannot use the key'],
  [{ workedAt: now }, /^Key/, 'Key works, seen just now'],
  [{ right: { has: false, at: ago(65) } }, /^Key may/, 'Key may not cancel, refused 1 min ago'],
  [{ readersMayCancel: true, workedAt: now }, /^Key may/, 'Key may cancel: it may list orders'],
  [{ readersMayCancel: true }, /^Right/, 'Right to cancel not seen yet'],
  // By the second it is as good as whole.
  [{ room: { left: 2, most: 10, per: 1000, at: now } }, /^Limit/, 'Limit: 10 cancels a second'],
  [{ room: { left: 0, most: 1, per: 1000, at: now } }, /^Limit/, 'Limit: 1 cancel a second'],
  // What was counted then is over.
  [
    { room: { left: 2, most: 300, per: 60_000, at: ago(61.1) } },
    /^Limit/,
    'Limit: 300 of 300 cancels a minute left',
  ],
  [
    { room: { left: 2, most: 2500, per: 300_000, at: now } },
    /^Limit/,
    'Limit: 2 of 2500 cancels in 5 min left',
  ],
  [{}, /^Limit/, undefined],
  [{}, /^Stream/, undefined],
  [{ stream: 'down' }, /^Stream/, 'Stream is down'],
])('%j', (facts, begins, line) => {
  expect(lineOf(facts, begins)).toBe(line);
});
