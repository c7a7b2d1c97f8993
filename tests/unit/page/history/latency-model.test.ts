import { signal } from '@preact/signals';
import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { RequestInput } from '#lib/protocol/messages.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { createLatency } from '#lib/page/history/latency-model.ts';

const now = new Date(2026, 10, 26, 15).getTime();
beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => void vi.useRealTimers());

/** A worker that takes so long for an answer, which says how many times it was asked. */
function open(delay: number) {
  const view = signal<View | undefined>(emptyView);
  const asked: (RequestInput & { readonly at: number })[] = [];
  const fault: { error?: Error } = {};
  let underWay = 0;
  let most = 0;
  const ask = async (request: RequestInput) => {
    asked.push({ ...request, at: Date.now() });
    const removed = asked.length;
    most = Math.max(most, ++underWay);
    await new Promise((resolve) => setTimeout(resolve, delay));
    underWay--;
    if (fault.error) throw fault.error;
    return { systems: [], removed };
  };
  return {
    latency: createLatency({ view, ask: ask as never }),
    asked,
    fault,
    most: () => most,
    step: () => (view.value = { ...emptyView, cancellations: {} }),
    readOrders: () => (view.value = { ...emptyView, orders: {} }),
  };
}

test('it begins with a week, of which the last day is today', async () => {
  const { latency, asked } = open(10);
  await vi.advanceTimersByTimeAsync(100);
  expect(asked).toEqual([{ kind: 'latencies', from: new Date(2026, 10, 20).getTime(), at: now }]);
  expect(latency.shown.value).toMatchObject({ days: 7, latencies: { removed: 1 } });
});

test('while cancellations get on it asks every five seconds at most, and last of all', async () => {
  const { asked, most, step } = open(30);
  for (let i = 0; i < 200; i++) {
    step();
    await vi.advanceTimersByTimeAsync(100);
  }
  expect(asked.map(({ at }) => at - now)).toEqual([0, 5000, 10_000, 15_000, 20_000]);
  step();
  await vi.advanceTimersByTimeAsync(20_000);
  expect(asked.map(({ at }) => at - now).slice(5)).toEqual([25_000]);
  expect(most()).toBe(1);
});

test('other days are asked for at once, and an answer to the days before is not shown', async () => {
  const { latency, asked, most } = open(500);
  await vi.advanceTimersByTimeAsync(100);
  latency.setDays(1);
  await vi.advanceTimersByTimeAsync(500);
  expect(latency.shown.value).toBeUndefined();
  await vi.advanceTimersByTimeAsync(500);
  expect(latency.shown.value).toMatchObject({ days: 1, latencies: { removed: 2 } });
  latency.setDays(30);
  expect(latency.shown.value?.days).toBe(1);
  await vi.advanceTimersByTimeAsync(600);
  expect(latency.shown.value).toMatchObject({ days: 30 });
  expect(asked).toHaveLength(3);
  expect(most()).toBe(1);
});

test('a fault is said, what was read stays, and the next answer takes the fault away', async () => {
  const { latency, fault, step } = open(10);
  await vi.advanceTimersByTimeAsync(100);
  fault.error = new Error('Unlock Pullcord first.');
  step();
  await vi.advanceTimersByTimeAsync(6000);
  expect(latency.error.value).toBe('Unlock Pullcord first.');
  expect(latency.shown.value).toBeDefined();
  delete fault.error;
  latency.setDays(1);
  await vi.advanceTimersByTimeAsync(100);
  expect(latency.error.value).toBeUndefined();
});

test('what is read of orders has nothing asked anew', async () => {
  const { asked, readOrders } = open(10);
  await vi.advanceTimersByTimeAsync(10_000);
  readOrders();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toHaveLength(1);
});

test('closed, it asks nothing more', async () => {
  const { latency, asked, step } = open(10);
  latency.stop();
  step();
  await vi.advanceTimersByTimeAsync(10_000);
  expect(asked).toEqual([]);
});
