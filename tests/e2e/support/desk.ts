import type { Locator, Page } from '@playwright/test';
import { boxOf } from './box.ts';
import { launchInFirefox } from '#tests/e2e/support/firefox/extension.ts';
import { launchExtension } from './extension.ts';
import { LookupPage } from './pages.ts';
import { startScreen, type Place, type Screen } from './screen.ts';
import { startSite, type Site } from './site.ts';
import { test as base } from './own-browser.ts';
import { until } from './until.ts';

export { expect } from './test.ts';

interface DeskFixtures {
  site: Site;
  menu: ContextMenu;
}

/** Tests of what is not in a page: the browser stands on a screen, and is used by mouse and keyboard. */
export const test = base.extend<DeskFixtures, { display: Screen }>({
  display: [
    async ({}, use) => {
      const screen = await startScreen();
      await use(screen);
      await screen.stop();
    },
    { scope: 'worker' },
  ],

  extension: async ({ display: screen, target }, use) => {
    const launch = target === 'firefox' ? launchInFirefox : launchExtension;
    const extension = await launch({ screen });
    await use(extension);
    await extension.close();
  },

  site: async ({}, use) => {
    const site = await startSite();
    await use(site);
    await site.stop();
  },

  menu: async ({ display, target }, use) => {
    await use(new ContextMenu(display, target));
  },
});

const lookupTitle = '^Cancel order – Pullcord';

/** Of a menu of Chromium's, in pixels: half a row, from a row to the next, and the line between two groups. */
const row = { half: 19, next: 29, line: 17 };

/** “Inspect”, and with it the sources of page and frame, and “Reload frame”. */
const itemsBelow = { field: 1, page: 2, frame: 4 };

/** How far above the menu's end the extension's item lies, below which Chromium has a group of that many. In Firefox it is the last. */
const heights = {
  chromium: (below: number) => row.half + row.next * below + row.line,
  firefox: () => 17,
};

/** From the menu's last item to the extension's: in Chromium “Inspect” stands below it. */
const upFromEnd = { chromium: ['Up'], firefox: [] };

/** The browser's context menu. */
export class ContextMenu {
  readonly #screen: Screen;
  readonly #browser: keyof typeof heights;
  constructor(screen: Screen, browser: keyof typeof heights = 'chromium') {
    this.#screen = screen;
    this.#browser = browser;
  }

  /** Selects a text, right-clicks it and picks the extension's item. */
  async cancelSelected(text: Locator): Promise<void> {
    await text.selectText();
    await this.pick(await this.open(text));
  }

  /** The same by keys alone. */
  async cancelSelectedByKeys(text: Locator): Promise<void> {
    await this.#giveKeyboard(text.page());
    await text.selectText();
    const before = await this.#screen.windows();
    await this.#screen.press('shift+F10');
    const menu = await this.#opened(before, () => true);
    // The first keys may be lost on a menu that has just come.
    for (const key of ['End', 'End', 'End', 'End']) await this.#screen.press(key);
    await this.#screen.press(...upFromEnd[this.#browser], 'Return');
    await this.#screen.gone(menu);
  }

  /** Right-clicks a link and picks the extension's item. */
  async cancelLink(link: Locator): Promise<void> {
    // To Firefox a text is selected wherever it is: both items would be in a menu of their own.
    await link.evaluate(() => getSelection()?.removeAllRanges());
    await this.pick(await this.open(link));
  }

  /** Right-clicks where nothing is selected, and picks the extension's item. */
  async cancelUnderPointer(place: Locator, where: 'page' | 'field' | 'frame' = 'page') {
    await this.pick(await this.open(place), itemsBelow[where]);
  }

  /** Gives back the menu's window. */
  async open(place: Locator): Promise<string> {
    const page = place.page();
    await this.#giveKeyboard(page);
    await place.scrollIntoViewIfNeeded();
    const box = await boxOf(place);
    const at = { x: box.x + Math.min(20, box.width / 2), y: box.y + Math.min(9, box.height / 2) };
    const inner = await page.evaluate(() => ({
      x: screenX + (outerWidth - innerWidth),
      y: screenY + (outerHeight - innerHeight),
    }));
    const before = await this.#screen.windows();
    const point = { x: inner.x + at.x, y: inner.y + at.y };
    if (this.#browser === 'firefox') await this.#screen.click(point.x, point.y, 3);
    else await page.mouse.click(at.x, at.y, { button: 'right' });
    return this.#opened(before, (place) => isIn(point, place));
  }

  /** To the browser's own window. One that is being closed would take it away again. */
  async #giveKeyboard(page: Page): Promise<void> {
    const own = () =>
      page
        .context()
        .pages()
        .filter((each) => each.url().includes('/lookup.html'));
    await until(async () => {
      const shown = await this.#screen.windows(lookupTitle);
      return shown.length === own().length || undefined;
    }, 'end of a closed window');
    await page.bringToFront();
    await this.#screen.focus(windowTitle(await page.title()));
  }

  /** A notification may appear at any time too: the menu is what lies where the click was. */
  #opened(before: readonly string[], isThere: (place: Place) => boolean): Promise<string> {
    return until(async () => {
      for (const window of await this.#screen.windows()) {
        const place = before.includes(window) ? undefined : await this.#screen.place(window);
        // Under the pointer Firefox has a window of one pixel too.
        if (place && place.height > 2 * row.next && isThere(place)) return window;
      }
      return undefined;
    }, 'menu');
  }

  /**
   * The extension's item, where it has exactly one: several would be a menu of their own, which a click opens. It is
   * clicked, since keys that follow too close on the menu are lost. Below it is a group of `below` items.
   */
  async pick(menu: string, below = 1): Promise<void> {
    const place = await this.#screen.place(menu);
    if (!place) throw new Error('the menu has gone');
    const height = heights[this.#browser](below);
    await this.#screen.click(place.x + 60, place.y + place.height - height);
    await this.#screen.gone(menu);
  }

  async leave(menu: string): Promise<void> {
    await this.#screen.press('Escape');
    await this.#screen.gone(menu);
  }
}

/** What a browser's window is called that shows this page. */
export function windowTitle(page: string): string {
  return `^${page} (-|—) `;
}

function isIn({ x, y }: { x: number; y: number }, place: Place): boolean {
  const slack = 3;
  return (
    x >= place.x - slack &&
    x <= place.x + place.width + slack &&
    y >= place.y - slack &&
    y <= place.y + place.height + slack
  );
}

/** The window in which the user says what is meant; `act` makes it open. */
export async function openedLookup(page: Page, act: () => Promise<void>): Promise<LookupPage> {
  const opened = page.context().waitForEvent('page');
  await act();
  const lookup = await opened;
  // Firefox tells of it before it goes there.
  await lookup.waitForURL(/\/lookup\.html/, { waitUntil: 'commit' });
  return new LookupPage(lookup);
}
