import type { Page } from '@playwright/test';
import { test as ownTest } from '#tests/e2e/support/own-browser.ts';
import { OptionsPage, passphrase, PopupPage } from '#tests/e2e/support/pages.ts';
import { expect, test } from '#tests/e2e/support/test.ts';

/** Two wishes of one page, the second before the first can be answered. */
function askBoth(page: Page, first: object, second: object): Promise<unknown[]> {
  return page.evaluate(
    (requests) => Promise.all(requests.map((request) => chrome.runtime.sendMessage(request))),
    [first, second],
  );
}

ownTest(
  'two pages that unlock at once send what was left unfinished once',
  async ({ sandbox, listed, extension }) => {
    const { faults, book, requests } = sandbox.venues.ripio;
    const { id, button } = await listed('ripio');
    faults.add('cancel', { kind: 'drop', when: 'before-acting' });
    const reading = faults.hold('order');
    await button.click();
    await reading.arrived;
    const restarted = await extension.restart();
    reading.release();
    const before = requests.of('cancel').length;

    const pages = [
      new PopupPage(await restarted.open('options.html')),
      new PopupPage(await restarted.open('options.html')),
    ];
    for (const { page } of pages) await page.getByLabel('Passphrase').fill(passphrase);
    await Promise.all(
      pages.map(({ page }) =>
        page
          .getByRole('button', { name: 'Unlock' })
          .evaluate((unlock: HTMLElement) => unlock.click()),
      ),
    );
    for (const { page } of pages) await new OptionsPage(page).lockNow.waitFor();
    await book.waitFor(id, 'cancelled');
    const popup = new PopupPage(await restarted.open('popup.html'));
    const history = await popup.showHistory();
    await expect(history.getByRole('listitem')).toContainText(/(?<!Already )Cancelled/);
    expect(requests.of('cancel')).toHaveLength(before + 1);
    await restarted.context.close();
  },
);

test('a lock that comes while the passphrase is being tried wins, and is said', async ({
  extension,
  options,
}) => {
  const { page } = options;
  await options.createVault();
  await options.lockNow.click();
  await page.getByLabel('Passphrase').fill(passphrase);
  const other = await extension.open('popup.html');
  await page.getByRole('button', { name: 'Unlock' }).evaluate((button: HTMLElement) => {
    button.click();
    // The screen locks.
    void chrome.runtime.sendMessage({ kind: 'lock' });
  });
  await expect(page.getByText('Pullcord was locked meanwhile.')).toBeVisible();
  await expect(options.lockNow).toHaveCount(0);
  await expect(other.getByRole('heading', { name: 'Pullcord is locked' })).toBeVisible();
  const kept = () => page.evaluate(() => chrome.storage.session.get('vault.unlocked'));
  await expect.poll(kept).toEqual({});
  await page.getByRole('button', { name: 'Unlock' }).click();
  await options.lockNow.waitFor();
});

test('a lock right behind a click lets that click be sent', async ({ sandbox, listed, popup }) => {
  const { book } = sandbox.venues.ripio;
  const { id } = await listed('ripio');
  const accountId = await popup.page.evaluate(
    async () =>
      (
        JSON.parse(
          String((await chrome.storage.session.get('view.accounts'))['view.accounts']),
        ) as {
          id: string;
          venue: string;
        }[]
      ).find(({ venue }) => venue === 'ripio')?.id,
  );
  const cancel = { kind: 'cancel', accountId, idKind: 'order-id', id };
  const [answer] = await askBoth(popup.page, cancel, { kind: 'lock' });
  expect(answer).toMatchObject({ ok: true });
  await book.waitFor(id, 'cancelled');
  await expect(popup.page.getByRole('heading', { name: 'Pullcord is locked' })).toBeVisible();
});

test('the lock screen says how many cancels are still being checked, and nothing else of them', async ({
  sandbox,
  listed,
  extension,
  popup,
  options,
}) => {
  const { faults } = sandbox.venues.ripio;
  const first = await listed('ripio');
  const second = await listed('ripio');
  const holds = [first, second].map(({ id: orderId }) => faults.hold('cancel', { orderId }));
  await first.button.click();
  await second.button.click();
  await Promise.all(holds.map(({ arrived }) => arrived));
  await options.lockNow.click();
  const checked = '2 cancels are still being checked.';
  await expect(popup.page.getByText(checked)).toBeVisible();
  await expect(options.page.getByText(checked)).toBeVisible();
  const lookup = await extension.open('lookup.html');
  await expect(lookup.getByText(checked)).toBeVisible();
  const shown = await popup.page.evaluate(async () =>
    Object.entries(await chrome.storage.session.get(null)).filter(([key]) =>
      key.startsWith('view.'),
    ),
  );
  expect(shown.map(([key]) => key).toSorted()).toEqual(['view.vault']);
  holds[0]?.release();
  await expect(popup.page.getByText('1 cancel is still being checked.')).toBeVisible();
  holds[1]?.release();
  await expect(popup.page.getByText('still being checked')).toHaveCount(0);
});

ownTest(
  'after the browser’s start it says how many wait for the unlock',
  async ({ sandbox, listed, extension }) => {
    const { faults } = sandbox.venues.btcturk;
    const { row, button } = await listed('btcturk');
    faults.add('cancel', { kind: 'accept-then-cancel', delayMs: 2000 });
    await button.click();
    await expect(row).toContainText('Accepted, confirming');
    const restarted = await extension.restart();
    const popup = new PopupPage(await restarted.open('popup.html'));
    await expect(popup.page.getByText('1 cancel waits until you unlock.')).toBeVisible();
    await popup.unlock();
    await expect(popup.find).toBeVisible();
    await restarted.context.close();
  },
);
