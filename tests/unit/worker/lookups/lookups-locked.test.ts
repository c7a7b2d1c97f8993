import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fake } from '#tests/unit/support/fake-session.ts';
import { now } from '#tests/unit/support/view-world.ts';
import { named, world, carryOut } from './lookup-world.ts';

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});

beforeEach(() => {
  vi.useFakeTimers({ now });
  fake.clear();
});
afterEach(() => vi.useRealTimers());

describe('while Pullcord is locked', () => {
  const known = { lira: [named('26947521101')] };

  test('the window opens; nothing is read, shown or cancelled', async () => {
    const { lookups, windows, state, cancels, published } = world({ known, isLocked: true });
    await carryOut(() => lookups.begin('26947521101', 'btcturk'));
    expect(windows).toHaveLength(1);
    expect(state.readings).toBe(0);
    expect(cancels).toEqual([]);
    expect(published).toEqual([]);
    expect(await fake.session.get('lookups')).toEqual({
      lookups: [{ id: windows[0], askedAt: now, text: '26947521101', venue: 'btcturk' }],
    });
  });

  test('two wishes at once are both kept', async () => {
    const { lookups, windows } = world({ known, isLocked: true });
    await carryOut(() => Promise.all([lookups.begin('26947521101'), lookups.begin('26947521102')]));
    const { lookups: kept } = (await fake.session.get('lookups')) as { lookups: { id: string }[] };
    expect(kept.map(({ id }) => id)).toEqual(windows);
    expect(windows).toHaveLength(2);
  });

  test('locked while the accounts are read: it waits for the passphrase, and goes on', async () => {
    const { lookups, windows, cancels, state, unlock } = world({
      venue: { lira: { orders: [named('26947521101')] } },
    });
    await carryOut(async () => {
      const begun = lookups.begin('26947521101');
      setTimeout(() => (state.isLocked = true), 50);
      await begun;
    });
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
    unlock();
    await carryOut(() => lookups.resume());
    expect(cancels).toHaveLength(1);
    expect(windows).toHaveLength(1);
  });

  test('unlocked, the wish is carried out, once, by the worker’s next life too', async () => {
    const { lookups, begin, windows, cancels, published, unlock, last } = world({
      known,
      isLocked: true,
    });
    await carryOut(() => lookups.begin('26947521101'));
    unlock();
    await carryOut(() => begin().resume());
    expect(cancels).toHaveLength(1);
    // By the act of that window, which says so; no other one opens.
    expect(cancels[0]?.act).toEqual({ id: windows[0] });
    expect(last()).toMatchObject({ id: windows[0], stage: 'taken' });
    expect(published.every(({ id }) => id === windows[0])).toBe(true);
    expect(windows).toHaveLength(1);
    unlock();
    await carryOut(() => begin().resume());
    expect(cancels).toHaveLength(1);
    expect(fake.keys()).toEqual([]);
  });

  test('unlocked, an id that is not known is looked up; the open window shows how', async () => {
    const { lookups, windows, cancels, published, unlock } = world({
      venue: { lira: { orders: known.lira } },
      isLocked: true,
    });
    await carryOut(() => lookups.begin('26947521101'));
    unlock();
    await carryOut(() => lookups.resume());
    expect(published.map(({ stage }) => stage)).toEqual(['reading', 'taken']);
    expect(cancels).toHaveLength(1);
    expect(windows).toHaveLength(1);
  });

  test('the newest order too', async () => {
    const { lookups, windows, published, unlock, ...told } = world({
      venue: { lira: { orders: known.lira } },
      isLocked: true,
    });
    await carryOut(() => lookups.beginNewest());
    unlock();
    await carryOut(() => lookups.resume());
    expect(published.map(({ stage }) => stage)).toEqual(['reading', 'taken']);
    expect(told.cancelled()).toEqual(['lira 26947521101']);
    expect(windows).toHaveLength(1);
  });

  test('what is not clear has to be chosen, in the window that is open', async () => {
    const { lookups, windows, cancels, unlock, last } = world({ isLocked: true });
    await carryOut(() => lookups.begin('26947529999'));
    unlock();
    await carryOut(() => lookups.resume());
    expect(cancels).toEqual([]);
    expect(windows).toHaveLength(1);
    expect(last()).toMatchObject({
      id: windows[0],
      stage: 'choosing',
      unknown: [{ id: '26947529999' }],
    });
  });

  test.each<[wish: 'id' | 'newest', milliseconds: number, stage: string, cancelled: number]>([
    ['id', 60_000, 'taken', 1],
    ['id', 60_001, 'expired', 0],
    ['newest', 60_001, 'expired', 0],
    ['id', 24 * 3_600_000, 'expired', 0],
  ])('%s, unlocked after %i ms: %s', async (wish, milliseconds, stage, cancelled) => {
    const { lookups, windows, cancels, unlock, last, state } = world({ known, isLocked: true });
    await (wish === 'id' ? lookups.begin('26947521101') : lookups.beginNewest());
    vi.setSystemTime(now + milliseconds);
    unlock();
    await carryOut(() => lookups.resume());
    expect(cancels).toHaveLength(cancelled);
    expect(last()).toMatchObject({ id: windows[0], stage });
    expect(last()?.wish.kind).toBe(wish === 'id' ? 'ids' : 'newest');
    if (cancelled === 0) expect(state.readings).toBe(0);
    expect(fake.keys()).toEqual([]);
  });

  test('several wishes are each carried out', async () => {
    const { lookups, windows, unlock, view, ...told } = world({
      known: { lira: [named('26947521101'), named('26947521102')] },
      isLocked: true,
    });
    await lookups.begin('26947521101');
    await lookups.begin('26947521102');
    unlock();
    await carryOut(() => lookups.resume());
    expect(told.cancelled()).toEqual(['lira 26947521101', 'lira 26947521102']);
    expect(view.lookups.map(({ id }) => id)).toEqual(windows);
  });

  test('of many wishes the latest eight wait', async () => {
    const { lookups } = world({ isLocked: true });
    for (let index = 0; index < 10; index++) await lookups.begin(`word ${index}`);
    const { lookups: waiting } = await fake.session.get('lookups');
    expect((waiting as { text: string }[]).map(({ text }) => text)).toEqual(
      Array.from({ length: 8 }, (_, index) => `word ${index + 2}`),
    );
  });

  test('of a whole book as a selection the beginning waits', async () => {
    const { lookups } = world({ isLocked: true });
    await lookups.begin('x'.repeat(1_000_000));
    expect(fake.bytes()).toBeLessThan(101_000);
  });

  test('nothing waits: nothing happens', async () => {
    const { lookups, unlock, published, cancels } = world({ known });
    unlock();
    await carryOut(() => lookups.resume());
    expect(published).toEqual([]);
    expect(cancels).toEqual([]);
  });
});
