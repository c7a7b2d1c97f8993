/** Where durations stand on the upright axis of a plot, and which of them are written beside it; in milliseconds. */
export interface DurationScale {
  readonly kind: 'linear' | 'log';
  /** Rising; none lies beyond the axis. */
  readonly ticks: readonly number[];
  /** How far up the axis, from 0 to 1. */
  readonly share: (duration: number) => number;
}

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** Durations that people count in: so many milliseconds, seconds, minutes, hours, days. */
const ladderOf = (...counts: readonly (readonly number[])[]) =>
  [1, second, minute, hour, day].flatMap((unit, index) =>
    (counts[index] ?? []).map((count) => count * unit),
  );
const fine = ladderOf(
  [1, 2, 5, 10, 20, 50, 100, 200, 500],
  [1, 2, 5, 10, 20, 30],
  [1, 2, 5, 10, 20, 30],
  [1, 2, 5, 12],
  [1, 2, 5, 10, 20, 50],
);
/** In ever longer steps, for wider spreads. */
const ladders = [
  fine,
  ladderOf([1, 3, 10, 30, 100, 300], [1, 3, 10, 30], [2, 10], [1, 6], [1, 5, 30]),
  ladderOf([1, 10, 100], [1, 10], [2, 20], [4], [2, 20]),
  ladderOf([1, 100], [10], [20], [], [2]),
];
const mostTicks = 6;

/** Up to this times the least, the greatest stands beside it on a plain axis that begins at nothing. */
const narrowSpread = 10;

/** An axis that holds all of these. Where they are spread wide it is logarithmic, and what is under 1 ms stands at 1 ms. */
export function durationScale(durations: readonly number[]): DurationScale {
  let least = Infinity;
  let greatest = 1;
  for (const duration of durations) {
    least = Math.min(least, Math.max(1, duration));
    greatest = Math.max(greatest, duration);
  }
  return greatest <= narrowSpread * least ? linear(greatest) : logarithmic(least, greatest);
}

function linear(greatest: number): DurationScale {
  const last = fine.at(-1) ?? greatest;
  const step = fine.find((each) => each * (mostTicks - 1) >= greatest) ?? last;
  const steps = Math.ceil(greatest / step);
  return {
    kind: 'linear',
    ticks: Array.from({ length: steps + 1 }, (_, index) => index * step),
    share: (duration) => duration / (steps * step),
  };
}

function logarithmic(least: number, greatest: number): DurationScale {
  const from = fine.findLast((each) => each <= least) ?? least;
  const to = fine.find((each) => each >= greatest) ?? greatest;
  const within = ladders.map((ladder) => ladder.filter((each) => each >= from && each <= to));
  return {
    kind: 'log',
    ticks: within.find(({ length }) => length <= mostTicks) ?? [from, to],
    share: (duration) => Math.log(Math.max(duration, from) / from) / Math.log(to / from),
  };
}
