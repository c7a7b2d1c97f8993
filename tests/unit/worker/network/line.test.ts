import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLine } from '#lib/worker/network/line.ts';

let onLine = true;
beforeEach(() => {
  onLine = true;
  vi.useFakeTimers({ toFake: ['setInterval', 'clearInterval'] });
  vi.stubGlobal('navigator', {
    get onLine() {
      return onLine;
    },
  });
});
afterEach(() => {
  vi.useRealTimers();
  vi.unstubAllGlobals();
});

function begin() {
  const onBack = vi.fn<() => void>();
  return { line: createLine(onBack), onBack };
}

test('with a network there is nothing to wait for', () => {
  const { line, onBack } = begin();
  line.look();
  vi.advanceTimersByTime(60_000);
  expect(onBack).not.toHaveBeenCalled();
  expect(vi.getTimerCount()).toBe(0);
});

test('once it is back, that is told once, however often it was looked for', () => {
  const { line, onBack } = begin();
  onLine = false;
  for (let count = 0; count < 5; count++) line.look();
  vi.advanceTimersByTime(60_000);
  expect(onBack).not.toHaveBeenCalled();
  onLine = true;
  vi.advanceTimersByTime(1000);
  expect(onBack).toHaveBeenCalledOnce();
  expect(vi.getTimerCount()).toBe(0);
});

test('a second loss is waited out too', () => {
  const { line, onBack } = begin();
  for (const round of [1, 2]) {
    onLine = false;
    line.look();
    onLine = true;
    vi.advanceTimersByTime(1000);
    expect(onBack).toHaveBeenCalledTimes(round);
  }
});

test('stopped, it tells nothing', () => {
  const { line, onBack } = begin();
  onLine = false;
  line.look();
  line.stop();
  onLine = true;
  vi.advanceTimersByTime(5000);
  expect(onBack).not.toHaveBeenCalled();
});
