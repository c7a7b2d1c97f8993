import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBudget } from '#lib/worker/lanes/create-budget.ts';
import type { BudgetState } from '#lib/worker/lanes/budget.ts';
import { createLane, type Lane } from '#lib/worker/lanes/lane.ts';
import type { Holds } from '#lib/domain/waiting.ts';
import type { Usage, Limit, RequestKind } from '#lib/venues/limits.ts';
import { venues } from '#lib/venues/venues.ts';
import { start, shared, crowd, settle, pass, numbers } from './lane-world.ts';

/** What a lane makes of what it is told: of waits, of limits, and how long the rest takes. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('told to wait', () => {
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
    expect([lane.told('cancel', now), lane.told('read', now)]).toEqual(expected);
  });

  test.each<[Kind, string[]]>([
    ['read', ['cancel 0', 'read 3000', 'list 3000']],
    ['cancel', ['cancel 3000', 'read 3000', 'list 3000']],
  ])('after a 429 to a %s requests go exactly when it is over', async (kind, expected) => {
    const { lane, come, went } = crowd();
    lane.holdBack(kind, 3000, start);
    come('read', 'read');
    come('list', 'list');
    come('cancel', 'cancel');
    await pass(60_000);
    expect(went).toEqual(expected);
  });

  test('what waits already waits longer then', async () => {
    const { lane, come, went } = crowd([shared(1)]);
    come('first', 'cancel', 0);
    come('second', 'cancel');
    await pass(500);
    lane.holdBack('cancel', 2500, Date.now());
    await pass(60_000);
    expect(went).toEqual(['first 0', 'second 3000']);
  });
});

describe('a limit is learnt from what the venue tells', () => {
  const minute = shared(100, 60_000);

  test.each<[string, Usage[], string[]]>([
    ['used up for reads', [{ per: 60_000, used: 80 }], ['cancel 0', 'read 60000']],
    ['not used up', [{ per: 60_000, used: 79 }], ['cancel 0', 'read 0']],
    ['another limit', [{ per: 1000, used: 80 }], ['cancel 0', 'read 0']],
    ['what is left told instead', [{ per: 60_000, left: 20 }], ['cancel 0', 'read 60000']],
    ['more left', [{ per: 60_000, left: 21 }], ['cancel 0', 'read 0']],
    ['until a moment', [{ per: 60_000, left: 20, until: start + 6000 }], ['cancel 0', 'read 6000']],
    [
      'until a moment beyond the limit’s own time',
      [{ per: 60_000, left: 20, until: start + 600_000 }],
      ['cancel 0', 'read 60000'],
    ],
  ])('%s', async (_, usage, expected) => {
    const { lane, come, went } = crowd([minute]);
    lane.learn(usage);
    come('read', 'read');
    come('cancel', 'cancel', 0);
    await pass(120_000);
    expect(went.toSorted()).toEqual(expected.toSorted());
  });
});

const laneOf = (limits: readonly Limit[]) => createLane(limits.map((each) => createBudget(each)));

const cancels = (count: number) => Array<RequestKind>(count).fill('cancel');

const messages = (count: number) => Array<RequestKind>(count).fill('message');

describe('an estimate', () => {
  const [tenASecond, threeHundredAMinute] = [
    { most: 10, per: 1000 },
    { most: 300, per: 60_000 },
  ];

  test.each<[string, readonly Limit[], RequestKind[], ReturnType<Lane['estimate']>]>([
    ['nothing', venues.btcturk.limits, [], { milliseconds: 0 }],
    ['no limits', [], cancels(400), { milliseconds: 0 }],
    ['BtcTurk, as many as go at once', venues.btcturk.limits, cancels(10), { milliseconds: 0 }],
    [
      'BtcTurk, one more',
      venues.btcturk.limits,
      cancels(11),
      { milliseconds: 1000, limit: tenASecond },
    ],
    ['BtcTurk, 50', venues.btcturk.limits, cancels(50), { milliseconds: 4000, limit: tenASecond }],
    [
      'BtcTurk, 300',
      venues.btcturk.limits,
      cancels(300),
      { milliseconds: 29_000, limit: tenASecond },
    ],
    [
      'BtcTurk, 400',
      venues.btcturk.limits,
      cancels(400),
      { milliseconds: 69_000, limit: threeHundredAMinute },
    ],
    ['Ripio Trade, one', venues.ripio.limits, cancels(1), { milliseconds: 0 }],
    [
      'Ripio Trade, 60',
      venues.ripio.limits,
      cancels(60),
      { milliseconds: 59_000, limit: { most: 1, per: 1000 } },
    ],
    ['OX.FUN, 20 messages', venues['ox-fun'].limits, messages(20), { milliseconds: 0 }],
  ])('%s', (_, limits, requests, expected) => {
    // Times are rounded up a little.
    const { milliseconds, ...more } = laneOf(limits).estimate(requests);
    expect({ milliseconds: Math.floor(milliseconds / 1000) * 1000, ...more }).toEqual(expected);
    expect(milliseconds).toBeGreaterThanOrEqual(expected.milliseconds);
  });

  test('says what is true: that long it takes when each is replied to at once', async () => {
    for (const [id, count] of [
      ['btcturk', 50],
      ['btcturk', 330],
      ['ripio', 12],
    ] as const) {
      const { come, went, lane } = crowd(venues[id].limits);
      const { milliseconds } = lane.estimate(cancels(count));
      const from = Date.now() - start;
      for (const index of numbers(count)) come(`${index}`, 'cancel', 0);
      await pass(200_000);
      expect(went).toHaveLength(count);
      const took = Number(went.at(-1)?.split(' ')[1]) - from;
      expect(Math.abs(took - milliseconds)).toBeLessThanOrEqual(1 + milliseconds * 0.02);
    }
  });

  test('counts what was sent before, and what was told', () => {
    const { come, lane } = crowd(venues.ripio.limits);
    come('one', 'cancel', 0);
    expect(lane.estimate(cancels(1)).milliseconds).toBe(2000);
    lane.holdBack('cancel', 5000, start);
    expect(lane.estimate(cancels(2))).toEqual({
      milliseconds: 6000,
      limit: { most: 1, per: 1000 },
    });
  });

  test('uses nothing up', async () => {
    const { come, went, lane } = crowd(venues.ripio.limits);
    lane.estimate(cancels(50));
    come('one', 'cancel');
    await settle();
    expect(went).toEqual(['one 0']);
  });
});

describe('the worker’s next life', () => {
  test('keep is told each sending, each reply and each hold', async () => {
    const kept: Holds[] = [];
    const lane = createLane([], undefined, (holds) => kept.push(holds));
    const leave = await lane.enter('cancel');
    expect(kept).toEqual([{ cancels: 0, reads: 0 }]);
    leave();
    lane.holdBack('read', 1000, start);
    lane.holdBack('cancel', 500, start);
    expect(kept.slice(1)).toEqual([
      { cancels: 0, reads: 0 },
      { cancels: 0, reads: start + 1000 },
      { cancels: start + 500, reads: start + 1000 },
    ]);
  });

  test('goes on with the holds and the limits of the last', async () => {
    let holds: Holds = { cancels: 0, reads: 0 };
    const rule = shared(2);
    const budget = createBudget(rule);
    const first = createLane([budget], undefined, (kept) => (holds = kept));
    for (const _ of numbers(2)) (await first.enter('cancel'))();
    first.holdBack('read', 7000, start);

    const state = JSON.parse(JSON.stringify(budget.state())) as BudgetState;
    const second = createLane(
      [createBudget(rule, state)],
      JSON.parse(JSON.stringify(holds)) as Holds,
    );
    const { come, went } = crowd([], second);
    come('read', 'read');
    come('cancel', 'cancel');
    await pass(60_000);
    expect(went).toEqual(['cancel 1000', 'read 7000']);
  });
});
