import type { Sandbox } from '#tests/sandbox/sandbox.ts';
import { keepBusy } from '#tests/e2e/support/busy.ts';
import { expectAccessible } from '#tests/e2e/support/accessibility.ts';
import type { PopupPage } from '#tests/e2e/support/pages.ts';
import { accountLabels, expect, orderFor, test } from '#tests/e2e/support/test.ts';

/** What “Cancel all” says before it begins, and how it is worked by hand and keyboard. */

/** 3 orders on BtcTurk, one of them a stop, and 2 on Ripio Trade. */
function fillBooks({ venues: { btcturk, ripio } }: Sandbox): void {
  const lira = orderFor('btcturk');
  btcturk.book.place({ ...lira, ageMs: 1000 });
  btcturk.book.place({ ...lira, symbol: 'ETHTRY', side: 'sell', ageMs: 600_000 });
  btcturk.book.place({ ...lira, method: 'stop-limit', stopPrice: '4200000' });
  for (let i = 0; i < 2; i++) ripio.book.place({ ...orderFor('ripio'), ageMs: 7_200_000 });
}

async function listAll(popup: PopupPage, sandbox: Sandbox): Promise<void> {
  fillBooks(sandbox);
  await popup.page.getByRole('button', { name: 'Refresh' }).click();
  await expect(popup.orders.getByRole('listitem')).toHaveCount(5);
}

const cancelRequests = ({ venues }: Sandbox) =>
  [venues.btcturk, venues.ripio].flatMap(({ requests }) =>
    ['cancel', 'cancel-all'].flatMap((name) => requests.of(name as 'cancel')),
  );

test('it says how many go where, which are kept, and how long it takes', async ({
  popup,
  sandbox,
}) => {
  await expect(popup.cancelAllButton).toHaveAttribute('aria-disabled', 'true');
  await listAll(popup, sandbox);
  await expect(popup.cancelAllButton).toHaveAttribute('aria-disabled', 'false');
  const { dialog, start, protective } = await popup.openCancelAll();
  await expect(start).toHaveText('Cancel 4 orders');
  await expect(dialog).toContainText('4 orders on 2 accounts');
  for (const label of [accountLabels.btcturk, accountLabels.ripio])
    await expect(dialog.getByRole('listitem').filter({ hasText: label })).toContainText('2');
  await expect(dialog).toContainText('BTC_BRL');
  await expect(dialog).toContainText('1 protective order is kept');
  await expect(dialog).toContainText(/At once|About|Less than a second/);

  await expect(protective).not.toBeChecked();
  await protective.check();
  await expect(start).toHaveText('Cancel 5 orders');
  await expect(dialog).not.toContainText('kept');
  // The list goes on living behind it.
  sandbox.venues.ripio.book.place(orderFor('ripio'));
  await popup.page.evaluate(() => chrome.runtime.sendMessage({ kind: 'refresh', byUser: true }));
  await expect(start).toHaveText('Cancel 6 orders');
});

test('the filter narrows list and dialog alike, and can be seen when it is closed', async ({
  popup,
  sandbox,
}) => {
  await listAll(popup, sandbox);
  await popup.narrow('Only account', accountLabels.btcturk);
  await popup.narrow('Only side', 'Only sells');
  const rows = popup.orders.getByRole('listitem');
  await expect(rows).toHaveCount(1);
  await popup.filterButton.click();
  await expect(popup.page.getByRole('combobox')).toHaveCount(0);
  await expect(popup.filterButton).toHaveAccessibleName('Filter, 2 active');

  const { dialog, start, keep, protective } = await popup.openCancelAll();
  await expect(dialog).toContainText(`Only sells on ${accountLabels.btcturk}.`);
  await expect(start).toHaveText('Cancel 1 order');
  await expect(protective).toHaveCount(0);
  await keep.click();

  await popup.find.fill('nothing like it');
  await popup.page.getByRole('button', { name: 'Show all orders' }).click();
  await expect(rows).toHaveCount(5);
  await expect(popup.filterButton).toHaveAccessibleName('Filter');
  await popup.narrow('Older than', 'Older than 1 hour');
  await expect(rows).toHaveCount(2);
  await popup.narrow('Only symbol', 'BTCTRY');
  await expect(popup.page.getByText('No open order fits the filter.')).toBeVisible();
  await expect(popup.cancelAllButton).toHaveAttribute('aria-disabled', 'true');
});

