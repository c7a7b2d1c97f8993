import { once } from './once.ts';
/** What ids look like, and what looks like them: numbers, moments, addresses, amounts. All by their form alone. */

/** No venue's ids are longer: BtcTurk's client ids have up to 50 characters. */
export const longestId = 100;

const uuidParted = (by: string) => [8, 4, 4, 4, 12].map((length) => `[\\da-f]{${length}}`).join(by);
const uuid = uuidParted('-');
const isUuid = new RegExp(`^${uuid}$`, 'i');
/** As many programs write it. */
const isBareUuid = /^(?=.*[a-f])[0-9a-f]{32}$/i;
const isNumberId = /^\d{9,20}$/;

/** A UUID, broken behind its hyphens or not. */
export const uuidAt = once(() => new RegExp(`${uuidParted('-\\s{0,8}')}(?![\\p{L}\\p{N}])`, 'iuy'));
/** Ids in a word that holds more: `order-26947521101`. */
export const idsInWord = once(() => new RegExp(String.raw`${uuid}|(?<!\d)\d{9,20}(?!\d)`, 'gi'));

/** A UUID, or 9 to 20 digits. */
export function isId(text: string): boolean {
  return isNumberId.test(text) || isWholeUuid(text);
}

/** Of a length of its own: no part of a longer one. */
export function isWholeUuid(text: string): boolean {
  if (text.length !== 36 && text.length !== 32) return false;
  return isUuid.test(text) || isBareUuid.test(text);
}

/** Ids with the same key name the same order: UUIDs are written in either case and without hyphens, all others exactly. */
export function idKey(id: string): string {
  return isWholeUuid(id) ? withHyphens(id).toLowerCase() : id;
}

/** A UUID as the venues write it. */
export function withHyphens(id: string): string {
  return id.replace(/^(\w{8})(\w{4})(\w{4})(\w{4})(\w{12})$/, '$1-$2-$3-$4-$5');
}

/** Client order ids such as `limit` and `1` mean nothing in the midst of a text. */
export function canStandAmongOthers(id: string): boolean {
  return id.length >= 4 && /[^\p{L}]/u.test(id);
}

/** Unix seconds, milli-, micro- or nanoseconds of our days, or 20261125140509: such stand beside ids in tables. */
export function looksLikeMoment(digits: string): boolean {
  return (
    /^(?:1[5-9]|20)\d{8}(?:\d{3}){0,3}$/.test(digits) ||
    /^20\d\d(?:0[1-9]|1[0-2])(?:0[1-9]|[12]\d|3[01])(?:[01]\d|2[0-3])[0-5]\d(?:[0-5]\d(?:\d{3}|\d{6})?)?$/.test(
      digits,
    )
  );
}

const timeOfDay = String.raw`\d{1,2}[:.-]?\d{2}(?:[:.-]?\d{2}(?:[.,]\d{1,9})?)?(?:[ap]m|z|utc|gmt)?(?:[+-]\d{2}:?\d{2})?`;
const moment = once(
  () =>
    new RegExp(
      String.raw`^(?:\d{1,2}:\d{2}(?::\d{2}(?:[.,]\d{1,9})?)?(?:[ap]m|z|utc|gmt)?(?:[+-]\d{2}:?\d{2})?` +
        String.raw`|(?:\d{4}([-./])\d{1,2}\1\d{1,2}|20\d{6}(?=t)|\d{1,2}([-./])(?:\d{1,2}|\p{L}{3})\2\d{2,4})(?:[t_-]${timeOfDay})?)$`,
      'iu',
    ),
);

const months =
  'jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec|oca|şub|nis|haz|tem|ağu|eyl|eki|kas|ara|ene|fev|abr|mai|ago|set|out|dez|dic';
/** A date with slashes, or with its month's name: `25/11/2026`, `25 Nov 2026`, `Nov 25, 2026`. */
export const dateAt = once(
  () =>
    new RegExp(
      String.raw`(?:\d{1,2}\/\d{1,2}\/\d{2,4}|\d{4}\/\d{1,2}\/\d{1,2}` +
        String.raw`|(?:\d{1,2}[. ]{1,2}(?:${months})\p{L}{0,7}\.?|(?:${months})\p{L}{0,7}\.? \d{1,2}),? (?:19|20)\d\d)(?![\p{L}\p{N}/])`,
      'iuy',
    ),
);

/** A date, a time, or both. */
export function isMoment(text: string): boolean {
  const date = dateAt();
  date.lastIndex = 0;
  return moment().test(text) || date.exec(text)?.[0] === text;
}

/** What a sheet shows of a long number: its last digits are lost. */
export function isRounded(text: string): boolean {
  const exponent = /^\d(?:[.,]\d{1,16})?e\+?(\d{1,2})$/i.exec(text)?.[1];
  return exponent !== undefined && Number(exponent) >= 8 && Number(exponent) < 20;
}

/** 123,456,789 in any country's way. */
const grouped =
  /^(?:\d{1,3}(?<mark>[,.'’_ \u00a0\u2009\u202f])\d{3}(?:\k<mark>\d{3})+|\d{1,2}(?:,\d{2})+,\d{3}|\d{1,4}(?:,\d{4}){2,4})$/;

export function isGrouped(text: string): boolean {
  return grouped.test(text);
}

export function isInternetAddress(text: string): boolean {
  const parts = text.split('.');
  return parts.length === 4 && parts.every((part) => /^\d{1,3}$/.test(part) && Number(part) < 256);
}

/** With decimals, or several dots as versions have them; two ids beside each other are none: `26947521101,26947521102`. */
export function isNumber(text: string): boolean {
  if (/^\d{1,3}(?:[.,'’_]\d{3})+[.,]\d+$/.test(text)) return true;
  if (/^\d+(?:\.\d+){2,}$/.test(text)) return text.split('.').every((part) => part.length < 9);
  const [, before = '', after = ''] = /^(\d+)[.,](\d+)$/.exec(text) ?? [];
  return before !== '' && (before.length < 9 || after.length < 9);
}

/** A number with its unit or currency: `1,000,000,000SHIB`. Digits alone are none: they may be an id. */
export function isAmount(text: string): boolean {
  const bare = /^\p{L}{0,10}(\d[\d.,'’_]*)\p{L}{0,10}$/u.exec(text)?.[1];
  return bare !== undefined && bare !== text && (isGrouped(bare) || isNumber(bare));
}

const cut = /…|\.{2,}|\*{2,}|•|⋯/;

/** Where the page has left out a part: `7155ed34…662f`. */
function isCut(text: string): boolean {
  return cut.test(text);
}

/** The beginning or end of an id, where the page has left out the rest. */
export function mayBeCutId(text: string): boolean {
  return /^[\da-fx-]{6,}$/i.test(text) && countDigits(text) >= 4;
}

/** Long, and with so many digits that it may be an id: what is neither understood nor like one is passed over. */
export function looksLikeId(text: string): boolean {
  if (countDigits(text) < 4) return false;
  const signs = text.replace(/[^\p{L}\p{N}]/gu, '');
  if (isBareUuid.test(signs)) return true;
  if (isCut(text)) return true;
  return text.split(/[.:@+]/).some((part) => {
    const count = countDigits(part);
    return count >= 9 || (count >= 4 && part.replace(/[^\p{L}\p{N}]/gu, '').length >= 16);
  });
}

function countDigits(text: string): number {
  return text.replace(/\P{N}/gu, '').length;
}
