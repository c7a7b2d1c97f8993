import { bounds } from './bounds.ts';

/** The text of a WebSocket's message; undefined of one that is longer than any is, or no text: whatever it says is not known. */
export function messageText(data: unknown): string | undefined {
  return typeof data === 'string' && !isTooLong(data) ? data : undefined;
}

/** By its bytes, which are one to three for each of JavaScript's characters: most need not be counted. */
function isTooLong(text: string): boolean {
  if (text.length * 3 <= bounds.frame) return false;
  return text.length > bounds.frame || new TextEncoder().encode(text).length > bounds.frame;
}
