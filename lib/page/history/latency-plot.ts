import type { CancelTimes } from '#lib/domain/latency.ts';
import { lengthWords } from '#lib/words/moment-words.ts';
import { durationScale, type DurationScale } from './duration-scale.ts';
import { summarize, type Summary } from './percentile.ts';
import { spread } from './spread.ts';
import type { TimeAxis } from './time-axis.ts';
import { t } from '#lib/words/text.ts';

/** What is measured from the click, in the order in which it happens. */
export const seriesIds = ['accepted', 'proven'] as const;
export type SeriesId = (typeof seriesIds)[number];

export type Summaries = Readonly<Record<SeriesId, Summary | undefined>>;

/** A plot of the times of one system, in pixels from its upper left corner. */
export interface LatencyPlot {
  readonly kind: DurationScale['kind'];
  /** So many points that they are small, and would hide a line below them. */
  readonly isDense: boolean;
  readonly frame: Frame;
  /** Level lines, each with what it stands for. */
  readonly ticks: readonly { readonly y: number; readonly words: string }[];
  readonly days: readonly number[];
  readonly dayLabels: readonly { readonly x: number; readonly words: string }[];
  readonly series: readonly PlottedSeries[];
  /** What the median and the p95 are, beside their lines. */
  readonly values: readonly PlottedValue[];
}

export interface Frame {
  readonly left: number;
  readonly right: number;
  readonly top: number;
  readonly bottom: number;
}

interface PlottedSeries {
  readonly id: SeriesId;
  /** All points as one path. */
  readonly points: string;
  /** Where its lines stand; a p95 that is the median has none of its own. */
  readonly median: number;
  readonly p95?: number;
}

interface PlottedValue {
  readonly id: SeriesId;
  readonly of: 'median' | 'p95';
  readonly y: number;
  readonly words: string;
}

const manyPoints = 400;

/** Between two labels of the days. */
const labelGap = 4;

/** Between two lines of words. */
const lineHeight = 12;

export function summariesOf(cancels: readonly CancelTimes[]): Summaries {
  return {
    accepted: summarize(timesOf(cancels, 'accepted')),
    proven: summarize(timesOf(cancels, 'proven')),
  };
}

export function latencyPlot(
  cancels: readonly CancelTimes[],
  summaries: Summaries,
  axis: TimeAxis,
  frame: Frame,
): LatencyPlot {
  const { left, right, top, bottom } = frame;
  const scale = durationScale(seriesIds.flatMap((id) => timesOf(cancels, id)));
  const x = (time: number) =>
    pixel(left + ((time - axis.from) / (axis.to - axis.from)) * (right - left));
  const y = (duration: number) => pixel(bottom - scale.share(duration) * (bottom - top));

  const isDense = cancels.length > manyPoints;
  const series = seriesIds.flatMap((id): PlottedSeries[] => {
    const summary = summaries[id];
    if (!summary) return [];
    const { median, p95 } = summary;
    const points = cancels.flatMap(({ clicked, [id]: time }) =>
      time === undefined ? [] : pointPath(id, x(clicked), y(time), isDense),
    );
    const lines = { median: y(median), ...(p95 > median && { p95: y(p95) }) };
    return [{ id, points: points.join(''), ...lines }];
  });
  return {
    kind: scale.kind,
    isDense,
    frame,
    ticks: scale.ticks.map((tick) => ({ y: y(tick), words: tickWords(tick) })),
    days: axis.lines.map(x),
    dayLabels: apart(axis.labels.map(({ at, words }) => ({ x: x(at), words }))),
    series,
    values: spreadValues(
      series.flatMap((each) => valuesOf(each, summaries[each.id])),
      frame,
    ),
  };
}

type Label = LatencyPlot['dayLabels'][number];

/** Of labels that would touch, the later one stays. */
function apart(labels: readonly Label[]): Label[] {
  const kept: Label[] = [];
  for (const label of labels.toReversed()) {
    const next = kept.at(-1);
    const room = next ? next.x - label.x : Infinity;
    if (next === undefined || room >= (widthOf(label) + widthOf(next)) / 2 + labelGap)
      kept.push(label);
  }
  return kept.toReversed();
}

/** About as wide as it is drawn: Chinese signs take nearly twice the room of letters. */
function widthOf({ words }: Label): number {
  return Array.from(words, (sign) => (sign > '\u2e80' ? 10.5 : 6.2)).reduce(
    (sum, each) => sum + each,
    0,
  );
}

function valuesOf(
  { id, median, p95 }: PlottedSeries,
  summary: Summary | undefined,
): PlottedValue[] {
  if (!summary) return [];
  const words = { median: lengthWords(summary.median), p95: lengthWords(summary.p95) };
  return [
    { id, of: 'median', y: median, words: words.median },
    ...(p95 === undefined || words.p95 === words.median
      ? []
      : [{ id, of: 'p95' as const, y: p95, words: words.p95 }]),
  ];
}

function spreadValues(values: readonly PlottedValue[], { top, bottom }: Frame): PlottedValue[] {
  const places = spread(
    values.map(({ y }) => y),
    lineHeight,
    [top, bottom],
  );
  return values.map((value, index) => ({ ...value, y: places[index] ?? value.y }));
}

function timesOf(cancels: readonly CancelTimes[], id: SeriesId): number[] {
  return cancels.flatMap((times) => times[id] ?? []);
}

/** A point. The series are told apart by its form too: a ring and a diamond. */
export function pointPath(id: SeriesId, x: number, y: number, isSmall = false): string {
  switch (id) {
    case 'accepted': {
      const radius = isSmall ? 1.5 : 2.5;
      const half = `a${radius} ${radius} 0 1 1`;
      return `M${x - radius} ${y}${half} ${2 * radius} 0${half}-${2 * radius} 0z`;
    }
    case 'proven': {
      const side = isSmall ? 2 : 3.5;
      return `M${x} ${y - side}l${side} ${side}-${side} ${side}-${side}-${side}z`;
    }
  }
}

/** A tenth is finer than can be seen, and short in a path of thousands of points. */
function pixel(value: number): number {
  return Math.round(value * 10) / 10;
}

/** Round, and in the largest unit that it reaches: `0`, `500 ms`, `1.5 s`, `2 min`. */
function tickWords(duration: number): string {
  if (duration === 0) return '0';
  const [length, name] = units.find(([unit]) => duration >= unit) ?? [1, 'ms'];
  return t(`time.${name}`, { n: duration / length });
}

const units = [
  [86_400_000, 'd'],
  [3_600_000, 'h'],
  [60_000, 'min'],
  [1000, 's'],
] as const;
