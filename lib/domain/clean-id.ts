import { once } from './once.ts';
import { plainSigns } from './plain-signs.ts';

/** No id is, whatever stands around it: reading it would only take time. */
const longest = 500;
const quotes = '"\'`“”„‘’‚«»‹›';
/** Around an id in a sentence, a sheet, a list or code. */
const edges = once(
  () => new RegExp(String.raw`^[\s${quotes}([{<#]+|[\s${quotes}\])}>,;:.]+$`, 'gu'),
);
/** Around what is an id by its form, whatever else they are. */
const wideEdges = once(() => /^[^\p{L}\p{N}\ufffd]+|[^\p{L}\p{N}\ufffd]+$/gu);
const uuid = /^[\da-f]{8}(?:-\s*[\da-f]{4}){3}-\s*[\da-f]{12}$/i;
/** 26,947,521,101 in any country's way. A single full stop or underscore may be a client order id's own. */
const grouped =
  /^\d{1,4}(?:(?:(?<mark>[,'’ \u00a0\u2009\u202f])\d{2,4}(?:\k<mark>\d{2,4})*)|(?<other>[._])\d{3}(?:\k<other>\d{3})+)$/u;
/** Broken over lines, which a field makes to spaces; not two ids beside each other. */
const broken = /^\d{1,8}(?:\s+\d{1,8})+$/;

/**
 * One id as it is pasted or typed, without what stands around it or was put into it on the way: hidden characters, quotes,
 * `#`, a sheet's apostrophe, a list's comma, thousands separators, digits of other scripts, odd hyphens. Empty where
 * nothing is left. An id that is known just as it stands in the text should be looked for first: a client order id
 * may hold any sign.
 */
export function cleanId(text: string): string {
  if (text.length > longest) return text.trim();
  const plain = plainSigns(text);
  const bare = plain.replace(wideEdges(), '');
  if (uuid.test(bare)) return bare.replace(/\s/g, '');
  if (/^\d+$/.test(bare)) return bare;
  if (grouped.test(bare) || broken.test(bare)) return bare.replace(/\D/g, '');
  return plain.replace(edges(), '');
}
