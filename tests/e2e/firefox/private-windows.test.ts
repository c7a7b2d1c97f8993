import { test as base } from '#tests/e2e/support/desk.ts';
import {
  allowInPrivateWindows,
  openPrivateWindow,
  untilStarted,
} from '#tests/e2e/support/firefox/chrome-scope.ts';
import { id as firefoxId, launchInFirefox } from '#tests/e2e/support/firefox/extension.ts';
import { RealPopup } from '#tests/e2e/support/real-popup.ts';
import { expect } from '#tests/e2e/support/test.ts';
import { until } from '#tests/e2e/support/until.ts';

/** Where the user has allowed it, it works in private windows as in others. */

const test = base.extend<{ extension: Awaited<ReturnType<typeof launchInFirefox>> }>({
  accounts: ['btcturk'],
  extension: async ({ display: screen }, use) => {
    const extension = await launchInFirefox({ screen });
    await extension.inChrome(allowInPrivateWindows, firefoxId);
    await extension.inChrome(untilStarted, firefoxId);
    await use(extension);
    await extension.close();
  },
});

test(
  'right-click and popup in a private window',
  { tag: '@firefox' },
  async ({ display, extension, listed, menu, popup, sandbox, site }) => {
    const { book } = sandbox.venues.btcturk;
    const first = await listed('btcturk');
    const second = await listed('btcturk');
    await popup.page.close();
    const opened = extension.context.waitForEvent('page');
    await extension.inChrome(openPrivateWindow, undefined);
    const page = await opened;
    // Where it goes by itself, which would come after all.
    await page.waitForURL('about:privatebrowsing', { waitUntil: 'commit' });
    await page.goto(site.put(`<p id=order>${first.id}</p>`));
    await menu.cancelSelected(page.locator('#order'));
    await expect.poll(() => book.find(first.id)?.status).toBe('cancelled');

    await display.press('alt+shift+p');
    const real = await RealPopup.find(extension);
    const button = `Cancel order ${second.id}`;
    await until(
      async () => (await real.text()).includes(second.id) || undefined,
      'order in the popup',
    );
    await real.click(button);
    await expect.poll(() => book.find(second.id)?.status).toBe('cancelled');
  },
);
