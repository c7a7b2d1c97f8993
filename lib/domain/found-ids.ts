/** Order ids in text that anybody may have written: a page, a chat, a sheet, a log. */

export interface FoundIds {
  /** In the order in which they stand there, each once, at most `mostIds`. */
  readonly ids: readonly string[];
  /** There were more. */
  readonly more: boolean;
}

export const mostIds = 50;

/** No venue's ids are longer: BtcTurk's client ids have up to 50 characters. */
const longest = 100;

/** What may be an id, and where it stands. */
interface Candidate {
  readonly id: string;
  readonly start: number;
  readonly end: number;
}

const uuid = String.raw`[0-9a-f]{8}-\s{0,8}[0-9a-f]{4}-\s{0,8}[0-9a-f]{4}-\s{0,8}[0-9a-f]{4}-\s{0,8}[0-9a-f]{12}`;
/** 123,456,789 in any country's way; not the beginning of a longer number, nor of one with decimals. */
const grouped = String.raw`\d{1,3}(?<mark>[,.'’_\u0020\u00a0\u2009\u202f])\d{3}(?:\k<mark>\d{3})+(?!\d|[.,]\d|\k<mark>\d)`;
const part = new RegExp(
  String.raw`(?<![\p{L}\d])(?:(?<uuid>${uuid})(?![\p{L}\d])|(?<![\d][.,])(?<grouped>${grouped}))|[\p{L}\d_][\p{L}\d_-]*`,
  'giu',
);
/** A UUID or 9 to 20 digits, in a word that may hold more: `order-26947521101`. */
const shapeInWord = new RegExp(String.raw`(?<![a-z\d])(?:${uuid}|\d{9,20})(?![a-z\d])`, 'gi');
const shape = new RegExp(`^(?:${uuid}|\\d{9,20})$`, 'i');
/** What may follow in a client order id: `grid:eth/01`, `bot.7`. */
const tail = /[.:/][\p{L}\d_.:/-]{0,100}/uy;
const run = new RegExp(`\\S{1,${longest + 1}}`, 'uy');
const brokenDigits = /\s{0,8}\n\s{0,8}(\d{1,20})(?![\p{L}\d])/uy;
const edges = /^[\s"'“”‘’«»()<>[\]{}.,:;!?*`#]+|[\s"'“”‘’«»()<>[\]{}.,:;!?*`/-]+$/g;
/** Not to be seen; hyphenation and editors put them into ids. */
const invisible = /[\u00ad\u200b-\u200d\u2060\ufeff]/g;

/**
 * Finds the ids in a text: what has the form of an order id (a UUID or 9 to 20 digits, also with thousands separators or
 * broken behind a hyphen), and whatever else `isKnown` says is one. A text of one word with a digit in it is an id as a
 * whole. Takes time in proportion to the text, whatever it holds.
 */
export function findIds(text: string, isKnown: (id: string) => boolean = () => false): FoundIds {
  const clean = text.replace(invisible, '');
  const whole = clean.trim().slice(0, longest + 1);
  const bare = trim(whole);
  for (const id of [whole, bare]) {
    if (id.length <= longest && isKnown(id)) return { ids: [id], more: false };
  }
  const found = new Map<string, string>();
  const times: string[] = [];
  for (const { id } of candidates(clean, isKnown)) {
    if (isKnown(id) ? !canStandAmongOthers(id) : !shape.test(id)) continue;
    if (!isKnown(id) && looksLikeTime(id)) {
      if (times.length < mostIds) times.push(id);
      continue;
    }
    const key = idKey(id);
    if (found.has(key)) continue;
    if (found.size === mostIds) return { ids: [...found.values()], more: true };
    found.set(key, id);
  }
  if (found.size > 0) return { ids: [...found.values()], more: false };
  const others = isWord(bare) ? [bare] : [...new Set(times)];
  return { ids: others, more: false };
}

/** The id that stands where one text ends and the other begins, as under a pointer between them. */
export function findIdAt(before: string, after: string): string | undefined {
  const head = before.slice(-2 * longest).replace(invisible, '');
  const text = head + after.slice(0, 2 * longest).replace(invisible, '');
  for (const { id, start, end } of candidates(text, isWord, false)) {
    if (start <= head.length && head.length <= end) return id;
  }
  return undefined;
}

/** Ids with the same key name the same order: UUIDs are written in either case, all others exactly. */
export function idKey(id: string): string {
  return id.length === 36 && shape.test(id) ? id.toLowerCase() : id;
}

/** `mayBreak`: digits on two lines may be one id. Only where `isKnown` knows, not where it guesses. */
function* candidates(
  text: string,
  isKnown: (id: string) => boolean,
  mayBreak = true,
): Generator<Candidate> {
  let from = 0;
  for (;;) {
    part.lastIndex = from;
    const match = part.exec(text);
    if (!match) return;
    const start = match.index;
    from = start + match[0].length;
    if (match.groups?.['uuid'] !== undefined) {
      yield { id: match[0].replace(/\s/g, ''), start, end: from };
    } else if (match.groups?.['grouped'] !== undefined) {
      yield { id: match[0].replace(/\D/g, ''), start, end: from };
    } else if (match[0].length <= longest) {
      for (const candidate of inWord(text, match[0], start, isKnown, mayBreak)) {
        yield candidate;
        from = Math.max(from, candidate.end);
      }
    }
  }
}

/** As much as is known, else what in the word has the form of an id. */
function* inWord(
  text: string,
  word: string,
  start: number,
  isKnown: (id: string) => boolean,
  mayBreak: boolean,
): Generator<Candidate> {
  const end = start + word.length;
  const longer = [
    trim(matchAt(run, text, start)?.[0] ?? ''),
    trim(word + (matchAt(tail, text, end)?.[0] ?? '')),
    trim(word),
  ];
  for (const id of longer) {
    if (id !== '' && id.length <= longest && isKnown(id)) {
      yield { id, start, end: start + id.length };
      return;
    }
  }
  const rest = mayBreak && /^\d+$/.test(word) ? matchAt(brokenDigits, text, end) : null;
  if (rest && isKnown(word + rest[1])) {
    yield { id: word + rest[1], start, end: end + rest[0].length };
    return;
  }
  for (const { 0: id, index } of word.matchAll(shapeInWord)) {
    const at = start + index;
    if (!isPartOfDecimal(text, at, at + id.length)) yield { id, start: at, end: at + id.length };
  }
}

/** Of a number with decimals; a list without spaces is none: `26947521101,26947521102`. */
function isPartOfDecimal(text: string, start: number, end: number): boolean {
  const before = /(\d+)[.,]$/.exec(text.slice(Math.max(0, start - 22), start))?.[1];
  const after = /^[.,](\d+)/.exec(text.slice(end, end + 22))?.[1];
  return [before, after].some((digits) => digits !== undefined && digits.length < 9);
}

function matchAt(pattern: RegExp, text: string, at: number): RegExpExecArray | null {
  pattern.lastIndex = at;
  return pattern.exec(text);
}

function trim(text: string): string {
  return text.replace(edges, '');
}

/** One word that may be an id; not a date, a time or a number with decimals. */
function isWord(text: string): boolean {
  return /^(?:\d{4,100}|(?=[^\d]*\d)(?=.*\p{L})[\p{L}\d_.:/-]{4,100})$/u.test(text);
}

/** Client order ids such as `limit` and `1` mean nothing in the midst of a text. */
function canStandAmongOthers(id: string): boolean {
  return id.length >= 4 && /[^\p{L}]/u.test(id);
}

/** Unix seconds or milliseconds of our days, as they stand beside ids in tables. */
function looksLikeTime(id: string): boolean {
  return /^(?:1[5-9]|20)\d{8}(?:\d{3})?$/.test(id);
}
