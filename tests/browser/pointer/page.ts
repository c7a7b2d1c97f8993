import { onTestFinished } from 'vitest';
import { idsAt, type IdsAt } from '#lib/pointer/ids-at.ts';

/** Shows HTML as the only thing in the page, at its top, until the test has ended. */
export function show(html: string): HTMLElement {
  const page = document.createElement('div');
  page.style.cssText =
    'position:fixed;inset:0;z-index:9;background:white;font:16px/20px monospace;overflow:auto';
  page.innerHTML = html;
  document.body.append(page);
  onTestFinished(() => page.remove());
  return page;
}

/** The element marked with the id `here`. */
export function here(page: ParentNode): Element {
  const element = page.querySelector('#here');
  if (!element) throw new Error('nothing is marked with #here');
  return element;
}

/** What a right-click there would find: at a share of the element's width and height, or at pixels from its left top. */
export function idsOn(element: Element, x: number = 0.5, y: number = 0.5): readonly string[] {
  const { left, top, width, height } = element.getBoundingClientRect();
  return idsAtPoint(left + (x <= 1 ? x * width : x), top + (y <= 1 ? y * height : y));
}

export function idsAtPoint(x: number, y: number): readonly string[] {
  return toldAt(x, y).ids;
}

/** With the place in which they stand. */
export function toldAt(x: number, y: number): IdsAt {
  return idsAt(x, y, pathAt(x, y));
}

/** The path that a click's event has: tests cannot click as a user does, and need not to. */
function pathAt(x: number, y: number): EventTarget[] {
  let hit = document.elementFromPoint(x, y);
  while (hit?.shadowRoot) {
    const inner = hit.shadowRoot.elementFromPoint(x, y);
    if (!inner || inner === hit) break;
    hit = inner;
  }
  let path: EventTarget[] = [];
  const event = new Event('look', { composed: true, bubbles: true });
  addEventListener('look', () => (path = event.composedPath()), { capture: true, once: true });
  hit?.dispatchEvent(event);
  return path;
}
