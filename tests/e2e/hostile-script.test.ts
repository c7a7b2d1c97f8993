import { everyRequest } from '#tests/e2e/support/every-request.ts';
import { startSite } from '#tests/e2e/support/site.ts';
import { expect, test } from '#tests/e2e/support/test.ts';

/**
 * A page that has taken over the script which we put into it has all that the script has: this runs in the script's place,
 * with the extension's own id for a sender.
 */

test('our script in a page, taken over: no answer, no storage, nothing changed', async ({
  extension,
  listed,
  popup,
  sandbox,
}) => {
  const { id } = await listed('btcturk');
  const site = await startSite();
  const page = await extension.context.newPage();
  await page.goto(site.put('<p>Anything</p>'));
  const stored = () => popup.page.evaluate(() => chrome.storage.local.get(null));
  const before = await stored();
  const accounts = await popup.page.evaluate(() => chrome.storage.session.get('view.accounts'));
  const accountId = /"id":"([^"]+)"/.exec(JSON.stringify(accounts).replaceAll('\\', ''))?.[1];

  const worker = await extension.worker();
  const [ended] = await worker.evaluate(
    async ([tabAddress, messages]) => {
      const tabs = await chrome.tabs.query({ url: tabAddress });
      return chrome.scripting.executeScript({
        target: { tabId: tabs[0]?.id ?? -1 },
        // In the page’s isolated world.
        func: async (all: readonly unknown[]) => {
          const answers = await Promise.all(
            all.map((message) => chrome.runtime.sendMessage(message).catch(() => undefined)),
          );
          const readable = [];
          for (const name of ['local', 'sync', 'session'] as const) {
            const reading = chrome.storage[name].get(null);
            if ((await reading.catch(() => undefined)) !== undefined) readable.push(name);
          }
          await chrome.storage.local.set({ mark: 'changed' }).catch(() => undefined);
          await chrome.storage.local.clear().catch(() => undefined);
          return { answers: answers.filter((each) => each ?? false), readable };
        },
        args: [messages],
      });
    },
    [`${site.url}*`, everyRequest(accountId ?? '', id)] as const,
  );
  expect(ended?.result).toEqual({ answers: [], readable: [] });
  expect(await stored()).toEqual(before);
  expect(sandbox.venues.btcturk.requests.of('cancel')).toEqual([]);
  expect(sandbox.venues.btcturk.book.find(id)?.status).toBe('open');
  await expect(popup.row(id)).toBeVisible();
  await site.stop();
});
