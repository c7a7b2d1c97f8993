import type { Page } from '@playwright/test';
import type { Destination } from '#lib/protocol/view.ts';
import { PopupPage } from '#tests/e2e/support/pages.ts';
import { accountLabels, expect, orderFor, test } from '#tests/e2e/support/test.ts';

/** Where the popup goes when the user has called it from elsewhere. */

type Place =
  | Pick<Destination & { kind: 'cancel-all' }, 'kind'>
  | { readonly kind: 'cancellation'; readonly id: string };

const destinationKey = 'view.destination';

/** Writes it as the worker does. */
async function send(page: Page, place: Place, age = 0): Promise<void> {
  await page.evaluate(
    async ([key, destination, old]) => {
      const text = JSON.stringify({ ...destination, at: Date.now() - old });
      await chrome.storage.session.set({ [key]: text });
    },
    [destinationKey, place, age] as const,
  );
}

/** What is left of it in the view. */
function destinationIn(page: Page): Promise<unknown> {
  return page.evaluate(async (key) => {
    const { [key]: text } = await chrome.storage.session.get(key);
    return text;
  }, destinationKey);
}

/** Ids of the cancellations in the view, each with the text that is kept of it. */
async function cancellationOf(page: Page, orderId: string): Promise<string> {
  const find = () =>
    page.evaluate(async (sought) => {
      const prefix = 'view.cancellation.';
      const all = Object.entries(await chrome.storage.session.get());
      const [key] = all.find(
        ([key, text]) => key.startsWith(prefix) && String(text).includes(sought),
      ) ?? [''];
      return key.slice(prefix.length);
    }, orderId);
  await expect.poll(find).not.toBe('');
  return find();
}

const dialogOf = (page: Page) => page.getByRole('alertdialog', { name: 'Cancel all orders' });

test('cancel all: a popup that opens shows its dialog, cancels nothing, and goes there once', async ({
  extension,
  sandbox,
  popup,
  listed,
}) => {
  const { id } = await listed('ripio');
  await popup.page.close();
  const settings = await extension.open('options.html');
  await send(settings, { kind: 'cancel-all' });
  const page = await extension.open('popup.html');
  await expect(dialogOf(page)).toBeVisible();
  await expect.poll(() => destinationIn(page)).toBe('null');
  expect(sandbox.venues.ripio.book.find(id)?.status).toBe('open');
  await page.keyboard.press('Escape');
  await expect(dialogOf(page)).toHaveCount(0);
  await page.reload();
  await expect(new PopupPage(page).row(id)).toBeVisible();
  await expect(page.getByRole('button', { name: 'Keys' })).toBeVisible();
  await expect(dialogOf(page)).toHaveCount(0);
});

test('cancel all: an open popup leaves the history and the keys for it, with its filter', async ({
  popup,
  listed,
}) => {
  const { page } = popup;
  await listed('ripio');
  await listed('btcturk');
  await popup.find.fill('BTC_BRL');
  await popup.showHistory();
  await page.getByRole('button', { name: 'Keys' }).click();
  await expect(page.getByRole('dialog', { name: 'Keys' })).toBeVisible();
  await send(page, { kind: 'cancel-all' });
  const start = dialogOf(page).getByRole('button', { name: 'Cancel 1 order', exact: true });
  await expect(start).toBeFocused();
  await expect(page.getByRole('dialog', { name: 'Keys' })).toHaveCount(0);
  await expect(page.getByRole('tab', { name: 'Orders' })).toHaveAttribute('aria-selected', 'true');
});

