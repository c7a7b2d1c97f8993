import { reach, type Around } from './around.ts';
import { canBeSeen } from './seen.ts';

/** More are not visited on either side, whatever they are. */
const mostNodes = 100;

/**
 * The text around an offset of a text node, as the user reads it: an id may be split over `<b>123</b>456`. Undefined
 * where the point is beside the text or the text is not to be seen.
 */
export function textAround(node: Text, offset: number, x: number, y: number): Around | undefined {
  if (!isSeen(node) || !isIn(node, offset, x, y)) return undefined;
  return { before: textBefore(node, offset), after: textAfter(node, offset) };
}

/** Where nothing is under the pointer, the browser sets the caret into the nearest text. */
function isIn(node: Text, offset: number, x: number, y: number): boolean {
  const slack = 1;
  return rectsOf(node, Math.max(0, offset - 1), Math.min(node.length, offset + 1)).some(
    ({ left, right, top, bottom }) =>
      left - slack <= x && x <= right + slack && top - slack <= y && y <= bottom + slack,
  );
}

function textBefore(node: Text, offset: number): string {
  let text = node.substringData(Math.max(0, offset - reach), Math.min(offset, reach));
  let last = node;
  for (const next of textsFrom(node, 'previousSibling', 'lastChild')) {
    if (text.length >= reach) break;
    const start = Math.max(0, next.length - reach);
    text = next.substringData(start, reach) + (areJoined(next, last) ? '' : ' ') + text;
    last = next;
  }
  return text;
}

function textAfter(node: Text, offset: number): string {
  let text = node.substringData(offset, reach);
  let last = node;
  for (const next of textsFrom(node, 'nextSibling', 'firstChild')) {
    if (text.length >= reach) break;
    text += (areJoined(last, next) ? '' : ' ') + next.substringData(0, reach);
    last = next;
  }
  return text;
}

/** The other texts of the same paragraph, cell or item, until something comes that is not in the line with them. */
function* textsFrom(
  from: Node,
  sibling: 'nextSibling' | 'previousSibling',
  child: 'firstChild' | 'lastChild',
): Generator<Text> {
  let node = from;
  let isEntered = true;
  for (let visited = 0; visited < mostNodes; visited++) {
    const next: Node | null = (isEntered ? null : node[child]) ?? node[sibling];
    isEntered = true;
    if (next === null) {
      const parent = node.parentNode;
      if (!(parent instanceof Element) || !isInLine(parent)) return;
      node = parent;
      continue;
    }
    node = next;
    if (node instanceof Text && isSeen(node)) yield node;
    if (!(node instanceof Element) || getComputedStyle(node).display === 'none') continue;
    if (!isInLine(node)) return;
    isEntered = false;
  }
}

/** What a shadow tree shows is in another order than the nodes. */
function isInLine(element: Element): boolean {
  const { display } = getComputedStyle(element);
  return (
    (display === 'inline' || display === 'contents') &&
    !(element instanceof HTMLBRElement) &&
    element.shadowRoot === null
  );
}

/** Whether one ends where the other begins: two numbers beside each other are not one, nor is a footnote's sign part of one. */
function areJoined(first: Text, second: Text): boolean {
  const a = rectsOf(first, first.length - 1, first.length).at(-1);
  const b = rectsOf(second, 0, 1)[0];
  // White space at the end of a line has no place; it parts them by itself.
  if (!a || !b) return true;
  const gap = Math.max(a.left, b.left) - Math.min(a.right, b.right);
  return Math.abs(gap) <= 2 && Math.abs(a.bottom - b.bottom) <= Math.max(a.height, b.height) / 8;
}

function isSeen(node: Text): boolean {
  return node.length > 0 && node.parentElement !== null && canBeSeen(node.parentElement);
}

function rectsOf(node: Text, start: number, end: number): DOMRect[] {
  const range = new Range();
  range.setStart(node, start);
  range.setEnd(node, end);
  return [...range.getClientRects()];
}
