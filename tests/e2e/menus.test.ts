import { cp, mkdtemp, readFile, rm, writeFile } from 'node:fs/promises';
import { tmpdir } from 'node:os';
import { join } from 'node:path';
import { expect, test as base, type ContextMenu } from '#tests/e2e/support/desk.ts';
import { buildFolder, launchExtension, type Extension } from '#tests/e2e/support/extension.ts';
import { launchInFirefox } from '#tests/e2e/support/firefox/extension.ts';
import { OptionsPage, passphrase } from '#tests/e2e/support/pages.ts';

const test = base.extend<{ folder: string }>({
  accounts: ['habit-trade'],

  /** A package that can be updated. */
  folder: async ({ target }, use) => {
    const folder = await mkdtemp(join(tmpdir(), 'pullcord-package-'));
    const build = target === 'firefox' ? 'firefox-mv3-sandbox' : 'chrome-mv3-sandbox';
    await cp(buildFolder(build), folder, { recursive: true });
    await use(folder);
    await rm(folder, { recursive: true });
  },

  extension: async ({ display: screen, folder, target }, use) => {
    const launch = target === 'firefox' ? launchInFirefox : launchExtension;
    const extension = await launch({ screen, folder });
    await use(extension);
    await extension.close();
  },
});

async function setVersion(folder: string, version: string): Promise<void> {
  const file = join(folder, 'manifest.json');
  const manifest = JSON.parse(await readFile(file, 'utf8')) as Record<string, unknown>;
  await writeFile(file, JSON.stringify({ ...manifest, version }));
}

/** Until the order is known to be open: an id that is not is looked for, and a busy machine may find it too late. */
async function unlock(extension: Extension, id: string): Promise<void> {
  const options = new OptionsPage(await extension.open('options.html'));
  await options.page.getByLabel('Passphrase').fill(passphrase);
  await options.page.getByRole('button', { name: 'Unlock' }).click();
  await expect
    .poll(() =>
      options.page.evaluate(async () => JSON.stringify(await chrome.storage.session.get(null))),
    )
    .toContain(id);
}

test(
  'the menu stands once after install, worker death, the browser’s restart and an update',
  { tag: '@firefox' },
  async ({ extension, folder, listed, menu, popup, sandbox, site }) => {
    const { book, requests } = sandbox.venues['habit-trade'];
    const install = await listed('habit-trade');
    const death = await listed('habit-trade');
    const restart = await listed('habit-trade');
    const update = await listed('habit-trade');
    await popup.page.close();
    const address = site.put('<p>Anything</p>');

    /**
     * By the item right above the menu's last one. A second item of Pullcord's would have made both into a menu of their own
     * there, and nothing would be cancelled.
     */
    const cancelBy = async (by: ContextMenu, { context }: Extension, { id }: { id: string }) => {
      const page = await context.newPage();
      await page.goto(address);
      await page.evaluate((text) => {
        document.body.textContent = `Order #${text}`;
      }, id);
      await by.cancelSelected(page.locator('body'));
      await expect.poll(() => book.find(id)?.status).toBe('cancelled');
      expect(requests.of('cancel')).toHaveLength(1);
      requests.clear();
      await page.close();
    };

    await test.step('installed', () => cancelBy(menu, extension, install));

    await test.step('the worker killed', async () => {
      await extension.killWorker();
      await cancelBy(menu, extension, death);
    });

    const again = await extension.restart();
    await test.step('the browser restarted', async () => {
      await unlock(again, restart.id);
      await cancelBy(menu, again, restart);
    });

    await setVersion(folder, '0.1.1');
    const updated = await again.restart();
    await test.step('updated', async () => {
      await unlock(updated, update.id);
      const page = await updated.open('manifest.json');
      expect(await page.evaluate(() => chrome.runtime.getManifest().version)).toBe('0.1.1');
      await cancelBy(menu, updated, update);
      await updated.context.close();
    });
  },
);
