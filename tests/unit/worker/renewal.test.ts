import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { alarmNames } from '#lib/worker/browser/alarms.ts';
import { browserTransport } from '#lib/worker/network/browser-transport.ts';
import { startWorker, type Worker } from '#lib/worker/worker.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { now } from '#tests/unit/support/view-world.ts';

/** Alarms by name: when they come. */
const alarms = vi.hoisted(() => new Map<string, number | undefined>());
vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  const alarmsApi = {
    create: (name: string, { when }: { when?: number }) => void alarms.set(name, when),
    clear: (name: string) => Promise.resolve(alarms.delete(name)),
    get: (name: string) => Promise.resolve(alarms.has(name) ? { name } : undefined),
  };
  return { default: { storage: { session: imported.session }, alarms: alarmsApi } };
});
vi.mock('#lib/worker/browser/origin-rule.ts', () => ({ setOriginRule: () => Promise.resolve() }));
vi.mock('#lib/worker/store/database.ts', () => ({ database: () => Promise.resolve({}) }));
vi.mock('#lib/worker/store/cancellations.ts', () => ({
  countUnfinished: () => Promise.resolve(0),
  hasLeftRows: () => Promise.resolve(false),
  cancellationStore: () => Promise.resolve({}),
}));
vi.mock('#lib/worker/store/vault-record.ts', () => ({
  vaultPresence: () => Promise.resolve('there'),
}));
vi.mock('#lib/worker/store/sealed-store.ts', () => {
  let stored: unknown = { autoLock: 1 };
  return {
    sealedStore: () => ({
      get: () => Promise.resolve(stored),
      put: (_: string, value: unknown) => Promise.resolve((stored = value)),
    }),
  };
});
vi.mock('#lib/worker/unlocked.ts', () => ({
  openUnlocked: () =>
    Promise.resolve({
      idle: () => new Promise(() => {}),
      stop: () => {},
      streams: { keepLive: () => {}, shut: () => {} },
    }),
}));

const key = 'vault.unlocked';
const minute = 60_000;

beforeEach(async () => {
  vi.useFakeTimers({ now });
  fake.clear();
  alarms.clear();
  await fake.session.set({
    [key]: { key: btoa('k'.repeat(32)), expiresAt: now + minute, writtenAt: now },
  });
});
afterEach(() => vi.useRealTimers());

async function writtenExpiry(): Promise<number | null | undefined> {
  const { [key]: kept } = await fake.session.get(key);
  return (kept as { expiresAt: number | null } | undefined)?.expiresAt;
}

/** How often the expiry has been written since. */
function countWrites(): () => number {
  const before = fake.state.sets.length;
  return () => fake.state.sets.slice(before).filter((keys) => keys.includes(key)).length;
}

function start(): Promise<Worker> {
  const { hurry, worker } = startWorker(browserTransport);
  hurry();
  return worker;
}

async function actAfter(worker: Worker, milliseconds: number) {
  await vi.advanceTimersByTimeAsync(milliseconds);
  void worker.vault.renew();
  await vi.advanceTimersByTimeAsync(0);
}

test('many acts are one write in ten seconds', async () => {
  const worker = await start();
  const writes = countWrites();
  for (let act = 0; act < 99; act++) await actAfter(worker, 100);
  expect(writes()).toBe(0);
  await actAfter(worker, 100);
  expect(writes()).toBe(1);
  expect(await writtenExpiry()).toBe(now + 10_000 + minute);
  expect(alarms.get(alarmNames.autoLock)).toBe(now + 10_000 + minute);
  for (let act = 0; act < 99; act++) await actAfter(worker, 100);
  expect(writes()).toBe(1);
});

