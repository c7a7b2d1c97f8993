import type { OrdersView } from '#lib/protocol/view.ts';
import { t } from './text.ts';

const second = 1000;
const minute = 60 * second;
const hour = 60 * minute;
const day = 24 * hour;

/** How long a stretch of milliseconds is, in its largest unit: `12 s`, `3 min`, `2 h`, `5 d`. */
export function durationWords(milliseconds: number): string {
  // The venue's clock may be ahead of this one.
  const length = Math.max(0, milliseconds);
  if (length < minute) return t('time.s', { n: Math.floor(length / second) });
  if (length < hour) return t('time.min', { n: Math.floor(length / minute) });
  if (length < day) return t('time.h', { n: Math.floor(length / hour) });
  return t('time.d', { n: Math.floor(length / day) });
}

/** `read 3 s ago`; of a list that has never been whole: `31 of more, reading`. */
export function readingWords(
  reading: Pick<OrdersView, 'readAt' | 'reading' | 'coming'> | undefined,
  now: number,
): string {
  if (reading?.readAt !== undefined || !reading?.reading) return readWords(reading?.readAt, now);
  const { coming } = reading;
  if (coming === undefined) return t('time.reading');
  return coming === 0 ? t('time.none_so_far') : t('time.of_more', { coming });
}

/** `read 3 s ago`. */
export function readWords(readAt: number | undefined, now: number): string {
  if (readAt === undefined) return t('time.not_read_yet');
  return now - readAt < second
    ? t('time.read_just_now')
    : t('time.read_ago', { length: durationWords(now - readAt) });
}

/** How long there is still to wait, never less than there is: `8 s`, `3 min`, `2 h`. */
export function secondsWords(seconds: number): string {
  if (seconds < 100) return t('time.s', { n: seconds });
  const minutes = Math.ceil(seconds / 60);
  return minutes < 100
    ? t('time.min', { n: minutes })
    : t('time.h', { n: Math.ceil(minutes / 60) });
}
