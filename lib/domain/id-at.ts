import { isWord } from './found-ids.ts';
import { isBrokenLine, isPartBeside } from './id-neighbours.ts';
import {
  isAmount,
  isGrouped,
  isId,
  isMoment,
  isNumber,
  isRounded,
  longestId,
  looksLikeId,
} from './id-shapes.ts';
import { idWords, type IdWord } from './id-words.ts';
import { plainSigns } from './plain-signs.ts';

/** Nothing farther away can belong to the same id. */
const reach = 2 * longestId;
const isJoining = /^[^\s;|=&"“”„«»‹›()[\]{}<>?#`,'’‘]+$/;

/**
 * All that looks like one id where one text ends and the other begins, as under a pointer between them. It need not be
 * one: a piece of what stands there is never told without the rest, so that whoever knows the orders can judge it.
 */
export function findIdAt(before: string, after: string): string | undefined {
  const head = plainSigns(before.slice(-reach));
  const text = head + plainSigns(after.slice(0, reach));
  const words = [...idWords(text)];
  const isAt = ({ start, end }: IdWord) => start <= head.length && head.length <= end;
  let first = words.findIndex(isAt);
  if (first === -1) return undefined;
  let last = first;
  const [id, isWhole] = idOf(words[first]);
  const isJoined = (at: number, beside: number) => {
    const [gap, next] = [words[at]?.gap ?? ' ', words[beside]];
    return next && isJoining.test(gap) && (!isWhole || isPartBeside(text, id, next, gap));
  };
  while (isJoined(first, first - 1)) first--;
  while (isJoined(last + 1, last + 1)) last++;
  const whole = first === last ? id : text.slice(words[first]?.start, words[last]?.end);
  if (!mayBeId(whole)) return undefined;
  const isBroken = (at: number, beside: number) => {
    const [gap, next] = [words[at]?.gap ?? '', words[beside]];
    return next && isBrokenLine(gap) && isPartBeside(text, whole, next, gap);
  };
  const isFirstBroken = isBroken(first, first - 1);
  const isLastBroken = isBroken(last + 1, last + 1);
  const isCut = words[first]?.isCut === true || words[last]?.isCut === true;
  const parts = [
    isFirstBroken ? words[first - 1]?.text : undefined,
    isCut ? `${whole}…` : whole,
    isLastBroken ? words[last + 1]?.text : undefined,
  ];
  return parts.filter(Boolean).join(' ').slice(0, longestId);
}

/** Its digits alone, where they are in groups. `isWhole`: by its form it is an id, whatever a slash parts it from. */
function idOf(word: IdWord | undefined): [id: string, isWhole: boolean] {
  const text = word?.text ?? '';
  const id = isGrouped(text) ? text.replace(/\D/g, '') : text;
  return [id, isId(id)];
}

function mayBeId(text: string): boolean {
  if (isRounded(text)) return true;
  if (isMoment(text) || isNumber(text) || isAmount(text)) return false;
  return isWord(text) || (text.length <= longestId && looksLikeId(text));
}