test('keyboard: focus on the main button, Escape keeps, a key held down does not begin', async ({
  popup,
  sandbox,
}) => {
  await listAll(popup, sandbox);
  const { keyboard } = popup.page;
  const dialog = popup.page.getByRole('alertdialog');
  await popup.cancelAllButton.focus();
  await keyboard.down('Enter');
  await expect(dialog.getByRole('button', { name: 'Cancel 4 orders' })).toBeFocused();
  // The browser repeats a key that is held.
  for (let i = 0; i < 5; i++) await keyboard.down('Enter');
  await keyboard.up('Enter');
  await expect(dialog).toBeVisible();

  await keyboard.press('Shift+Tab');
  await expect(dialog.getByRole('button', { name: 'Keep orders' })).toBeFocused();
  await keyboard.press('Shift+Tab');
  await expect(dialog.getByRole('checkbox')).toBeFocused();
  await keyboard.press('Space');
  await expect(dialog.getByRole('button', { name: 'Cancel 5 orders' })).toBeVisible();
  await keyboard.press('Escape');
  await expect(dialog).toBeHidden();
  await expect(popup.cancelAllButton).toBeFocused();
  expect(cancelRequests(sandbox)).toEqual([]);

  // What was ticked the last time is not ticked again.
  await keyboard.press('Enter');
  await expect(dialog.getByRole('checkbox')).not.toBeChecked();
  await dialog.getByRole('button', { name: 'Keep orders' }).press('Enter');
  await expect(dialog).toBeHidden();
});

test('an account that cannot be read is named, and read again all the same', async ({
  popup,
  sandbox,
}) => {
  await listAll(popup, sandbox);
  await sandbox.venues.btcturk.stop();
  await popup.page.getByRole('button', { name: 'Refresh' }).click();
  await expect(popup.page.getByText(/BtcTurk cannot be reached/).first()).toBeVisible();
  const { dialog } = await popup.openCancelAll();
  await expect(dialog).toContainText('BtcTurk could not be read');
});

test('a worker that does not answer is told in the dialog, and nothing is lost', async ({
  popup,
  sandbox,
  extension,
}) => {
  await listAll(popup, sandbox);
  const { dialog, start } = await popup.openCancelAll();
  const worker = await extension.worker();
  const busy = keepBusy(worker);
  await start.click();
  await expect(dialog.getByRole('alert')).toContainText('does not answer');
  await expect(start).toHaveText('Cancel 4 orders');
  await busy;
});

test('begun, it tells how far it is, and at the end what is true of each account', async ({
  popup,
  sandbox,
}) => {
  await listAll(popup, sandbox);
  const { dialog, start } = await popup.openCancelAll();
  await start.click();
  await expect(dialog).toBeHidden();
  await expect(popup.sweep).toBeVisible();
  await expect(popup.closeButton).toBeVisible();
  await expect(popup.sweep).toContainText('All cancelled');
  await expect(popup.sweep).toContainText('0 open on Ripio Trade, read');
  await expect(popup.sweep).toContainText('1 protective kept, read');
  await expect(popup.stopButton).toHaveCount(0);
  await expectAccessible(popup.page);
  await popup.closeButton.press('Enter');
  await expect(popup.sweep).toHaveCount(0);
  await expect(popup.find).toBeFocused();
});

