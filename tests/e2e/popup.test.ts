import { boxOf } from '#tests/e2e/support/box.ts';
import { keepBusy } from '#tests/e2e/support/busy.ts';
import { expectAccessible } from '#tests/e2e/support/accessibility.ts';
import { PopupPage } from '#tests/e2e/support/pages.ts';
import { accountLabels, addAccount, expect, orderFor, test } from '#tests/e2e/support/test.ts';

test('a venue that cannot be reached says so, and the others are still shown', async ({
  sandbox,
  listed,
  popup,
}) => {
  const ours = await listed('ripio');
  const theirs = await listed('btcturk');
  await sandbox.venues.btcturk.stop();
  await popup.page.getByRole('button', { name: 'Refresh' }).click();
  await expect(popup.page.getByText(/BtcTurk cannot be reached/).first()).toBeVisible();
  await expect(theirs.row).toBeVisible();
  await ours.button.click();
  await expect(ours.row).toContainText('Cancelled');
});

test('no accounts, then no orders: each says what it is', async ({
  extension,
  options,
  sandbox,
}) => {
  await options.createVault();
  const page = await extension.open('popup.html');
  await expect(page.getByRole('button', { name: 'Add an account' })).toBeVisible();
  await addAccount(options, sandbox, 'ripio');
  await expect(page.getByText('No open orders')).toBeVisible();
});

test('a worker that does not answer within a second is told, with a button to reload', async ({
  extension,
  popup,
  listed,
}) => {
  const { id } = await listed('ripio');
  const worker = await extension.worker();
  // There before, since a browser at work takes its time over a new page.
  const page = await extension.context.newPage();
  const busy = keepBusy(worker);
  await page.goto(popup.page.url());
  await expect(page.getByRole('button', { name: 'Reload Pullcord' })).toBeVisible();
  // What was known is painted without it.
  await expect(new PopupPage(page).row(id)).toBeVisible();
  await busy;
  await expect(page.getByRole('button', { name: 'Reload Pullcord' })).toHaveCount(0);
  await popup.page.close();
});

test('rows stay where they are while the pointer is in the list', async ({
  sandbox,
  listed,
  popup,
}) => {
  const first = await listed('ripio');
  const second = await listed('ripio');
  await second.row.hover();
  const before = await boxOf(second.row);
  const { id: late } = sandbox.venues.ripio.book.place(orderFor('ripio'));
  sandbox.venues.ripio.book.cancel(first.id);
  const reads = sandbox.venues.ripio.requests.of('open-orders').length;
  await popup.page.getByRole('searchbox').focus();
  await popup.page.evaluate(() => {
    [...document.querySelectorAll('button')]
      .find(
        (button) =>
          button.getAttribute('aria-label') === 'Refresh' ||
          button.textContent?.includes('Refresh'),
      )
      ?.click();
  });
  await expect(popup.page.getByText(/1 new order/)).toBeVisible();
  expect(sandbox.venues.ripio.requests.of('open-orders').length).toBeGreaterThan(reads);
  await expect(popup.row(late)).toHaveCount(0);
  await expect(first.row).toContainText('No longer open');
  expect(await boxOf(second.row)).toEqual(before);
  await popup.page.mouse.move(1, 1);
  await expect(popup.row(late)).toBeVisible();
  await expect(first.row).toHaveCount(0);
});

test('keyboard alone: find, move, cancel through the button only', async ({
  listed,
  popup,
  sandbox,
}) => {
  const older = await listed('btcturk', { ageMs: 60_000 });
  const newer = await listed('btcturk', { ageMs: 1000 });
  const { keyboard } = popup.page;
  await popup.page.getByRole('searchbox', { name: 'Find order' }).focus();
  await keyboard.press('ArrowDown');
  await expect(newer.row).toBeFocused();
  await keyboard.press('Enter');
  await keyboard.press('ArrowDown');
  await expect(older.row).toBeFocused();
  await keyboard.press('ArrowRight');
  await expect(older.button).toBeFocused();
  expect(sandbox.venues.btcturk.requests.of('cancel')).toEqual([]);
  await keyboard.press('Enter');
  await expect(older.row).toContainText('Cancelled');
  // A busy machine may see it first once the venue has taken it.
  await expect(popup.page.getByRole('log')).toHaveText(
    /^[^:]+: (?:Cancelling|Accepted, confirming)[^:]+: Cancelled$/,
  );
  expect(sandbox.venues.btcturk.book.find(newer.id)?.status).toBe('open');
  // Locked, the page holds nothing of it.
  await popup.page.getByRole('button', { name: 'Lock now' }).click();
  await expect(popup.page.getByRole('log')).toBeEmpty();
});

