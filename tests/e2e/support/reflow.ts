import { expect, type Page } from '@playwright/test';

/**
 * No sideways scrolling, nothing beyond the edge, no words over others, and nothing cut that cannot be read elsewhere, unless that is meant.
 */
export async function expectReflowed(page: Page, mayBeCut = false): Promise<void> {
  // Some of it is drawn anew once its size is known.
  await expect.poll(() => layoutFaults(page, mayBeCut), 'faults of the layout').toEqual([]);
}

export async function layoutFaults(page: Page, mayBeCut = false): Promise<string[]> {
  const found = await page.evaluate(faultsOfLayout);
  return found.filter((fault) => !mayBeCut || !fault.startsWith('cut'));
}

/** Runs in the page. What a dialog covers is not looked at. */
function faultsOfLayout(): string[] {
  const found: string[] = [];
  const root = document.querySelector('dialog[open]') ?? document.body;
  const tell = (what: string, ...elements: Element[]) => {
    const names = elements.map((each) => `${each.className} “${each.textContent.slice(0, 40)}”`);
    found.push(`${what}: ${names.join(', ')}`);
  };
  const { scrollWidth } = document.documentElement;
  if (scrollWidth > innerWidth) found.push(`${scrollWidth} wide in ${innerWidth}`);

  const isSeen = (element: Element) =>
    element.checkVisibility({
      opacityProperty: true,
      visibilityProperty: true,
      contentVisibilityAuto: true,
    }) &&
    root.contains(element) &&
    element.closest('.unseen') === null;

  /** Where it is seen: what a scroller hides is left out. */
  const seenIn = (element: Element, box: DOMRect) => {
    let { left, right, top, bottom } = box;
    const end = root.parentElement;
    for (let outer: Element | null = element; outer && outer !== end; outer = outer.parentElement) {
      const { overflowX, overflowY, clipPath } = getComputedStyle(outer);
      const edge = outer.getBoundingClientRect();
      if (clipPath !== 'none') return undefined;
      if (overflowX !== 'visible')
        [left, right] = [Math.max(left, edge.left), Math.min(right, edge.right)];
      if (overflowY !== 'visible')
        [top, bottom] = [Math.max(top, edge.top), Math.min(bottom, edge.bottom)];
    }
    return right - left > 2 && bottom - top > 2 ? { left, right, top, bottom } : undefined;
  };

  const words: { readonly of: Element; readonly box: NonNullable<ReturnType<typeof seenIn>> }[] =
    [];
  const walker = document.createTreeWalker(root, NodeFilter.SHOW_TEXT);
  for (let node = walker.nextNode(); node; node = walker.nextNode()) {
    const of = node.parentElement;
    if (!of || node.textContent?.trim() === '' || !isSeen(of) || of.closest('option, svg'))
      continue;
    const range = document.createRange();
    range.selectNodeContents(node);
    for (const line of range.getClientRects()) {
      const box = seenIn(of, line);
      if (!box) continue;
      if (box.left < -1 || box.right > innerWidth + 1) tell('beyond the edge', of);
      words.push({ of, box });
    }
  }
  // What sticks lies over what scrolls under it.
  const stuck = (element: Element) => {
    let outer: Element | null = element;
    while (outer && root.contains(outer) && getComputedStyle(outer).position !== 'sticky')
      outer = outer.parentElement;
    return outer;
  };
  const places = new Map(words.map(({ of }) => [of, stuck(of)]));
  for (const [index, a] of words.entries()) {
    for (const b of words.slice(index + 1).filter(({ of }) => of !== a.of)) {
      if (places.get(a.of) !== places.get(b.of)) continue;
      const across = Math.min(a.box.right, b.box.right) - Math.max(a.box.left, b.box.left);
      const down = Math.min(a.box.bottom, b.box.bottom) - Math.max(a.box.top, b.box.top);
      if (across > 2 && down > 4) tell('over each other', a.of, b.of);
    }
  }
  for (const element of root.querySelectorAll<HTMLElement>('*')) {
    if (!isSeen(element) || element.matches('svg *, select, option')) continue;
    const { overflowX, overflowY, clipPath } = getComputedStyle(element);
    // What lies under a scroll bar is free.
    const room = overflowY === 'auto' ? element.offsetWidth : element.clientWidth;
    const isCut = clipPath === 'none' && overflowX !== 'visible' && element.scrollWidth > room + 1;
    const isScroller = overflowX === 'auto' || overflowX === 'scroll';
    if (isCut && isScroller) tell('scrolls sideways', element);
    else if (
      isCut &&
      element.textContent !== '' &&
      !element.closest('[title]') &&
      !element.querySelector('[title]')
    )
      tell('cut', element);
  }
  return [...new Set(found)];
}
