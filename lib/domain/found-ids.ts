import { once } from './once.ts';
import { cleanId } from './clean-id.ts';
import { areLabels } from './id-labels.ts';
import { isBrokenLine, isPartBeside } from './id-neighbours.ts';
import {
  canStandAmongOthers,
  idsInWord,
  isAmount,
  isGrouped,
  isId,
  isInternetAddress,
  isMoment,
  isNumber,
  isRounded,
  isWholeUuid,
  longestId,
  looksLikeId,
  looksLikeMoment,
  mayBeCutId,
} from './id-shapes.ts';
import { idWords, isCutBefore, isCutBehind, type IdWord } from './id-words.ts';
import { collectIds, type FoundIds, type IdCollection, type KnownIds } from './id-collection.ts';
import { plainText } from './plain-text.ts';

/** Of lines that one id is broken over. */
const mostLines = 4;
const isWordOfLetters = once(() => /^\p{L}+[.,:;!?]?$/u);
const isAlnum = once(() => /[\p{L}\p{N}]/u);
const edges = /^[\s"'“”‘’«»()<>[\]{}.,:;!?*`#]+|[\s"'“”‘’«»()<>[\]{}.,:;!?*`/-]+$/g;
const chunkAt = once(() => new RegExp(`\\S{1,${longestId + 1}}`, 'uy'));
const longerAt = once(() => new RegExp(`[\\p{L}\\p{N}_.:/-]{1,${longestId + 1}}`, 'uy'));

const nothingKnown: KnownIds = { has: () => false, isSymbol: () => false };

/**
 * Finds the ids in a text that anybody may have written: a page, a chat, a sheet, a log. They are what has the form of an
 * order id (a UUID or 9 to 20 digits, also with thousands separators or broken over lines), and whatever else is known to
 * be one. An id counts only as the whole of what looks like an id there; what does and is not understood, or holds a known
 * id as a piece, is told as doubtful. A text of one word with a digit in it is an id as a whole. Takes time in proportion
 * to the text, whatever it holds.
 */
export function findIds(text: string, known: KnownIds = nothingKnown): FoundIds {
  const plain = plainText(text);
  const alone = knownAlone([text, plain], known);
  const found = collectIds(known);
  if (alone !== undefined) {
    found.add(alone);
    return found.result(true);
  }
  const words = [...idWords(plain)];
  for (let at = 0; at < words.length && !found.isFull();) at = readWord(plain, words, at, found);
  if (found.isEmpty()) {
    const only = brokenFrom(words, 0, isId);
    if (only?.count === words.length && !known.has(only.id)) found.add(only.id);
    else if (isWord(trim(plain.trim().slice(0, longestId + 1)))) {
      found.takeWhole(trim(plain.trim()));
    }
  }
  const [only, ...others] = words;
  const isAlone =
    others.length === 0
      ? only !== undefined && (found.has(only.text) || isGrouped(only.text))
      : brokenFrom(words, 0, found.has)?.count === words.length;
  return found.result(isAlone);
}

/** The text as a whole, with or without what stands around an id in a sentence or list. */
function knownAlone(texts: readonly string[], known: KnownIds): string | undefined {
  return texts
    .map((text) => text.trim().slice(0, longestId + 1))
    .flatMap((whole) =>
      isCutBehind.test(whole) || isCutBefore.test(whole)
        ? [whole]
        : [whole, trim(whole), inOneLine(whole)],
    )
    .find((id) => id !== '' && id.length <= longestId && known.has(id));
}

/** Broken over lines, it may be another one. */
function inOneLine(text: string): string {
  return /\d\s+\d/.test(text) ? '' : cleanId(text);
}

/** Reads the word at that place and those that belong to it; gives back the place of the next. */
function readWord(text: string, words: readonly IdWord[], at: number, found: IdCollection): number {
  const { known } = found;
  const word = words[at];
  if (!word) return at + 1;
  const broken = brokenFrom(words, at, (id) => known.has(id) || isWholeUuid(id));
  if (broken) {
    const next = at + broken.count;
    const pieces = words.slice(at, next).map((each) => each.text);
    const isSure = !pieces.some((piece) => known.has(piece) && canStandAmongOthers(piece));
    const written = text.slice(word.start, words[next - 1]?.end);
    if (isSure && isWhole(text, words, at, next, broken.id, known)) found.add(broken.id);
    else found.doubt(written, [broken.id, ...pieces]);
    return next;
  }
  const chunk = matchAt(chunkAt(), text, word.start);
  // Most of a text.
  if (isWordOfLetters().test(chunk)) return at + 1;
  const id = knownFrom(text, word, chunk, known);
  if (id !== undefined) {
    const end = id === word.text ? word.end : word.start + id.length;
    let next = at + 1;
    while ((words[next]?.start ?? Infinity) < end) next++;
    const wordsEnd = words[next - 1]?.end ?? end;
    const isSure = !isAlnum().test(text.slice(end, wordsEnd));
    if (isSure && isWhole(text, words, at, next, id, known)) found.add(id);
    else found.doubt(contextOf(text, words, at, next), [id]);
    return next;
  }
  readUnknown(text, words, at, word, found);
  return at + 1;
}

function readUnknown(
  text: string,
  words: readonly IdWord[],
  at: number,
  word: IdWord,
  found: IdCollection,
): void {
  const { text: written } = word;
  // Too short for anything below.
  if (written.length < 4) return;
  if (isId(written)) {
    if (word.isCut && !isWholeUuid(written)) found.doubt(written, []);
    else if (looksLikeMoment(written)) found.addUnlikely(written);
    else found.add(written);
  } else if (isGrouped(written)) {
    readGrouped(text, words, at, word, found);
  } else if (isRounded(written)) {
    found.addRounded(written);
  } else if (!isMoment(written)) {
    readOdd(text, words, at, word, found);
  }
}

/** Thousands separators are of ids that came through a sheet; of amounts; and of internet addresses, as it seems. */
function readGrouped(
  text: string,
  words: readonly IdWord[],
  at: number,
  { text: written }: IdWord,
  found: IdCollection,
): void {
  const id = written.replace(/\D/g, '');
  if (found.known.has(id)) {
    if (isWhole(text, words, at, at + 1, id, found.known)) found.add(id);
    else found.doubt(contextOf(text, words, at, at + 1), [id]);
  } else if (isInternetAddress(written)) {
    found.addUnlikely(id);
  } else if (isId(id)) {
    found.addGrouped(id);
  } else if (id.length > 20) {
    found.doubt(written, []);
  }
}

/** What is no id as it stands; but it may hold one, or be one in a spelling that nobody knows. */
function readOdd(
  text: string,
  words: readonly IdWord[],
  at: number,
  word: IdWord,
  found: IdCollection,
): void {
  const { known } = found;
  const { text: written } = word;
  const named = written.length <= longestId ? labelled(written, known) : undefined;
  if (named !== undefined) {
    if (!word.isCut && isWhole(text, words, at, at + 1, named, known)) found.add(named);
    else found.doubt(contextOf(text, words, at, at + 1), [named]);
    return;
  }
  const pieces = piecesOf(written.slice(0, 10 * longestId)).filter(
    (piece) => canStandAmongOthers(piece) && known.has(piece),
  );
  const isNoId = isNumber(written) || isAmount(written);
  const isLike = !isNoId && (looksLikeId(written) || (word.isCut && mayBeCutId(written)));
  if (pieces.length > 0 || (isLike && !isSymbol(written, known))) found.doubt(written, pieces);
}

function isSymbol(written: string, known: KnownIds): boolean {
  return known.isSymbol(written.replace(/[^\p{L}\p{N}]/gu, '').toLowerCase());
}

/** What may be another order's id in it, wherever signs part it. */
function piecesOf(written: string): readonly string[] {
  const forms = [/[\p{L}\p{N}_-]+/gu, /[\p{L}\p{N}]+/gu, idsInWord()];
  return forms.flatMap((form) => Array.from(written.matchAll(form), ([piece]) => piece));
}

/** The one id in a word that else has words only which say what it is. */
function labelled(written: string, known: KnownIds): string | undefined {
  const isLabel = (part: string) => areLabels(part, known.isSymbol);
  const [first, ...more] = written.matchAll(idsInWord());
  if (!first) {
    const [, label = '', rest = ''] = /^(\p{L}+)[:.]+(.+)$/su.exec(written) ?? [];
    return rest !== '' && known.has(rest) && isLabel(label) ? rest : undefined;
  }
  if (more.length > 0) return undefined;
  const before = written.slice(0, first.index);
  const after = written.slice(first.index + first[0].length);
  const isClear =
    (/^\p{L}+:+$/u.test(before) || isLabel(before)) && (/^:\p{L}+$/u.test(after) || isLabel(after));
  return isClear ? first[0] : undefined;
}

/** Digits or a UUID on several lines, which browsers hand over with spaces between. */
function brokenFrom(
  words: readonly IdWord[],
  at: number,
  isOne: (id: string) => boolean,
): { readonly id: string; readonly count: number } | undefined {
  let id = words[at]?.text ?? '';
  if (!/^[\da-f-]{1,36}$/i.test(id)) return undefined;
  for (let count = 2; count <= mostLines; count++) {
    const next = words[at + count - 1];
    if (!next || !isBrokenLine(next.gap) || !/^[\da-f-]{1,36}$/i.test(next.text)) return undefined;
    const isNumber = /^\d+$/.test(id) && /^\d+$/.test(next.text);
    id += (next.gap.includes('-') && !isNumber ? '-' : '') + next.text;
    if (id.length > longestId) return undefined;
    if (isOne(id)) return { id, count };
  }
  return undefined;
}

/** The longest known id that begins where the word begins. */
function knownFrom(
  text: string,
  word: IdWord,
  chunk: string,
  { has }: KnownIds,
): string | undefined {
  const isOne = (id: string) => id.length <= longestId && canStandAmongOthers(id) && has(id);
  if (chunk === word.text) return isOne(chunk) ? chunk : undefined;
  const longer = matchAt(longerAt(), text, word.start);
  return [chunk, trim(chunk), trim(longer), word.text].find(isOne);
}

/** Whether nothing beside these words may belong to the id that they are. */
function isWhole(
  text: string,
  words: readonly IdWord[],
  from: number,
  to: number,
  id: string,
  { has }: KnownIds,
): boolean {
  const [before, first, last, after] = [from - 1, from, to - 1, to].map((at) => words[at]);
  if (!isWholeUuid(id) && (first?.isCut || last?.isCut)) return false;
  const isPart = (beside: IdWord | undefined, gap: string | undefined) =>
    beside !== undefined &&
    gap !== undefined &&
    !(canStandAmongOthers(beside.text) && has(beside.text)) &&
    isPartBeside(text, id, beside, gap);
  return !isPart(before, first?.gap) && !isPart(after, after?.gap);
}

/** What the words are, with what stands beside them: there the doubt comes from. */
function contextOf(text: string, words: readonly IdWord[], from: number, to: number): string {
  const before = words[from - 1];
  const after = words[to];
  const start = isNear(before, words[from]?.gap) ? before?.start : words[from]?.start;
  const end = isNear(after, after?.gap) ? after?.end : words[to - 1]?.end;
  return text.slice(start, end);
}

function isNear(word: IdWord | undefined, gap: string | undefined): boolean {
  return word !== undefined && gap !== undefined && gap.length <= 9 && !/[\t,;|]/.test(gap);
}

function matchAt(pattern: RegExp, text: string, at: number): string {
  pattern.lastIndex = at;
  return pattern.exec(text)?.[0] ?? '';
}

function trim(text: string): string {
  return text.replace(edges, '');
}

/** One word that may be an id; not a date, a time or a number with decimals. */
export function isWord(text: string): boolean {
  return /^(?:\d{4,100}|(?=[^\d]*\d)(?=.*\p{L})[\p{L}\d_.:/-]{4,100})$/u.test(text);
}
