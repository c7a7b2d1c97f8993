import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Lookup, LookupId } from '#lib/domain/lookup.ts';
import { emptyView } from '#lib/protocol/view.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { accountOf, now } from '#tests/unit/support/view-world.ts';
import { lira, habit, uuid, named, world, carryOut, type Answer } from './lookup-world.ts';

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});

beforeEach(() => {
  vi.useFakeTimers({ now });
  fake.clear();
});
afterEach(() => vi.useRealTimers());

/** Ids that no known order bears: the accounts are read again. */

describe('an id that no known order bears', () => {
  const found: Answer = { orders: [named('26947521101')] };

  test('the accounts are read, and it is found: cancelled, without a window', async () => {
    const { lookups, cancels, windows, view, ...told } = world({ venue: { lira: found } });
    await carryOut(() => lookups.begin('26947521101'));
    expect(told.cancelled()).toEqual(['lira 26947521101']);
    expect(cancels[0]?.after).toBe(100);
    expect(windows).toEqual([]);
    expect(view.lookups).toEqual([]);
  });

  test('found on two accounts: the user chooses', async () => {
    const { lookups, cancels, ...told } = world({ venue: { lira: found, habit: found } });
    await carryOut(() => lookups.begin('26947521101'));
    expect(cancels).toEqual([]);
    expect(told.choice()).toEqual(['lira 26947521101', 'habit 26947521101']);
  });

  test.each<[id: string, venue: 'habit-trade' | undefined, accountIds: string[]]>([
    ['26947529999', undefined, ['lira', 'habit']],
    ['26947529999', 'habit-trade', ['habit', 'lira']],
    [uuid, undefined, ['habit', 'main']],
    ['grid-eth-99', undefined, ['habit', 'main']],
    ['12345', undefined, []],
  ])('still unknown: %s on a page of %s may be one of %j', async (id, venue, accountIds) => {
    const { lookups, cancels, windows, last } = world({ known: { lira: [named('101')] } });
    await carryOut(() => lookups.begin(id, venue));
    expect(cancels).toEqual([]);
    expect(windows).toEqual([last()?.id]);
    expect(last()).toMatchObject({ stage: 'choosing', unread: [], unknown: [{ id, accountIds }] });
  });

  test('an account that cannot be read is named', async () => {
    const { lookups, cancels, windows, last } = world({ venue: { lira: 'fails' } });
    await carryOut(() => lookups.begin('26947529999'));
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
    expect(last()?.unread).toEqual(['lira']);
  });

  test('two seconds are waited, and what is answered later cancels nothing', async () => {
    const late: Answer = { ...found, after: 2001 };
    const { lookups, cancels, windows, last } = world({ venue: { lira: late, main: 'hangs' } });
    const done = lookups.begin('26947521101');
    await vi.advanceTimersByTimeAsync(1999);
    expect(windows).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    await done;
    expect(windows).toHaveLength(1);
    expect(last()).toMatchObject({ unread: ['lira', 'main'], unknown: [{ id: '26947521101' }] });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(cancels).toEqual([]);
  });

  test('without accounts there is nothing to wait for', async () => {
    const { lookups, cancels, windows } = world({ accounts: [] });
    const done = lookups.begin('26947521101');
    await vi.advanceTimersByTimeAsync(1);
    await done;
    expect(windows).toHaveLength(1);
    expect(cancels).toEqual([]);
  });

  test('locked while the accounts are read, and the view forgotten: nothing is cancelled', async () => {
    const { lookups, cancels, windows, view } = world({ venue: { lira: found } });
    const done = lookups.begin('26947521101');
    await vi.advanceTimersByTimeAsync(50);
    Object.assign(view, { ...emptyView, orders: {} });
    await vi.advanceTimersByTimeAsync(5000);
    await done;
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
  });
});

