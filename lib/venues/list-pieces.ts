import type { Failure } from '#lib/domain/reply.ts';
import { bounds } from './bounds.ts';
import { tooLarge, unreadable } from './failure.ts';
import { signs } from './json.ts';
import { optional } from './order-schema.ts';
import type { OpenOrdersReply } from './venue.ts';
import type { WireReply } from './wire.ts';

/**
 * A long list is read in pieces, each a reply of its own with the same envelope and some of the elements, and between two of
 * them whatever else waits gets its turn: a click on another account is not held up by how much one venue sends.
 */

/** Up to so many characters a reply is read at once. */
export const atOnce = 64_000;
/** How many characters of the list a piece has: a few milliseconds' work. No order is as long. */
const pieceLength = 32_000;
/** How much there may be beside the list: every piece has it. */
const mostEnvelope = 8000;
/** How many characters are looked through in a turn. */
const stretch = 500_000;

/** An array that stands in no other one, or the object that is named as the list: its elements' places in the text. */
interface List {
  /** What stands for an element that is longer than any. */
  readonly tooLong: 'null' | '"":null';
  /** Of its first sign within the brackets, and of the closing bracket. */
  readonly start: number;
  end: number;
  readonly elements: (readonly [start: number, end: number])[];
}

/** What comes of each piece of a long reply; `read` reads one as if it were a whole reply. */
export async function readInPieces<Output>(
  reply: WireReply,
  read: (piece: WireReply) => Output,
  membersOf?: string,
): Promise<readonly Output[] | Failure> {
  const { text } = reply;
  const lists = await listsOf(text, membersOf);
  if (lists === 'too-large') return tooLarge(reply);
  if (lists === undefined) return unreadable(reply);
  const parts: Output[] = [];
  for (const piece of piecesOf(text, lists)) {
    parts.push(read({ ...reply, text: piece }));
    await nextTurn();
  }
  return parts;
}

/**
 * The text's outermost arrays, and the object of that name; undefined where its brackets and quotes do not close, or it is nested too deep.
 */
async function listsOf(
  text: string,
  membersOf: string | undefined,
): Promise<List[] | 'too-large' | undefined> {
  const lists: List[] = [];
  let list: List | undefined;
  let depth = 0;
  let listDepth = 0;
  let elementStart = 0;
  let isInString = false;
  let count = 0;
  /** How much of the text stands outside the lists. */
  let envelope = 0;
  let lastEnd = 0;
  function add(to: List, end: number): boolean {
    to.elements.push([elementStart, end]);
    return ++count <= bounds.orders;
  }
  for (let at = 0; at < text.length; at++) {
    if (at % stretch === stretch - 1) await nextTurn();
    const sign = text.charCodeAt(at);
    if (isInString) {
      if (sign === signs.backslash) at++;
      else if (sign === signs.quote) isInString = false;
      continue;
    }
    switch (sign) {
      case signs.quote:
        isInString = true;
        break;
      case signs.openBrace:
      case signs.openBracket:
        if (++depth > bounds.depth) return undefined;
        if (list || (sign === signs.openBrace && !isNamed(text, at, membersOf))) break;
        envelope += at - lastEnd;
        if (envelope > mostEnvelope) return 'too-large';
        list = {
          tooLong: sign === signs.openBrace ? '"":null' : 'null',
          start: at + 1,
          end: at + 1,
          elements: [],
        };
        lists.push(list);
        listDepth = depth;
        elementStart = at + 1;
        break;
      case signs.closeBrace:
      case signs.closeBracket:
        if (list && depth === listDepth) {
          const isEmpty = list.elements.length === 0 && text.slice(elementStart, at).trim() === '';
          if (!isEmpty && !add(list, at)) return 'too-large';
          list.end = at;
          lastEnd = at;
          list = undefined;
        }
        depth--;
        break;
      case signs.comma:
        if (!list || depth !== listDepth) break;
        if (!add(list, at)) return 'too-large';
        elementStart = at + 1;
        break;
    }
  }
  if (isInString || depth !== 0) return undefined;
  return envelope + text.length - lastEnd > mostEnvelope || lists.length === 0
    ? 'too-large'
    : lists;
}

/** Whether what begins there is the value of that name. */
function isNamed(text: string, at: number, name: string | undefined): boolean {
  if (name === undefined) return false;
  const before = text.slice(Math.max(at - name.length - 20, 0), at).trimEnd();
  return before.endsWith(':') && before.slice(0, -1).trimEnd().endsWith(`"${name}"`);
}

/** Every element is in one piece, and a piece has the lists as they stand in the text, with its own elements alone. */
function* piecesOf(text: string, lists: readonly List[]): Generator<string> {
  let chosen: string[][] = lists.map(() => []);
  let size = 0;
  const write = () =>
    lists
      .map(
        ({ start }, index) =>
          text.slice(lists[index - 1]?.end ?? 0, start) + chosen[index]?.join(','),
      )
      .join('') + text.slice(lists.at(-1)?.end ?? 0);
  for (const [index, { elements, tooLong }] of lists.entries()) {
    for (const [start, end] of elements) {
      const length = end - start;
      if (size > 0 && size + length > pieceLength) {
        yield write();
        chosen = lists.map(() => []);
        size = 0;
      }
      const isTooLong = length > pieceLength;
      chosen[index]?.push(isTooLong ? tooLong : text.slice(start, end));
      size += (isTooLong ? tooLong.length : length) + 1;
    }
  }
  yield write();
}

function nextTurn(): Promise<void> {
  return new Promise((resolve) => setTimeout(resolve, 0));
}

/** One page of several that have parts of its orders: what went wrong with one went wrong with all. */
export function joinPages(parts: readonly OpenOrdersReply[]): OpenOrdersReply {
  const pages = parts.filter((part) => part.kind === 'page');
  const failure = parts.find((part) => part.kind !== 'page');
  if (failure) return failure;
  const odd = pages.reduce((sum, { unreadable: each = 0 }) => sum + each, 0);
  const closed = pages.flatMap((page) => page.closed ?? []);
  return {
    kind: 'page',
    orders: pages.flatMap(({ orders }) => orders),
    ...optional('unreadable', odd || undefined),
    ...optional('closed', closed.length > 0 ? closed : undefined),
    ...optional('cursor', pages.find(({ cursor }) => cursor !== undefined)?.cursor),
  };
}
