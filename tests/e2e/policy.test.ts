import type { Page } from '@playwright/test';
import { expect, test } from '#tests/e2e/support/test.ts';

/** Our own pages under the policy of the package, in the browser that enforces it. */

/** Everything that a page writes to its console, from now on. */
function heardFrom(page: Page): string[] {
  const said: string[] = [];
  page.on('console', (message) => said.push(message.text()));
  page.on('pageerror', ({ message }) => said.push(message));
  return said;
}

test(
  'no text becomes markup, and no page starts a worker',
  { tag: '@firefox' },
  async ({ extension }) => {
    for (const name of ['popup.html', 'options.html', 'lookup.html'] as const) {
      const page = await extension.open(name);
      expect(await page.evaluate(tryMarkup), name).toEqual({
        markup: 'refused',
        'a policy': 'refused',
        'a worker': 'refused',
      });
    }
  },
);

test('the pages never ask for what the policy refuses', async ({
  extension,
  listed,
  options,
  popup,
}) => {
  const { page } = popup;
  const said = heardFrom(page);
  const saidInOptions = heardFrom(options.page);
  await page.reload();
  await options.page.reload();
  const { id } = await listed('btcturk');
  await listed('ripio');

  await popup.cancelButton(id).click();
  await expect(popup.row(id)).toContainText('Cancelled');
  await popup.filterButton.click();
  await popup.filterButton.click();
  await page.getByRole('button', { name: 'Refresh' }).click();
  const dialog = await popup.openCancelAll();
  await dialog.start.click();
  await popup.closeButton.click();
  await popup.cancelById('26947521101', 'order-id', 'Turkish lira');
  await page.getByRole('button', { name: 'Keys', exact: true }).click();
  await page.keyboard.press('Escape');
  await popup.showHistory();
  await popup.latencyButton.click();
  await expect(page.getByRole('table').first()).toBeVisible();
  await page.getByRole('tab', { name: 'Orders' }).click();
  await options.test('Reais');
  await expect(options.account('Reais')).toContainText('Tested');
  await page.getByRole('button', { name: 'Lock now', exact: true }).click();
  await popup.unlock();
  await expect(popup.find).toBeVisible();
  expect([said, saidInOptions]).toEqual([[], []]);

  const lookup = await extension.context.newPage();
  const saidInLookup = heardFrom(lookup);
  await lookup.goto(extension.url('lookup.html'));
  await expect(lookup.getByRole('button', { name: 'Close' })).toBeVisible();
  expect(saidInLookup).toEqual([]);
});

/* What follows runs in the page. */

async function tryMarkup(): Promise<Record<string, string>> {
  const { trustedTypes } = globalThis as unknown as {
    trustedTypes: { createPolicy: (name: string, rules: object) => unknown };
  };
  const place = document.createElement('p');
  const ends: Record<string, string> = {};
  for (const [name, attempt] of Object.entries({
    markup: () => place.insertAdjacentHTML('beforeend', '<b>order</b>'),
    'a policy': () => trustedTypes.createPolicy('any', {}),
  })) {
    try {
      attempt();
      ends[name] = 'done';
    } catch {
      ends[name] = 'refused';
    }
  }
  const worker = await new Promise((resolve) => {
    try {
      new Worker('/background.js').addEventListener('error', () => resolve('refused'));
      setTimeout(() => resolve('done'), 1000);
    } catch {
      resolve('refused');
    }
  });
  return { ...ends, 'a worker': String(worker) };
}
