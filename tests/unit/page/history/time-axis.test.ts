import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { dayChoices, timeAxis } from '#lib/page/history/time-axis.ts';

const now = new Date(2026, 10, 26, 15, 20).getTime();

const local = (time: number) => {
  const date = new Date(time);
  return `${date.getDate()} ${date.getHours()}:${String(date.getMinutes()).padStart(2, '0')}`;
};

test('the last 24 hours, with every sixth hour of the clock', () => {
  const { from, to, lines, labels } = timeAxis(1, now);
  expect([local(from), local(to)]).toEqual(['25 15:20', '26 15:20']);
  expect(lines.map(local)).toEqual(['25 18:00', '26 0:00', '26 6:00', '26 12:00']);
  expect(labels).toEqual(
    ['18:00', '00:00', '06:00', '12:00'].map((words, index) => ({ at: lines[index], words })),
  );
});

test('seven days, the last of them today, each named in its middle', () => {
  const { from, to, lines, labels } = timeAxis(7, now);
  expect([local(from), local(to)]).toEqual(['20 0:00', '27 0:00']);
  expect(lines.map(local)).toEqual([21, 22, 23, 24, 25, 26].map((day) => `${day} 0:00`));
  expect(labels.map(({ words }) => words)).toEqual([
    'Fri',
    'Sat',
    'Sun',
    'Mon',
    'Tue',
    'Wed',
    'Today',
  ]);
  expect(labels.map(({ at }) => local(at))).toContain('23 12:00');
});

test('thirty days, the last of them today, with every Monday', () => {
  const { from, to, lines, labels } = timeAxis(30, now);
  expect([local(from), local(to)]).toEqual(['28 0:00', '27 0:00']);
  expect(lines.map(local)).toEqual([2, 9, 16, 23].map((day) => `${day} 0:00`));
  expect(labels.map(({ words }) => words)).toEqual(['2 Nov', '9 Nov', '16 Nov', '23 Nov']);
});

describe('at any time, over changes of the clock too', () => {
  const time = fc.integer({ min: Date.UTC(2026, 0), max: Date.UTC(2029, 0) });
  test.each(dayChoices)('%i days: now is within, and all lines and labels are', (days) => {
    fc.assert(
      fc.property(time, (at) => {
        const { from, to, lines, labels } = timeAxis(days, at);
        expect(from).toBeLessThan(at);
        expect(to).toBeGreaterThanOrEqual(at);
        const marks = [...lines, ...labels.map((label) => label.at)];
        expect(marks.filter((each) => each < from || each > to)).toEqual([]);
        expect(labels.length).toBeGreaterThanOrEqual(4);
        expect(labels.length).toBeLessThanOrEqual(7);
        // Nearer than this their words would touch.
        for (const [index, label] of labels.slice(1).entries())
          expect(label.at - (labels[index]?.at ?? 0)).toBeGreaterThan((to - from) / 9);
      }),
    );
  });
});
