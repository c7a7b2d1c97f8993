import type { Locator } from '@playwright/test';
import { expect, test } from '#tests/e2e/support/test.ts';

/** How long cancels took, as the history shows it. */

test.use({ accounts: ['btcturk', 'ripio', 'ztdx'] });

test('cancels appear as points, and as numbers in a table', async ({ sandbox, listed, popup }) => {
  const { page } = popup;
  for (const venue of ['btcturk', 'btcturk', 'ripio'] as const) {
    const { row, button } = await listed(venue);
    await button.click();
    await expect(row).toContainText('Cancelled');
  }
  const refused = await listed('ripio');
  sandbox.venues.ripio.faults.add('cancel', { kind: 'refuse', error: '40090' });
  await refused.button.click();
  await expect(refused.row).toContainText('Refused');

  await popup.showHistory();
  await popup.latencyButton.click();
  await expect(popup.latencyButton).toHaveAttribute('aria-pressed', 'true');
  const lira = page.getByRole('region', { name: 'BtcTurk, Sandbox' });
  await expect(lira).toContainText('2 cancels');
  await expect.poll(() => points(lira)).toEqual({ accepted: 2, proven: 2 });
  await expect(table(lira).getByRole('columnheader')).toHaveText([
    'Until',
    'Cancels',
    'Median',
    'p95',
  ]);
  await expect.poll(() => numbers(lira, 'Accepted')).toEqual(['2', time, time]);
  await expect.poll(() => numbers(lira, 'Proven')).toEqual(['2', time, time]);

  // The reply is the proof; and what was refused is not proven.
  const reais = page.getByRole('region', { name: 'Ripio Trade, Sandbox' });
  await expect(reais).toContainText('2 cancels');
  await expect.poll(() => points(reais)).toEqual({ proven: 1 });
  await expect.poll(() => numbers(reais, 'Accepted')).toEqual(['0', '–', '–']);
  await expect.poll(() => numbers(reais, 'Proven')).toEqual(['1', time, time]);

  const none = page.getByRole('region', { name: 'ZTDX, Sandbox' });
  await expect(none).toContainText('No cancel was sent in the last 7 days.');
  await expect(none.getByRole('table')).toHaveCount(0);
});

test('what is cancelled meanwhile comes by itself, over the days that are chosen', async ({
  sandbox,
  listed,
  popup,
}) => {
  const { page } = popup;
  const { button, row } = await listed('ripio');
  await button.click();
  await expect(row).toContainText('Cancelled');
  await popup.showHistory();
  await popup.latencyButton.click();
  const reais = page.getByRole('region', { name: 'Ripio Trade, Sandbox' });
  await expect(reais).toContainText('1 cancel');
  await page.getByRole('combobox', { name: 'Days shown' }).selectOption('Last 24 hours');
  await expect(page.getByText('No cancel was sent in the last 24 hours.').first()).toBeVisible();

  const { id } = sandbox.venues.ripio.book.place({
    symbol: 'BTC_BRL',
    side: 'sell',
    price: '520000.5',
    quantity: '0.25',
  });
  await page.evaluate(cancelOnRipio, id);
  await expect(reais).toContainText('2 cancels');
  await expect.poll(() => points(reais)).toEqual({ proven: 2 });

  // The same button leads back, and keeps the keyboard.
  await popup.latencyButton.focus();
  await page.keyboard.press('Enter');
  await expect(page.getByRole('list', { name: 'History' }).getByRole('listitem')).toHaveCount(2);
  await expect(popup.latencyButton).toBeFocused();
});

test('locked, it tells nothing', async ({ listed, popup }) => {
  const { page } = popup;
  const { button, row } = await listed('ripio');
  await button.click();
  await expect(row).toContainText('Cancelled');
  await popup.showHistory();
  await popup.latencyButton.click();
  await expect(page.getByRole('table').first()).toBeVisible();
  await page.getByRole('button', { name: 'Lock now', exact: true }).click();
  await expect(page.getByRole('heading', { name: 'Pullcord is locked' })).toBeVisible();
  await expect(page.getByRole('table')).toHaveCount(0);
  const answer = await page.evaluate(() =>
    chrome.runtime.sendMessage({ kind: 'latencies', from: 0 }),
  );
  expect(answer).toMatchObject({ ok: false, error: { code: 'locked' } });
  expect(answer).not.toHaveProperty('value');
});

const table = (region: Locator) => region.getByRole('table', { name: /how long after the click/ });

const time: unknown = expect.stringMatching(/^\d+ ms$|^\d+\.\d s$/);

const numbers = (region: Locator, row: string) =>
  table(region).getByRole('row', { name: row }).getByRole('cell').allTextContents();

/** How many points are drawn for each series: a path begins anew with each of them. */
function points(region: Locator): Promise<Record<string, number>> {
  return region
    .getByRole('img')
    .locator('.points')
    .evaluateAll((paths) =>
      Object.fromEntries(
        paths.map((path) => [
          path.getAttribute('data-series') ?? '',
          path.getAttribute('d')?.match(/M/g)?.length ?? 0,
        ]),
      ),
    );
}

/* What follows runs in the page. */

async function cancelOnRipio(id: string): Promise<void> {
  const { 'view.accounts': text } = await chrome.storage.session.get('view.accounts');
  const accounts = JSON.parse(text as string) as { id: string; venue: string }[];
  const accountId = accounts.find(({ venue }) => venue === 'ripio')?.id;
  await chrome.runtime.sendMessage({ kind: 'cancel', accountId, idKind: 'order-id', id });
}
