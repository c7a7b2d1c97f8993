import { locale, t } from '#lib/words/text.ts';

/** How far a search has come; undefined where nothing it has looked at tells a time: `Searched back to 3 November 2026`. */
export function searchedToWords(time: number | undefined): string {
  return time === undefined
    ? t('history.searching')
    : t('history.searched_to', { date: dateFormat().format(time) });
}

/** Local date and time of the clock: `24 Nov 2026, 09:05`. */
export function momentWords(time: number): string {
  return momentFormat().format(time);
}

const dateFormat = once({ day: 'numeric', month: 'long', year: 'numeric' });
const momentFormat = once({
  day: 'numeric',
  month: 'short',
  year: 'numeric',
  hour: '2-digit',
  minute: '2-digit',
  hourCycle: 'h23',
});

/** Made when it is first needed, since that takes a millisecond. */
function once(options: Intl.DateTimeFormatOptions): () => Intl.DateTimeFormat {
  let format: Intl.DateTimeFormat | undefined;
  return () => (format ??= new Intl.DateTimeFormat(locale(), options));
}
