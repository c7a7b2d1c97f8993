import { locale, t } from '#lib/words/text.ts';

/** How many days back a plot goes; one is the last 24 hours. */
export const dayChoices = [1, 7, 30] as const;
export type Days = (typeof dayChoices)[number];

/** The level axis of a plot, in Unix milliseconds; days and hours are those of this machine's place. */
export interface TimeAxis {
  readonly from: number;
  readonly to: number;
  /** Where a line stands. */
  readonly lines: readonly number[];
  /** `at`: over the middle of the words. */
  readonly labels: readonly { readonly at: number; readonly words: string }[];
}

const hoursApart = 6;

export function timeAxis(days: Days, now: number): TimeAxis {
  switch (days) {
    case 1:
      return lastDay(now);
    case 7:
      return lastWeek(now);
    case 30:
      return lastWeeks(now);
  }
}

/** The last 24 hours, with every sixth hour of the clock. */
function lastDay(now: number): TimeAxis {
  const from = now - 24 * 60 * 60 * 1000;
  const lines = [0, 1, 2, 3, 4, 5, 6, 7, 8]
    .map((index) => midnight(from, 0, index * hoursApart))
    .filter((at) => at >= from && at <= now);
  const words = wordsBy({ hour: '2-digit', minute: '2-digit', hourCycle: 'h23' });
  return { from, to: now, lines, labels: lines.map((at) => ({ at, words: words(at) })) };
}

/** Today and the six days before it, each with its name in its middle. */
function lastWeek(now: number): TimeAxis {
  const days = [6, 5, 4, 3, 2, 1, 0];
  const words = wordsBy({ weekday: 'short' });
  return {
    from: midnight(now, -6),
    to: midnight(now, 1),
    lines: days.slice(1).map((back) => midnight(now, -back)),
    labels: days.map((back) => {
      const at = midnight(now, -back, 12);
      return { at, words: back === 0 ? t('latency.today') : words(at) };
    }),
  };
}

/** Today and the 29 days before it, with every Monday. */
function lastWeeks(now: number): TimeAxis {
  const lines = Array.from({ length: 30 }, (_, index) => midnight(now, index - 29)).filter(
    (at) => new Date(at).getDay() === 1,
  );
  const words = wordsBy({ day: 'numeric', month: 'short' });
  return {
    from: midnight(now, -29),
    to: midnight(now, 1),
    lines,
    labels: lines.map((at) => ({ at, words: words(at) })),
  };
}

function wordsBy(format: Intl.DateTimeFormatOptions): (time: number) => string {
  const words = new Intl.DateTimeFormat(locale(), format);
  return (time) => words.format(time);
}

/** The beginning of a day, some days later, and some hours on the clock later. */
function midnight(time: number, days: number, hours = 0): number {
  const date = new Date(time);
  return new Date(date.getFullYear(), date.getMonth(), date.getDate() + days, hours).getTime();
}