test('an order that waits in the sweep can be sent before the others; the rest can be stopped', async ({
  popup,
  sandbox,
}) => {
  const { book, faults, requests } = sandbox.venues.btcturk;
  // One cancel after another, each told to wait: most of them are still to be sent.
  faults.add('cancel', { kind: 'rate-limit', seconds: 5 }, { times: 'always' });
  const ids = Array.from(
    { length: 30 },
    (_, index) => book.place({ ...orderFor('btcturk'), ageMs: 1000 * (index + 1) }).id,
  );
  await popup.page.getByRole('button', { name: 'Refresh' }).click();
  await expect(popup.orders.getByRole('listitem')).toHaveCount(30);
  const { start } = await popup.openCancelAll();
  await start.click();
  const last = ids.at(-1) ?? '';
  await requests.waitFor(({ status }) => status === 429);
  await expect(popup.row(last)).toContainText('Waiting: BtcTurk asks for');
  await popup.cancelButton(last).click();
  // It is the next one now; only the venue's word still keeps it.
  await expect(popup.row(last).getByRole('button', { name: /^Send now/ })).toBeVisible();
  await popup.stopButton.press('Enter');
  await expect(popup.sweep).toContainText('not sent');
  await expect(popup.row(ids[15] ?? '')).toContainText('Not sent: stopped');
  await expect(popup.cancelButton(ids[15] ?? '')).toHaveAttribute('aria-disabled', 'false');
});

test('history finds by words, says when there is nothing, and shows all again', async ({
  popup,
  listed,
}) => {
  for (const venue of ['btcturk', 'ripio'] as const) {
    const { row, button } = await listed(venue);
    await button.click();
    await expect(row).toContainText('Cancelled');
  }
  const history = await popup.showHistory();
  const find = popup.page.getByRole('searchbox', { name: 'Find in history' });
  await expect(history.getByRole('listitem')).toHaveCount(2);
  await find.fill(`${accountLabels.ripio} sell`);
  await expect(history.getByRole('listitem')).toHaveCount(1);
  await expect(history).toContainText('BTC_BRL');
  await find.fill('nothing like it');
  await expect(popup.page.getByText('No such cancellation')).toBeVisible();
  await find.fill('');
  await expect(history.getByRole('listitem')).toHaveCount(2);
});

test.describe('10,000 orders', () => {
  test.use({ accounts: ['ripio'] });

  test('few of them are in the page, and the keyboard reaches every one', async ({
    popup,
    sandbox,
  }) => {
    const count = 10_000;
    const { book } = sandbox.venues.ripio;
    for (let i = 0; i < count; i++) {
      book.place({ ...orderFor('ripio'), clientOrderId: `grid-${i}`, ageMs: 1000 * i });
    }
    await popup.page.getByRole('button', { name: 'Refresh' }).click();
    const rows = popup.orders.getByRole('listitem');
    await expect(rows.first()).toHaveAttribute('aria-setsize', `${count}`, { timeout: 60_000 });
    expect(await rows.count()).toBeLessThan(300);

    const { keyboard } = popup.page;
    const focused = popup.page.locator(':focus');
    await popup.find.press('ArrowDown');
    await expect(focused).toHaveAttribute('aria-posinset', '1');
    await keyboard.press('End');
    await expect(focused).toHaveAttribute('aria-posinset', `${count}`);
    await expect(focused).toBeInViewport();
    for (let i = 0; i < 60; i++) await keyboard.press('ArrowUp');
    await expect(focused).toHaveAttribute('aria-posinset', `${count - 60}`);
    await keyboard.press('Home');
    await expect(focused).toHaveAttribute('aria-posinset', '1');
    await expect(focused).toBeInViewport();
    await keyboard.press('Control+A');
    await expect(popup.page.getByText(`${count} selected`).first()).toBeVisible();
    await keyboard.press('Escape');

    await popup.find.fill('grid-9998');
    await expect(rows).toHaveCount(1);
    await popup.find.fill('');
    await expect(rows.first()).toHaveAttribute('aria-setsize', `${count}`);
    expect(await rows.count()).toBeLessThan(300);
  });
});
