import type { CancelTimes, Latencies } from '#lib/domain/latency.ts';
import { momentWords } from './history-words.ts';
import type { SeriesId } from './latency-plot.ts';
import type { Days } from './time-axis.ts';
import { locale, t, tCount } from '#lib/words/text.ts';

export function seriesName(id: SeriesId): string {
  return t(`latency.${id}`);
}

export function stretchName(days: Days): string {
  return t(`latency.last_${days}`);
}

/** `1 cancel`, `4,203 cancels`. */
export function cancelsWords(count: number): string {
  return tCount('latency.cancels', count, { n: numberWords(count) });
}

export function numberWords(count: number): string {
  return count.toLocaleString(locale());
}

/** What the numbers are of, and what they are not of. */
export const explanation = ['latency.explain_what', 'latency.explain_how'] as const;

/** What of the stretch is not in the numbers. */
export function gapsWords({ systems, removed, readBackTo }: Latencies): string[] {
  const count = systems.reduce((sum, { cancels }) => sum + cancels.length, removed);
  return [
    ...(readBackTo === undefined
      ? []
      : [
          t('latency.there_are_more', {
            cancels: cancelsWords(count),
            moment: momentWords(readBackTo),
          }),
        ]),
    ...(removed === 0 ? [] : [t('latency.removed', { cancels: cancelsWords(removed) })]),
  ];
}

/** In the place of a plot. */
export function noneWords(count: number, days: Days): string {
  return count === 0 ? t(`latency.none_${days}`) : t('latency.none_proven');
}

/** What the picture shows, for who does not see it. */
export function plotWords(venue: string, cancels: readonly CancelTimes[]): string {
  return t('latency.plot', { venue, cancels: cancelsWords(cancels.length) });
}
