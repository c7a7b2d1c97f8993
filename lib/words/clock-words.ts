import type { ClockReading } from '#lib/domain/clock.ts';

/** From here on a reading is only good for whole seconds, in milliseconds: the venue tells no more than those. */
const coarse = 500;
const exactMost = 1000;

/** How far this machine's clock is from the venue's, no more exactly than that is known: `3.0 s behind BtcTurk’s`. */
export function clockWords({ offset, uncertainty }: ClockReading, venueName: string): string {
  const size = Math.abs(offset);
  if (size <= uncertainty) {
    const within = uncertainty >= coarse ? `about ${seconds(uncertainty)}` : `${uncertainty} ms`;
    return `Your clock agrees with ${venueName}’s to ${within}`;
  }
  return `Your clock is ${distance(size, uncertainty)} ${direction(offset)} ${venueName}’s`;
}

/** The same in few words: `Your clock is about 3 s behind`. */
export function shortClockWords({ offset, uncertainty }: ClockReading): string {
  return `Your clock is ${distance(Math.abs(offset), uncertainty)} ${offset < 0 ? 'ahead' : 'behind'}`;
}

/** `offset`: the venue's clock minus this machine's. */
const direction = (offset: number): string => (offset < 0 ? 'ahead of' : 'behind');

function distance(size: number, uncertainty: number): string {
  if (uncertainty >= coarse) return `about ${seconds(size)}`;
  return size < exactMost ? `${Math.round(size)} ms` : `${(size / 1000).toFixed(1)} s`;
}

/** To the second, and never less than one. */
const seconds = (size: number): string => `${Math.max(1, Math.round(size / 1000))} s`;