describe('the venue whose page it was', () => {
  const lira2 = accountOf('lira2', 'btcturk', 'Second');
  const found: Answer = { orders: [named('26947521101')] };

  test.each<[what: string, venue: Record<string, Answer>, after: number]>([
    ['others hang', { lira: found, habit: 'hangs', main: 'hangs' }, 100],
    ['others are slow', { lira: found, habit: { orders: [], after: 1500 } }, 100],
    ['it is slow itself', { lira: { ...found, after: 1200 }, habit: 'hangs' }, 1200],
    ['others fail', { lira: found, habit: 'fails', main: 'fails' }, 100],
  ])('is enough: %s', async (_, venue, after) => {
    const { lookups, cancels, windows, ...told } = world({ venue });
    await carryOut(() => lookups.begin('26947521101', 'btcturk'));
    expect(told.cancelled()).toEqual(['lira 26947521101']);
    expect(cancels[0]?.after).toBe(after);
    expect(windows).toEqual([]);
  });

  test('all of its accounts are waited for', async () => {
    const accounts = [habit, lira, lira2];
    const { lookups, cancels } = world({
      accounts,
      venue: { lira: found, lira2: { orders: [], after: 700 }, habit: 'hangs' },
    });
    await carryOut(() => lookups.begin('26947521101', 'btcturk'));
    expect(cancels.map(({ after }) => after)).toEqual([700]);
  });

  test('on two of its accounts: the user chooses', async () => {
    const accounts = [lira, lira2];
    const { lookups, cancels, windows, ...told } = world({
      accounts,
      venue: { lira: found, lira2: { ...found, after: 700 } },
    });
    await carryOut(() => lookups.begin('26947521101', 'btcturk'));
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
    expect(told.choice()).toEqual(['lira 26947521101', 'lira2 26947521101']);
  });

  test('where it has no such order, the others are waited for', async () => {
    const { lookups, cancels, ...told } = world({ venue: { habit: { ...found, after: 1500 } } });
    await carryOut(() => lookups.begin('26947521101', 'btcturk'));
    expect(told.cancelled()).toEqual(['habit 26947521101']);
    expect(cancels[0]?.after).toBe(1500);
  });

  test('where it has no such order, one that another has told of is not taken before all are read', async () => {
    const { lookups, cancels } = world({
      venue: { lira: { orders: [], after: 500 }, habit: found, main: 'hangs' },
    });
    await carryOut(() => lookups.begin('26947521101', 'btcturk'));
    expect(cancels.map(({ after }) => after)).toEqual([2000]);
  });

  test('without an account there it is as if no page was', async () => {
    const { lookups, cancels } = world({ venue: { lira: found, habit: 'hangs' } });
    await carryOut(() => lookups.begin('26947521101', 'ox-fun'));
    expect(cancels.map(({ after }) => after)).toEqual([2000]);
  });

  test('no order elsewhere that bears the id too is left unseen', async () => {
    const { lookups, cancels, windows } = world({
      known: { habit: [named('101', 'grid'), named('102', 'grid')] },
      venue: { lira: found, habit: 'hangs' },
    });
    await carryOut(() => lookups.begin('grid', 'btcturk'));
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
  });
});

test('a reading that breaks down is one that failed', async () => {
  const { lookups, windows, last } = world({ venue: { lira: 'breaks' } });
  await carryOut(() => lookups.begin('26947521101'));
  expect(windows).toHaveLength(1);
  expect(last()?.unread).toContain(lira.id);
});

test('what the worker’s last life was reading is no longer known: its window says so', () => {
  const { view, begin } = world({});
  const lookup: Lookup = {
    id: 'old' as LookupId,
    askedAt: now,
    wish: { kind: 'newest' },
    stage: 'reading',
    orders: [],
    unknown: [],
    unread: [],
  };
  Object.assign(view, { lookups: [lookup, { ...lookup, stage: 'choosing' }] });
  begin();
  expect(view.lookups.map(({ stage }) => stage)).toEqual(['choosing']);
});
