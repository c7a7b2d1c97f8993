import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { buildFolder, launchExtension, type OwnExtension } from '#tests/e2e/support/extension.ts';
import { test } from '#tests/e2e/support/own-browser.ts';
import { OptionsPage, PopupPage } from '#tests/e2e/support/pages.ts';
import { expect } from '#tests/e2e/support/test.ts';

/** What the browser does with the storage, and what is said of it. */

async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme });
    await page.screenshot({ path: `test-results/storage/${name}-${colorScheme}.png` });
  }
}

const originOf = (page: Page) => page.url().split('/').slice(0, 3).join('/');

/** No more than that may lie there; as before where it is not given. */
async function setQuota({ context }: OwnExtension, page: Page, quotaSize?: number): Promise<void> {
  const session = await context.newCDPSession(page);
  await session.send('Storage.overrideQuotaForOrigin', {
    origin: originOf(page),
    ...(quotaSize !== undefined && { quotaSize }),
  });
}

test.describe('a full disk', () => {
  // With the permission to store without limit no quota holds: only the disk itself is ever full.
  const limited = test.extend<{ folder: string }>({
    folder: async ({}, use) => {
      const folder = await mkdtemp(join(tmpdir(), 'pullcord-limited-'));
      await cp(buildFolder('chrome-mv3-sandbox'), folder, { recursive: true });
      const path = join(folder, 'manifest.json');
      const manifest = JSON.parse(await readFile(path, 'utf8')) as { permissions: string[] };
      const permissions = manifest.permissions.filter((name) => name !== 'unlimitedStorage');
      await writeFile(path, JSON.stringify({ ...manifest, permissions }));
      await use(folder);
      await rm(folder, { recursive: true, force: true });
    },
    extension: async ({ folder }, use) => {
      const extension = await launchExtension({ folder });
      await use(extension);
      await extension.close();
    },
  });

  limited(
    'sends no cancel that cannot be written down, and says so',
    async ({ sandbox, listed, extension }) => {
      const sent = () => sandbox.venues.ripio.requests.of('cancel').length;
      const { id } = await listed('ripio');
      // The browser asks what room there is before the first write, and believes that for a while.
      const restarted = await extension.restart();
      const { page } = new OptionsPage(await restarted.open('options.html'));
      const popup = new PopupPage(await restarted.open('popup.html'));
      await setQuota(restarted, page, 1);
      await popup.unlock();
      const row = popup.row(id);
      await popup.cancelButton(id).click();
      await expect(row).toContainText('Not started');
      await expect(row).toContainText('could not be written down, so nothing was sent');
      await shoot(popup.page, 'full-popup');

      await page.getByRole('combobox', { name: 'Lock automatically' }).selectOption('60');
      await expect(page.getByText('There is no room left for Pullcord’s data')).toBeVisible();
      await shoot(page, 'full-options');

      const dialog = await popup.openCancelAll();
      await dialog.start.click();
      await expect(dialog.dialog).toContainText('could not be written down, so nothing was sent');
      await shoot(popup.page, 'full-cancel-all');
      await popup.page.keyboard.press('Escape');
      expect(sandbox.venues.ripio.book.find(id)?.status).toBe('open');
      expect(sent()).toBe(0);

      await setQuota(restarted, page);
      await popup.cancelButton(id).click();
      await expect(row).toContainText('Cancelled');
      expect(sent()).toBe(1);
      await restarted.context.close();
    },
  );

  limited('makes no vault, and says so', async ({ extension, options }) => {
    await setQuota(extension, options.page, 1);
    await options.page.getByLabel('New passphrase').fill('correct horse battery staple');
    await options.page.getByLabel('Repeat passphrase').fill('correct horse battery staple');
    await options.page.getByRole('button', { name: 'Create vault' }).click();
    await expect(options.page.getByText('There is no room left for Pullcord’s data')).toBeVisible();
    await setQuota(extension, options.page);
    await options.createVault();
  });
});

