/** What is said of many times at once; undefined where there are none. */
export interface Summary {
  readonly count: number;
  readonly median: number;
  readonly p95: number;
}

export function summarize(times: readonly number[]): Summary | undefined {
  const sorted = times.toSorted((a, b) => a - b);
  const median = percentile(sorted, 50);
  const p95 = percentile(sorted, 95);
  return median === undefined || p95 === undefined
    ? undefined
    : { count: times.length, median, p95 };
}

/**
 * By nearest rank: the least of the times that at least so many of 100 do not exceed. So it is always one that was measured;
 * nothing between two of them is made up.
 */
export function percentile(sorted: readonly number[], percent: number): number | undefined {
  return sorted[Math.max(0, Math.ceil((percent * sorted.length) / 100) - 1)];
}
