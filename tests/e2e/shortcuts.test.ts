import type { Page } from '@playwright/test';
import { expect, openedLookup, test, windowTitle } from '#tests/e2e/support/desk.ts';
import type { OwnExtension } from '#tests/e2e/support/extension.ts';
import { keysField } from '#tests/e2e/support/firefox/own-window.ts';
import { shownNotices, watchNotices } from '#tests/e2e/support/notices.ts';
import type { OptionsPage } from '#tests/e2e/support/pages.ts';
import { RealPopup } from '#tests/e2e/support/real-popup.ts';
import type { Screen } from '#tests/e2e/support/screen.ts';
import { faultsOf, orderFor } from '#tests/e2e/support/test.ts';
import { until } from '#tests/e2e/support/until.ts';

test.use({ accounts: ['ztdx', 'btcturk'] });

const commands = {
  'cancel-newest': { words: 'Cancel the newest order', keys: 'alt+shift+n' },
  'cancel-all': { words: 'Cancel all', keys: 'alt+shift+a' },
};

/** Gives the commands their keys, on the browser's own page for it. */
async function setShortcuts(extension: OwnExtension, options: OptionsPage, display: Screen) {
  const { inChrome } = extension;
  if (!inChrome) {
    for (const { words, keys } of Object.values(commands)) {
      await setInChromium(extension, display, words, keys);
    }
    return;
  }
  // It is where the button on the options page leads.
  await options.page.getByRole('button', { name: 'Change shortcuts' }).click();
  await display.focus('^Add-ons Manager ');
  for (const [name, { keys }] of Object.entries(commands)) {
    const look = async () => (await inChrome(keysField, name)) ?? undefined;
    const { x, y, width, height } = await until(look, `field for the keys of ${name}`);
    await display.click(x + width / 2, y + height / 2);
    await display.press(keys);
    await expect
      .poll(() =>
        options.page.evaluate(
          async (command) =>
            (await chrome.commands.getAll()).find((each) => each.name === command)?.shortcut,
          name,
        ),
      )
      .toMatch(/^Alt\+Shift\+/);
  }
}

async function setInChromium(
  extension: OwnExtension,
  display: Screen,
  name: string,
  keys: string,
): Promise<void> {
  const page = await extension.context.newPage();
  await page.goto('chrome://extensions/shortcuts');
  const card = page.locator('.shortcut-card', { hasText: 'Pullcord' });
  const entry = card.locator('.command-entry', { hasText: name });
  await entry.locator('#edit').click();
  await focus(page, display);
  await display.press(keys);
  await expect(entry.getByRole('textbox')).toHaveAttribute('placeholder', /^Shortcut set/);
  await page.close();
}

async function focus(page: Page, display: Screen): Promise<void> {
  await page.bringToFront();
  await display.focus(windowTitle(await page.title()));
}

test(
  'the newest order goes by its keys, and “Cancel all” asks first',
  { tag: '@firefox' },
  async ({ display, extension, options, popup, sandbox, site }) => {
    await watchNotices(extension);
    const { book } = sandbox.venues.ztdx;
    const page = await extension.context.newPage();
    await page.goto(site.put('<p>Anything</p>'));

    await test.step('the options page shows which keys there are', async () => {
      await setShortcuts(extension, options, display);
      await options.page.bringToFront();
      await options.page.reload();
      const keyboard = options.page.getByRole('region', { name: 'Keyboard' });
      await expect(keyboard).toContainText('Cancel the newest orderAlt+Shift+N');
      await expect(keyboard).toContainText('opens the popup with its dialogAlt+Shift+A');
    });

    const older = book.place(orderFor('ztdx'));
    await expect.poll(() => Date.now()).toBeGreaterThan(older.createdAt);
    const newest = book.place(orderFor('ztdx'));

    await test.step('newest', async () => {
      await focus(page, display);
      await display.press('alt+shift+n');
      await expect.poll(() => book.find(newest.id)?.status).toBe('cancelled');
      await expect
        .poll(async () => (await shownNotices(extension)).at(-1)?.message)
        .toContain(newest.id);
      expect(book.find(older.id)?.status).toBe('open');
    });

    await test.step('where an account cannot be read, the window asks', async () => {
      faultsOf(sandbox, 'btcturk').add(
        'open-orders',
        { kind: 'status', status: 503 },
        { times: 'always' },
      );
      const lookup = await openedLookup(page, async () => {
        await focus(page, display);
        await display.press('alt+shift+n');
      });
      await expect(lookup.heading(/newest/i)).toBeVisible();
      await expect(lookup.orders).toHaveCount(1);
      await expect(lookup.page.getByText('could not be read')).toBeVisible();
      expect(book.find(older.id)?.status).toBe('open');
      await lookup.page.close();
    });

    await test.step('all', async () => {
      await popup.page.close();
      await focus(page, display);
      await display.press('alt+shift+a');
      const real = await RealPopup.find(extension);
      await expect.poll(() => real.text()).toContain('Cancel all orders');
      expect(book.find(older.id)?.status).toBe('open');
    });
  },
);