test('no quota holds where storing without limit is allowed', async ({ listed, extension }) => {
  const { id } = await listed('ripio');
  const restarted = await extension.restart();
  const popup = new PopupPage(await restarted.open('popup.html'));
  await setQuota(restarted, popup.page, 1);
  await popup.unlock();
  await popup.cancelButton(id).click();
  await expect(popup.row(id)).toContainText('Cancelled');
  await restarted.context.close();
});

/** Leaves the vault in the form of version 1, and a connection to it that makes no way. */
function holdEarlier(page: Page): Promise<void> {
  return page.evaluate(async () => {
    const now = indexedDB.open('pullcord');
    await new Promise((resolve) => now.addEventListener('success', resolve));
    const reading = now.result.transaction('vault').objectStore('vault').get('vault');
    await new Promise((resolve) => reading.addEventListener('success', resolve));
    now.result.close();
    indexedDB.deleteDatabase('pullcord');
    const earlier = indexedDB.open('pullcord', 1);
    earlier.addEventListener('upgradeneeded', () => {
      const db = earlier.result;
      for (const table of ['settings', 'accounts', 'credentials', 'orders']) {
        db.createObjectStore(table);
      }
      db.createObjectStore('cancellations').createIndex('unfinished', 'unfinished');
      db.createObjectStore('vault').put(reading.result, 'vault');
    });
    await new Promise((resolve) => earlier.addEventListener('success', resolve));
  });
}

test('data that something holds in its earlier form is said on every page, and opens once let go', async ({
  extension,
  options,
}) => {
  await options.createVault();
  await options.lockNow.click();
  const holder = await extension.open('lookup.html');
  await holdEarlier(holder);
  await extension.killWorker();
  const pages = {
    options: options.page,
    popup: await extension.open('popup.html'),
    lookup: await extension.open('lookup.html'),
  };
  for (const [name, page] of Object.entries(pages)) {
    if (name === 'options') await page.reload();
    await expect(page.getByText('as an earlier version left it')).toBeVisible();
    await shoot(page, `blocked-${name}`);
  }
  await holder.close();
  const popup = new PopupPage(pages.popup);
  await popup.unlock();
  await expect(
    pages.popup.getByRole('heading', { name: 'No accounts yet', exact: true }),
  ).toBeVisible();
});

test('where a later version takes the data over, a cancel is not sent and says why', async ({
  sandbox,
  listed,
  popup,
  options,
}) => {
  const { id, row, button } = await listed('ripio');
  await options.page.evaluate(
    () =>
      new Promise<void>((resolve) => {
        const opening = indexedDB.open('pullcord', 99);
        opening.addEventListener('success', () => {
          opening.result.close();
          resolve();
        });
      }),
  );
  await button.click();
  await expect(row).toContainText('Not started');
  await expect(row).toContainText('Nothing was sent. Update Pullcord.');
  await shoot(popup.page, 'newer-popup');
  expect(sandbox.venues.ripio.book.find(id)?.status).toBe('open');
  expect(sandbox.venues.ripio.requests.of('cancel')).toHaveLength(0);
});

test('the options page says whether the browser has agreed to keep the data', async ({
  extension,
  options,
}) => {
  const { page } = options;
  await options.createVault();
  const kept = page.getByRole('region', { name: 'Data on this device' });
  await expect(kept).toContainText('has not agreed');
  await kept.scrollIntoViewIfNeeded();
  await shoot(page, 'not-kept');
  const session = await extension.context.newCDPSession(page);
  await session.send('Browser.setPermission', {
    origin: originOf(page),
    permission: { name: 'persistent-storage' },
    setting: 'granted',
  });
  await kept.getByRole('button', { name: 'Ask the browser to keep it' }).click();
  await expect(kept).toContainText('has agreed to keep Pullcord’s data');
  await shoot(page, 'kept');
  const later = new OptionsPage(await extension.open('options.html'));
  await expect(later.page.getByRole('region', { name: 'Data on this device' })).toContainText(
    'has agreed',
  );
});
