import { expect, type Page } from '@playwright/test';
import { forceColours, type Chrome } from '#tests/e2e/support/firefox/chrome-scope.ts';

/**
 * In the user's own colours, of which none is ours: what is chosen and what cannot be pressed still look other than the rest.
 * `inChrome`: in Firefox, which is told so among its settings.
 */
export async function expectToldWithoutColour(page: Page, inChrome?: Chrome): Promise<void> {
  const force = (forcedColors: 'active' | 'none') =>
    inChrome
      ? inChrome(forceColours, forcedColors === 'active')
      : page.emulateMedia({ forcedColors, colorScheme: 'light' });
  await force('active');
  try {
    await page.waitForFunction(() => matchMedia('(forced-colors: active)').matches);
    expect(await page.evaluate(untoldStates), 'states that only colours told').toEqual([]);
  } finally {
    await force('none');
  }
}

/** Runs in the page. */
function untoldStates(): string[] {
  const plain = document.createElement('button');
  document.body.append(plain);
  const { backgroundColor, color } = getComputedStyle(plain);
  const untold: Element[] = [];
  const chosen = '[aria-selected=true], [aria-pressed=true], button.active';
  for (const each of document.querySelectorAll(chosen)) {
    if (getComputedStyle(each).backgroundColor === backgroundColor) untold.push(each);
  }
  for (const each of document.querySelectorAll('button[aria-disabled=true]')) {
    if (getComputedStyle(each).color === color) untold.push(each);
  }
  for (const each of document.querySelectorAll('progress')) {
    if (getComputedStyle(each).borderTopStyle === 'none') untold.push(each);
  }
  plain.remove();
  return untold.map((each) => each.outerHTML.slice(0, 200));
}
