import { expect, type Locator, type Page } from '@playwright/test';

/** More than any page has. */
const mostStops = 200;

/** In whose colours a page is looked at. */
const looks = [
  { colorScheme: 'light', forcedColors: 'none' },
  { colorScheme: 'dark', forcedColors: 'none' },
  { colorScheme: 'light', forcedColors: 'active' },
] as const;

/**
 * Goes through the page by Tab: everything that can be pressed, typed into or chosen is met, and where the keyboard is can be seen
 * at each stop, in the light, in the dark and in the user's own colours.
 */
export async function expectFocusSeen(page: Page): Promise<void> {
  await page.evaluate(beginAtTop);
  for (let isInside = true; isInside;) {
    await page.keyboard.press('Tab');
    const stops = await page.evaluate(noteStop);
    expect(stops, 'Tab comes to an end').toBeLessThan(mostStops);
    isInside = stops > 0;
  }
  expect(await page.evaluate(neverMet), 'what Tab does not meet').toEqual([]);
  for (const look of looks) {
    await page.emulateMedia(look);
    const unseen = await page.evaluate(unseenStops);
    expect(unseen, `a focus unseen, ${JSON.stringify(look)}`).toEqual([]);
  }
  await page.emulateMedia({ colorScheme: 'light', forcedColors: 'none' });
}

/** The keyboard is somewhere in the page. */
export async function expectFocusKept(page: Page): Promise<void> {
  await expect(page.locator(':focus'), 'what has the keyboard').toHaveCount(1);
}

/** Goes on from where the keyboard is, to the end of the page and round, by Tab alone. */
export async function tabTo(target: Locator, key: 'Tab' | 'Shift+Tab' = 'Tab'): Promise<void> {
  await target.waitFor();
  const isThere = () => target.evaluate((element) => element === document.activeElement);
  for (let stop = 0; !(await isThere()); stop++) {
    expect(stop, `Tab comes to ${target.toString()}`).toBeLessThan(mostStops);
    await target.page().keyboard.press(key);
  }
}

declare global {
  /** In the page: where Tab has led, and what it shall lead to. */
  var tabStops: Set<Element>;
  var usableNow: () => HTMLElement[];
}

/** Runs in the page, as all below it. */
function beginAtTop(): void {
  globalThis.usableNow = () => {
    const root = document.querySelector('dialog[open]') ?? document.body;
    const usable = 'a[href], button, input, select, textarea, summary, [tabindex]';
    return [...root.querySelectorAll<HTMLElement>(usable)].filter(
      (each) => each.tabIndex >= 0 && each.checkVisibility({ visibilityProperty: true }),
    );
  };
  const first = usableNow()[0];
  first?.focus();
  globalThis.tabStops = new Set(first && [first]);
}

/** How many there are now; none where the page has been left, or is gone through anew. */
function noteStop(): number {
  const at = document.activeElement;
  if (!at || at === document.body || tabStops.has(at)) return 0;
  return tabStops.add(at).size;
}

function neverMet(): string[] {
  return usableNow()
    .filter((each) => !tabStops.has(each))
    .map((each) => each.outerHTML.slice(0, 200));
}

function unseenStops(): string[] {
  const mostUp = 4;
  /** What is drawn about it, or about what it stands in. */
  const drawn = (stop: Element) => {
    const rings: string[] = [];
    let each: Element | null = stop;
    for (let up = 0; each && up < mostUp; up++, each = each.parentElement) {
      const { outlineStyle, outlineWidth, outlineColor, boxShadow } = getComputedStyle(each);
      const isOutlined = outlineStyle !== 'none' && outlineWidth !== '0px';
      rings.push(
        isOutlined ? `${outlineStyle} ${outlineWidth} ${outlineColor}` : 'none',
        boxShadow,
      );
    }
    return rings;
  };
  // What has just appeared takes no pointer yet, and can be seen all the same.
  const sheet = new CSSStyleSheet();
  sheet.replaceSync('button { pointer-events: auto !important }');
  document.adoptedStyleSheets.push(sheet);

  const unseen: string[] = [];
  for (const stop of tabStops) {
    if (!(stop instanceof HTMLElement) || !stop.isConnected) continue;
    if (document.activeElement instanceof HTMLElement) document.activeElement.blur();
    const without = drawn(stop);
    stop.focus();
    const isRinged = drawn(stop).some((ring, at) => ring !== without[at] && ring !== 'none');
    const { left, right, top, bottom } = stop.getBoundingClientRect();
    const [x, y] = [(left + right) / 2, (top + bottom) / 2];
    const places = [
      [x, y],
      [left + 2, y],
      [right - 2, y],
      [x, top + 2],
      [x, bottom - 2],
    ] as const;
    const isInSight = places.some(([across, down]) =>
      stop.contains(document.elementFromPoint(across, down)),
    );
    const isThere = document.activeElement === stop;
    if (isThere && isRinged && isInSight) continue;
    const fault = isThere ? (isInSight ? 'nothing drawn' : 'out of sight') : 'not focused';
    unseen.push(`${fault}: ${stop.outerHTML.slice(0, 200)}`);
  }
  document.adoptedStyleSheets.pop();
  return unseen;
}
