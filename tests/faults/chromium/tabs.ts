import { setTimeout as wait } from 'node:timers/promises';
import type { BrowserContext, Page, Worker } from '@playwright/test';
import { PopupPage } from '#tests/e2e/support/pages.ts';
import { passphrase } from '#tests/faults/user.ts';
import type { Browser } from './browser.ts';
import { watchPage, type Told } from './eyes.ts';

/** Pages of the extension that are open for the user, and one that speaks for any. */
export interface Tabs {
  /** Anew, after the browser has closed them. */
  readonly open: () => Promise<void>;
  /** The one that the user acts in, and the one beside it. */
  readonly popup: () => PopupPage;
  readonly second: () => PopupPage;
  /** A page asks; undefined where nobody answers any more. */
  readonly ask: <T>(message: object) => Promise<Answer<T> | undefined>;
  /** What pages see, as it lies there. */
  readonly readView: () => Promise<Record<string, unknown>>;
  /** How many cancellations have not ended, by the journal's own mark. */
  readonly countUnfinished: () => Promise<number>;
  readonly unlock: () => Promise<void>;
  /** Nobody listens any more. */
  readonly leave: () => void;
}

export type Answer<T> =
  | { readonly ok: true; readonly value: T }
  | { readonly ok: false; readonly error: { readonly code: string } };

interface TabsNeeds {
  readonly browser: Browser;
  readonly hasSecond: boolean;
  /** `control` is the one that speaks for any; popups have numbers. */
  readonly hear: (from: string, told: Told) => void;
  /** What a console or an error says. */
  readonly said: (text: string) => void;
  readonly broke: (text: string) => void;
}

export function createTabs({ browser, hasSecond, hear, said, broke }: TabsNeeds): Tabs {
  let control: Page | undefined;
  let popups: PopupPage[] = [];
  let opened = 0;
  let left: BrowserContext | undefined;
  const popupAt = (index: number) => {
    const popup = popups[index] ?? popups[0];
    if (!popup) throw new Error('no popup is open');
    return popup;
  };

  const listen = (worker: Worker) => void worker.on('console', (message) => said(message.text()));

  async function openWatched(name: 'popup.html' | 'manifest.json', from: string): Promise<Page> {
    const extension = browser.extension();
    const page = await extension.context.newPage();
    page.on('console', (message) => said(message.text()));
    page.on('pageerror', (error) => broke(`${name}: ${error.message}`));
    await watchPage(page, (told) => hear(from, told));
    await page.goto(extension.url(name));
    return page;
  }

  return {
    async open() {
      control = await openWatched('manifest.json', 'control');
      const context = control.context();
      if (context !== left) {
        left?.off('serviceworker', listen);
        left = context;
        for (const worker of context.serviceWorkers()) listen(worker);
        context.on('serviceworker', listen);
      }
      popups = [];
      for (let count = hasSecond ? 2 : 1; count > 0; count--) {
        popups.push(new PopupPage(await openWatched('popup.html', `popup ${++opened}`)));
      }
    },

    popup: () => popupAt(0),
    second: () => popupAt(1),

    ask: async <T>(message: object): Promise<Answer<T> | undefined> =>
      orNothing(
        control?.evaluate((given) => chrome.runtime.sendMessage<object, Answer<T>>(given), message),
      ),

    readView: async () => {
      const all = await orNothing(
        control?.evaluate(() =>
          chrome.storage.session.get(['view.vault', 'view.sweeps', 'view.streams']),
        ),
      );
      return all ?? {};
    },

    countUnfinished: async () => (await orNothing(control?.evaluate(countUnfinished))) ?? Infinity,

    async unlock() {
      const { page } = popupAt(0);
      const isOpen = page.getByRole('searchbox', { name: 'Find order' });
      const words = page.getByLabel('Passphrase');
      await words.or(isOpen).first().waitFor({ timeout: 5000 });
      if (!(await words.isVisible())) return;
      await words.fill(passphrase, { timeout: 5000 });
      await words.press('Enter', { timeout: 5000 });
      // Who typed it once more meanwhile would type into the field that the list opens with.
      await isOpen.waitFor({ timeout: 15_000 });
    },

    leave: () => void left?.off('serviceworker', listen),
  };
}

/** A page that is just being closed, or whose worker is, may never be answered: no run hangs on that. */
function orNothing<T>(asked: Promise<T> | undefined): Promise<T | undefined> {
  return Promise.race([asked?.catch(() => undefined), wait(15_000, undefined, { ref: false })]);
}

/** Runs in a page. */
function countUnfinished(): Promise<number> {
  return new Promise((resolve, reject) => {
    const opening = indexedDB.open('pullcord');
    opening.addEventListener('error', () => reject(new Error('The database does not open')));
    opening.addEventListener('success', () => {
      const database = opening.result;
      const table = database.transaction('cancellations').objectStore('cancellations');
      const counting = table.index('unfinished').count();
      counting.addEventListener('success', () => {
        database.close();
        resolve(counting.result);
      });
    });
  });
}
