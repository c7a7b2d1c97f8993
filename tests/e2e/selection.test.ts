import type { Locator } from '@playwright/test';
import { boxOf } from '#tests/e2e/support/box.ts';
import { keepBusy } from '#tests/e2e/support/busy.ts';
import type { PopupPage } from '#tests/e2e/support/pages.ts';
import { accountLabels, expect, test } from '#tests/e2e/support/test.ts';

const box = (row: Locator) => row.getByRole('checkbox');
const bar = ({ page }: PopupPage) => page.getByRole('region', { name: 'Selected orders' });
const button = (popup: PopupPage, name: string) =>
  bar(popup).getByRole('button', { name, exact: true });

/** A place on the row that is neither its button nor an id. */
const place = { position: { x: 230, y: 16 } };

test('a click selects, Shift takes the range, and all go with one click on two accounts', async ({
  popup,
  listed,
  sandbox,
}) => {
  // As they are shown: the newest of each account first.
  const lira = [
    await listed('btcturk', { ageMs: 3000 }),
    await listed('btcturk', { ageMs: 60_000 }),
    await listed('btcturk', { ageMs: 120_000 }),
  ] as const;
  const reais = [
    await listed('ripio', { ageMs: 3000 }),
    await listed('ripio', { ageMs: 60_000 }),
  ] as const;

  await lira[1].row.click(place);
  await expect(box(lira[1].row)).toBeChecked();
  await expect(bar(popup)).toContainText('1 selected');
  await lira[1].row.click(place);
  await expect(box(lira[1].row)).not.toBeChecked();
  await expect(bar(popup)).toHaveCount(0);

  await lira[1].row.click(place);
  await reais[0].row.click({ ...place, modifiers: ['Shift'] });
  await box(lira[0].row).click();
  await box(lira[0].row).click();
  await expect(bar(popup)).toContainText('3 selected');
  for (const { row } of [lira[1], lira[2], reais[0]]) await expect(box(row)).toBeChecked();
  expect(await popup.page.evaluate(() => getSelection()?.toString())).toBe('');

  await button(popup, 'Cancel 3 selected').click();
  for (const { row } of [lira[1], lira[2], reais[0]]) await expect(row).toContainText('Cancelled');
  await expect(bar(popup)).toHaveCount(0);
  const standing = (venue: 'btcturk' | 'ripio', orders: readonly { id: string }[]) =>
    orders.map(({ id }) => sandbox.venues[venue].book.find(id)?.status);
  expect(standing('btcturk', lira)).toEqual(['open', 'cancelled', 'cancelled']);
  expect(standing('ripio', reais)).toEqual(['cancelled', 'open']);
});

test('"Select all shown" takes what Find left, but no protective order, and says so', async ({
  popup,
  listed,
  sandbox,
}) => {
  const stop = await listed('btcturk', { method: 'stop-limit', stopPrice: '4200000' });
  const lira = await listed('btcturk');
  const reais = await listed('ripio');
  await reais.row.click(place);
  await popup.page.getByRole('searchbox', { name: 'Find order' }).fill(accountLabels.btcturk);
  await expect(bar(popup)).toHaveCount(0);
  await lira.row.click(place);
  await expect(bar(popup)).toContainText('1 protective order left out');
  await popup.page.getByRole('searchbox', { name: 'Find order' }).fill('');
  await button(popup, 'Select all shown').click();
  await expect(bar(popup)).toContainText('2 selected');
  await expect(bar(popup)).toContainText('1 protective order left out');
  await expect(box(stop.row)).not.toBeChecked();

  // By name it can be selected, and the bar tells.
  await stop.row.click(place);
  await expect(bar(popup)).toContainText('1 protective');
  await stop.row.click(place);
  await button(popup, 'Cancel 2 selected').click();
  await expect(lira.row).toContainText('Cancelled');
  await expect(reais.row).toContainText('Cancelled');
  expect(sandbox.venues.btcturk.book.find(stop.id)?.status).toBe('open');
});

test('keyboard: Space, Shift with arrows, Ctrl+A, Escape', async ({ popup, listed }) => {
  const third = await listed('btcturk', { ageMs: 120_000 });
  const second = await listed('btcturk', { ageMs: 60_000 });
  const first = await listed('btcturk', { ageMs: 3000 });
  const { keyboard } = popup.page;
  const find = popup.page.getByRole('searchbox', { name: 'Find order' });
  const expectChecked = async (...expected: boolean[]) => {
    for (const [index, { row }] of [first, second, third].entries())
      await expect(box(row)).toBeChecked({ checked: expected[index] ?? false });
  };
  await find.focus();
  await keyboard.press('Control+A');
  await expectChecked(false, false, false);
  await keyboard.press('ArrowDown');
  await keyboard.press('Space');
  await expectChecked(true, false, false);
  await keyboard.press('Space');
  await expectChecked(false, false, false);
  await keyboard.press('Shift+ArrowDown');
  await expectChecked(true, true, false);
  await keyboard.press('Shift+ArrowDown');
  await expect(third.row).toBeFocused();
  await expectChecked(true, true, true);
  await keyboard.press('Shift+ArrowUp');
  await expect(second.row).toBeFocused();
  await expectChecked(true, true, false);
  await keyboard.press('Escape');
  await expectChecked(false, false, false);
  await expect(second.row).toBeFocused();
  await keyboard.press('Control+A');
  await expectChecked(true, true, true);
  // From the bar too: it goes, and the focus is back in the list.
  await button(popup, 'Clear').focus();
  await keyboard.press('Escape');
  await expectChecked(false, false, false);
  await expect(second.row).toBeFocused();
  await keyboard.press('Escape');
  await expect(find).toBeFocused();
});

