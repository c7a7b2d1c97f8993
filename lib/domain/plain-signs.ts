import { once } from './once.ts';
/** One way to write what looks alike or is not to be seen: ids come from chats, sheets, PDF files and keyboards of every script. */

/** Not to be seen: soft hyphens, joiners, marks of direction and of byte order, control characters that are no white space. */
const hidden = once(() => /\p{Default_Ignorable_Code_Point}|(?!\s)\p{Cc}/gu);
/** Shown as what stands for a sign that is not known; no address can hold them. */
const halves = once(() => /\p{Cs}/gu);
/** Hyphens, dashes and the minus sign; those of the full-width forms are among the others of their kind. */
const hyphens = /[\u2010-\u2015\u2043\u2212\ufe58\ufe63]/g;
/** Full-width letters, digits and signs stand in the same order as in ASCII. */
const fullWidth = /[\uff01-\uff5e]/g;
const otherDigits = once(() => /(?![0-9])\p{Nd}/gu);
const isOther = /[^\n\r\t -~]/;

/** The text with its digits, hyphens and full-width signs in ASCII and without what is not to be seen. */
export function plainSigns(text: string): string {
  if (!isOther.test(text)) return text;
  return text
    .replace(hidden(), '')
    .replace(halves(), '\ufffd')
    .replace(hyphens, '-')
    .replace(fullWidth, (sign) => String.fromCharCode(sign.charCodeAt(0) - 0xfee0))
    .replace(otherDigits(), (digit) => String(valueOf(digit.codePointAt(0) ?? 0)));
}

/** Every script's ten digits follow each other from its zero on, and so do some scripts. */
function valueOf(digit: number): number {
  let zero = digit;
  while (/\p{Nd}/u.test(String.fromCodePoint(zero - 1))) zero--;
  return (digit - zero) % 10;
}
