import { vi } from 'vitest';
import { emptyView, type View } from '#lib/protocol/view.ts';
import type { Publisher } from '#lib/worker/publish/publisher.ts';
import { createDamage } from '#lib/worker/store/damage.ts';
import { createVaultSession } from '#lib/worker/vault-session.ts';
import type { ClickPath } from '#lib/worker/click-path.ts';
import type { Unlocked } from '#lib/worker/unlocked.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { parts, passphrase } from './vault-parts.ts';

const keyName = 'vault.unlocked';

/** One opening of the vault: what is in flight there ends when the test says so. */
interface Life {
  readonly unlocked: Unlocked;
  readonly end: () => void;
  isStopped: boolean;
  /** What its streams have been told. */
  streams: 'as needed' | 'kept' | 'shut';
}

export function vaultWorld() {
  const lives: Life[] = [];
  const view = structuredClone(emptyView) as { -readonly [Key in keyof View]: View[Key] };
  let isHidden = true;
  const publisher = {
    view,
    set: (part: keyof View, value: never) => void (view[part] = value),
    hide: () => void (isHidden = true),
    show: () => void (isHidden = false),
    clear: () => {},
    written: () => Promise.resolve(),
  } as unknown as Publisher;

  async function openUnlocked(): Promise<Unlocked> {
    await parts.steps.open();
    const ended = Promise.withResolvers<void>();
    const life: Life = {
      unlocked: {
        idle: () => ended.promise,
        stop: () => void (life.isStopped = true),
        streams: {
          keepLive: (keep: boolean) => void (life.streams = keep ? 'kept' : 'as needed'),
          shut: () => void (life.streams = 'shut'),
        },
      } as Unlocked,
      end: ended.resolve,
      isStopped: false,
      streams: 'as needed',
    };
    lives.push(life);
    return life.unlocked;
  }

  let unlocks = 0;
  const session = createVaultSession({
    publisher,
    damage: createDamage(() => {}),
    openPath: () => ({}) as ClickPath,
    openUnlocked,
    onUnlock: () => Promise.resolve(void unlocks++),
  });
  return {
    session,
    lives,
    /** How often who had just given the passphrase was let in. */
    unlocks: () => unlocks,
    isShown: () => !isHidden && view.vault.state === 'unlocked',
    view,
    lifeOf: (unlocked: Unlocked | undefined) => lives.find((life) => life.unlocked === unlocked),
    /** Whether the key lies where the next life of the worker would find it. */
    hasKey: async () => keyName in (await fake.session.get(keyName)),
  };
}

export const minute = 60_000;

export function reset(): void {
  fake.clear();
  Object.assign(parts, {
    steps: { derive: async () => {}, open: async () => {} },
    hasVault: true,
    settings: { autoLock: 1, readEvery: 5 },
    alarm: null,
    readingAlarm: undefined,
    unfinished: 0,
  });
}

export async function lockedWorld() {
  const world = vaultWorld();
  await world.session.start(undefined);
  return world;
}

export async function openWorld() {
  const world = await lockedWorld();
  await world.session.unlock(passphrase);
  return world;
}

/** The step waits until it is let go. */
export function hold(step: 'derive' | 'open'): () => void {
  const held = Promise.withResolvers<void>();
  parts.steps = { ...parts.steps, [step]: () => held.promise };
  return held.resolve;
}

export const settle = () => vi.advanceTimersByTimeAsync(0);
