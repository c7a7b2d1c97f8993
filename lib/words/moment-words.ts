import { freshFor } from './fresh.ts';
import { locale, t, tenthsText } from './text.ts';
import { durationWords, readWords } from './time-words.ts';

const second = 1000;
const minute = 60 * second;

/** As `readWords`, to the tenth of a second while that can be told: `read 0.4 s ago`. */
export function freshReadWords(readAt: number, now: number): string {
  const age = Math.max(0, now - readAt);
  return age < freshFor
    ? t('time.read_ago', { length: tenthsOfSecond(Math.floor(age / 100) / 10) })
    : readWords(readAt, now);
}

/** Made when it is first needed: that takes a millisecond, and a click may be waiting for the worker that has this file. */
let local: Intl.DateTimeFormat | undefined;
const localFormat = () =>
  (local ??= new Intl.DateTimeFormat(locale(), {
    day: 'numeric',
    month: 'short',
    year: 'numeric',
    hour: '2-digit',
    minute: '2-digit',
    second: '2-digit',
    fractionalSecondDigits: 3,
    hourCycle: 'h23',
  }));

/** Local date and time with milliseconds: `3 Mar 2026, 14:05:09.123`. */
export function dateTimeWords(time: number): string {
  return localFormat().format(time);
}

/** A later moment as the distance from an earlier one: `+123 ms`, `+4.2 s`, `+3 min`. */
export function laterWords(from: number, to: number): string {
  return `+${lengthWords(to - from)}`;
}

/** How long something took: `123 ms`, `4.2 s`, `3 min`. */
export function lengthWords(milliseconds: number): string {
  if (milliseconds < second) return t('time.ms', { n: milliseconds });
  if (milliseconds < minute) return tenthsOfSecond(milliseconds / second);
  return durationWords(milliseconds);
}

const tenthsOfSecond = (seconds: number): string => t('time.s', { n: tenthsText(seconds) });
