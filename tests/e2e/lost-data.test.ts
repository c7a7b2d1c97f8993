import { readdir, rename, rm, writeFile } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { expect, openedLookup, test as deskTest } from '#tests/e2e/support/desk.ts';
import { launchExtension } from '#tests/e2e/support/extension.ts';
import { test } from '#tests/e2e/support/own-browser.ts';
import { OptionsPage, PopupPage } from '#tests/e2e/support/pages.ts';
import { addAccount } from '#tests/e2e/support/test.ts';

/** Where the profile keeps the extension's database. */
async function databaseFolder(profile: string): Promise<string> {
  const all = join(profile, 'Default', 'IndexedDB');
  const folder = (await readdir(all)).find((name) => name.startsWith('chrome-extension_'));
  if (folder === undefined) throw new Error('the profile has no database');
  return join(all, folder);
}

/** What a later version would leave. */
function makeNewer(page: Page): Promise<void> {
  return page.evaluate(
    () =>
      new Promise<void>((resolve, reject) => {
        const opening = indexedDB.open('pullcord', 99);
        opening.addEventListener('error', () => reject(new Error('not opened')));
        opening.addEventListener('success', () => {
          opening.result.close();
          resolve();
        });
      }),
  );
}

const mark = (page: Page) =>
  page.evaluate(async () => (await chrome.storage.local.get('mark'))['mark']);

const title = (page: Page, name: string) => page.getByRole('heading', { name, exact: true });

test('a database that cannot be opened is said on every page, and heals by itself', async ({
  extension,
  options,
}) => {
  await options.createVault();
  await extension.close({ keepProfile: true });
  const folder = await databaseFolder(extension.profile);
  await rename(folder, `${folder}.away`);
  await writeFile(folder, '');

  const broken = await launchExtension({ profile: extension.profile });
  const pages = {
    popup: await broken.open('popup.html'),
    options: await broken.open('options.html'),
    lookup: await broken.open('lookup.html'),
  };
  for (const [name, page] of Object.entries(pages)) {
    await expect(title(page, 'Pullcord cannot read its data')).toBeVisible();
    await page.screenshot({ path: `test-results/lost-data/unreadable-${name}.png` });
  }
  await rm(folder);
  await rename(`${folder}.away`, folder);
  await expect(pages.popup.getByRole('button', { name: 'Unlock' })).toBeVisible();
  const popup = new PopupPage(pages.popup);
  await popup.unlock();
  await expect(title(pages.popup, 'No accounts yet')).toBeVisible();
  await broken.close();
});

test('a database that has vanished is no first run; it is set up anew', async ({
  extension,
  options,
  sandbox,
}) => {
  await options.createVault();
  await addAccount(options, sandbox, 'ripio');
  await extension.close({ keepProfile: true });
  await rm(await databaseFolder(extension.profile), { recursive: true });

  const emptied = await launchExtension({ profile: extension.profile });
  const popup = await emptied.open('popup.html');
  await expect(title(popup, 'Pullcord’s data is gone')).toBeVisible();
  const lookup = await emptied.open('lookup.html');
  await expect(title(lookup, 'Pullcord’s data is gone')).toBeVisible();
  const anew = new OptionsPage(await emptied.open('options.html'));
  await expect(title(anew.page, 'Pullcord’s data is gone')).toBeVisible();
  await anew.createVault();
  await addAccount(anew, sandbox, 'ripio');
  await expect(new PopupPage(popup).find).toBeVisible();
  await emptied.close();
});

test('rows without their vault are no first run either, and go when it is set up anew', async ({
  extension,
  options,
  sandbox,
}) => {
  await options.createVault();
  await addAccount(options, sandbox, 'ripio');
  // The mark too is gone.
  await options.page.evaluate(async () => {
    await chrome.storage.local.clear();
    const opening = indexedDB.open('pullcord');
    await new Promise((resolve) => opening.addEventListener('success', resolve));
    const write = opening.result.transaction('vault', 'readwrite');
    write.objectStore('vault').clear();
    await new Promise((resolve) => write.addEventListener('complete', resolve));
  });
  const restarted = await extension.restart();
  const anew = new OptionsPage(await restarted.open('options.html'));
  await expect(title(anew.page, 'Pullcord’s data is gone')).toBeVisible();
  await expect(anew.page.getByText('Creating the vault deletes it.')).toBeVisible();
  await anew.createVault();
  await expect(anew.page.getByText('None yet. Add the first one below.')).toBeVisible();
  await restarted.context.close();
});

test('a vault that vanishes while it is open is noticed by the next life of the worker', async ({
  extension,
  options,
}) => {
  await options.createVault();
  const { page } = options;
  await page.evaluate(
    () =>
      new Promise((resolve) => {
        indexedDB.deleteDatabase('pullcord').addEventListener('success', resolve);
      }),
  );
  await extension.killWorker();
  await page.reload();
  await expect(title(page, 'Pullcord’s data is gone')).toBeVisible();
  const kept = () => page.evaluate(() => chrome.storage.session.get('vault.unlocked'));
  await expect.poll(kept).toEqual({});
});

deskTest(
  'a right-click while the start fails opens the window that says so',
  async ({ extension, menu, options, site }) => {
    await options.createVault();
    const page = await extension.context.newPage();
    await page.goto(site.put('<p>26947521101</p>'));
    await makeNewer(options.page);
    await extension.killWorker();
    const window = await openedLookup(page, () => menu.cancelSelected(page.locator('p')));
    await expect(window.heading('Pullcord needs an update')).toBeVisible();
    await expect(title(options.page, 'Pullcord needs an update')).toBeVisible();
  },
);

test('a vault that an earlier version made gets its mark, and nothing else lies beside it', async ({
  extension,
  options,
}) => {
  await options.createVault();
  expect(await mark(options.page)).toMatch(/^[-0-9a-f]{36}$/);
  await options.page.evaluate(() => chrome.storage.local.clear());
  const restarted = await extension.restart();
  const page = await restarted.open('options.html');
  await expect.poll(() => mark(page)).toMatch(/^[-0-9a-f]{36}$/);
  // Nothing else lies there.
  expect(Object.keys(await page.evaluate(() => chrome.storage.local.get(null)))).toEqual(['mark']);
  await restarted.context.close();
});
