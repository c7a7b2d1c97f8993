import type { Locator, Page } from '@playwright/test';
import { expectFocusKept, tabTo } from '#tests/e2e/support/focus.ts';
import { ready } from '#tests/e2e/support/fresh.ts';
import { passphrase } from '#tests/e2e/support/pages.ts';
import { expect, orderFor, test } from '#tests/e2e/support/test.ts';

/** Whole tasks by keys alone: no pointer, and no focus but the one that keys have moved. After each step the keyboard is somewhere. */

/** Where the page has just got the keyboard, or what acts has just come, a press does not count yet. */
async function pressEnter(page: Page): Promise<void> {
  await ready(page);
  await page.keyboard.press('Enter');
}

/** By arrows: of letters that come slowly a browser makes another word. */
async function choose(box: Locator, value: string): Promise<void> {
  await tabTo(box);
  const { length } = await box.getByRole('option').all();
  for (let at = 0; at < length && (await box.inputValue()) !== value; at++) {
    await box.page().keyboard.press('ArrowDown');
  }
  await expect(box).toHaveValue(value);
}

test(
  'the options page, from the passphrase to the lock',
  { tag: '@firefox' },
  async ({ options, sandbox }) => {
    const { page } = options;
    const { keyboard } = page;
    const enter = () => pressEnter(page);
    const label = 'By keys';
    const button = (name: string) => page.getByRole('button', { name, exact: true });

    await test.step('makes the vault', async () => {
      await tabTo(options.field('New passphrase'));
      await keyboard.type(passphrase);
      await keyboard.press('Tab');
      await keyboard.type(passphrase);
      await enter();
      await options.lockNow.waitFor();
      await expectFocusKept(page);
    });

    await test.step('adds an account', async () => {
      const access = sandbox.list.find(({ venue }) => venue === 'btcturk');
      await choose(page.getByRole('combobox', { name: 'Venue' }), 'btcturk');
      await tabTo(options.field('Label'));
      await keyboard.type(label);
      await tabTo(options.field('API key'));
      await keyboard.type(access?.key ?? '');
      await tabTo(options.field('API secret'));
      await keyboard.type(access?.secret ?? '');
      await choose(page.getByRole('combobox', { name: 'Environment' }), 'sandbox');
      await tabTo(options.field('Sandbox URL'));
      await keyboard.type(access?.url ?? '');
      await enter();
      await expect(options.account(label)).toContainText('Works: no open orders');
      await expectFocusKept(page);
    });

    await test.step('declines the sites', async () => {
      await tabTo(button('Not now'), 'Shift+Tab');
      await enter();
      await expect(button('Not now')).toHaveCount(0);
      await expectFocusKept(page);
    });

    await test.step('tests it again', async () => {
      sandbox.venues.btcturk.book.place(orderFor('btcturk'));
      await tabTo(button(`Test ${label}`));
      await enter();
      await expect(options.account(label)).toContainText('Works: 1 open order');
      await expect(button(`Test ${label}`)).toBeFocused();
    });

    await test.step('switches a site off', async () => {
      await page.evaluate(() =>
        chrome.storage.session.set({ 'view.sites': JSON.stringify(['https://a.example/*']) }),
      );
      await tabTo(button('Remove a.example'));
      await enter();
      await expect(button('Remove a.example')).toHaveCount(0);
      await expectFocusKept(page);
    });

    await test.step('changes a setting', async () => {
      const choice = page.getByRole('combobox', { name: 'Tell the result of cancels' });
      await tabTo(choice);
      await keyboard.press('ArrowDown');
      await expect(choice).toHaveValue('trouble');
    });

    await test.step('removes the account', async () => {
      await tabTo(button(`Remove ${label}`), 'Shift+Tab');
      await enter();
      await expect(options.account(label)).toHaveCount(0);
      await expectFocusKept(page);
    });

    await test.step('locks and unlocks', async () => {
      await tabTo(options.lockNow, 'Shift+Tab');
      await enter();
      await expect(page.getByLabel('Passphrase')).toBeFocused();
      await keyboard.type(passphrase);
      await enter();
      await options.lockNow.waitFor();
      await expectFocusKept(page);
    });
  },
);

test('Cancel all, from the filter to the end', { tag: '@firefox' }, async ({ popup, sandbox }) => {
  const { page } = popup;
  const { keyboard } = page;
  const enter = () => pressEnter(page);
  const { btcturk, ripio } = sandbox.venues;
  const stays = btcturk.book.place(orderFor('btcturk'));
  for (let i = 0; i < 3; i++) ripio.book.place(orderFor('ripio'));
  await tabTo(page.getByRole('button', { name: 'Refresh' }));
  await enter();
  const rows = popup.orders.getByRole('listitem');
  await expect(rows).toHaveCount(4);

  await tabTo(popup.filterButton, 'Shift+Tab');
  await enter();
  const account = page.getByRole('combobox', { name: 'Only account' });
  await tabTo(account);
  await keyboard.type('Ripio');
  await expect(rows).toHaveCount(3);
  await tabTo(popup.cancelAllButton, 'Shift+Tab');
  await enter();
  const dialog = page.getByRole('alertdialog');
  await expect(dialog.getByRole('button', { name: 'Cancel 3 orders' })).toBeFocused();
  await enter();
  await expect(dialog).toBeHidden();
  await expectFocusKept(page);
  await tabTo(popup.closeButton);
  await expect(popup.sweep).toContainText('All cancelled');
  await enter();
  await expect(popup.sweep).toHaveCount(0);
  await expect(popup.find).toBeFocused();
  expect(btcturk.book.find(stays.id)?.status).toBe('open');
});
