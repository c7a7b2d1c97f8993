import { reach, type Around } from './around.ts';
import { caretAt } from './caret.ts';
import { canBeSeen } from './seen.ts';

/** A password is nobody's order id. */
const readable = new Set(['text', 'search', 'url', 'tel', 'email', 'number']);

/** The value of an input or textarea around the offset. Undefined where the point is beside its text. */
export function textInField(
  node: Node,
  offset: number,
  x: number,
  y: number,
  path: readonly EventTarget[],
): Around | undefined {
  const isReadable =
    node instanceof HTMLTextAreaElement ||
    (node instanceof HTMLInputElement && readable.has(node.type));
  if (!isReadable || !canBeSeen(node)) return undefined;
  const style = getComputedStyle(node);
  if (!['', 'none'].includes(style.getPropertyValue('-webkit-text-security'))) return undefined;

  // Where in a field its text lies cannot be asked for. But beside and below the text the caret stays where it is while
  // the point moves by a letter or a line.
  const moves = (byX: number, byY: number) => {
    const there = caretAt(x + byX, y + byY, path);
    return there?.node === node && there.offset !== offset;
  };
  const letter = Number.parseFloat(style.fontSize);
  if (!moves(-letter, 0) && !moves(letter, 0)) return undefined;
  if (node instanceof HTMLTextAreaElement) {
    const line = Number.parseFloat(style.lineHeight) || 1.5 * letter;
    const top = node.getBoundingClientRect().top + Number.parseFloat(style.paddingTop);
    if (y - top > line && !moves(0, -line)) return undefined;
  }
  return {
    before: node.value.slice(Math.max(0, offset - reach), offset),
    after: node.value.slice(offset, offset + reach),
  };
}
