import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { fake } from '#tests/unit/support/fake-session.ts';
import { now } from '#tests/unit/support/view-world.ts';
import { parts, passphrase } from './vault-parts.ts';
import { hold, lockedWorld, minute, openWorld, reset, settle } from './vault-world.ts';

/** What has not ended when Pullcord locks goes on, and how many cancels that are is said. */

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});
vi.mock(
  '#lib/worker/store/vault-record.ts',
  async () => (await import('./vault-parts.ts')).vaultRecordMock,
);
vi.mock(
  '#lib/worker/store/cancellations.ts',
  async () => (await import('./vault-parts.ts')).journalMock,
);
vi.mock(
  '#lib/worker/store/sealed-store.ts',
  async () => (await import('./vault-parts.ts')).storeMock,
);
vi.mock(
  '#lib/worker/vault/vault-key.ts',
  async () => (await import('./vault-parts.ts')).vaultKeyMock,
);
vi.mock('#lib/worker/browser/alarms.ts', async () => (await import('./vault-parts.ts')).alarmsMock);

beforeEach(() => {
  vi.useFakeTimers({ now });
  reset();
});
afterEach(() => vi.useRealTimers());

describe('what goes on after a lock', () => {
  test('is taken up by the next unlock, though its end comes while that is under way', async () => {
    const world = await openWorld();
    await world.session.lock();
    // Behind what is taken up, the rest of the opening takes its time.
    const kept = Promise.withResolvers<void>();
    fake.state.delay = () => kept.promise;
    const unlocking = world.session.unlock(passphrase);
    await settle();
    world.lives[0]?.end();
    await settle();
    kept.resolve();
    await unlocking;
    expect(world.lives).toHaveLength(1);
    expect(world.lives[0]?.isStopped).toBe(false);
    expect(world.session.opened()).toBe(world.lives[0]?.unlocked);
  });

  test('that has ended before is opened anew', async () => {
    const world = await openWorld();
    await world.session.lock();
    const go = hold('derive');
    const unlocking = world.session.unlock(passphrase);
    world.lives[0]?.end();
    await settle();
    go();
    await unlocking;
    expect(world.lives.map(({ isStopped }) => isStopped)).toEqual([true, false]);
  });

  test('goes on for a minute after the last lock, and no longer', async () => {
    const world = await openWorld();
    await world.session.lock();
    await vi.advanceTimersByTimeAsync(minute / 2);
    await world.session.unlock(passphrase);
    await vi.advanceTimersByTimeAsync(minute / 2);
    await world.session.lock();
    await vi.advanceTimersByTimeAsync(minute - 1);
    expect(world.lives.map(({ isStopped }) => isStopped)).toEqual([false]);
    await vi.advanceTimersByTimeAsync(1);
    expect(world.lives.map(({ isStopped }) => isStopped)).toEqual([true]);
  });

  test('goes on where the unlock that took it up has failed', async () => {
    const world = await openWorld();
    await world.session.lock();
    fake.state.quota = 0;
    await expect(world.session.unlock(passphrase)).rejects.toThrow();
    expect(world.lives[0]?.isStopped).toBe(false);
    world.lives[0]?.end();
    await settle();
    expect(world.lives[0]?.isStopped).toBe(true);
  });
});

describe('how many cancels have not ended is said', () => {
  test('while they are checked after a lock, and as they end', async () => {
    const world = await openWorld();
    parts.unfinished = 2;
    await world.session.lock();
    expect(world.view.vault).toEqual({ state: 'locked', waiting: { count: 2, isChecking: true } });
    parts.unfinished = 1;
    world.session.noteCancellation();
    await vi.advanceTimersByTimeAsync(250);
    expect(world.view.vault).toEqual({ state: 'locked', waiting: { count: 1, isChecking: true } });
    await vi.advanceTimersByTimeAsync(minute);
    expect(world.view.vault).toEqual({ state: 'locked', waiting: { count: 1, isChecking: false } });
  });

  test('and not when all have', async () => {
    const world = await openWorld();
    parts.unfinished = 1;
    await world.session.lock();
    parts.unfinished = 0;
    world.lives[0]?.end();
    await settle();
    expect(world.view.vault).toEqual({ state: 'locked' });
  });

  test('after a start that is locked', async () => {
    parts.unfinished = 3;
    const world = await lockedWorld();
    expect(world.view.vault).toEqual({ state: 'locked', waiting: { count: 3, isChecking: false } });
  });

  test('never of an open vault', async () => {
    parts.unfinished = 3;
    const world = await lockedWorld();
    await world.session.unlock(passphrase);
    world.session.noteCancellation();
    await vi.advanceTimersByTimeAsync(1000);
    expect(world.view.vault).toEqual({ state: 'unlocked' });
  });
});
