import type { Page } from '@playwright/test';
import type { Screen } from './screen.ts';

/** Types into the browser's address bar, from the window that shows the page. */
export async function typeAddress(page: Page, screen: Screen, text: string): Promise<void> {
  await page.bringToFront();
  await screen.focus(`^${await page.title()} - `);
  await screen.press('ctrl+l');
  await screen.type(text);
}
