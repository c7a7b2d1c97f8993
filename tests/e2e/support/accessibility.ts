import { expect, type Page } from '@playwright/test';
import axe, { type RunOptions } from 'axe-core';

declare global {
  interface Window {
    axe: typeof axe;
  }
}

/** How to find what is right is not worked out: that takes longest. */
const everything: RunOptions = { resultTypes: ['violations'] };
const coloursAlone: RunOptions = {
  ...everything,
  runOnly: { type: 'rule', values: ['color-contrast', 'link-in-text-block'] },
};

/** No fault of accessibility that axe knows, in the light; and in the dark none of colours: nothing else hangs on that. */
export async function expectAccessible(page: Page): Promise<void> {
  await page.evaluate(`${axe.source}; undefined`);
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const options = colorScheme === 'light' ? everything : coloursAlone;
    expect(await page.evaluate(faultsFound, options), `in the ${colorScheme}`).toEqual([]);
  }
}

/** Runs in the page. */
async function faultsFound(options: RunOptions): Promise<[rule: string, html: string[]][]> {
  // By this rule, of a dialog that alerts, the page's process ends in Firefox 153.
  const isFirefox = navigator.userAgent.includes('Firefox/');
  const rules = isFirefox ? { rules: { 'aria-dialog-name': { enabled: false } } } : {};
  const { violations } = await window.axe.run(
    document,
    options.runOnly ? options : { ...options, ...rules },
  );
  return violations.map(({ id, nodes }) => [id, nodes.map(({ html }) => html)]);
}
