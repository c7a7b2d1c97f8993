import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RequestInput } from '#lib/protocol/messages.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { createHistory } from '#lib/page/history/history-model.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A worker that takes so long for an answer. */
function open(delay: number) {
  const view = signal<View | undefined>(emptyView);
  const asked: { request: RequestInput; at: number }[] = [];
  let underWay = 0;
  let most = 0;
  const ask = async (request: RequestInput) => {
    asked.push({ request, at: Date.now() });
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setTimeout(resolve, delay));
    underWay--;
    const before = 'before' in request ? request.before : undefined;
    return { rows: [{ row: (before ?? 100) - 1 }], next: (before ?? 100) - 1 };
  };
  const history = createHistory({ view, ask: ask as never });
  return {
    history,
    asked,
    most: () => most,
    step: () => (view.value = { ...emptyView, cancellations: {} }),
  };
}

test('while cancellations get on it asks twice a second at most, once at a time, and last of all', async () => {
  const { asked, most, step } = open(30);
  for (let i = 0; i < 200; i++) {
    step();
    await vi.advanceTimersByTimeAsync(10);
  }
  const during = asked.length;
  expect(during).toBeGreaterThanOrEqual(4);
  expect(during).toBeLessThanOrEqual(5);
  const lastStep = Date.now();
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked.at(-1)?.at).toBeGreaterThanOrEqual(lastStep - 10);
  expect(asked.length).toBeLessThanOrEqual(during + 1);
  expect(most()).toBe(1);
});

test('a slow worker is never asked twice at the same time', async () => {
  const { asked, most, step } = open(3000);
  for (let i = 0; i < 60; i++) {
    step();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(most()).toBe(1);
  expect(asked.length).toBeLessThanOrEqual(3);
});

test('what is typed is sought once, when the typing rests', async () => {
  const { history, asked } = open(10);
  await vi.advanceTimersByTimeAsync(1000);
  for (const text of ['b', 'bt', 'btc ']) {
    history.setText(text);
    await vi.advanceTimersByTimeAsync(100);
  }
  await vi.advanceTimersByTimeAsync(100);
  expect(asked.slice(1).map(({ request }) => request)).toEqual([{ kind: 'history', text: 'btc' }]);
  expect(history.found.value).toBe('btc');
});

test('an answer to what was sought before is not shown', async () => {
  const { history, asked } = open(500);
  await vi.advanceTimersByTimeAsync(1000);
  history.setText('old');
  await vi.advanceTimersByTimeAsync(200);
  history.setText('new');
  await vi.advanceTimersByTimeAsync(500);
  expect(history.found.value).toBe('');
  await vi.advanceTimersByTimeAsync(1000);
  expect(history.found.value).toBe('new');
  expect(asked.map(({ request }) => 'text' in request && request.text)).toEqual([
    false,
    'old',
    'new',
  ]);
});

test('more pages are those of what is sought', async () => {
  const { history, asked } = open(10);
  history.setText('x');
  await vi.advanceTimersByTimeAsync(1000);
  history.readMore();
  await vi.advanceTimersByTimeAsync(100);
  expect(asked.at(-1)?.request).toEqual({ kind: 'history', text: 'x', before: 99 });
  expect(history.rows.value?.map(({ row }) => row)).toEqual([99, 98]);
});

test('closed, it asks nothing more', async () => {
  const { history, asked, step } = open(10);
  history.stop();
  step();
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked).toEqual([]);
});
