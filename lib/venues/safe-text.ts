import { once } from '#lib/domain/once.ts';
import { bounds } from './bounds.ts';

/** Control and format characters, those that turn the direction of writing among them, line separators, halves of a pair. */
const unseen = once(() => /[\p{Cc}\p{Cf}\p{Zl}\p{Zp}\p{Cs}]/u);
const everyUnseen = once(() => new RegExp(unseen(), 'gu'));

/** Whether it holds what does not show, or makes other text show otherwise: two ids may then look like one. */
export function hasUnseen(text: string): boolean {
  return unseen().test(text);
}

/** The text with a space for each such character. */
export function seen(text: string): string {
  return hasUnseen(text) ? text.replace(everyUnseen(), ' ') : text;
}

/**
 * What is shown of a venue's texts, piece by piece and all of them together cut to what fits a row. They are read before,
 * uncut.
 */
export function shownPieces(texts: readonly (string | null | undefined)[]): string[] {
  const pieces: string[] = [];
  let room: number = bounds.words;
  for (const text of texts) {
    const piece = seen(
      seen((text ?? '').slice(0, bounds.message))
        .trim()
        .slice(0, room),
    ).trim();
    if (piece === '') continue;
    pieces.push(piece);
    room -= piece.length;
  }
  return pieces;
}

/** As much of a message as its meaning is looked for in. */
export function head(message: string): string {
  return message.length > bounds.message ? message.slice(0, bounds.message) : message;
}
