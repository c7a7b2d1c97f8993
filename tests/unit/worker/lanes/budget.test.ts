import { describe, expect, test } from 'vitest';
import { createBudget } from '#lib/worker/lanes/create-budget.ts';
import type { Budget } from '#lib/worker/lanes/budget.ts';
import type { Limit, RequestKind } from '#lib/venues/limits.ts';
import { all, limit } from './budget-world.ts';

/** `kind` or `kind*count`, sent so many milliseconds after the start, and replied to; without that, still under way. */
type Sent = readonly [what: string, at: number, repliedAt?: number];

function filled(rule: Limit, sent: readonly Sent[]): Budget {
  const budget = createBudget(rule);
  for (const [what, at, repliedAt] of sent) {
    const [kind, count = '1'] = what.split('*');
    for (let index = 0; index < Number(count); index++) {
      const replied = budget.take(kind as RequestKind, at);
      if (repliedAt !== undefined) replied(repliedAt);
    }
  }
  return budget;
}

describe('how long a request waits', () => {
  const ten = limit(10);
  const heavy = limit(100, 1000, { weights: { list: 40 } });

  test.each<[string, Limit, Sent[], RequestKind, number, number]>([
    ['nothing was sent', ten, [], 'cancel', 0, 0],
    ['there is room left', ten, [['cancel*9', 0, 0]], 'cancel', 0, 0],
    ['it is full: until its time is over', ten, [['cancel*10', 0, 0]], 'cancel', 0, 1000],
    ['part of that has passed', ten, [['cancel*10', 0, 0]], 'cancel', 400, 600],
    ['the moment it is over', ten, [['cancel*10', 0, 0]], 'cancel', 1000, 0],
    ['a millisecond before', ten, [['cancel*10', 0, 0]], 'cancel', 999, 1],
    [
      'it counts from the reply, not from the sending',
      ten,
      [['cancel*10', 0, 300]],
      'cancel',
      300,
      1000,
    ],
    ['without a reply a second longer', ten, [['cancel*10', 0]], 'cancel', 0, 2000],
    ['times are rounded up, never down', ten, [['cancel*10', 1, 1]], 'cancel', 1, 1009],
    [
      'for the oldest alone, where that makes room enough',
      ten,
      [
        ['cancel*5', 0, 0],
        ['cancel*5', 500, 500],
      ],
      'cancel',
      600,
      400,
    ],
    [
      'what the limit does not count',
      limit(1, 1000, { of: ['read'] }),
      [['read', 0, 0]],
      'cancel',
      0,
      0,
    ],
    ['and does not fill it', limit(1, 1000, { of: ['read'] }), [['cancel*9', 0, 0]], 'read', 0, 0],
    [
      'a message is a cancel',
      limit(10, 1000, { of: ['message'] }),
      [['message*10', 0, 0]],
      'message',
      0,
      1000,
    ],

    ['reads go up to the reserve', ten, [['read*7', 0, 0]], 'read', 0, 0],
    ['reads leave the reserve', ten, [['read*8', 0, 0]], 'read', 0, 1000],
    ['a list is a read', ten, [['read*8', 0, 0]], 'list', 0, 1000],
    [
      'the reserve is for cancels',
      ten,
      [
        ['read*8', 0, 0],
        ['cancel', 0, 0],
      ],
      'cancel',
      0,
      0,
    ],
    [
      'and has an end',
      ten,
      [
        ['read*8', 0, 0],
        ['cancel*2', 0, 0],
      ],
      'cancel',
      0,
      1000,
    ],
    [
      'cancels may take it all, and reads wait for them',
      ten,
      [['cancel*8', 0, 0]],
      'read',
      0,
      1000,
    ],
    [
      'reads alone have no reserve to leave',
      limit(10, 1000, { of: ['read'] }),
      [['read*9', 0, 0]],
      'read',
      0,
      0,
    ],
    ['of a small limit one is kept', limit(2), [['read', 0, 0]], 'read', 0, 1000],
    ['and is there for a cancel', limit(2), [['read', 0, 0]], 'cancel', 0, 0],

    ['one a second: a read goes', limit(1), [], 'read', 0, 0],
    ['one a second: a cancel of many counts a read', limit(1), [['read', 0, 0]], 'cancel', 0, 1000],
    [
      'one a second: a cancel does not pass a cancel',
      limit(1),
      [['cancel', 0, 0]],
      'cancel',
      0,
      1000,
    ],
    ['one a second: a read passes nothing', limit(1), [['cancel', 0, 0]], 'read', 0, 1000],

    ['a heavy one has room', heavy, [['list', 0, 0]], 'list', 0, 0],
    ['a heavy one counts as much as it weighs', heavy, [['list*2', 0, 0]], 'list', 0, 1000],
    ['where a light one has room yet', heavy, [['list*2', 0, 0]], 'cancel', 0, 0],
    [
      'a read too heavy for any limit goes alone',
      limit(10, 1000, { weights: { list: 40 } }),
      [],
      'list',
      0,
      0,
    ],
    [
      'and not beside another',
      limit(10, 1000, { weights: { list: 40 } }),
      [['read', 0, 0]],
      'list',
      0,
      1000,
    ],
  ])('%s', (_, rule, sent, kind, now, expected) => {
    expect(filled(rule, sent).wait(kind, now)).toBe(expected);
  });

  test('one a second: an urgent cancel passes a read, but no cancel', () => {
    expect(filled(limit(1), [['read', 0, 0]]).wait('cancel', 0, true)).toBe(0);
    expect(filled(limit(1), [['cancel', 0, 0]]).wait('cancel', 0, true)).toBe(1000);
  });
});

