import { once } from './once.ts';
import { dateAt, isAmount, isGrouped, isId, isNumber, longestId, uuidAt } from './id-shapes.ts';

/**
 * A piece of a text that may be an id as a whole: all that stands together without white space and without signs that
 * part one thing from the next in sentences, tables, code and addresses.
 */
export interface IdWord {
  /** From the first letter or digit to the last. */
  readonly text: string;
  readonly start: number;
  readonly end: number;
  /** What stands between it and the word before. */
  readonly gap: string;
  /** The page has left out something before or behind it: `7155ed34…`. */
  readonly isCut: boolean;
  /** Where the text without white space begins in which it stands. */
  readonly chunk: number;
}

const parting = `${String.raw`\s;|=&"()[\]{}<>?#\u0060/,'`}“”„«»‹›’‘`;
const run = once(() => new RegExp(`(?:[^${parting}]|(?<=\\d)[,'’](?=\\d))+`, 'gu'));
/** U+FFFD stands where a sign could not be read: it may have been a digit. */
const core = once(() => /[\p{L}\p{N}\ufffd](?:.*[\p{L}\p{N}\ufffd])?/su);
const pathAt = once(
  () =>
    /[^\p{L}\p{N}/]{0,4}(?:[a-z][a-z\d+-]{0,20}:\/\/|\.{0,2}\/|[\w-]{1,63}(?:\.[\w-]{1,63}){1,8}(?::\d+)?\/)/iuy,
);
const separators = /[,'’]/;
/** Where the page has left out something: at the beginning or the end of what stands on one side. */
export const isCutBehind = /^(?:…|\.{2}|\*{3}|•|⋯)/;
export const isCutBefore = /(?:…|\.{2}|\*{3}|•|⋯)$/;
const groupedBySpaces = once(
  () => /\d{1,3}([ \u00a0\u2009\u202f])\d{3}(?:\1\d{3})+(?![\p{L}\p{N}]|[.,]\d|\1\d)/uy,
);

/** Takes time in proportion to the text. */
export function* idWords(text: string): Generator<IdWord> {
  let before = 0;
  let chunk = 0;
  const runs = run();
  runs.lastIndex = 0;
  for (;;) {
    const found = runs.exec(text);
    if (!found) return;
    const inner = core().exec(found[0]);
    if (!inner) continue;
    const start = found.index + inner.index;
    const whole = spannedAt(text, start);
    const end = start + (whole ?? inner[0]).length;
    const gap = text.slice(before, start);
    const space = /\s\S*$/.exec(gap.slice(-longestId));
    if (space) chunk = start - space[0].length + 1;
    before = end;
    if (whole !== undefined) runs.lastIndex = end;
    const word = {
      text: whole?.replace(/-\s+/g, '-') ?? inner[0],
      start,
      end,
      gap,
      isCut:
        isCutBefore.test(text.slice(Math.max(0, start - 3), start)) ||
        isCutBehind.test(text.slice(end, end + 3)),
      chunk,
    };
    if (isList(word, text)) yield* partsOf(word);
    else yield word;
  }
}

/** What is one though it holds white space or slashes: a UUID broken behind its hyphens, digits in groups, a date. */
function spannedAt(text: string, start: number): string | undefined {
  uuidAt().lastIndex = start;
  groupedBySpaces().lastIndex = start;
  dateAt().lastIndex = start;
  const found = (uuidAt().exec(text) ?? groupedBySpaces().exec(text) ?? dateAt().exec(text))?.[0];
  return found !== undefined && /[\s/]/.test(found) ? found : undefined;
}

/** The fields of a line without spaces, as files have them: `26947521557,0.5,4150000`. */
function isList({ text: word, start, end }: IdWord, text: string): boolean {
  if (!separators.test(word) || isGrouped(word)) return false;
  if (
    /\S,$/.test(text.slice(Math.max(0, start - 2), start)) ||
    /^,\S/.test(text.slice(end, end + 2))
  )
    return true;
  if (isNumber(word) || isAmount(word)) return false;
  const parts = word.split(separators);
  return parts.length > 2 || parts.some(isId);
}

function* partsOf(word: IdWord): Generator<IdWord> {
  let { start, gap } = word;
  for (const text of word.text.split(separators)) {
    yield { ...word, text, start, end: start + text.length, gap };
    start += text.length + 1;
    gap = ',';
  }
}

/** An address or a path, where what stands between two slashes is a thing of its own. */
export function isInPath(text: string, { chunk }: IdWord): boolean {
  const path = pathAt();
  path.lastIndex = chunk;
  return path.test(text);
}
