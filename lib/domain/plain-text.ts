import { once } from './once.ts';
import { plainSigns } from './plain-signs.ts';

/** The others part words as they stand. */
const entity = /&(?:#(\d{1,7})|#x([\da-fA-F]{1,6})|(nbsp|shy|[nm]dash|hyphen|minus));/g;
const entityNames: Readonly<Record<string, string>> = { nbsp: ' ', shy: '' };

/** As JSON and logs write signs into strings, be it twice over: a log of JSON in JSON. */
const escaped = /\\{1,8}(?:u([\da-fA-F]{4})|x([\da-fA-F]{2})|([nrt])|(["'/]))/g;
const escapeNames: Readonly<Record<string, string>> = { n: '\n', r: '\n', t: '\t' };

/** As addresses write signs. */
const inAddress = /(?:%(?:0[9aAdD]|[2-9a-fA-F][\da-fA-F]))+/g;
/**
 * What may be a piece of an id, before and behind: between two of them the sign stays, if it does not stand between two
 * ids. In `50%26947521101` it is a per cent sign, or it is not, and the id is another one. In `269475215%57` it may be one
 * too, if the text is not in the way of addresses before that: `%3D26947521557%26`.
 */
const pieceBefore = once(() => /(?<![\p{L}\p{N}%])[\da-f][\da-f-]*$/iu);
const inAddressBefore = /%[\da-f]{2}[^\s%]+$/i;
/** They join what stands on both sides. */
const isHyphen = /^[-\u2010-\u2015\u2212]$/;
const pieceBehind = once(() => /^[\da-f]*(?![\p{L}\p{N}])/iu);
const idBefore = /(?:\d{9}|[\da-f]{12})$/i;
const idBehind = /^(?:\d{9}|[\da-f]{8}-)/i;
const farthest = 40;
/** An address within an address is written so twice. */
const addressLevels = 3;

/** The text as it is meant: what HTML, JSON, logs and addresses write otherwise is decoded, and its signs are plain. */
export function plainText(text: string): string {
  let plain = text;
  if (plain.includes('&')) {
    plain = plain.replace(entity, (whole, decimal?: string, hex?: string, name?: string) =>
      name === undefined ? signOf(whole, decimal, hex) : (entityNames[name] ?? '-'),
    );
  }
  if (plain.includes('\\')) {
    plain = plain.replace(
      escaped,
      (whole, wide?: string, narrow?: string, name?: string, sign?: string) =>
        sign ?? (name ? (escapeNames[name] ?? whole) : signOf(whole, undefined, wide ?? narrow)),
    );
  }
  for (let level = 0; level < addressLevels && plain.includes('%'); level++) {
    const from = plain;
    plain = from.replace(inAddress, (whole, at: number) => {
      const before = from.slice(Math.max(0, at - farthest), at);
      const behind = from.slice(at + whole.length, at + whole.length + farthest);
      const mayBePerCent =
        pieceBefore().test(before) && pieceBehind().test(behind) && !inAddressBefore.test(before);
      const isBetweenIds = idBefore.test(before) && idBehind.test(behind);
      const decoded = decode(whole);
      return mayBePerCent && !isBetweenIds && !isHyphen.test(decoded) ? whole : decoded;
    });
  }
  return plainSigns(plain);
}

function signOf(whole: string, decimal: string | undefined, hex: string | undefined): string {
  const point = decimal === undefined ? Number.parseInt(hex ?? '', 16) : Number(decimal);
  return point <= 0x10ffff ? String.fromCodePoint(point) : whole;
}

function decode(text: string): string {
  try {
    return decodeURIComponent(text);
  } catch {
    return text;
  }
}
