import { isId, isWholeUuid, looksLikeMoment } from './id-shapes.ts';
import { isInPath, type IdWord } from './id-words.ts';

/** Whether two words beside each other may be one id that was broken, or that holds a sign nobody expects there. */

const parting = /[\t;|=&"“”„«»‹›()[\]{}<>?#`,'’‘]/;
/** The end of a line, hyphens before it or not; browsers hand it over as a space. Cells of a table are parted by tabs. */
const lineBreak = /^[-=\\]{0,3}[^\S\t]{1,8}-?$/;
const hex = /^[\da-f-]+$/i;

/** How near a word is to the one before it. */
export function isBrokenLine(gap: string): boolean {
  return lineBreak.test(gap);
}

/**
 * Whether the word beside an id may belong to it, so that the id is not the whole: `2 6947521557`, `1E43/19CB662F`.
 * `gap`: what stands between the two.
 */
export function isPartBeside(text: string, id: string, beside: IdWord, gap: string): boolean {
  if (isBrokenLine(gap)) return mayContinue(id, beside.text) || mayBeHyphenated(id, beside, gap);
  if (/^,-?$/.test(gap)) return isOwnPiece(id) && hex.test(beside.text);
  if (parting.test(gap) || /\s/.test(gap)) return false;
  if (!gap.includes('/')) return true;
  if (isInPath(text, beside)) return false;
  return !isId(id) || (/\d/.test(beside.text) && !isId(beside.text));
}

/** Digits beside digits, and parts of a UUID beside each other, short enough to be one id together. */
function mayContinue(id: string, beside: string): boolean {
  if (isWholeUuid(id)) return false;
  const length = id.length + beside.length;
  if (/^\d+$/.test(id)) {
    // Nine digits and more would be an id of their own.
    return length <= 20 && (/^\d{1,8}$/.test(beside) || looksLikeMoment(beside));
  }
  const isGroup = /\d/.test(beside) || beside.length % 4 === 0;
  return hex.test(id) && hex.test(beside) && isGroup && length <= 36;
}

/** Of a UUID, as one's own id: a list's comma need not be one. */
function isOwnPiece(id: string): boolean {
  return hex.test(id) && /\D/.test(id) && !isWholeUuid(id);
}

function mayBeHyphenated(id: string, beside: IdWord, gap: string): boolean {
  return gap.startsWith('-') && !isWholeUuid(id) && (!isId(id) || /\d/.test(beside.text));
}
