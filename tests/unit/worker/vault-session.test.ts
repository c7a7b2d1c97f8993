import { array, assert, asyncProperty, constantFrom, scheduler as schedulers } from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { readLeftBehind } from '#lib/worker/browser/session-item.ts';
import type { ClickPath } from '#lib/worker/click-path.ts';
import { findKey } from '#lib/worker/vault/kept-key.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { now } from '#tests/unit/support/view-world.ts';
import { parts, passphrase } from './vault-parts.ts';
import { vaultWorld } from './vault-world.ts';
import { hold, lockedWorld, minute, openWorld, reset, settle } from './vault-world.ts';

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

describe('a lock wins over every unlock that was asked for before it', () => {
  test.each(['derive', 'open'] as const)('while one is at “%s”', async (step) => {
    const world = await lockedWorld();
    const go = hold(step);
    const unlocking = world.session.unlock(passphrase);
    const refused = expect(unlocking).rejects.toMatchObject({ code: 'locked' });
    await settle();
    const locking = world.session.lock();
    go();
    await refused;
    await locking;
    expect(world.session.opened()).toBeUndefined();
    expect(world.isShown()).toBe(false);
    expect(await world.hasKey()).toBe(false);
    expect(parts.alarm).toBeNull();
    expect(world.unlocks()).toBe(0);
  });

  test('while the key is being kept', async () => {
    const world = await lockedWorld();
    const kept = Promise.withResolvers<void>();
    fake.state.delay = () => kept.promise;
    const refused = expect(world.session.unlock(passphrase)).rejects.toThrow('locked meanwhile');
    await settle();
    const locking = world.session.lock();
    kept.resolve();
    await Promise.all([refused, locking]);
    expect(world.session.opened()).toBeUndefined();
    expect(await world.hasKey()).toBe(false);
    // What was taken up for cancels in flight may have used them.
    expect(world.lives[0]?.streams).toBe('shut');
  });

  test('and over a creation: the vault is there, and locked', async () => {
    parts.hasVault = false;
    const world = await lockedWorld();
    expect(world.view.vault.state).toBe('none');
    const go = hold('derive');
    const refused = expect(world.session.create(passphrase)).rejects.toMatchObject({
      code: 'locked',
    });
    await settle();
    const locking = world.session.lock();
    go();
    await Promise.all([refused, locking]);
    expect(parts.hasVault).toBe(true);
    expect(world.view.vault.state).toBe('locked');
    expect(await world.hasKey()).toBe(false);
  });

  test('one that is asked for after it opens', async () => {
    const world = await lockedWorld();
    const go = hold('derive');
    const before = expect(world.session.unlock(passphrase)).rejects.toThrow('locked meanwhile');
    void world.session.lock();
    const after = world.session.unlock(passphrase);
    go();
    await before;
    await after;
    expect(world.isShown()).toBe(true);
    expect(world.lives).toHaveLength(1);
  });

  test('at once: a request that follows it finds it locked, whatever is still to be written', async () => {
    const world = await openWorld();
    fake.state.delay = () => new Promise(() => {});
    await vi.advanceTimersByTimeAsync(20_000);
    void world.session.renew();
    await settle();
    void world.session.lock();
    await expect(world.session.expectUnlocked()).rejects.toMatchObject({ code: 'locked' });
    expect(world.isShown()).toBe(false);
  });
});

test('two pages that unlock at once open it once', async () => {
  const world = await lockedWorld();
  const derived = hold('derive');
  const opened = hold('open');
  const both = [world.session.unlock(passphrase), world.session.unlock(passphrase)];
  await settle();
  derived();
  await settle();
  opened();
  await Promise.all(both);
  expect(world.lives).toHaveLength(1);
  expect(world.unlocks()).toBe(1);
});

