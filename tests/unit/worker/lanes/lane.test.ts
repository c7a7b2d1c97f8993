import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createBudget, type BudgetState } from '#lib/worker/lanes/budget.ts';
import { createLane, type Lane, type Leave } from '#lib/worker/lanes/lane.ts';
import type { Holds } from '#lib/domain/waiting.ts';
import type { Usage, Limit, RequestKind } from '#lib/venues/limits.ts';
import { venues } from '#lib/venues/venues.ts';

/** Which request goes next, and when. */

/** A whole number of every limit’s grains: nothing is rounded. */
const start = 1_700_000_100_000;

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const shared = (most: number, per = 1000): Limit => ({
  of: ['cancel', 'message', 'read', 'list'],
  most,
  per,
  each: 'account',
});

/** A lane and what comes to it: `went` is in the order of going, with the milliseconds since the start. */
function crowd(
  limits: readonly Limit[] = [],
  lane = createLane(limits.map((each) => createBudget(each))),
) {
  const went: string[] = [];
  const leaves = new Map<string, Leave>();
  const urgent = new Set<string>();
  async function enter(name: string, kind: RequestKind, replyAfter?: number): Promise<void> {
    const leave = await lane.enter(kind, () => urgent.has(name));
    went.push(`${name} ${Date.now() - start}`);
    leaves.set(name, leave);
    if (replyAfter !== undefined) setTimeout(leave, replyAfter);
  }
  return {
    lane,
    went,
    urgent,
    /** Where it replies, each request is replied to after so long. */
    come: (name: string, kind: RequestKind, replyAfter?: number): void => {
      void enter(name, kind, replyAfter);
    },
    leave: async (name: string): Promise<void> => {
      leaves.get(name)?.();
      await settle();
    },
    names: () => went.map((line) => line.split(' ')[0] ?? ''),
  };
}

const settle = () => vi.advanceTimersByTimeAsync(0);
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

const own = (kind: RequestKind): Limit => ({ of: [kind], most: 6, per: 1000, each: 'account' });

describe('cancels go before reads', () => {
  test.each<[string, Limit[]]>([
    ['without limits', []],
    ['at one a second for both', [shared(1)]],
    ['at ten a second for both', [shared(10)]],
    ['at three a minute for both', [shared(3, 60_000)]],
    ['with a limit of each one’s own', [...venues.btcturk.limits]],
    ['by weight', [...venues.ztdx.limits]],
    ['at Ripio Trade', [...venues.ripio.limits]],
    ['at OX.FUN', [...venues['ox-fun'].limits]],
  ])(
    'a hundred reads wait, then the user cancels: it goes next and at once, %s',
    async (_, limits) => {
      const { come, went, names, urgent } = crowd(limits);
      urgent.add('cancel');
      for (const index of numbers(100)) come(`read-${index}`, 'read');
      await settle();
      const before = went.length;
      expect(before).toBeLessThan(5);
      come('cancel', 'cancel');
      await settle();
      expect(names().slice(before)).toEqual(['cancel']);
      expect(went.at(-1)).toBe('cancel 0');
    },
  );

  test('at one a second a cancel of many goes next too, when there is room', async () => {
    const { come, went } = crowd([shared(1)]);
    for (const index of numbers(100)) come(`read-${index}`, 'read', 30);
    await settle();
    come('cancel', 'cancel', 30);
    await pass(1100);
    expect(went).toEqual(['read-0 0', 'cancel 1030']);
  });

  test('so do many cancels, among reads that are replied to all the while', async () => {
    const { come, names } = crowd([shared(10)]);
    for (const index of numbers(100)) come(`read-${index}`, 'read', 30);
    await pass(1500);
    const before = names().length;
    for (const index of numbers(30)) come(`cancel-${index}`, 'cancel', 30);
    await pass(60_000);
    expect(names().slice(before, before + 30)).toEqual(
      numbers(30).map((index) => `cancel-${index}`),
    );
    expect(names()).toHaveLength(130);
  });

  test('whatever waits and whenever it comes, none that waits is passed by a read of the same limit', async () => {
    const come = fc.record({ isCancel: fc.boolean(), gap: fc.nat(400), latency: fc.nat(900) });
    await fc.assert(
      fc.asyncProperty(
        fc.array(come, { maxLength: 60 }),
        fc.integer({ min: 1, max: 12 }),
        async (all, most) => {
          const lane = createLane([createBudget(shared(most))]);
          const waiting = new Set<number>();
          /** Cancels that waited when a read went. */
          const passed: number[] = [];
          const gone: number[] = [];
          async function enter(index: number, isCancel: boolean, latency: number): Promise<void> {
            const leave = await lane.enter(isCancel ? 'cancel' : 'read');
            waiting.delete(index);
            if (!isCancel) passed.push(...waiting);
            gone.push(index);
            setTimeout(leave, latency);
          }
          for (const [index, { isCancel, gap, latency }] of all.entries()) {
            if (isCancel) waiting.add(index);
            void enter(index, isCancel, latency);
            await pass(gap);
          }
          await pass(200_000);
          expect(passed).toEqual([]);
          expect(gone.toSorted((a, b) => a - b)).toEqual([...all.keys()]);
        },
      ),
      { numRuns: 40 },
    );
  });

  test('a read does not take room that a waiting cancel needs', async () => {
    const { come, went, leave } = crowd([shared(20)]);
    for (const index of numbers(7)) come(`cancel-${index}`, 'cancel');
    come('read', 'read');
    await pass(500);
    expect(went).toHaveLength(6);
    await leave('cancel-0');
    expect(went.slice(6)).toEqual(['cancel-6 500', 'read 500']);
  });

  test('a read of another limit need not wait for it', async () => {
    const { come, went } = crowd([own('cancel'), own('read')]);
    for (const index of numbers(7)) come(`cancel-${index}`, 'cancel');
    come('read', 'read');
    await settle();
    expect(went.at(-1)).toBe('read 0');
  });
});

