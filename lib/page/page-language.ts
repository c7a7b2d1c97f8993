import { t, type Key } from '#lib/words/text.ts';

/** Tells browser and screen reader of what language the page is, and names it. */
export function showLanguage(title?: Extract<Key, `page.${string}`>): void {
  document.documentElement.lang = t('language');
  if (title !== undefined) document.title = t(title);
}
