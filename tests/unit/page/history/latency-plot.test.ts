import { expect, test } from 'vitest';
import type { CancelTimes } from '#lib/domain/latency.ts';
import { latencyPlot, summariesOf } from '#lib/page/history/latency-plot.ts';
import type { TimeAxis } from '#lib/page/history/time-axis.ts';

const frame = { left: 40, right: 240, top: 10, bottom: 110 };
const axis: TimeAxis = {
  from: 1000,
  to: 2000,
  lines: [1500],
  labels: [{ at: 1250, words: 'Mon' }],
};

const plot = (...cancels: CancelTimes[]) => latencyPlot(cancels, summariesOf(cancels), axis, frame);

test('a point stands at its time and its height, of each kind in its own form', () => {
  const { series, ticks, kind } = plot({ clicked: 1500, accepted: 20, proven: 100 });
  expect(kind).toBe('linear');
  expect(ticks).toEqual([
    { y: 110, words: '0' },
    { y: 90, words: '20 ms' },
    { y: 70, words: '40 ms' },
    { y: 50, words: '60 ms' },
    { y: 30, words: '80 ms' },
    { y: 10, words: '100 ms' },
  ]);
  expect(series).toEqual([
    { id: 'accepted', points: 'M137.5 90a2.5 2.5 0 1 1 5 0a2.5 2.5 0 1 1-5 0z', median: 90 },
    { id: 'proven', points: 'M140 6.5l3.5 3.5-3.5 3.5-3.5-3.5z', median: 10 },
  ]);
});

test('lines stand at the median and the p95, one where they are the same', () => {
  const { series } = plot(
    { clicked: 1100, accepted: 20, proven: 40 },
    { clicked: 1200, accepted: 20, proven: 100 },
  );
  expect(series).toMatchObject([
    { id: 'accepted', median: 90 },
    { id: 'proven', median: 70, p95: 10 },
  ]);
  expect(series[0]).not.toHaveProperty('p95');
});

const many = (count: number) =>
  plot(...Array.from({ length: count }, () => ({ clicked: 1500, accepted: 90, proven: 100 })));

test('many points are small, and small enough to see between them', () => {
  expect(many(400).isDense).toBe(false);
  const { isDense, series } = many(401);
  expect(isDense).toBe(true);
  expect(series.map(({ points }) => points.slice(0, points.indexOf('z') + 1))).toEqual([
    'M138.5 20a1.5 1.5 0 1 1 3 0a1.5 1.5 0 1 1-3 0z',
    'M140 8l2 2-2 2-2-2z',
  ]);
});

test('every cancel is a point of each time that is known of it', () => {
  const { series } = plot(
    { clicked: 1100, proven: 40 },
    { clicked: 1200, accepted: 20, proven: 60 },
    { clicked: 1300, accepted: 30 },
    { clicked: 1400 },
  );
  expect(series.map(({ id, points }) => [id, points.split('M').length - 1])).toEqual([
    ['accepted', 2],
    ['proven', 2],
  ]);
});

test('where nothing is known there is no series, and no value', () => {
  expect(plot({ clicked: 1500 })).toMatchObject({ series: [], values: [] });
  expect(plot()).toMatchObject({ series: [], values: [] });
});

test('days stand where their time is', () => {
  expect(plot()).toMatchObject({ days: [140], dayLabels: [{ x: 90, words: 'Mon' }] });
});

test.each([
  [['Mon', 'Today'], 30, ['Mon', 'Today']],
  [['Mon', 'Today'], 20, ['Today']],
  [['週一', '今天'], 26, ['週一', '今天']],
  [['週一', '今天'], 20, ['今天']],
  [['Fri', 'Sat', 'Sun'], 20, ['Fri', 'Sun']],
])('of %j, %i pixels apart, none touches another', (words, room, shown) => {
  const labels = words.map((each, index) => ({ at: 1000 + index * room * 5, words: each }));
  const { dayLabels } = latencyPlot([], summariesOf([]), { ...axis, labels }, frame);
  expect(dayLabels.map((label) => label.words)).toEqual(shown);
});

test('the numbers stand beside their lines, in one unit or another, and never over each other', () => {
  const { values } = plot(
    { clicked: 1100, accepted: 20, proven: 90 },
    { clicked: 1200, accepted: 22, proven: 2340 },
    { clicked: 1300, accepted: 21, proven: 95 },
  );
  expect(values.map(({ id, of, words }) => [id, of, words])).toEqual([
    ['accepted', 'median', '21 ms'],
    ['accepted', 'p95', '22 ms'],
    ['proven', 'median', '95 ms'],
    ['proven', 'p95', '2.3 s'],
  ]);
  const heights = values.map(({ y }) => y).toSorted((a, b) => a - b);
  for (const [index, y] of heights.slice(1).entries())
    expect(y - (heights[index] ?? 0)).toBeGreaterThanOrEqual(12);
});

test('a median and a p95 that are the same are written once', () => {
  expect(plot({ clicked: 1500, proven: 100 }).values).toMatchObject([
    { of: 'median', words: '100 ms' },
  ]);
});

test('where the spread is wide the axis is logarithmic, in units as people say them', () => {
  const { kind, ticks } = plot({ clicked: 1500, accepted: 3, proven: 90_000 });
  expect(kind).toBe('log');
  expect(ticks.map(({ words }) => words)).toEqual(['10 ms', '100 ms', '1 s', '10 s', '2 min']);
});
