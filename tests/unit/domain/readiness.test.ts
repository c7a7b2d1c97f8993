import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import {
  freshFacts,
  judge,
  medianRoundTrip,
  type Facts,
  type Verdict,
} from '#lib/domain/readiness.ts';

const now = 1_700_000_000_000;
const ago = (seconds: number) => now - seconds * 1000;

/** All of it seen a second ago, and all well. */
const well: Facts = {
  workedAt: ago(1),
  readAt: ago(1),
  clock: { offset: 12, uncertainty: 20, at: ago(1) },
  roundTrips: { took: [40, 44, 42], at: ago(1) },
  room: { left: 9, most: 10, per: 1000, at: ago(1) },
  right: { has: true, at: ago(86_400) },
  stream: 'live',
};

const trouble = (reason: 'bad-key' | 'unreachable' | 'rate-limited', seconds: number) => ({
  reason,
  at: ago(seconds),
});

const { right: _, ...rightUnseen } = well;
const { stream: _stream, room: _room, ...bare } = well;

test.each<[what: string, facts: Facts, verdict: Verdict]>([
  ['all well', well, { light: 'good', roundTrip: 42 }],
  ['nothing known of a stream or a limit: no word of them', bare, { light: 'good', roundTrip: 42 }],
  ['a stream that connects', { ...well, stream: 'connecting' }, { light: 'good', roundTrip: 42 }],
  ['nothing seen', {}, { light: 'unknown', why: 'unchecked' }],
  [
    'seen a minute ago',
    { ...well, workedAt: ago(60) },
    { light: 'unknown', why: 'unchecked', since: ago(60) },
  ],
  [
    'the oldest counts',
    { ...well, readAt: ago(180), clock: { offset: 0, uncertainty: 9, at: ago(600) } },
    { light: 'unknown', why: 'unchecked', since: ago(600) },
  ],
  [
    'a clock that was set back since',
    { ...well, readAt: now + 5000 },
    { light: 'unknown', why: 'unchecked', since: ago(1) },
  ],
  ['a right never seen', rightUnseen, { light: 'unknown', why: 'right-unseen' }],
  [
    'a right that listing shows',
    { ...rightUnseen, readersMayCancel: true },
    { light: 'good', roundTrip: 42 },
  ],
  [
    'a right refused',
    { ...well, right: { has: false, at: ago(3600) } },
    { light: 'bad', why: 'no-right' },
  ],
  [
    'a right refused where listing seems to show it',
    { ...well, readersMayCancel: true, right: { has: false, at: ago(1) } },
    { light: 'bad', why: 'no-right' },
  ],
  ['a lost key', { ...well, keyTrouble: 'key-lost' }, { light: 'bad', why: 'key-lost' }],
  [
    'a key that this browser cannot use',
    { ...well, keyTrouble: 'key-unusable' },
    { light: 'bad', why: 'key-unusable' },
  ],
  ['a venue that may not be reached', { ...well, isBarred: true }, { light: 'bad', why: 'barred' }],
  [
    'a key refused',
    { ...well, trouble: trouble('bad-key', 2) },
    { light: 'bad', why: 'trouble', reason: 'bad-key' },
  ],
  [
    'a list that could not be read',
    { ...well, readTrouble: trouble('unreachable', 2) },
    { light: 'bad', why: 'trouble', reason: 'unreachable' },
  ],
  [
    'trouble a while ago, and nothing since',
    { ...well, workedAt: ago(90), trouble: trouble('bad-key', 61) },
    { light: 'unknown', why: 'unchecked', since: ago(90) },
  ],
  [
    'told to wait with readings alone',
    { ...well, readTrouble: trouble('rate-limited', 1) },
    { light: 'good', roundTrip: 42 },
  ],
  [
    'told to wait with cancels',
    { ...well, heldUntil: now + 1 },
    { light: 'warn', why: 'held', until: now + 1 },
  ],
  ['the wait is over', { ...well, heldUntil: now }, { light: 'good', roundTrip: 42 }],
  [
    'a limit used up',
    { ...well, room: { left: 0, most: 300, per: 60_000, at: ago(1), freeAt: now + 2001 } },
    { light: 'warn', why: 'limit', until: now + 2001 },
  ],
  [
    'a limit used up for two seconds',
    { ...well, room: { left: 0, most: 1, per: 1000, at: ago(1), freeAt: now + 2000 } },
    { light: 'good', roundTrip: 42 },
  ],
  [
    'a clock that is off',
    { ...well, clock: { offset: -3000, uncertainty: 20, at: ago(1) } },
    { light: 'warn', why: 'clock', clock: { offset: -3000, uncertainty: 20 } },
  ],
  [
    'a clock that may be off: it is read to the second',
    { ...well, clock: { offset: 1500, uncertainty: 520, at: ago(1) } },
    { light: 'good', roundTrip: 42 },
  ],
  [
    'slow answers',
    { ...well, roundTrips: { took: [3000], at: ago(1) } },
    { light: 'warn', why: 'slow', roundTrip: 3000 },
  ],
  [
    'slow answers a while ago',
    { ...well, roundTrips: { took: [3000], at: ago(60) } },
    { light: 'unknown', why: 'unchecked', since: ago(60) },
  ],
  ['a stream that is down', { ...well, stream: 'down' }, { light: 'warn', why: 'stream-down' }],
  [
    'the worst is said',
    { ...well, stream: 'down', heldUntil: now + 5000, trouble: trouble('bad-key', 2) },
    { light: 'bad', why: 'trouble', reason: 'bad-key' },
  ],
])('%s', (_what, facts, verdict) => {
  expect(judge(facts, now)).toEqual(verdict);
});

