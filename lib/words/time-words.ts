import type { OrdersView } from '#lib/protocol/view.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long a stretch of milliseconds is, in its largest unit: `12 s`, `3 min`, `2 h`, `5 d`. */
export function durationWords(milliseconds: number): string {
  // The venue's clock may be ahead of this one.
  const length = Math.max(0, milliseconds);
  if (length < minute) return `${Math.floor(length / second)} s`;
  if (length < hour) return `${Math.floor(length / minute)} min`;
  if (length < day) return `${Math.floor(length / hour)} h`;
  return `${Math.floor(length / day)} d`;
}

/** `read 3 s ago`; of a list that has never been whole: `31 of more, reading`. */
export function readingWords(
  reading: Pick<OrdersView, 'readAt' | 'reading' | 'coming'> | undefined,
  now: number,
): string {
  if (reading?.readAt !== undefined || !reading?.reading) return readWords(reading?.readAt, now);
  const { coming } = reading;
  if (coming === undefined) return 'reading';
  return coming === 0 ? 'none so far, reading' : `${coming} of more, reading`;
}

/** `read 3 s ago`. */
export function readWords(readAt: number | undefined, now: number): string {
  if (readAt === undefined) return 'not read yet';
  return now - readAt < second ? 'read just now' : `read ${durationWords(now - readAt)} ago`;
}

/** How long there is still to wait, never less than there is: `8 s`, `3 min`, `2 h`. */
export function secondsWords(seconds: number): string {
  if (seconds < 100) return `${seconds} s`;
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100 ? `${minutes} min` : `${Math.ceil(minutes / 60)} h`;
}