test('cancel all: a filter that leaves nothing to cancel goes; without any order there is only the list', async ({
  popup,
  listed,
  sandbox,
}) => {
  const { page } = popup;
  const { id, row } = await listed('ripio');
  await popup.find.fill('no such order');
  await send(page, { kind: 'cancel-all' });
  await expect(dialogOf(page).getByRole('button', { name: 'Cancel 1 order' })).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(popup.find).toHaveValue('');
  sandbox.venues.ripio.book.cancel(id);
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(row).toHaveCount(0);
  await popup.showHistory();
  await send(page, { kind: 'cancel-all' });
  await expect(page.getByText('No open orders')).toBeVisible();
  await expect.poll(() => destinationIn(page)).toBe('null');
  await expect(dialogOf(page)).toHaveCount(0);
});

test('a cancellation: its row gets the keyboard, from another tab and behind a filter', async ({
  popup,
  listed,
  sandbox,
}) => {
  const { page } = popup;
  const hold = sandbox.venues.ripio.faults.hold('cancel');
  const { id, row, button } = await listed('ripio');
  await listed('btcturk');
  await button.click();
  const cancellation = await cancellationOf(page, id);
  await popup.find.fill('BTCTRY');
  await expect(row).toHaveCount(0);
  await popup.showHistory();
  await send(page, { kind: 'cancellation', id: cancellation });
  await expect(row).toBeFocused();
  await expect(row).toBeInViewport();
  await expect(popup.find).toHaveValue('');
  await expect.poll(() => destinationIn(page)).toBe('null');

  // With the pointer in the list and the dialog open, too.
  await popup.find.focus();
  await row.hover();
  await popup.openCancelAll();
  await send(page, { kind: 'cancellation', id: cancellation });
  await expect(row).toBeFocused();
  await expect(dialogOf(page)).toHaveCount(0);
  hold.release();
});

test('a cancellation whose row waits for the pointer to leave the list comes at once', async ({
  extension,
  popup,
  listed,
  sandbox,
}) => {
  const hold = sandbox.venues.ripio.faults.hold('cancel');
  const { row } = await listed('ripio');
  await row.hover();
  const other = new PopupPage(await extension.open('popup.html'));
  const { id } = sandbox.venues.ripio.book.place(orderFor('ripio'));
  await other.cancelById(id, 'Order id', accountLabels.ripio);
  const cancellation = await cancellationOf(popup.page, id);
  await other.page.close();
  await expect(popup.page.getByText(/1 new order/)).toBeVisible();
  await expect(popup.row(id)).toHaveCount(0);
  await send(popup.page, { kind: 'cancellation', id: cancellation });
  await expect(popup.row(id)).toBeFocused();
  hold.release();
});

test('a cancellation far down a long list is brought into sight', async ({ popup, sandbox }) => {
  const { page } = popup;
  const hold = sandbox.venues.ripio.faults.hold('cancel');
  for (let count = 0; count < 400; count++) sandbox.venues.ripio.book.place(orderFor('ripio'));
  await page.getByRole('button', { name: 'Refresh' }).click();
  const rows = popup.orders.getByRole('listitem');
  await rows.first().focus();
  await page.keyboard.press('End');
  const end = popup.orders.locator('[aria-posinset="400"]');
  await expect(end).toBeFocused();
  const label = await end.getByRole('button').getAttribute('aria-label');
  const sought = label?.split(' ').at(-1) ?? '';
  await popup.cancelButton(sought).click();
  const id = await cancellationOf(page, sought);
  await page.mouse.move(1, 1);
  await page.keyboard.press('Home');
  await expect(rows.first()).toBeInViewport();
  await expect(popup.row(sought)).not.toBeInViewport();
  await send(page, { kind: 'cancellation', id });
  await expect(popup.row(sought)).toBeFocused();
  await expect(popup.row(sought)).toBeInViewport();
  hold.release();
});

