import type { Page } from '@playwright/test';
import type { Extension } from './extension.ts';
import type { Screen } from './screen.ts';
import { until } from './until.ts';

/** What the worker keeps for the test. */
interface Heard {
  typed?: string;
}

const keyword = 'pull';

/**
 * Types the keyword and then the text into the browser's address bar, from the window that shows the page. Resolves when
 * the extension has been told the whole text: a Return that comes before would take what the browser had suggested last.
 */
export async function typeAddress(
  extension: Extension,
  page: Page,
  screen: Screen,
  text: string,
): Promise<void> {
  const worker = await extension.worker();
  await worker.evaluate(() => {
    const heard = globalThis as Heard;
    const isListening = heard.typed !== undefined;
    heard.typed = '';
    if (!isListening) chrome.omnibox.onInputChanged.addListener((typed) => (heard.typed = typed));
  });
  await page.bringToFront();
  const window = await screen.focus(`^${await page.title()} - `);
  const place = await screen.place(window);
  if (!place) throw new Error('the window has gone');
  // By the mouse: keys that open the bar go through the page, and those that follow would still go to it.
  const toolbar = await page.evaluate(() => outerHeight - innerHeight);
  await screen.click(place.x + place.width / 2, place.y + toolbar - 24);
  await screen.type(`${keyword} ${text}`);
  const isHeard = () => worker.evaluate(() => (globalThis as Heard).typed);
  await until(async () => (await isHeard()) === text || undefined, `“${text}” in the address bar`);
}

/** The same, and Return. */
export async function enterAddress(
  extension: Extension,
  page: Page,
  screen: Screen,
  text: string,
): Promise<void> {
  await typeAddress(extension, page, screen, text);
  await screen.press('Return');
}
