import type { Locator, Page } from '@playwright/test';
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

  extension: async ({ display }, use) => {
    const extension = await launchExtension({ screen: display });
    await use(extension);
    await extension.close();
  },

  site: async ({}, use) => {
    const site = await startSite();
    await use(site);
    await site.stop();
  },

  menu: async ({ display }, use) => {
    await use(new ContextMenu(display));
  },
});

const lookupTitle = '^Cancel order – Pullcord';

/** Of a menu, in pixels: half a row, from a row to the next, and the line between two groups. */
const row = { half: 19, next: 29, line: 17 };

/** “Inspect”, and with it the sources of page and frame, and “Reload frame”. */
const itemsBelow = { field: 1, page: 2, frame: 4 };

/** The browser's context menu. */
export class ContextMenu {
  readonly #screen: Screen;
  constructor(screen: Screen) {
    this.#screen = screen;
  }

  /** Selects a text, right-clicks it and picks the extension's item. */
  async cancelSelected(text: Locator): Promise<void> {
    await text.selectText();
    await this.pick(await this.open(text));
  }

  /** Right-clicks a link and picks the extension's item. */
  async cancelLink(link: Locator): Promise<void> {
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
    const box = await place.boundingBox();
    if (!box) throw new Error('there is nothing to click');
    const at = { x: box.x + Math.min(20, box.width / 2), y: box.y + Math.min(9, box.height / 2) };
    const inner = await page.evaluate(() => ({
      x: screenX + (outerWidth - innerWidth),
      y: screenY + (outerHeight - innerHeight),
    }));
    const before = await this.#screen.windows();
    await page.mouse.click(at.x, at.y, { button: 'right' });
    return this.#menuAt({ x: inner.x + at.x, y: inner.y + at.y }, before);
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
    await this.#screen.focus(`^${await page.title()} - `);
  }

  /** A notification may appear at any time too: the menu is what lies where the click was. */
  #menuAt(point: { x: number; y: number }, before: readonly string[]): Promise<string> {
    return until(async () => {
      for (const window of await this.#screen.windows()) {
        const place = before.includes(window) ? undefined : await this.#screen.place(window);
        if (place && isIn(point, place)) return window;
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
    const height = row.half + row.next * below + row.line;
    await this.#screen.click(place.x + 60, place.y + place.height - height);
    await this.#screen.gone(menu);
  }

  async leave(menu: string): Promise<void> {
    await this.#screen.press('Escape');
    await this.#screen.gone(menu);
  }
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
  const opened = page.context().waitForEvent('page', (each) => each.url().includes('/lookup.html'));
  await act();
  return new LookupPage(await opened);
}
