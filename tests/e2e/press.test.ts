import type { Locator, Page } from '@playwright/test';
import type { AccountId } from '#lib/domain/account.ts';
import type { LookupId } from '#lib/domain/lookup.ts';
import { emptyView } from '#lib/protocol/view.ts';
import { foundOf, lookupOf } from '#tests/unit/page/lookup/lookup-world.ts';
import { accountOf } from '#tests/unit/support/view-world.ts';
import { test as ownTest } from '#tests/e2e/support/own-browser.ts';
import { frames, Press } from '#tests/e2e/support/press.ts';
import { isWritten, writeView } from '#tests/e2e/support/written-view.ts';
import { accountLabels, addAccount, expect, orderFor, test } from '#tests/e2e/support/test.ts';

/**
 * Between press and release everything is made to be shown anew. The click must land on what was pressed: the very
 * element, and what was written on it.
 */

const ask = (page: Page, message: object): Promise<unknown> =>
  page.evaluate((each) => chrome.runtime.sendMessage(each), message);

const labelOf = async (target: Locator): Promise<string> =>
  (await target.getAttribute('aria-label')) ?? (await target.innerText());

for (const by of ['mouse', 'touch'] as const) {
  test(`a row’s button, by ${by}: orders come and go, another cancel ends, “Cancel all” begins`, async ({
    sandbox,
    listed,
    popup,
  }) => {
    const { page } = popup;
    const { ripio, btcturk } = sandbox.venues;
    const { id: gone } = await listed('ripio', { ageMs: 1000 });
    const other = await listed('ripio', { ageMs: 2000 });
    for (let age = 3; age < 12; age++)
      ripio.book.place({ ...orderFor('ripio'), ageMs: age * 1000 });
    await listed('btcturk');
    const held = ripio.faults.hold('cancel', { orderId: other.id });
    await other.button.click();
    await held.arrived;
    await page.mouse.move(1, 1);
    // As far down as can be pressed: whatever comes to stand below the list would lie over it.
    const buttons = popup.orders.getByRole('button', { name: /^Cancel order/ });
    const index = await buttons.evaluateAll((all) => {
      const { bottom } = document.querySelector('.scroll')?.getBoundingClientRect() ?? {
        bottom: 0,
      };
      return all.findLastIndex((each) => each.getBoundingClientRect().bottom < bottom);
    });
    const target = buttons.nth(index);
    const label = await labelOf(target);
    const id = label.replace('Cancel order ', '');

    const press = await Press[by](target);
    ripio.book.cancel(gone);
    const { id: late } = ripio.book.place(orderFor('ripio'));
    await ask(page, { kind: 'refresh', byUser: true });
    await press.told(late);
    held.release();
    await press.told('\\"cancelled\\"');
    await ask(page, { kind: 'cancel-all', filter: { symbol: 'BTCTRY' }, withProtective: false });
    await press.told('view.sweeps');
    expect(await press.release()).toEqual([{ same: true, label }]);

    const book = id.includes('-') ? ripio.book : btcturk.book;
    await expect.poll(() => book.find(id)?.status).toBe('cancelled');
    // What was kept back is shown.
    await page.mouse.move(1, 1);
    await expect(popup.row(late)).toBeVisible();
    await expect(popup.sweep).toBeVisible();
  });
}

ownTest(
  'a row’s button, by touch: the row above it leaves for good',
  async ({ sandbox, listed, popup }) => {
    const { page } = popup;
    await page.clock.install();
    await page.reload();
    const below = await listed('ripio', { ageMs: 20_000 });
    const above = await listed('ripio', { ageMs: 1000 });
    await above.button.click();
    await page.mouse.move(1, 1);
    await expect(above.row).toContainText('Cancelled');
    const press = await Press.touch(below.button);
    await page.clock.fastForward(5000);
    await frames(page);
    expect(await press.release()).toEqual([{ same: true, label: `Cancel order ${below.id}` }]);
    await expect.poll(() => sandbox.venues.ripio.book.find(below.id)?.status).toBe('cancelled');
    await expect(above.row).toHaveCount(0);
  },
);

