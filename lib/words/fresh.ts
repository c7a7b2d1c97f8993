import { hasSweepEnded, type Sweep } from '#lib/domain/sweep.ts';

/** A reading's age is told to the tenth of a second for so long, in milliseconds. */
export const freshFor = 10_000;

/** Whether what is said of the sweeps changes by the tenth of a second. `now`: Unix milliseconds. */
export function isFresh(sweeps: readonly Sweep[], now: number): boolean {
  return sweeps.some(
    (sweep) =>
      !hasSweepEnded(sweep) ||
      sweep.accounts.some(
        ({ reading }) => reading !== undefined && now - reading.readAt < freshFor,
      ),
  );
}
