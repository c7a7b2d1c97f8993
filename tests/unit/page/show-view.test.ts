import { effect, signal } from '@preact/signals';
import { beforeEach, describe, expect, test, vi } from 'vitest';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import { showView } from '#lib/page/show-view.ts';
import type { View } from '#lib/protocol/view.ts';
import { fake } from '#tests/unit/support/fake-session.ts';

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});

let frames: (() => void)[];
let visibilityState: 'visible' | 'hidden';
let listeners: (() => void)[];

beforeEach(async () => {
  fake.clear();
  frames = [];
  listeners = [];
  visibilityState = 'visible';
  vi.stubGlobal('requestAnimationFrame', (frame: () => void) => frames.push(frame));
  vi.stubGlobal('document', {
    get visibilityState() {
      return visibilityState;
    },
    addEventListener: (_: string, listener: () => void) => listeners.push(listener),
  });
});

const vault = JSON.stringify({ state: 'unlocked' });

function state(id: string, value: Cancellation['state']): ReadonlyMap<string, string> {
  return new Map([[`view.cancellation.${id}`, JSON.stringify({ state: value })]]);
}

/** A page that shows a view, and every view it has shown since. */
async function opened() {
  await fake.session.set({ 'view.vault': vault });
  const view = signal<View>();
  const shown = showView(view);
  await shown.read();
  const states: string[] = [];
  view.subscribe((now) => {
    states.push(
      Object.values(now?.cancellations ?? {})
        .map((each) => each.state)
        .join(' '),
    );
  });
  return { ...shown, view, states: () => states.slice(1) };
}

function frame(): void {
  const due = frames;
  frames = [];
  for (const each of due) each();
}

test('the first change is shown at once, those before the next frame with it', async () => {
  const { take, states } = await opened();
  take(state('1', 'requested'));
  expect(states()).toEqual(['requested']);
  take(state('1', 'sent'));
  take(state('2', 'requested'));
  take(state('1', 'accepted'));
  expect(states()).toEqual(['requested']);
  frame();
  expect(states()).toEqual(['requested', 'accepted requested']);
  take(state('1', 'cancelled'));
  expect(states()).toHaveLength(2);
  frame();
  expect(states()).toEqual(['requested', 'accepted requested', 'cancelled requested']);
});

test('after a frame without a change the next one is shown at once again', async () => {
  const { take, states } = await opened();
  take(state('1', 'requested'));
  frame();
  expect(frames).toEqual([]);
  take(state('1', 'sent'));
  expect(states()).toEqual(['requested', 'sent']);
});

test('a hidden page does not wait for a frame', async () => {
  const { take, states } = await opened();
  visibilityState = 'hidden';
  take(state('1', 'requested'));
  take(state('1', 'sent'));
  expect(states()).toEqual(['requested', 'sent']);
});

test('a page that is hidden while it waits for a frame shows what it has', async () => {
  const { take, states } = await opened();
  take(state('1', 'requested'));
  take(state('1', 'sent'));
  visibilityState = 'hidden';
  for (const listener of listeners) listener();
  expect(states()).toEqual(['requested', 'sent']);
});

test('what comes while the view is read is not lost', async () => {
  const { take, read, view } = await opened();
  const reading = read();
  take(state('1', 'sent'));
  await reading;
  expect(Object.keys(view.value?.cancellations ?? {})).toEqual(['1']);
});

test('the view begins with the vault’s state, whatever has come before it', async () => {
  const view = signal<View>();
  const { take, read } = showView(view);
  await read();
  take(state('1', 'sent'));
  expect(view.value).toBeUndefined();
  take(new Map([['view.vault', vault]]));
  frame();
  expect(view.value?.vault.state).toBe('unlocked');
  expect(Object.keys(view.value?.cancellations ?? {})).toEqual(['1']);
});

describe('what is no text of the view', () => {
  const odd: readonly unknown[] = ['', '{', 'undefined', '\u0000', {}, ['{'], '[[['.repeat(9)];
  const keys = ['view.vault', 'view.accounts', 'view.orders.a', 'view.reading.a', 'view.index'];

  test.each(keys)('at a page’s opening, under %s', async (key) => {
    for (const value of odd) {
      fake.clear();
      await fake.session.set({ 'view.vault': vault, 'view.index': JSON.stringify(keys) });
      await fake.session.set({ [key]: value });
      const view = signal<View>();
      await showView(view).read();
      expect(view.value?.vault.state, JSON.stringify(value)).toBe('unreadable');
    }
  });

  test('among what has changed', async () => {
    const { take, view } = await opened();
    take(new Map([['view.accounts', '[{']]));
    expect(view.value?.vault.state).toBe('unreadable');
    frame();
    take(new Map([['view.vault', vault]]));
    expect(view.value?.vault.state).toBe('unlocked');
  });

  test('and what a page cannot arrange is said alike', async () => {
    await fake.session.set({ 'view.vault': vault, 'view.accounts': '7' });
    const view = signal<View>();
    effect(() => {
      for (const _ of view.value?.accounts ?? []);
    });
    await showView(view).read();
    expect(view.value?.vault.state).toBe('unreadable');
  });
});
