import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Order } from '#lib/domain/order.ts';
import { chosenAtFirst } from '#lib/page/lookup/choice.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { now, orderOf } from '#tests/unit/support/view-world.ts';
import { lookupOf } from '#tests/unit/page/lookup/lookup-world.ts';
import { uuid, named, world, diskFull, carryOut } from './lookup-world.ts';

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});

beforeEach(() => {
  vi.useFakeTimers({ now });
  fake.clear();
});
afterEach(() => vi.useRealTimers());

describe('an id that one open order is known to bear', () => {
  test.each<[what: string, text: string, known: Record<string, Order[]>, cancelled: string]>([
    [
      'its own',
      '26947521101',
      { lira: [named('26947521101'), named('26947521102')] },
      'lira 26947521101',
    ],
    [
      'a client id',
      'grid-eth-01',
      { lira: [named('101', 'grid-eth-01')], main: [named(uuid, 'grid-eth-02')] },
      'lira 101',
    ],
    ['a word as a client id', 'limit', { habit: [named('101', 'limit')] }, 'habit 101'],
    ['a UUID in another case', uuid.toLowerCase(), { main: [named(uuid)] }, `main ${uuid}`],
    [
      'within other words',
      'Order #26,947,521,101 (open)',
      { lira: [named('26947521101')] },
      'lira 26947521101',
    ],
    [
      'both its ids',
      'grid-eth-01 26947521101',
      { lira: [named('26947521101', 'grid-eth-01')] },
      'lira 26947521101',
    ],
    ['twice', '26947521101 26947521101', { lira: [named('26947521101')] }, 'lira 26947521101'],
    [
      'of a protective order: it was named',
      '101',
      { lira: [orderOf('101', { protective: true })] },
      'lira 101',
    ],
  ])('%s: cancelled at once, without reading or a window', async (_, text, known, cancelled) => {
    const { lookups, cancels, windows, state, view, ...told } = world({ known });
    await carryOut(() => lookups.begin(text));
    expect(told.cancelled()).toEqual([cancelled]);
    expect(cancels[0]?.after).toBe(0);
    expect(windows).toEqual([]);
    expect(state.readings).toBe(0);
    expect(view.lookups).toEqual([]);
  });

  test('the venue’s own id and symbol are sent, by an act of its own outside the popup', async () => {
    const { lookups, cancels } = world({ known: { lira: [named('26947521101', 'grid-eth-01')] } });
    await lookups.begin('grid-eth-01');
    await lookups.begin('26947521101');
    expect(cancels.map(({ ref }) => ref)).toEqual([
      { accountId: 'lira', orderId: '26947521101', symbol: 'BTCTRY' },
      { accountId: 'lira', orderId: '26947521101', symbol: 'BTCTRY' },
    ]);
    const acts = cancels.map(({ act }) => act);
    for (const act of acts) expect(act).toEqual({ id: expect.stringMatching(/^[\da-f-]{36}$/) });
    expect(acts[0]?.id).not.toBe(acts[1]?.id);
  });
});

