import type { Page } from '@playwright/test';
import { test } from '#tests/e2e/support/own-browser.ts';
import { OptionsPage, PopupPage } from '#tests/e2e/support/pages.ts';
import { accountLabels, expect, type TestVenue } from '#tests/e2e/support/test.ts';

test.use({ accounts: ['btcturk', 'ripio', 'ztdx'] });

/** Flips one bit of a sealed row, as a failing disk may. */
function flip(page: Page, table: string, row: string | number): Promise<void> {
  return page.evaluate(
    async ([name, key]) => {
      const opening = indexedDB.open('pullcord');
      await new Promise((resolve) => opening.addEventListener('success', resolve));
      const write = opening.result.transaction(name, 'readwrite');
      const table = write.objectStore(name);
      const reading = table.get(key);
      await new Promise((resolve) => reading.addEventListener('success', resolve));
      const record = reading.result as { data: ArrayBuffer };
      const bytes = new Uint8Array(record.data);
      bytes[0] = (bytes[0] ?? 0) ^ 1;
      table.put({ ...record, data: bytes.buffer }, key);
      await new Promise((resolve) => write.addEventListener('complete', resolve));
      opening.result.close();
    },
    [table, row] as const,
  );
}

function accountIds(page: Page): Promise<Record<TestVenue, string>> {
  return page.evaluate(async () => {
    const { 'view.accounts': text } = await chrome.storage.session.get('view.accounts');
    const accounts = JSON.parse(String(text)) as { id: string; venue: string }[];
    return Object.fromEntries(accounts.map(({ id, venue }) => [venue, id])) as never;
  });
}

test('each damaged row costs itself alone, is told, and is mended', async ({
  sandbox,
  listed,
  extension,
  popup,
  options,
}) => {
  const healthy = await listed('btcturk');
  const cached = await listed('ripio');
  const doubtful = await listed('ripio');
  const ids = await accountIds(popup.page);
  await options.page.getByRole('combobox', { name: 'Lock automatically' }).selectOption('60');
  sandbox.venues.ripio.faults.add('cancel', { kind: 'drop', when: 'before-acting' });
  const reading = sandbox.venues.ripio.faults.hold('order');
  await doubtful.button.click();
  await reading.arrived;
  await expect(doubtful.row).toContainText('Unknown, checking');

  const restarted = await extension.restart();
  reading.release();
  const sent = () => sandbox.venues.ripio.requests.of('cancel').length;
  const before = sent();
  const page = await restarted.open('popup.html');
  // While it is locked nobody writes the rows anew.
  await flip(page, 'settings', 'settings');
  await flip(page, 'credentials', ids.ripio);
  await flip(page, 'accounts', ids.ztdx);
  await flip(page, 'orders', ids.btcturk);
  await flip(page, 'cancellations', 1);
  const later = new PopupPage(page);
  await later.unlock();

  await test.step('what is whole goes on', async () => {
    await later.cancelButton(healthy.id).click();
    await expect(later.row(healthy.id)).toContainText('Cancelled');
    await sandbox.venues.btcturk.book.waitFor(healthy.id, 'cancelled');
  });

  await test.step('an account without its key says so, in the list and at its buttons', async () => {
    await expect(page.getByText('The key of this account cannot be read').first()).toBeVisible();
    await later.cancelButton(cached.id).click();
    await expect(later.row(cached.id)).toContainText('Enter it again on the options page');
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme });
      await page.screenshot({ path: `test-results/damage/popup-${colorScheme}.png` });
    }
  });

  await test.step('what was lost is told', async () => {
    const told = page.getByRole('alert').filter({ hasText: 'damaged' }).first();
    await expect(told).toContainText('Your settings were damaged');
    await expect(told).toContainText('The entry of an account is damaged');
    await expect(told).toContainText('a cancel that had not ended is damaged');
    const history = await later.showHistory();
    await expect(history.getByRole('listitem').last()).toContainText('Unreadable');
    await told.getByRole('button', { name: 'Understood' }).click();
    await expect(told).not.toContainText('settings were damaged');
    await expect(told).not.toContainText('had not ended');
    await expect(told).toContainText('The entry of an account is damaged');
    expect(sent()).toBe(before);
  });

  await test.step('the options page mends it', async () => {
    const mended = new OptionsPage(await restarted.open('options.html'));
    for (const colorScheme of ['light', 'dark'] as const) {
      await mended.page.emulateMedia({ colorScheme });
      await mended.page.screenshot({ path: `test-results/damage/options-${colorScheme}.png` });
    }
    await expect(mended.page.getByRole('combobox', { name: 'Lock automatically' })).toHaveValue(
      '15',
    );
    const access = sandbox.list.find(({ venue }) => venue === 'ripio');
    const key = mended.field(`API key of ${accountLabels.ripio}`);
    await key.fill('my key');
    await mended.field(`API secret of ${accountLabels.ripio}`).fill(access?.secret ?? '');
    const save = mended.page.getByRole('button', { name: 'Save key' });
    await save.click();
    await expect(key).toHaveAccessibleDescription(/^The API key holds spaces/);
    await key.fill(access?.key ?? '');
    await save.click();
    await expect(mended.account(accountLabels.ripio)).toContainText('Works: 2 open orders');
    await mended.page.getByRole('button', { name: 'Remove unreadable account' }).click();
    await expect(
      mended.page.getByRole('button', { name: 'Remove unreadable account' }),
    ).toHaveCount(0);
    await expect(mended.page.getByRole('alert')).toHaveCount(0);
  });

  await page.getByRole('tab', { name: 'Orders' }).click();
  await later.cancelButton(cached.id).click();
  await expect(later.row(cached.id)).toContainText('Cancelled');
  await restarted.context.close();
});

test('“Cancel all” says of an account without its key that nothing was cancelled there', async ({
  sandbox,
  listed,
  extension,
  popup,
}) => {
  const healthy = await listed('btcturk');
  const shut = await listed('ripio');
  await flip(popup.page, 'credentials', (await accountIds(popup.page)).ripio);
  const restarted = await extension.restart();
  const later = new PopupPage(await restarted.open('popup.html'));
  await later.unlock();
  await later.row(shut.id).waitFor();
  const dialog = await later.openCancelAll();
  await expect(dialog.dialog).toContainText('1 order on 1 account');
  await expect(dialog.dialog).toContainText('nothing is cancelled there');
  await later.page.screenshot({ path: 'test-results/damage/cancel-all-dialog.png' });
  await dialog.start.click();
  await sandbox.venues.btcturk.book.waitFor(healthy.id, 'cancelled');
  await expect(later.closeButton).toBeVisible();
  await later.page.screenshot({ path: 'test-results/damage/cancel-all.png' });
  await expect(later.sweep).toContainText(
    'Ripio Trade could not be read: The key of this account cannot be read',
  );
  expect(sandbox.venues.ripio.book.find(shut.id)?.status).toBe('open');
  await restarted.context.close();
});
