import type { Page } from '@playwright/test';
import { linesFor } from '#tests/e2e/support/firefox/own-window.ts';
import { windowTitle } from './desk.ts';
import type { OwnExtension } from './extension.ts';
import type { Screen } from './screen.ts';
import { until } from './until.ts';

/** What the worker keeps for the test. */
interface Heard {
  typed?: string;
  /** Of how many texts nothing has been said yet. */
  open: number;
  said?: string;
}

const keyword = 'pull';

/**
 * Types the keyword and then the text into the browser's address bar, from the window that shows the page. Resolves when
 * the extension has been told the whole text, and said what it means: a Return that comes before would take what the browser had
 * suggested last. Gives back what stands there now.
 */
export async function typeAddress(
  extension: OwnExtension,
  page: Page,
  screen: Screen,
  text: string,
): Promise<string> {
  const saidOf = await listen(extension);
  await page.bringToFront();
  const window = await screen.focus(windowTitle(await page.title()));
  const place = await screen.place(window);
  if (!place) throw new Error('the window has gone');
  // By the mouse: keys that open the bar go through the page, and those that follow would still go to it.
  const toolbar = await page.evaluate(() => outerHeight - innerHeight);
  await screen.click(place.x + place.width / 2, place.y + toolbar - 24);
  // Firefox has kept the keyboard there since the last time, and selects nothing then.
  if (extension.inChrome) await screen.press('ctrl+a');
  await screen.type(`${keyword} ${text}`);
  return until(() => saidOf(text), `“${text}” in the address bar`);
}

/** The same, and Return. */
export async function enterAddress(
  extension: OwnExtension,
  page: Page,
  screen: Screen,
  text: string,
): Promise<void> {
  await typeAddress(extension, page, screen, text);
  await screen.press('Return');
}

/** What is said of a text, once it is. */
async function listen(
  extension: OwnExtension,
): Promise<(text: string) => Promise<string | undefined>> {
  const { inChrome } = extension;
  if (inChrome) {
    return async (text) => {
      const lines = await inChrome(linesFor, `${keyword} ${text}`);
      // The first is Firefox's own, and bears the extension's name.
      return lines !== null && lines.length > 1 ? lines.join('\n') : undefined;
    };
  }
  const worker = await extension.worker();
  await worker.evaluate(() => {
    const heard = globalThis as unknown as Heard;
    const isListening = heard.typed !== undefined;
    Object.assign(heard, { typed: '', open: 0 });
    if (isListening) return;
    chrome.omnibox.onInputChanged.addListener((typed) => {
      heard.typed = typed;
      heard.open += 1;
    });
    const set = chrome.omnibox.setDefaultSuggestion.bind(chrome.omnibox);
    chrome.omnibox.setDefaultSuggestion = (suggestion) => {
      heard.said = suggestion.description;
      heard.open -= 1;
      return set(suggestion);
    };
  });
  return async (text) => {
    const { typed, open, said } = await worker.evaluate(() => {
      const heard = globalThis as unknown as Heard;
      return { typed: heard.typed, open: heard.open, said: heard.said };
    });
    return typed === text && open <= 0 ? said : undefined;
  };
}