test('find narrows the list by id, client order id, symbol and account', async ({
  listed,
  popup,
}) => {
  const lira = await listed('btcturk', { clientOrderId: 'grid-7' });
  const reais = await listed('ripio');
  const find = popup.page.getByRole('searchbox', { name: 'Find order' });
  for (const text of [lira.id.slice(2), 'GRID-7', 'btc_try', accountLabels.btcturk]) {
    await find.fill(text);
    await expect(lira.row).toBeVisible();
    await expect(reais.row).toHaveCount(0);
  }
  await find.fill('nothing like it');
  await expect(popup.page.getByText('No such order')).toBeVisible();
});

test('all rows come back with what was typed away, as many, as high and in the same order', async ({
  sandbox,
  popup,
}) => {
  const { book } = sandbox.venues.btcturk;
  const ids = Array.from({ length: 60 }, (_, index) => {
    const other = index % 2 === 0 ? { symbol: 'ETH_TRY' } : {};
    return book.place({ ...orderFor('btcturk'), ...other, ageMs: 60_000 + index * 1000 }).id;
  });
  const rows = popup.page.getByRole('list', { name: 'Open orders' }).getByRole('listitem');
  const list = popup.page.locator('.orders');
  const find = popup.page.getByRole('searchbox', { name: 'Find order' });
  await popup.page.getByRole('button', { name: 'Refresh' }).click();
  await expect(rows).toContainText(ids);
  const height = await list.evaluate((element) => element.scrollHeight);
  const [odd, even] = [0, 1].map((rest) => ids.filter((_, index) => index % 2 === rest));
  for (const [text, found] of [
    ['ethtry', odd],
    ['btctry', even],
    ['', ids],
  ] as const) {
    await find.fill(text);
    await expect(rows).toContainText(found ?? []);
  }
  await expect.poll(() => list.evaluate((element) => element.scrollHeight)).toBe(height);
});

test('cancel by id: order id, client order id, and what cannot be', async ({ sandbox, popup }) => {
  const { btcturk, ripio } = sandbox.venues;
  const outcome = popup.page.locator('details').getByRole('status');

  const byId = ripio.book.place(orderFor('ripio'));
  await popup.cancelById(` ${byId.id} `, 'Order id', accountLabels.ripio);
  await expect(outcome).toContainText('Cancelled');
  expect(ripio.book.find(byId.id)?.status).toBe('cancelled');

  // Once it is listed it is cancelled by the venue's own id.
  ripio.sockets.faults.add({ kind: 'lost' }, { times: 'always' });
  ripio.faults.hold('open-orders');
  const byClientId = ripio.book.place({ ...orderFor('ripio'), clientOrderId: 'mine-1' });
  await popup.cancelById('mine-1', 'Client order id', accountLabels.ripio);
  await expect.poll(() => ripio.book.find(byClientId.id)?.status).toBe('cancelled');
  expect(ripio.requests.of('cancel').at(-1)?.path).toContain('by-external-id');
  ripio.faults.release();

  const lookedUp = btcturk.book.place({ ...orderFor('btcturk'), clientOrderId: 'mine-2' });
  await popup.cancelById('mine-2', 'Client order id', accountLabels.btcturk);
  await expect.poll(() => btcturk.book.find(lookedUp.id)?.status).toBe('cancelled');

  await popup.cancelById('99999999999', 'Order id', accountLabels.btcturk);
  await expect(outcome).toContainText('Not found');
  await popup.cancelById('never-given', 'Client order id', accountLabels.btcturk);
  await expect(outcome).toContainText('Not found');
  await popup.cancelById('never-given', 'Client order id', accountLabels.ripio);
  await expect(outcome).toContainText('Not found');

  for (let i = 0; i < 2; i++)
    btcturk.book.place({ ...orderFor('btcturk'), clientOrderId: 'twins' });
  await popup.cancelById('twins', 'Client order id', accountLabels.btcturk);
  await expect(
    popup.page.getByText(/2 open orders bear this client order id/).first(),
  ).toBeVisible();
  expect(btcturk.book.open().filter(({ clientOrderId }) => clientOrderId === 'twins')).toHaveLength(
    2,
  );
});

