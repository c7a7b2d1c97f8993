import type { CDPSession, Locator, Page } from '@playwright/test';
import { boxOf } from './box.ts';
import { ready } from './fresh.ts';

/** What a press was let go on: whether on the very element, and what was written on it by then. */
interface Landing {
  readonly same: boolean;
  readonly label: string;
}

interface Watch {
  readonly landings: Landing[];
  told: string;
}

/** A pointer that is held down on an element until it is let go. */
export class Press {
  readonly #page: Page;
  readonly #end: () => Promise<void>;

  static async mouse(target: Locator): Promise<Press> {
    const { page, x, y } = await watch(target);
    await page.mouse.move(x, y);
    await page.mouse.down();
    return new Press(page, () => page.mouse.up());
  }

  static async touch(target: Locator): Promise<Press> {
    const { page, x, y } = await watch(target);
    const finger: CDPSession = await page.context().newCDPSession(page);
    const touch = (type: 'touchStart' | 'touchEnd', touchPoints: { x: number; y: number }[]) =>
      finger.send('Input.dispatchTouchEvent', { type, touchPoints });
    await touch('touchStart', [{ x, y }]);
    return new Press(page, () => touch('touchEnd', []).then(() => undefined));
  }

  private constructor(page: Page, end: () => Promise<void>) {
    this.#page = page;
    this.#end = end;
  }

  /** Resolves when the page has heard of a change of the view that holds this, and has had frames enough to show it. */
  async told(what: string): Promise<void> {
    await this.#page.waitForFunction(
      (text) => (globalThis as unknown as { watch: Watch }).watch.told.includes(text),
      what,
    );
    await frames(this.#page);
  }

  /** What was clicked. */
  async release(): Promise<readonly Landing[]> {
    await this.#end();
    // A finger's click follows a moment later.
    await this.#page
      .waitForFunction(
        () => (globalThis as unknown as { watch: Watch }).watch.landings.length > 0,
        undefined,
        { timeout: 3000 },
      )
      .catch(() => undefined);
    return this.#page.evaluate(() => (globalThis as unknown as { watch: Watch }).watch.landings);
  }
}

async function watch(target: Locator): Promise<{ page: Page; x: number; y: number }> {
  const page = target.page();
  await ready(page);
  await target.scrollIntoViewIfNeeded();
  await target.evaluate((element) => {
    const watched: Watch = { landings: [], told: '' };
    Object.assign(globalThis, { watch: watched });
    document.addEventListener(
      'click',
      ({ target: clicked }) =>
        watched.landings.push({
          same: clicked instanceof Node && element.contains(clicked) && element.isConnected,
          label: element.getAttribute('aria-label') ?? element.textContent ?? '',
        }),
      true,
    );
    chrome.storage.session.onChanged.addListener((changes) => {
      watched.told += JSON.stringify(changes);
    });
  });
  const box = await boxOf(target);
  return { page, x: box.x + box.width / 2, y: box.y + box.height / 2 };
}

/** Several frames: whatever is to be shown by now is. */
export function frames(page: Page): Promise<void> {
  return page.evaluate(async () => {
    for (let frame = 0; frame < 4; frame++) {
      await new Promise((resolve) => {
        requestAnimationFrame(resolve);
      });
    }
  });
}