test('in this life the lock falls a minute after the last act, and not before', async () => {
  const worker = await start();
  await actAfter(worker, 9000);
  await vi.advanceTimersByTimeAsync(minute - 9000);
  // The alarm comes at the time as written.
  await worker.vault.lockIfExpired();
  await expect(worker.vault.expectUnlocked()).resolves.toBeDefined();
  expect(await writtenExpiry()).toBe(now + 9000 + minute);
  expect(alarms.get(alarmNames.autoLock)).toBe(now + 9000 + minute);
  await vi.advanceTimersByTimeAsync(8999);
  await expect(worker.vault.expectUnlocked()).resolves.toBeDefined();
  await vi.advanceTimersByTimeAsync(1);
  await expect(worker.vault.expectUnlocked()).rejects.toThrow('Pullcord is locked');
  expect(await writtenExpiry()).toBeUndefined();
});

test('in the next life it falls less than ten seconds sooner, and never later', async () => {
  const worker = await start();
  for (const milliseconds of [4000, 4000, 4000, 4000]) await actAfter(worker, milliseconds);
  const lastAct = now + 16_000;
  const next = await start();
  await vi.advanceTimersByTimeAsync(minute - 10_000);
  await expect(next.vault.expectUnlocked()).resolves.toBeDefined();
  await vi.advanceTimersByTimeAsync(lastAct + minute - Date.now());
  await expect(next.vault.expectUnlocked()).rejects.toThrow('Pullcord is locked');
});

test('another auto-lock is written at once', async () => {
  const worker = await start();
  for (const [autoLock, expiry] of [
    [5, now + 5 * minute],
    ['browser-close', null],
    [1, now + minute],
  ] as const) {
    const changed = worker.vault.changeSettings({ autoLock });
    await vi.advanceTimersByTimeAsync(0);
    await changed;
    expect(await writtenExpiry()).toBe(expiry);
  }
});

test('the click’s own path comes before the write', async () => {
  const worker = await start();
  await vi.advanceTimersByTimeAsync(20_000);
  const writes = countWrites();
  const renewed = worker.vault.renew();
  for (let microtask = 0; microtask < 20; microtask++) await Promise.resolve();
  expect(writes()).toBe(0);
  await vi.advanceTimersByTimeAsync(0);
  await renewed;
  expect(writes()).toBe(1);
});

test('a lock while the expiry is being written takes the key away for good', async () => {
  const worker = await start();
  await vi.advanceTimersByTimeAsync(20_000);
  const renewed = worker.vault.renew();
  fake.state.delay = () => new Promise((resolve) => setTimeout(resolve, 50));
  await vi.advanceTimersByTimeAsync(1);
  const locked = worker.vault.lock();
  await vi.advanceTimersByTimeAsync(1000);
  await Promise.all([renewed, locked]);
  expect(await writtenExpiry()).toBeUndefined();
  expect(alarms.has(alarmNames.autoLock)).toBe(false);
});

/** The clock stands back by so much; time has not gone on. */
const setBack = (milliseconds: number) => vi.setSystemTime(Date.now() - milliseconds);

async function isStillOpen(vault: Worker['vault']): Promise<boolean> {
  return vault.expectUnlocked().then(
    () => true,
    () => false,
  );
}

describe('a clock that is set back', () => {
  test.each([
    [4999, true],
    [5000, false],
    [3_600_000, false],
  ])('by %i ms: open %s, in this life', async (milliseconds, isOpen) => {
    const { vault } = await start();
    await vi.advanceTimersByTimeAsync(20_000);
    await vault.expectUnlocked();
    setBack(milliseconds);
    expect(await isStillOpen(vault)).toBe(isOpen);
    expect(await writtenExpiry()).toBe(isOpen ? now + minute : undefined);
  });

  test.each([
    [4999, true],
    [5000, false],
  ])('by %i ms: open %s, in the next life', async (milliseconds, isOpen) => {
    const worker = await start();
    await actAfter(worker, 10_000);
    setBack(milliseconds);
    expect(await isStillOpen((await start()).vault)).toBe(isOpen);
  });

  test('is no matter where no time runs', async () => {
    await fake.session.set({
      [key]: { key: btoa('k'.repeat(32)), expiresAt: null, writtenAt: now },
    });
    setBack(3_600_000);
    expect(await isStillOpen((await start()).vault)).toBe(true);
  });
});
