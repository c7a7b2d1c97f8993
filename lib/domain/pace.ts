import type { Cancellation, Step } from './cancellation.ts';

/** How long each order is left alone between two requests about it, in milliseconds: the longer, the more there have been. */

/** Before each reading that confirms; the last one repeats. */
const readings = [150, 400, 1000, 2000, 4000, 8000, 16_000, 30_000] as const;

/**
 * Before each sending but the first, whatever the venue says to them: at once where the first is in doubt, and ever later
 * where it goes on contradicting itself, so that one order does not use up what all the others need.
 */
const sendings = [0, 0, 400, 1000, 2000, 4000, 8000, 16_000, 30_000, 60_000] as const;

/** How long it is put off by its own pace at most, whatever was told. */
export const longestRest = 60_000;
/** How long a reading that was told to wait is put off at most by our own pace. */
const longestForTold = 4000;

export function readingPause(before: number): number {
  return readings[before] ?? 30_000;
}

export function sendingPause(before: number): number {
  return sendings[before] ?? 60_000;
}

/** The step, at the order's own pace. */
export function later(cancellation: Cancellation, step: Step['step'], now: number): Cancellation {
  const { readings, sendings } = cancellation;
  const pause = readingPause(readings);
  const wait = step === 'read' ? pause : Math.max(pause, sendingPause(sendings));
  return { ...cancellation, next: { step, at: now + wait } };
}

/**
 * As long as the venue has told to wait, and longer where it says so again and again. After a minute it is the lane that
 * keeps it, so that it goes as soon as the venue no longer means it.
 */
export function laterAsTold(
  cancellation: Cancellation,
  step: Step['step'],
  now: number,
  retryAfter: number,
): Cancellation {
  const { readings, sendings } = cancellation;
  const pause =
    step === 'read' ? Math.min(readingPause(readings), longestForTold) : sendingPause(sendings);
  return {
    ...cancellation,
    next: { step, at: now + Math.max(Math.min(retryAfter, longestRest), pause) },
  };
}
