import { expect, type Page } from '@playwright/test';

/** In the user's own colours, of which none is ours: what is chosen and what cannot be pressed still look other than the rest. */
export async function expectToldWithoutColour(page: Page): Promise<void> {
  await page.emulateMedia({ forcedColors: 'active', colorScheme: 'light' });
  expect(await page.evaluate(untoldStates), 'states that only colours told').toEqual([]);
  await page.emulateMedia({ forcedColors: 'none' });
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