test('no row moves when the bar comes and goes, and a double click does not go through it', async ({
  popup,
  listed,
}) => {
  const { page } = popup;
  await page.setViewportSize({ width: 400, height: 560 });
  for (let i = 0; i < 8; i++) await listed('ripio', { ageMs: 1000 * (i + 1) });
  const rows = popup.orders.getByRole('listitem');
  const last = rows.last();
  await last.scrollIntoViewIfNeeded();
  await last.hover(place);
  const placesOf = () => rows.evaluateAll((all) => all.map((row) => row.getBoundingClientRect().y));
  const before = await placesOf();
  await last.click(place);
  await expect(bar(popup)).toBeVisible();
  expect(await placesOf()).toEqual(before);
  const end = await boxOf(last);
  const shown = await boxOf(bar(popup));
  expect(end.y + end.height).toBeLessThanOrEqual(shown.y + 1);
  await last.click(place);
  await expect(bar(popup)).toHaveCount(0);
  expect(await placesOf()).toEqual(before);

  await last.click(place);
  await button(popup, 'Clear').dblclick();
  await expect(bar(popup)).toHaveCount(0);
  await expect(page.getByLabel('Order id', { exact: true })).toBeHidden();
  await page.getByText('Cancel by id').first().click();
  await expect(page.getByLabel('Order id', { exact: true })).toBeVisible();
});

test('the id can be marked as text, and the row’s own button cancels that row alone', async ({
  popup,
  listed,
  sandbox,
}) => {
  const marked = await listed('ripio', { ageMs: 60_000 });
  const other = await listed('ripio');
  await marked.row.getByText(marked.id).dblclick();
  expect(await popup.page.evaluate(() => getSelection()?.toString())).not.toBe('');
  // Dragging over the row's words marks them; the click that ends it selects no row.
  const { x, y } = await boxOf(marked.row);
  await popup.page.mouse.move(x + 80, y + 16);
  await popup.page.mouse.down();
  await popup.page.mouse.move(x + 180, y + 34, { steps: 4 });
  await popup.page.mouse.up();
  expect(await popup.page.evaluate(() => getSelection()?.toString())).not.toBe('');
  await expect(box(marked.row)).not.toBeChecked();

  await marked.row.click(place);
  await other.row.click(place);
  await expect(bar(popup)).toContainText('2 selected');
  await other.button.click();
  // What leaves drops out.
  await expect(bar(popup)).toContainText('1 selected');
  await expect(other.row).toContainText('Cancelled');
  expect(sandbox.venues.ripio.book.find(marked.id)?.status).toBe('open');
});

test('what cannot be asked stays selected, and the bar says why', async ({
  extension,
  popup,
  listed,
}) => {
  const first = await listed('ripio');
  const second = await listed('btcturk');
  await first.row.click(place);
  await second.row.click(place);
  const worker = await extension.worker();
  const busy = keepBusy(worker);
  await button(popup, 'Cancel 2 selected').click();
  await expect(first.row).toContainText('Cancelling');
  await expect(bar(popup).getByRole('alert')).toBeVisible();
  await expect(bar(popup)).toContainText('2 selected');
  await busy;
  // The worker took the wish all the same: then that counts.
  await expect(first.row).toContainText('Cancelled');
  await expect(second.row).toContainText('Cancelled');
  await expect(bar(popup)).toHaveCount(0);
});

test('cancel by id asks for the symbol where the venue needs it and no open order tells it', async ({
  popup,
  options,
  sandbox,
}) => {
  const { page } = popup;
  const access = sandbox.list.find(({ venue }) => venue === 'ztdx');
  if (!access) throw new Error('the sandbox has no ZTDX');
  await options.fillAccount({ ...access, venueName: 'ZTDX', label: 'Perpetuals' });
  await options.save();
  await options.account('Perpetuals').waitFor();
  const symbol = page.getByLabel('Symbol', { exact: true });
  await page.getByText('Cancel by id').first().click();
  await expect(symbol).toBeHidden();
  await page.getByRole('combobox', { name: 'Account' }).selectOption({ label: 'Perpetuals' });
  await expect(symbol).toBeVisible();
  const { book } = sandbox.venues.ztdx;
  const listed = book.place({ symbol: 'SOLUSDT', side: 'buy', price: '120', quantity: '2' });
  await page.getByRole('button', { name: 'Refresh' }).click();
  await popup.row(listed.id).waitFor();
  await page.getByLabel('Order id', { exact: true }).fill(listed.id);
  await expect(symbol).toBeHidden();

  const unseen = book.place({ symbol: 'BTCUSDT', side: 'buy', price: '60000', quantity: '0.5' });
  await page.getByLabel('Order id', { exact: true }).fill(unseen.id);
  await symbol.fill('BTCUSDT');
  await page.getByRole('button', { name: 'Cancel by id', exact: true }).click();
  await expect(page.locator('details').getByRole('status')).toContainText('Cancelled');
  expect(book.find(unseen.id)?.status).toBe('cancelled');
  expect(book.find(listed.id)?.status).toBe('open');
});
