import { beforeEach, expect, test, vi } from 'vitest';
import { sessionItem } from '#lib/worker/browser/session-item.ts';
import { filesIn, read } from '#tests/unit/repository/files.ts';
import { fake } from '#tests/unit/support/fake-session.ts';

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});

beforeEach(() => fake.clear());

test('is kept under its key as it is given, and is there until it is removed', async () => {
  const item = sessionItem<{ at: number }>('thing');
  const other = sessionItem<number>('other');
  expect(await item.get()).toBeUndefined();
  await item.set({ at: 5 });
  await other.set(0);
  expect(await fake.session.get(null)).toEqual({ thing: { at: 5 }, other: 0 });
  expect(await item.get()).toEqual({ at: 5 });
  expect(await other.get()).toBe(0);
  await item.remove();
  expect(await item.get()).toBeUndefined();
  expect(await other.get()).toBe(0);
});

test('is found among what was read together', async () => {
  const [one, other] = [sessionItem<string>('one'), sessionItem<string>('other')];
  await one.set('first');
  const stored = await fake.session.get([one.key, other.key]);
  expect([one.from(stored), other.from(stored)]).toEqual(['first', undefined]);
});

test('no two have one key, and each keeps the key that it has', () => {
  const keys = filesIn('lib').flatMap((file) =>
    [...read(file).matchAll(/\bsessionItem<.+>\('([^']+)'\)/g)].map((match) => match[1] ?? ''),
  );
  expect(keys.toSorted()).toEqual([
    'alive',
    'clocks',
    'lanes',
    'lookups',
    'origin-rule',
    'pointed',
    'vault.unlocked',
  ]);
});