test('a reply that took long counts until the limit’s time has passed since it, whether or not anyone looked meanwhile', () => {
  const waits = [false, true].map((looked) => {
    const budget = createBudget(limit(1));
    const replied = budget.take('cancel', 0);
    if (looked) budget.wait('cancel', 3000);
    replied(5000);
    return budget.wait('cancel', 5000);
  });
  expect(waits).toEqual([1000, 1000]);
});

describe('what the venue tells', () => {
  const ten = limit(10);

  test.each<[string, Sent[], number, RequestKind, number]>([
    ['more than was known: reads wait', [], 8, 'read', 1000],
    ['reads have what is left', [], 7, 'read', 0],
    ['the reserve is still there for cancels', [], 8, 'cancel', 0],
    ['no more than was known', [['cancel*7', 0, 0]], 7, 'read', 0],
    ['less than was known changes nothing', [['cancel*10', 0, 0]], 0, 'cancel', 1000],
    ['nor does less, where it is something', [['cancel*10', 0, 0]], 3, 'cancel', 1000],
    ['what was known is part of it', [['cancel*5', 0, 0]], 9, 'cancel', 0],
  ])('%s', (_, sent, used, kind, expected) => {
    const budget = filled(ten, sent);
    budget.learn(used, 0);
    expect(budget.wait(kind, 0)).toBe(expected);
  });

  test('a limit that is all used up has no room for a cancel either', () => {
    const budget = createBudget(ten);
    budget.learn(10, 0);
    expect(budget.wait('cancel', 0)).toBe(1000);
  });

  test('it is over when the limit’s time is', () => {
    const budget = createBudget(ten);
    budget.learn(8, 0);
    expect([budget.wait('read', 999), budget.wait('read', 1000)]).toEqual([1, 0]);
  });

  test('told twice it is not counted twice', () => {
    const budget = createBudget(ten);
    budget.learn(4, 0);
    budget.learn(4, 100);
    for (let count = 0; count < 4; count++) {
      expect(budget.wait('read', 100)).toBe(0);
      budget.take('read', 100);
    }
    expect(budget.wait('read', 100)).toBeGreaterThan(0);
  });
});

const waits = (budget: Budget) =>
  [0, 300, 1000, 1040, 1500, 2100].flatMap((now) => all.map((kind) => budget.wait(kind, now)));

describe('its state', () => {
  const sent: Sent[] = [
    ['cancel*3', 0, 40],
    ['read*5', 100],
    ['list', 300, 900],
  ];
  const rule = limit(10, 1000, { weights: { list: 2 } });

  test('is all there is: through JSON it waits the same', () => {
    const before = filled(rule, sent);
    const state = JSON.parse(JSON.stringify(before.state())) as ReturnType<Budget['state']>;
    expect(waits(createBudget(rule, state))).toEqual(waits(filled(rule, sent)));
  });

  test('stays small, however much was sent', () => {
    const budget = createBudget(limit(100_000, 60_000));
    for (let at = 0; at < 60_000; at += 10) budget.take('cancel', at)(at);
    expect(budget.state().length).toBeLessThanOrEqual(102);
  });

  test('forgets what is past', () => {
    const budget = filled(rule, sent);
    budget.wait('cancel', 5000);
    expect(budget.state()).toEqual([]);
  });

  test('a copy stands as it does, and is another', () => {
    const budget = filled(rule, sent);
    const copy = budget.copy();
    for (let count = 0; count < 10; count++) copy.take('cancel', 1000);
    expect(waits(budget)).toEqual(waits(filled(rule, sent)));
  });
});
