import { expectAccessible } from '#tests/e2e/support/accessibility.ts';
import type { Extension } from '#tests/e2e/support/extension.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import { expect, test } from '#tests/e2e/support/test.ts';

/** The popup offers to switch on the site in the current tab. */

/** The popup of a tab on that page: what the browser tells of the tab, and what it answers for the user. */
async function standOn(
  extension: Extension,
  url: string | undefined,
  allow?: readonly boolean[],
): Promise<void> {
  await extension.runFirst(
    ([tabUrl, answers]) => {
      if (!location.pathname.startsWith('/popup')) return;
      chrome.tabs.query = () => Promise.resolve([{ url: tabUrl } as never]);
      if (!answers) return;
      const asked: unknown[] = [];
      Object.assign(globalThis, { asked });
      chrome.permissions.request = (wish) => {
        asked.push(wish);
        return Promise.resolve(answers[asked.length - 1] === true);
      };
    },
    [url, allow] as const,
  );
}

test('the site in the current tab: asked for, switched on and off, with one permission', async ({
  extension,
  popup,
}) => {
  await standOn(extension, 'http://127.0.0.1:8080/orders?id=1#top');
  const { page } = popup;
  await page.reload();
  const button = page.getByRole('button', { name: 'Find ids on 127.0.0.1', exact: true });
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', 'true');
  const worker = await extension.worker();
  const sites = () =>
    worker.evaluate(async () => {
      const scripts = await chrome.scripting.getRegisteredContentScripts();
      return scripts.flatMap(({ matches }) => matches);
    });
  await expect.poll(sites).toEqual(['http://127.0.0.1/*']);
  await button.click();
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  await expect.poll(sites).toEqual([]);
});

test('a site without permission says what to do, and asks again', async ({ extension, popup }) => {
  await standOn(extension, 'https://orders.example.com:8443/x', [false, false]);
  const { page } = popup;
  await page.reload();
  const button = page.getByRole('button', { name: 'Find ids on orders.example.com' });
  await button.click();
  await expect(page.getByRole('alert')).toContainText('Without your permission');
  await expect(button).toHaveAttribute('aria-pressed', 'false');
  await button.click();
  await expect
    .poll(() => page.evaluate(() => (globalThis as unknown as { asked: unknown }).asked))
    .toEqual([
      { origins: ['https://orders.example.com/*'] },
      { origins: ['https://orders.example.com/*'] },
    ]);
});

test('no site is offered where there is none to switch on', async ({ extension, popup }) => {
  const rows = [
    { name: 'a tab whose address is not told', url: undefined },
    ...['http://example.com/', 'chrome://settings', 'https://api.ripio.com/'].map((url) => ({
      name: url,
      url,
    })),
  ];
  await eachRow(rows, async ({ url }) => {
    await standOn(extension, url);
    await popup.page.reload();
    await expect(popup.page.getByRole('button', { name: 'Keys' })).toBeVisible();
    await expect(popup.page.getByRole('button', { name: /Find ids/ })).toHaveCount(0);
  });
});

test('no accessibility fault in the keys and the site', async ({ extension, popup, listed }) => {
  await listed('ripio');
  await standOn(extension, 'https://kripto.btcturk.com/', [false]);
  const { page } = popup;
  await page.setViewportSize({ width: 400, height: 560 });
  await page.reload();
  await page.getByRole('button', { name: /Find ids/ }).click();
  await expect(page.getByRole('alert')).toBeVisible();
  await expectAccessible(page);
  await page.getByRole('button', { name: 'Keys' }).click();
  await expect(page.getByText('Open Pullcord')).toBeVisible();
  await expectAccessible(page);
});