ownTest(
  'the focus that a press brings is not rendered beside the click, and the keyboard goes on from there',
  async ({ listed, popup }) => {
    const { page } = popup;
    await page.clock.install();
    await page.reload();
    const first = await listed('ripio', { ageMs: 1000 });
    const pressed = await listed('ripio', { ageMs: 20_000 });
    await page.clock.pauseAt(Date.now() + 60_000);
    await pressed.row.click();
    await expect(pressed.row).toBeFocused();
    await expect(first.row).toHaveAttribute('tabindex', '0');
    await page.clock.fastForward(500);
    await expect(pressed.row).toHaveAttribute('tabindex', '0');
    await expect(first.row).toHaveAttribute('tabindex', '-1');
  },
);

ownTest(
  'a row’s button, by touch: the list is narrowed by time',
  async ({ sandbox, listed, popup }) => {
    const { page } = popup;
    await page.clock.install();
    await page.reload();
    const older = await listed('ripio', { ageMs: 600_000 });
    const younger = await listed('ripio', { ageMs: 30_000 });
    await popup.narrow('Older than', 'Older than 1 minute');
    await expect(younger.row).toHaveCount(0);
    const placedAt = sandbox.venues.ripio.book.find(younger.id)?.createdAt ?? 0;
    await page.clock.pauseAt(placedAt + 57_000);
    const press = await Press.touch(older.button);
    await page.clock.fastForward(5000);
    await page.clock.resume();
    await frames(page);
    expect(await press.release()).toEqual([{ same: true, label: `Cancel order ${older.id}` }]);
    await expect.poll(() => sandbox.venues.ripio.book.find(older.id)?.status).toBe('cancelled');
    await expect(younger.row).toBeVisible();
  },
);

test('the button of the selection: one of its orders ends meanwhile', async ({
  sandbox,
  listed,
  popup,
}) => {
  const { page } = popup;
  const { ripio } = sandbox.venues;
  const [first, second] = [await listed('ripio'), await listed('ripio')];
  for (const { id } of [first, second]) {
    await page.getByRole('checkbox', { name: `Select order ${id}` }).click();
  }
  ripio.book.cancel(first.id);
  const press = await Press.mouse(page.getByRole('button', { name: 'Cancel 2 selected' }));
  await ask(page, { kind: 'refresh', byUser: true });
  await press.told('view.orders');
  expect(await press.release()).toEqual([{ same: true, label: 'Cancel 2 selected' }]);
  await expect.poll(() => ripio.book.find(second.id)?.status).toBe('cancelled');
  expect(ripio.requests.of('cancel')).toHaveLength(1);
});

test.describe('with one account', () => {
  test.use({ accounts: ['ripio'] });

  test('“Stop” stays what it is though there is nothing left to stop', async ({
    sandbox,
    listed,
    popup,
  }) => {
    const { ripio } = sandbox.venues;
    await listed('ripio');
    const held = ripio.faults.hold('cancel');
    const dialog = await popup.openCancelAll();
    await dialog.start.click();
    await held.arrived;
    const press = await Press.mouse(popup.stopButton);
    held.release();
    await press.told('\\"phase\\":\\"empty\\"');
    expect(await press.release()).toEqual([{ same: true, label: 'Stop' }]);
    // Its end is still to be read.
    await expect(popup.closeButton).toBeVisible();
  });
});

test('the dialog’s button: there is more to cancel meanwhile', async ({
  sandbox,
  listed,
  popup,
}) => {
  const { ripio, btcturk } = sandbox.venues;
  await listed('ripio');
  const { start } = await popup.openCancelAll();
  const press = await Press.mouse(start);
  const { id } = btcturk.book.place(orderFor('btcturk'));
  await ask(popup.page, { kind: 'refresh', byUser: true });
  await press.told(id);
  expect(await press.release()).toEqual([{ same: true, label: 'Cancel 1 order' }]);
  await expect.poll(() => [...ripio.book.open(), ...btcturk.book.open()]).toEqual([]);
});