test('an id beyond 2^53 is cancelled to the last digit', async ({ sandbox, listed }) => {
  const neighbour = sandbox.venues.btcturk.book.place({
    ...orderFor('btcturk'),
    id: '9007199254740992',
  });
  const { id, row, button } = await listed('btcturk', { id: '9007199254740993' });
  await button.click();
  await expect(row).toContainText('Cancelled');
  expect(sandbox.venues.btcturk.book.find(id)?.status).toBe('cancelled');
  expect(sandbox.venues.btcturk.book.find(neighbour.id)?.status).toBe('open');
});

test('a 429 to a read is obeyed, and does not hold a cancel back', async ({
  sandbox,
  listed,
  popup,
}) => {
  const { faults, requests } = sandbox.venues.btcturk;
  const { row, button } = await listed('btcturk');
  faults.add('open-orders', { kind: 'rate-limit', seconds: 200 });
  await popup.page.getByRole('button', { name: 'Refresh' }).click();
  await expect(popup.page.getByText(/asks to wait/).first()).toBeVisible();
  const reads = requests.of('open-orders').length;
  await popup.page.getByRole('button', { name: 'Refresh' }).click();
  await button.click();
  await expect.poll(() => requests.of('cancel').length).toBe(1);
  await expect(row).toContainText('Accepted, confirming');
  expect(requests.of('open-orders').length).toBe(reads);
});

test.describe('with a venue that has no limit', () => {
  test.use({ accounts: ['ripio', 'habit-trade'] });

  test('history shows 50 at a time, newest first, with times and the venue’s words', async ({
    sandbox,
    listed,
    popup,
  }) => {
    const { id, row, button } = await listed('ripio');
    await button.click();
    await expect(row).toContainText('Cancelled');
    const accounts = popup.page.getByRole('combobox', { name: 'Account' });
    await popup.cancelById('missing-0', 'Client order id', accountLabels['habit-trade']);
    const accountId = await accounts.inputValue();
    // Fifty more, through the same messages that the form sends.
    await popup.page.evaluate(async (account) => {
      for (let i = 1; i <= 50; i++) {
        const wish = {
          kind: 'cancel',
          accountId: account,
          idKind: 'client-order-id',
          id: `missing-${i}`,
        };
        await chrome.runtime.sendMessage(wish);
      }
    }, accountId);
    await expect
      .poll(
        () =>
          sandbox.venues['habit-trade'].requests
            .of('cancel')
            .filter((each) => each.outcome === 'answered').length,
      )
      .toBe(51);
    const history = await popup.showHistory();
    const items = history.getByRole('listitem');
    await expect(items).toHaveCount(50);
    await expect(items.first()).toContainText('missing-50');
    await expect(items.first()).toContainText('Not found');
    await popup.page.getByRole('button', { name: /more/i }).click();
    await expect(items).toHaveCount(52);
    await expect(items.last()).toContainText(id);
    await expect(items.last()).toContainText('Cancelled');
    await expect(items.last()).toContainText('canceled');
  });
});

test(
  'no accessibility fault that axe knows, in either form of the rows; the form is remembered',
  { tag: '@firefox' },
  async ({ options, popup, listed }) => {
    const { row } = await listed('ripio');
    await listed('btcturk');
    await expectAccessible(options.page);
    await expectAccessible(popup.page);
    const compact = popup.page.getByRole('button', { name: 'Compact rows' });
    await expect(compact).toHaveAttribute('aria-pressed', 'false');
    await compact.press('Enter');
    await expect(compact).toHaveAttribute('aria-pressed', 'true');
    await popup.page.reload();
    await expect(compact).toHaveAttribute('aria-pressed', 'true');
    await expect.poll(async () => (await boxOf(row)).height).toBe(27);
    await expectAccessible(popup.page);
  },
);