describe('what the user may not have seen', () => {
  test.each(['selection', 'link'] as const)(
    'an id from a %s is clear, and cancels nothing before the user has looked',
    async (unseen) => {
      const { lookups, cancels, windows, last, state, ...told } = world({
        known: { lira: [named('26947521101')] },
      });
      await carryOut(() => lookups.begin('26947521101', undefined, unseen));
      expect(cancels).toEqual([]);
      expect(windows).toEqual([last()?.id]);
      expect(last()).toMatchObject({ stage: 'choosing', wish: { unseen } });
      expect(told.choice()).toEqual(['lira 26947521101']);
      expect([...chosenAtFirst(last() ?? lookupOf())]).toHaveLength(1);
      expect(state.readings).toBe(0);
    },
  );

  test('nor one that only a reading shows: the window opens at once', async () => {
    const { lookups, cancels, windows, last, ...told } = world({
      venue: { lira: { orders: [named('26947521101')] } },
    });
    const done = lookups.begin('26947521101', undefined, 'selection');
    await vi.advanceTimersByTimeAsync(0);
    expect(windows).toEqual([last()?.id]);
    expect(last()?.stage).toBe('reading');
    await vi.advanceTimersByTimeAsync(5000);
    await done;
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
    expect(last()?.stage).toBe('choosing');
    expect(told.choice()).toEqual(['lira 26947521101']);
  });

  test('nor one that was asked for while Pullcord was locked, in another life of the worker', async () => {
    const { lookups, begin, cancels, windows, last, unlock, ...told } = world({
      known: { lira: [named('26947521101')] },
      isLocked: true,
    });
    await lookups.begin('26947521101', undefined, 'link');
    unlock();
    await carryOut(() => begin().resume());
    expect(cancels).toEqual([]);
    expect(last()).toMatchObject({ id: windows[0], stage: 'choosing', wish: { unseen: 'link' } });
    expect(told.choice()).toEqual(['lira 26947521101']);
  });
});

describe('without an id', () => {
  test.each(['', '  ', 'nothing to see here', 'x'.repeat(101), '1.5 BTC at 70168.52'])(
    '%j: nothing is read or cancelled, and the window says that there is none',
    async (text) => {
      const { lookups, cancels, windows, last, state } = world({
        known: { lira: [named('101', 'see')] },
      });
      await carryOut(() => lookups.begin(text));
      expect(cancels).toEqual([]);
      expect(state.readings).toBe(0);
      expect(windows).toEqual([last()?.id]);
      expect(last()).toMatchObject({
        stage: 'choosing',
        wish: { ids: [] },
        orders: [],
        unknown: [],
      });
    },
  );

  test('any word may be a client id: the accounts are read to see', async () => {
    const { lookups, windows, ...told } = world({
      venue: { habit: { orders: [named('101', 'limit')] } },
    });
    await carryOut(() => lookups.begin('limit'));
    expect(told.cancelled()).toEqual(['habit 101']);
    expect(windows).toEqual([]);
  });

  test('a word that is none', async () => {
    const { lookups, cancels, windows, state } = world({});
    await carryOut(() => lookups.begin('limit'));
    expect(cancels).toEqual([]);
    expect(state.readings).toBe(1);
    expect(windows).toHaveLength(1);
  });
});

describe('where the journal cannot be written', () => {
  test('the window has the order', async () => {
    const { lookups, state, windows, last, cancels, ...told } = world({
      known: { lira: [named('26947521101')] },
    });
    state.journal = diskFull;
    await carryOut(() => lookups.begin('26947521101'));
    expect(cancels).toEqual([]);
    expect(windows).toEqual([last()?.id]);
    expect(last()?.stage).toBe('choosing');
    expect(told.choice()).toEqual(['lira 26947521101']);
  });

  test('a window that is open already stays the only one', async () => {
    const { lookups, state, windows, last, unlock } = world({
      known: { lira: [named('26947521101')] },
      isLocked: true,
    });
    state.journal = diskFull;
    await lookups.begin('26947521101');
    unlock();
    await carryOut(() => lookups.resume());
    expect(windows).toHaveLength(1);
    expect(last()).toMatchObject({ id: windows[0], stage: 'choosing' });
  });
});

test('two wishes at once for one id each are two acts', async () => {
  const { lookups, cancels, ...told } = world({
    known: { lira: [named('26947521101')] },
    venue: { main: { orders: [named(uuid)] } },
  });
  await carryOut(async () => {
    await Promise.all([lookups.begin(uuid), lookups.begin('26947521101')]);
  });
  expect(told.cancelled()).toEqual(['lira 26947521101', `main ${uuid}`]);
  expect(new Set(cancels.map(({ act }) => act.id)).size).toBe(2);
});
