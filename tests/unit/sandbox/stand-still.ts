import { onTestFinished, vi } from 'vitest';

/** Stops the clock by which venues count until the test is over: a busy machine may take longer over requests than a limit lasts. */
export function standStill(): void {
  vi.useFakeTimers({ toFake: ['performance'] });
  onTestFinished(() => void vi.useRealTimers());
}