describe('what is urgent', () => {
  test('goes before what is not, and is not held up by what is under way', async () => {
    const { come, names, urgent, leave } = crowd();
    for (const index of numbers(10)) come(`cancel-${index}`, 'cancel');
    await settle();
    expect(names()).toHaveLength(6);
    urgent.add('click');
    come('click', 'cancel');
    await settle();
    expect(names().slice(6)).toEqual(['click']);
    await leave('cancel-0');
    // The one by itself is under way too.
    expect(names()).toHaveLength(7);
    await leave('cancel-1');
    expect(names().slice(7)).toEqual(['cancel-6']);
  });

  test('goes first when the limit lets one go', async () => {
    const { come, names, urgent } = crowd([shared(1)]);
    for (const index of numbers(4)) come(`cancel-${index}`, 'cancel', 10);
    urgent.add('click');
    come('click', 'cancel', 10);
    await pass(10_000);
    expect(names()).toEqual(['cancel-0', 'click', 'cancel-1', 'cancel-2', 'cancel-3']);
  });

  test('may become so while it waits', async () => {
    const { come, names, urgent, lane } = crowd();
    for (const index of numbers(10)) come(`cancel-${index}`, 'cancel');
    await settle();
    urgent.add('cancel-8');
    lane.look();
    await settle();
    expect(names().slice(6)).toEqual(['cancel-8']);
  });

  test('a list without which no cancel can be sent goes before the cancels that wait', async () => {
    const { come, names, urgent } = crowd([shared(1)]);
    for (const index of numbers(3)) come(`cancel-${index}`, 'cancel', 10);
    await settle();
    urgent.add('list');
    come('list', 'list', 10);
    await pass(1100);
    expect(names().slice(0, 2)).toEqual(['cancel-0', 'list']);
  });

  test('keeps to the limit and to what was told', async () => {
    const { come, went, urgent, lane } = crowd([shared(1)]);
    urgent.add('first').add('second');
    come('first', 'cancel', 0);
    come('second', 'cancel', 0);
    await settle();
    lane.holdBack('cancel', 4000, Date.now());
    await pass(3999);
    expect(went).toEqual(['first 0']);
    await pass(1);
    expect(went).toEqual(['first 0', 'second 4000']);
  });
});

describe('under way at once are', () => {
  test.each<[string, RequestKind, number]>([
    ['six cancels', 'cancel', 6],
    ['six messages', 'message', 6],
    ['two reads', 'read', 2],
    ['two lists', 'list', 2],
  ])('%s; the next goes when one is replied to', async (_, kind, most) => {
    const { come, names, leave } = crowd();
    for (const index of numbers(most + 2)) come(`${index}`, kind);
    await pass(60_000);
    expect(names()).toEqual(numbers(most).map(String));
    await leave('1');
    expect(names().slice(most)).toEqual([`${most}`]);
  });
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