test('two pages that create at once make one vault', async () => {
  parts.hasVault = false;
  const world = await lockedWorld();
  const results = await Promise.allSettled([
    world.session.create(passphrase),
    world.session.create(passphrase),
  ]);
  expect(results.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(results[1]).toMatchObject({ reason: { code: 'vault-exists' } });
  expect(world.lives).toHaveLength(1);
});

test('an unlock whose time had run out unnoticed begins a new time', async () => {
  const world = await openWorld();
  await vi.advanceTimersByTimeAsync(2 * minute);
  await world.session.unlock(passphrase);
  await expect(world.session.expectUnlocked()).resolves.toBe(world.lives[0]?.unlocked);
  expect(parts.alarm).toBe(now + 3 * minute);
});

test('an expiry while the passphrase is given anew does not take the new key away', async () => {
  const world = await openWorld();
  const go = hold('derive');
  const unlocking = world.session.unlock(passphrase);
  await vi.advanceTimersByTimeAsync(2 * minute);
  go();
  const expiring = world.session.lockIfExpired();
  await Promise.all([unlocking, expiring]);
  expect(world.isShown()).toBe(true);
  expect(await world.hasKey()).toBe(true);
});

test('nor does one whose turn comes behind that', async () => {
  const world = await openWorld();
  await vi.advanceTimersByTimeAsync(20_000);
  const written = Promise.withResolvers<void>();
  fake.state.delay = () => written.promise;
  const renewing = world.session.renew();
  await settle();
  const unlocking = world.session.unlock(passphrase);
  await vi.advanceTimersByTimeAsync(2 * minute);
  const expiring = world.session.lockIfExpired();
  written.resolve();
  await Promise.all([renewing, unlocking, expiring]);
  expect(world.isShown()).toBe(true);
  expect(await world.hasKey()).toBe(true);
});

test('the look of a click waits for nothing', async () => {
  const world = await openWorld();
  fake.state.delay = () => new Promise(() => {});
  await vi.advanceTimersByTimeAsync(20_000);
  // A renewal is being written, for ever.
  void world.session.renew();
  await settle();
  await expect(world.session.expectUnlocked()).resolves.toBeDefined();
});

type Act = 'unlock' | 'unlock wrongly' | 'lock' | 'wait' | 'expire' | 'renew' | 'end' | 'step';

const acts = array(
  constantFrom<Act>(
    'unlock',
    'unlock',
    'unlock wrongly',
    'lock',
    'wait',
    'expire',
    'renew',
    'end',
    'step',
    'step',
  ),
  { minLength: 1, maxLength: 16 },
);

/**
 * Whatever crosses: the steps of every derivation, opening and write are let go in any order. The model is two facts: the
 * last wish counts, and what is open, shown, kept and alive is one and the same.
 */
test('in every order of crossing', { timeout: 60_000 }, async () => {
  await assert(
    asyncProperty(schedulers(), acts, async (scheduler, wished) => {
      reset();
      vi.setSystemTime(now);
      const world = await lockedWorld();
      const later = () => scheduler.schedule(Promise.resolve());
      parts.steps = { derive: later, open: later };
      fake.state.delay = later;
      const asked: Promise<unknown>[] = [];
      const ask = (wish: Promise<unknown>) => asked.push(wish.catch((error: unknown) => error));
      /** Locks asked for when each unlock was, and how it ended. */
      const unlocks: { locks: number; end?: 'opened' | 'locked' }[] = [];
      let locks = 0;

      const check = () => {
        const alive = world.lives.filter(({ isStopped }) => !isStopped);
        expect(alive.length).toBeLessThanOrEqual(1);
        const open = world.session.opened();
        if (open) expect(world.lifeOf(open)).toBe(alive[0]);
        expect(world.isShown()).toBe(open !== undefined);
      };

      for (const act of wished) {
        if (act === 'unlock') {
          const unlock: (typeof unlocks)[number] = { locks };
          unlocks.push(unlock);
          ask(
            world.session.unlock(passphrase).then(
              () => (unlock.end = 'opened'),
              () => (unlock.end = 'locked'),
            ),
          );
        }
        if (act === 'unlock wrongly') ask(world.session.unlock('wrong'));
        if (act === 'lock') {
          locks++;
          ask(world.session.lock());
          expect(world.session.opened()).toBeUndefined();
        }
        if (act === 'expire') {
          vi.setSystemTime(Date.now() + 2 * minute);
          ask(world.session.lockIfExpired());
        }
        if (act === 'wait') vi.setSystemTime(Date.now() + minute / 3);
        if (act === 'renew') ask(world.session.expectUnlocked().then(() => world.session.renew()));
        if (act === 'end') world.lives.at(-1)?.end();
        if (act === 'step' && scheduler.count() > 0) await scheduler.waitOne();
        await settle();
        check();
      }
      while (scheduler.count() > 0) {
        await scheduler.waitOne();
        await settle();
        check();
      }
      await Promise.all(asked);
      const isOpen = world.session.opened() !== undefined;
      expect(await world.hasKey()).toBe(isOpen);
      expect(parts.alarm !== null).toBe(isOpen);
      // What the user has chosen is read while it is open, and never while it is locked.
      expect(parts.readingAlarm).toBe(isOpen ? 5 : undefined);
      for (const { locks: before, end } of unlocks) {
        if (before === locks) expect(end).toBe('opened');
      }
      if (isOpen) expect(unlocks.some((unlock) => unlock.locks === locks)).toBe(true);
      else if (!wished.includes('expire') && !wished.includes('wait')) {
        expect(unlocks.every((unlock) => unlock.locks < locks)).toBe(true);
      }
    }),
    { numRuns: 1000 },
  );
});

test('whether the orders are read by the minute follows the choice, and a new life finds it so', async () => {
  const { session } = await openWorld();
  expect(parts.readingAlarm).toBe(5);
  await session.changeSettings({ readEvery: 15 });
  expect(parts.readingAlarm).toBe(15);
  await session.changeSettings({ readEvery: 'off' });
  expect(parts.readingAlarm).toBeUndefined();
  await session.changeSettings({ readEvery: 1 });
  const kept = findKey(await readLeftBehind(), Date.now());
  parts.readingAlarm = undefined;
  const next = vaultWorld();
  await next.session.start(kept && { kept, path: { sealer: {} } as ClickPath });
  await vi.advanceTimersByTimeAsync(50);
  expect(parts.readingAlarm).toBe(1);
  await next.session.lock();
  expect(parts.readingAlarm).toBeUndefined();
});
