import type { CancelTimes, Latencies } from '#lib/domain/latency.ts';
import { momentWords } from './history-words.ts';
import type { SeriesId } from './latency-plot.ts';
import type { Days } from './time-axis.ts';

export const seriesNames: Readonly<Record<SeriesId, string>> = {
  accepted: 'Accepted',
  proven: 'Proven',
};

export const stretchNames: Readonly<Record<Days, string>> = {
  1: 'Last 24 hours',
  7: 'Last 7 days',
  30: 'Last 30 days',
};

/** `1 cancel`, `4,203 cancels`. */
export function cancelsWords(count: number): string {
  return count === 1 ? '1 cancel' : `${numberWords(count)} cancels`;
}

export function numberWords(count: number): string {
  return count.toLocaleString('en-GB');
}

/** What the numbers are of, and what they are not of. */
export const explanation = [
  'From your click until the venue had accepted the cancel, and until it was proven that the order was no longer open; by this device’s clock. Where the venue’s reply is the proof, nothing is accepted first.',
  'Half of the cancels took no longer than the median, 95 of 100 no longer than the p95; both are times that were measured. What was refused or has not ended is not counted as proven, and what was never sent not at all. The orders of a Cancel all wait for each other, which counts.',
] as const;

/** What of the stretch is not in the numbers. */
export function gapsWords({ systems, removed, readBackTo }: Latencies): string[] {
  const count = systems.reduce((sum, { cancels }) => sum + cancels.length, removed);
  return [
    ...(readBackTo === undefined
      ? []
      : [
          `There are more: these are the newest ${cancelsWords(count)}, back to ${momentWords(readBackTo)}.`,
        ]),
    ...(removed === 0
      ? []
      : [
          `${cancelsWords(removed)} went to accounts that you have removed; at which venue is not known any more.`,
        ]),
  ];
}

/** In the place of a plot. */
export function noneWords(count: number, days: Days): string {
  return count === 0
    ? `No cancel was sent in the ${stretchNames[days].toLowerCase()}.`
    : 'None of them was accepted, and none is proven.';
}

/** What the picture shows, for who does not see it. */
export function plotWords(venueName: string, cancels: readonly CancelTimes[]): string {
  return `${venueName}: ${cancelsWords(cancels.length)} over time, each with how long it took. The table has the numbers.`;
}
