import { once } from './once.ts';

/** What of a selected text the browser's menu has shown before its item could be clicked. */

/** The widest menu has room for so many digits beside our words; what stands behind them is cut off. */
const room = 60;

/** Of the width of a digit, or not much wider. */
const narrow = once(
  () =>
    /(?![MWmw@%&\u00a9\u00ae\u00bc-\u00be\u00c6\u00e6\u0153\u0436\u0444\u0448\u0449\u044e])(?:[\t\n\r -~\u00a0-\u00ff]|(?=\p{Ll})[\p{Script=Latin}\p{Script=Greek}\p{Script=Cyrillic}])/u,
);
const scripts = [
  'Latin',
  'Greek',
  'Cyrillic',
  'Armenian',
  'Georgian',
  'Arabic',
  'Hebrew',
  'Thai',
  'Devanagari',
  'Han',
  'Hiragana',
  'Katakana',
  'Hangul',
].map((script) => String.raw`\p{Script=${script}}`);
const signs = String.raw`[ -~\u00a0-\u00ff\u2000-\u200a\u2010-\u2015\u2018-\u201f\u2022\u2026\u202f\u2039\u203a\u2190-\u2193\u2212\u2116\u20a0-\u20bf\u3000-\u3011\uff01-\uff5e]`;
/** Up to two digits wide: the rest of those, and what people write beside an id. Presentation forms hold whole words. */
const wide = once(
  () =>
    new RegExp(
      String.raw`(?![\ufb50-\ufdff\ufe70-\ufeff])(?=[\p{L}\p{M}\p{Nd}])[${scripts.join('')}]|${signs}`,
      'u',
    ),
);
/** Not shown, and changing nothing of what is. */
const unseen = /[\u00ad\u200b-\u200d\u2060\ufeff]/;

/**
 * Whether all of it could be read there. `most`: how many signs this browser's menu shows. Signs that turn the order of
 * others round, lie over others or are so wide that they push the rest out of the menu leave that open.
 */
export function isShownWhole(text: string, most: number): boolean {
  if (text.length > most) return false;
  let taken = 0;
  for (const sign of text.normalize('NFC')) {
    if (unseen.test(sign)) continue;
    if (narrow().test(sign)) taken += 1;
    else if (wide().test(sign)) taken += 2;
    else return false;
  }
  return taken <= room;
}