test('a cancellation that no row shows any more is shown in the history', async ({
  extension,
  options,
  popup,
  listed,
}) => {
  const { page } = popup;
  const first = await listed('ripio');
  await first.button.click();
  const id = await cancellationOf(page, first.id);
  await page.mouse.move(1, 1);
  await expect(first.row).toHaveCount(0);
  await send(page, { kind: 'cancellation', id });
  const item = page.getByRole('list', { name: 'History' }).getByRole('listitem');
  await expect(item.filter({ hasText: first.id })).toBeFocused();

  // Behind what was sought there, and when the view knows nothing of it.
  await page.getByRole('searchbox', { name: 'Find in history' }).fill('no such text');
  await expect(page.getByText('No such cancellation')).toBeVisible();
  await send(page, { kind: 'cancellation', id });
  await expect(item.filter({ hasText: first.id })).toBeFocused();

  // And while how long cancels took is shown in its place.
  await popup.latencyButton.click();
  await expect(page.getByRole('table').first()).toBeVisible();
  await send(page, { kind: 'cancellation', id });
  await expect(item.filter({ hasText: first.id })).toBeFocused();
  await page.evaluate(async (key) => {
    await chrome.storage.session.remove(key);
  }, `view.cancellation.${id}`);
  await page.close();
  await send(options.page, { kind: 'cancellation', id });
  const fresh = await extension.open('popup.html');
  const there = fresh.getByRole('list', { name: 'History' }).getByRole('listitem');
  await expect(there.filter({ hasText: first.id })).toBeFocused();
});

test('a locked popup goes there after it is unlocked, unless that was too long ago', async ({
  extension,
  options,
  popup,
  listed,
}) => {
  const { page } = popup;
  await listed('ripio');
  await options.lockNow.click();
  await expect(page.getByLabel('Passphrase')).toBeVisible();
  await send(page, { kind: 'cancel-all' });
  // The next life of the worker finds it there, as if it had written it itself.
  await extension.killWorker();
  await expect(page.getByLabel('Passphrase')).toBeVisible();
  await popup.unlock();
  await expect(dialogOf(page)).toBeVisible();
  await expect.poll(() => destinationIn(page)).toBe('null');
  await page.keyboard.press('Escape');

  await send(page, { kind: 'cancel-all' }, 61_000);
  await popup.showHistory();
  await popup.page.getByRole('tab', { name: 'Orders' }).click();
  await expect(popup.find).toBeVisible();
  await expect(dialogOf(page)).toHaveCount(0);
  expect(await destinationIn(page)).toContain('cancel-all');
});

test('a page that nobody sees leaves the destination to the popup that opens', async ({
  popup,
  listed,
}) => {
  const { page } = popup;
  await listed('ripio');
  const setVisible = (state: string) =>
    page.evaluate((value) => {
      Object.defineProperty(document, 'visibilityState', { value, configurable: true });
      document.dispatchEvent(new Event('visibilitychange'));
    }, state);
  await setVisible('hidden');
  await send(page, { kind: 'cancel-all' });
  // What it is told after that, it has shown.
  await popup.showHistory();
  await expect(dialogOf(page)).toHaveCount(0);
  expect(await destinationIn(page)).toContain('cancel-all');
  await setVisible('visible');
  await expect(dialogOf(page)).toBeVisible();
});

test('the keys: by their button and by "?", and back to where the keyboard was', async ({
  popup,
  listed,
}) => {
  const { page } = popup;
  const { row } = await listed('ripio');
  const dialog = page.getByRole('dialog', { name: 'Keys' });
  await popup.find.press('?');
  await expect(popup.find).toHaveValue('?');
  await expect(dialog).toHaveCount(0);
  await popup.find.fill('');
  await row.focus();
  await page.keyboard.press('?');
  await expect(dialog.getByText('Select the order')).toBeVisible();
  await expect(dialog.getByText('Open Pullcord')).toBeVisible();
  await expect(dialog.getByText('not set').first()).toBeVisible();
  await page.keyboard.press('Escape');
  await expect(dialog).toHaveCount(0);
  await expect(row).toBeFocused();
  await page.getByRole('button', { name: 'Keys' }).click();
  await dialog.getByRole('button', { name: 'Close' }).click();
  await expect(page.getByRole('button', { name: 'Keys' })).toBeFocused();
});
