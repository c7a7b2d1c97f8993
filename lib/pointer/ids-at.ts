import { findIds } from '#lib/domain/found-ids.ts';
import { findIdAt } from '#lib/domain/id-at.ts';
import { mostIds } from '#lib/domain/id-collection.ts';
import { linkText } from '#lib/domain/link-text.ts';
import { caretAt } from './caret.ts';
import { textInField } from './field-text.ts';
import { canBeSeen } from './seen.ts';
import { textAround } from './text-around.ts';

export interface IdsAt {
  readonly ids: readonly string[];
  /** Whether they can be read there, or only a link's address holds them. */
  readonly place: 'text' | 'link';
}

/**
 * The ids under a point of the viewport: the one in the text there, else all in the address of the link there. `path` is
 * the path of the event at that point. What it costs does not depend on how large the page is.
 */
export function idsAt(x: number, y: number, path: readonly EventTarget[]): IdsAt {
  const id = idInText(x, y, path);
  return id === undefined ? { ids: idsInLink(path), place: 'link' } : { ids: [id], place: 'text' };
}

function idInText(x: number, y: number, path: readonly EventTarget[]): string | undefined {
  const caret = caretAt(x, y, path);
  if (!caret) return undefined;
  const { node, offset } = caret;
  const around =
    node instanceof Text ? textAround(node, offset, x, y) : textInField(node, offset, x, y, path);
  return around && findIdAt(around.before, around.after);
}

const longestAddress = 2000;

function idsInLink(path: readonly EventTarget[]): readonly string[] {
  const link = path.find((each) => each instanceof HTMLAnchorElement && each.hasAttribute('href'));
  if (!(link instanceof HTMLAnchorElement) || !canBeSeen(link)) return [];
  if ((link.getAttribute('href') ?? '').length > longestAddress) return [];
  if (link.protocol !== 'https:' && link.protocol !== 'http:') return [];
  const { ids, doubtful } = findIds(linkText(link));
  return [...ids, ...doubtful.map(({ text }) => text)].slice(0, mostIds);
}
