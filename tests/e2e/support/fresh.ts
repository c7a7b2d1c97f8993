import type { Page } from '@playwright/test';

/** What has just appeared takes no press that acts for half a second, and shows it. */
const fresh = '[data-fresh]';

/** Whatever is done by a role and a name waits until it is ready, as a person would; what is done by `mouse` does not. */
export async function waitWhileFresh(page: Page): Promise<void> {
  await page.addLocatorHandler(page.locator(fresh).first(), async () => {}).catch(() => undefined);
}

export async function ready(page: Page): Promise<void> {
  await page.waitForFunction((selector) => !document.querySelector(selector), fresh);
}
