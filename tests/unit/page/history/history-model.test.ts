import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RequestInput } from '#lib/protocol/messages.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { createHistory } from '#lib/page/history/history-model.ts';

beforeEach(() => void vi.useFakeTimers());
afterEach(() => void vi.useRealTimers());

/** A worker that takes so long for an answer, in which it has found so many of the 100 rows that it looks through. */
function open(delay: number, found = 50) {
  const view = signal<View | undefined>(emptyView);
  const asked: { request: RequestInput; at: number }[] = [];
  const fault: { error?: Error } = {};
  let underWay = 0;
  let most = 0;
  const ask = async (request: RequestInput) => {
    asked.push({ request, at: Date.now() });
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setTimeout(resolve, delay));
    underWay--;
    if (fault.error) throw fault.error;
    const end = ('before' in request && request.before) || 1001;
    const rows = Array.from({ length: found }, (_, index) => ({ row: end - 1 - index }));
    const next = found === 50 ? end - 50 : end - 100;
    return { rows, newest: end - 1, searchedTo: next * 1000, ...(next > 1 && { next }) };
  };
  const history = createHistory({ view, ask: ask as never });
  return {
    history,
    asked,
    fault,
    most: () => most,
    step: () => (view.value = { ...emptyView, cancellations: {} }),
    readOrders: () => (view.value = { ...emptyView, orders: {} }),
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

test('a page more is never asked for beside the first one', async () => {
  const { history, asked, most, step } = open(400);
  await vi.advanceTimersByTimeAsync(450);
  step();
  await vi.advanceTimersByTimeAsync(10);
  history.readMore();
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked.map(({ request }) => 'before' in request && request.before)).toEqual([
    false,
    951,
    false,
  ]);
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
  expect(asked.at(-1)?.request).toEqual({ kind: 'history', text: 'x', before: 951 });
  const rows = history.rows.value?.map(({ row }) => row);
  expect([rows?.length, rows?.at(0), rows?.at(-1)]).toEqual([100, 1000, 901]);
});

test('a search shows what it has found and how far it is, and goes on until it has enough', async () => {
  const { history, asked, most } = open(100, 20);
  history.setText('x');
  await vi.advanceTimersByTimeAsync(270);
  const shown = () => [
    history.rows.value?.length,
    history.isSearching.value,
    history.searchedTo.value,
    history.busy.value,
  ];
  expect(shown()).toEqual([20, true, 901_000, true]);
  await vi.advanceTimersByTimeAsync(100);
  expect(shown()).toEqual([40, true, 801_000, true]);
  await vi.advanceTimersByTimeAsync(1000);
  expect(shown()).toEqual([60, false, 701_000, false]);
  history.readMore();
  await vi.advanceTimersByTimeAsync(1000);
  expect(shown()).toEqual([120, false, 401_000, false]);
  expect(asked.map(({ request }) => 'before' in request && request.before)).toEqual([
    false,
    901,
    801,
    701,
    601,
    501,
  ]);
  expect(most()).toBe(1);
});

test('a search that finds nothing comes to the beginning, and ends', async () => {
  const { history, asked } = open(10, 0);
  history.setText('x');
  await vi.advanceTimersByTimeAsync(2000);
  expect([history.rows.value, history.next.value, history.isSearching.value]).toEqual([
    [],
    undefined,
    false,
  ]);
  expect(asked).toHaveLength(10);
});

test('what is typed meanwhile does not wait for the end of the search', async () => {
  const { history, asked } = open(100, 0);
  history.setText('old');
  await vi.advanceTimersByTimeAsync(300);
  history.setText('new');
  await vi.advanceTimersByTimeAsync(160);
  expect(asked.at(-1)?.request).toEqual({ kind: 'history', text: 'new' });
  await vi.advanceTimersByTimeAsync(100);
  expect([history.found.value, history.searchedTo.value]).toEqual(['new', 901_000]);
});

test('while cancellations get on, they are looked at too, and a search comes no less far', async () => {
  const { history, asked, step, most } = open(100, 0);
  history.setText('x');
  for (let i = 0; i < 100; i++) {
    step();
    await vi.advanceTimersByTimeAsync(20);
    if (i === 45) expect(history.isSearching.value).toBe(true);
    if (i === 45) expect(asked.filter(({ request }) => !('before' in request))).toHaveLength(2);
  }
  expect([history.next.value, history.isSearching.value, most()]).toEqual([undefined, false, 1]);
});

test('a search that fails is said to, and can be gone on with', async () => {
  const { history, fault } = open(100, 20);
  history.setText('x');
  await vi.advanceTimersByTimeAsync(270);
  fault.error = new Error('No answer.');
  await vi.advanceTimersByTimeAsync(1000);
  expect([history.error.value, history.isSearching.value, history.busy.value]).toEqual([
    'No answer.',
    false,
    false,
  ]);
  delete fault.error;
  history.readMore();
  await vi.advanceTimersByTimeAsync(1000);
  expect([history.error.value, history.rows.value?.length]).toEqual([undefined, 80]);
});

test('a search that is closed asks nothing more', async () => {
  const { history, asked } = open(100, 0);
  history.setText('x');
  await vi.advanceTimersByTimeAsync(300);
  history.stop();
  const before = asked.length;
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked).toHaveLength(before);
});

test('what is read of orders has nothing asked anew', async () => {
  const { asked, readOrders } = open(10);
  await vi.advanceTimersByTimeAsync(10_000);
  readOrders();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toHaveLength(1);
});

test('closed, it asks nothing more', async () => {
  const { history, asked, step } = open(10);
  history.stop();
  step();
  await vi.advanceTimersByTimeAsync(2000);
  expect(asked).toEqual([]);
});
