import type { Page } from '@playwright/test';

/**
 * What has just appeared takes no press that acts for half a second, and shows it. A click by a role and a name waits by itself,
 * since the pointer passes through such a button; who presses by `mouse` or by key waits for this.
 */
export async function ready(page: Page): Promise<void> {
  await page.waitForFunction(() => !document.querySelector('[data-fresh]'));
}
