/** How long a stream that ended is left alone before it is opened again, in milliseconds. */

const first = 500;
const longest = 60_000;

/** A connection that ran for so long was a good one: the next is opened soon. */
export const steadyTime = 30_000;

/** The venue takes none of the ways to say who one is: that a key has been given the right is worth a look now and then. */
export const refusedPause = 300_000;

/** Growing, and never the same twice: not all who were cut off shall come back at one moment. `random`: from 0 to 1. */
export function reconnectPause(failures: number, random: number = Math.random()): number {
  return Math.min(first * 2 ** failures, longest) * (0.5 + random / 2);
}