test.each([
  [[], 0],
  [[7], 7],
  [[7, 9], 8],
  [[40, 1000, 41], 41],
  [[5, 1, 4, 2], 3],
])('the middle of %j is %d', (took, middle) => {
  expect(medianRoundTrip({ roundTrips: { took, at: now } })).toBe(middle);
});

describe('laws', () => {
  /** Around the borders as well as far off. */
  const moment = fc.integer({ min: -70_000, max: 130_000 }).map((age) => now - age);
  const offset = fc.integer({ min: -4000, max: 4000 });
  const uncertainty = fc.integer({ min: 0, max: 2000 });
  const reason = fc.constantFrom('bad-key', 'unreachable', 'rate-limited', 'no-right' as const);
  const facts: fc.Arbitrary<Facts> = fc.record(
    {
      workedAt: moment,
      trouble: fc.record({ reason, at: moment }),
      roundTrips: fc.record({
        took: fc.array(fc.integer({ min: 0, max: 6000 }), { minLength: 1, maxLength: 5 }),
        at: moment,
      }),
      clock: fc.record({ offset, uncertainty, at: moment }),
      room: fc.record(
        {
          left: fc.nat(10),
          most: fc.constant(10),
          per: fc.constant(1000),
          at: moment,
          freeAt: moment,
        },
        { requiredKeys: ['left', 'most', 'per', 'at'] },
      ),
      isKeyLost: fc.boolean(),
      isBarred: fc.boolean(),
      right: fc.record({ has: fc.boolean(), at: moment }),
      readersMayCancel: fc.boolean(),
      readAt: moment,
      readTrouble: fc.record({ reason, at: moment }),
      heldUntil: moment,
      stream: fc.constantFrom('connecting', 'live', 'down' as const),
    },
    { requiredKeys: [] },
  );
  /** Random facts are seldom all well: some of these are. */
  const some = fc
    .tuple(facts, fc.subarray(Object.keys(well) as (keyof Facts)[]))
    .map(([random, kept]): Facts => {
      const ofWell = Object.fromEntries(kept.map((key) => [key, well[key]]));
      return Object.assign({}, random, ofWell);
    });

  test('green is made by nothing older than a minute', () => {
    fc.assert(
      fc.property(some, (given) => {
        fc.pre(judge(given, now).light === 'good');
        const needed = [given.workedAt, given.readAt, given.clock?.at, given.roundTrips?.at];
        for (const at of needed) {
          expect(at).toBeDefined();
          expect(now - (at ?? 0)).toBeLessThan(freshFacts);
        }
      }),
    );
  });

  test('each of these facts takes the green away by getting old', () => {
    fc.assert(
      fc.property(
        fc.constantFrom('workedAt', 'readAt', 'clock', 'roundTrips' as const),
        fc.integer({ min: freshFacts, max: 10_000_000 }),
        (name, age) => {
          const at = now - age;
          const fact = well[name];
          const old = typeof fact === 'object' ? { ...fact, at } : at;
          expect(judge({ ...well, [name]: old }, now).light).toBe('unknown');
        },
      ),
    );
  });

  const wrongs: readonly Partial<Facts>[] = [
    { keyTrouble: 'key-lost' },
    { isBarred: true },
    { trouble: trouble('bad-key', 1) },
    { readTrouble: trouble('unreachable', 1) },
    { right: { has: false, at: 0 } },
    { heldUntil: now + 1 },
    { room: { left: 0, most: 1, per: 1000, at: now, freeAt: now + 2001 } },
    { clock: { offset: 1021, uncertainty: 20, at: now } },
    { roundTrips: { took: [3000], at: now } },
    { stream: 'down' },
  ];

  test('no fact that is wrong is green, whatever else is well', () => {
    fc.assert(
      fc.property(some, fc.constantFrom(...wrongs), (given, wrong) => {
        expect(['warn', 'bad']).toContain(judge({ ...given, ...wrong }, now).light);
      }),
    );
  });
});
