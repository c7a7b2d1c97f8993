import type { Page } from '@playwright/test';
import type { Screen } from './screen.ts';
import { until } from './until.ts';

/** Types into the browser's address bar, from the window that shows the page. */
export async function typeAddress(page: Page, screen: Screen, text: string): Promise<void> {
  await page.bringToFront();
  const title = `^${await page.title()} - `;
  // A notification that goes while windows are listed makes the list fail.
  const focus = () =>
    screen.focus(title).then(
      () => true,
      () => undefined,
    );
  await until(focus, 'window to type into');
  await screen.press('ctrl+l');
  await screen.type(text);
}