test('forms: accounts are saved and removed, settings change, while a button is pressed', async ({
  extension,
  options,
  sandbox,
}) => {
  const { page } = options;
  await options.createVault();
  await addAccount(options, sandbox, 'ripio');
  await addAccount(options, sandbox, 'ztdx');
  const other = await extension.open('options.html');
  const [btcturk, habit] = ['btcturk', 'habit-trade'].map((venue) =>
    sandbox.list.find((each) => each.venue === venue),
  );
  if (!btcturk || !habit) throw new Error('no venue');
  const saveElsewhere = (access: typeof btcturk, label: string) =>
    ask(other, {
      kind: 'save-account',
      venue: access.venue,
      environment: 'sandbox',
      sandboxUrl: access.url,
      label,
      apiKey: access.key,
      apiSecret: access.secret,
    });
  await options.fillAccount({ ...btcturk, venueName: 'BtcTurk', label: 'Mine' });

  await page.bringToFront();
  const save = page.getByRole('button', { name: 'Save account' });
  await save.scrollIntoViewIfNeeded();
  const saving = await Press.mouse(save);
  await saveElsewhere(habit, 'Elsewhere');
  await saving.told('Elsewhere');
  await ask(other, { kind: 'change-settings', autoLock: 60 });
  await saving.told('view.settings');
  expect(await saving.release()).toEqual([{ same: true, label: 'Save account' }]);
  await expect(options.account('Mine')).toContainText('Works');
  await expect(options.account('Elsewhere')).toBeVisible();

  const remove = page.getByRole('button', { name: 'Remove Mine' });
  const removing = await Press.mouse(remove);
  const id = await page.evaluate(async () => {
    const { 'view.accounts': text } = await chrome.storage.session.get('view.accounts');
    const accounts = JSON.parse(text as string) as { id: string; venue: string }[];
    return accounts.find(({ venue }) => venue === 'ripio')?.id;
  });
  await ask(other, { kind: 'remove-account', accountId: id });
  await removing.told('view.accounts');
  expect(await removing.release()).toEqual([{ same: true, label: 'Remove Mine' }]);
  await expect(options.account('Mine')).toHaveCount(0);
  await expect(options.account(accountLabels.ripio)).toHaveCount(0);
  await expect(options.account(accountLabels.ztdx)).toBeVisible();
});

test('history: what was sought is found while “Show all of it” is pressed', async ({
  listed,
  popup,
}) => {
  const { page } = popup;
  const { row } = await listed('ripio');
  const accountId = (await row.getAttribute('data-key'))?.split(' ')[0];
  await popup.showHistory();
  await page.getByRole('searchbox', { name: 'Find in history' }).fill('missing-1');
  await page.evaluate(() => {
    const send = chrome.runtime.sendMessage.bind(chrome.runtime);
    chrome.runtime.sendMessage = (async (message: { kind: string }) => {
      const reply: unknown = await send(message);
      const isNews = message.kind === 'history' && JSON.stringify(reply).includes('missing-1');
      if (isNews) Object.assign(globalThis, { hasNews: true });
      return reply;
    }) as never;
  });
  const press = await Press.mouse(page.getByRole('button', { name: 'Show all of it' }));
  await ask(page, { kind: 'cancel', accountId, idKind: 'client-order-id', id: 'missing-1' });
  await page.waitForFunction(() => 'hasNews' in globalThis);
  await frames(page);
  expect(await press.release()).toEqual([{ same: true, label: 'Show all of it' }]);
  await expect(page.getByRole('searchbox')).toHaveValue('');
});

test('the lookup’s window: what was asked about is answered, and the vault locks', async ({
  extension,
}) => {
  const id = '00000000-0000-4000-8000-000000000999' as LookupId;
  const order = foundOf('a', '26947521101', '26947521101', {});
  const lookup = lookupOf({ id, orders: [order] });
  await extension.runFirst(() => {
    chrome.runtime.sendMessage = () => Promise.resolve({ ok: true } as never);
  });
  const page = await extension.open('lookup.html');
  // The worker, which has begun, writes no more by itself.
  await expect.poll(() => page.evaluate(isWritten)).toBe(true);
  const { orders: _, cancellations: __, ...parts } = emptyView;
  await writeView(page, {
    ...parts,
    vault: { state: 'unlocked' },
    accounts: [accountOf('a', 'btcturk', 'Turkish lira')],
    lookups: [lookup],
    index: [],
  });
  await page.goto('about:blank');
  await page.goto(`${extension.url('lookup.html')}#${id}`);
  const press = await Press.mouse(page.getByRole('button', { name: 'Cancel 1 order' }));
  const more = { id: '555666777888', accountIds: ['a' as AccountId] };
  await writeView(page, { lookups: [{ ...lookup, orders: [], unknown: [more] }] });
  await press.told('555666777888');
  await writeView(page, { vault: { state: 'locked' } });
  await press.told('locked');
  expect(await press.release()).toEqual([{ same: true, label: 'Cancel 1 order' }]);
  await expect(page.getByText('Pullcord is locked')).toBeVisible();
});
