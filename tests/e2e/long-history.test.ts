import { call } from '#tests/bench/support/session.ts';
import { oldestOrderId, writeHistory } from '#tests/bench/support/write-history.ts';
import type { OwnExtension } from '#tests/e2e/support/extension.ts';
import { test } from '#tests/e2e/support/own-browser.ts';
import { PopupPage } from '#tests/e2e/support/pages.ts';
import { expect } from '#tests/e2e/support/test.ts';

/** A history of thousands of cancellations, sealed as Pullcord seals them. */

test.use({ accounts: ['ripio'] });

const rows = 7000;

async function openLong(extension: OwnExtension, { page }: PopupPage): Promise<PopupPage> {
  await page.goto(extension.url('manifest.json'));
  const place = {
    run: (task: never, ...given: never[]) => page.evaluate(call(task, ...given)),
    killWorker: () => extension.killWorker(),
  };
  await writeHistory(place as never, 0, rows);
  await page.goto(extension.url('popup.html'));
  const popup = new PopupPage(page);
  await popup.find.waitFor();
  return popup;
}

test('a search shows what it has found and how far it has come, and yields to what is typed', async ({
  extension,
  popup,
}) => {
  const { page } = await openLong(extension, popup);
  const history = await popup.showHistory();
  const items = history.getByRole('listitem');
  await expect(items).toHaveCount(50);
  const search = page.getByRole('searchbox', { name: 'Find in history' });
  await page.evaluate(holdSearches);

  // In the second stretch of those that are looked through.
  await search.fill('000000004321');
  await page.evaluate(releaseOne);
  await expect(page.getByText(/^Searched back to \d+ \w+ \d{4}$/)).toBeVisible();
  await expect(items).toHaveCount(0);
  await expect(page.getByText('No such cancellation')).toHaveCount(0);
  await page.evaluate(releaseOne);
  await expect(items).toHaveCount(1);
  await expect(items).toContainText('000000004321');
  await expect(page.getByText(/^Searched back to/)).toBeVisible();

  // The rest of it is not waited for.
  await search.fill(oldestOrderId);
  await page.evaluate(letAllThrough);
  await expect(items).toContainText(oldestOrderId);
  await expect(page.getByText(/^Searched back to/)).toHaveCount(0);
  await expect(page.getByRole('button', { name: /more/ })).toHaveCount(0);

  await search.fill('nothing like it');
  await expect(page.getByText('No such cancellation')).toBeVisible();
});

test('latency keeps to the newest, and says how far back that is', async ({ extension, popup }) => {
  const { page } = await openLong(extension, popup);
  await popup.showHistory();
  await popup.latencyButton.click();
  await page.getByRole('combobox', { name: 'Days shown' }).selectOption('Last 30 days');
  const words = /^There are more: these are the newest 5,000 cancels, back to \d+ \w+ \d{4}, /;
  await expect(page.getByText(words)).toBeVisible();
  const proven = page.getByRole('row', { name: 'Proven' }).getByRole('cell');
  await expect(proven).toHaveText(['5,000', '40 ms', '40 ms']);
});

/* What follows runs in the page. */

interface Held {
  gates: (() => void)[];
  isOpen: boolean;
}

/** From now on each answer to a search waits to be released. */
function holdSearches(): void {
  const held: Held = { gates: [], isOpen: false };
  const send = chrome.runtime.sendMessage.bind(chrome.runtime);
  chrome.runtime.sendMessage = (async (message: { kind: string; text?: string }) => {
    const reply: unknown = await send(message);
    if (message.kind === 'history' && message.text && !held.isOpen) {
      await new Promise<void>((resolve) => {
        held.gates.push(resolve);
      });
    }
    return reply;
  }) as never;
  Object.assign(globalThis, { held });
}

/** The next one, as soon as it is there. */
async function releaseOne(): Promise<void> {
  const { held } = globalThis as unknown as { held: Held };
  while (held.gates.length === 0) await new Promise(requestAnimationFrame);
  held.gates.shift()?.();
}

async function letAllThrough(): Promise<void> {
  const { held } = globalThis as unknown as { held: Held };
  while (held.gates.length === 0) await new Promise(requestAnimationFrame);
  held.isOpen = true;
  for (const release of held.gates) release();
}
