import type { Page } from '@playwright/test';
import { frames } from '#tests/e2e/support/press.ts';
import { accountLabels, expect, faultsOf, orderFor, test } from '#tests/e2e/support/test.ts';

/** Ids and symbols as people paste and type them: the field keeps what was typed, and the order that is meant is found. */

/** What stands around an id, or comes into it, on its way out of a chat, a sheet, a log or a PDF file. */
const spoilt: readonly [name: string, spoil: (id: string) => string][] = [
  ['a hash', (id) => `#${id}`],
  ['quotes', (id) => `"${id}"`],
  ['curly quotes', (id) => `“${id}”`],
  ['a leading apostrophe', (id) => `'${id}`],
  ['a trailing comma', (id) => `${id},`],
  ['hidden characters', (id) => `\u200b${id.slice(0, 5)}\u202c${id.slice(5)}\ufeff`],
  ['a mark of byte order in its midst', (id) => `${id.slice(0, 5)}\ufeff${id.slice(5)}`],
];
const spoiltDigits: typeof spoilt = [
  ...spoilt,
  ['thousands separators', (id) => Number(id).toLocaleString('en-US')],
  ['full-width digits', (id) => id.replace(/\d/g, (digit) => '０１２３４５６７８９'[+digit] ?? '')],
];
const spoiltUuid: typeof spoilt = [
  ...spoilt,
  ['odd hyphens', (id) => id.replaceAll('-', '\u2011')],
  ['a line break', (id) => `${id.slice(0, 9)} ${id.slice(9)}`],
];

const outcomeOf = (page: Page) => page.locator('details').getByRole('status');

test('“Find order” and the history’s search find it, and the field keeps what was typed', async ({
  listed,
  popup,
}) => {
  const { page } = popup;
  const lira = await listed('btcturk', { id: '26947521557' });
  const reais = await listed('ripio');
  for (const [name, spoil] of spoiltDigits) {
    await test.step(name, async () => {
      await popup.find.fill(spoil(lira.id));
      await expect(reais.row).toHaveCount(0);
      await expect(lira.row).toBeVisible();
      await expect(popup.find).toHaveValue(spoil(lira.id));
    });
  }
  for (const [name, spoil] of spoiltUuid) {
    await test.step(name, async () => {
      await popup.find.fill(spoil(reais.id));
      await expect(lira.row).toHaveCount(0);
      await expect(reais.row).toBeVisible();
    });
  }
  await popup.find.fill('');
  await lira.button.click();
  await expect(lira.row).toContainText('Cancelled');
  await reais.button.click();
  await expect(reais.row).toContainText('Cancelled');
  const history = await popup.showHistory();
  const search = page.getByRole('searchbox', { name: 'Find in history' });
  for (const [name, spoil] of spoiltDigits) {
    await test.step(`history: ${name}`, async () => {
      await search.fill('');
      await expect(history.getByRole('listitem')).toHaveCount(2);
      await search.fill(spoil(lira.id));
      await expect(history.getByRole('listitem')).toHaveCount(1);
      await expect(history.getByRole('listitem')).toContainText(lira.id);
      await expect(search).toHaveValue(spoil(lira.id));
    });
  }
});

test('“Cancel by id” cancels it, listed or not, and the field keeps what was typed', async ({
  sandbox,
  listed,
  popup,
}) => {
  const { btcturk, ripio } = sandbox.venues;
  const field = popup.page.getByLabel('Order id', { exact: true });
  let digits = 26_947_521_100;
  for (const [name, spoil] of spoiltDigits) {
    await test.step(name, async () => {
      const { id } = await listed('btcturk', { id: String(digits++) });
      await popup.cancelById(spoil(id), 'Order id', accountLabels.btcturk);
      await expect.poll(() => btcturk.book.find(id)?.status).toBe('cancelled');
      await expect(outcomeOf(popup.page)).toContainText(`${id} Cancelled`);
      await expect(field).toHaveValue(spoil(id));
    });
  }
  for (const [name, spoil] of spoiltUuid) {
    await test.step(`not listed: ${name}`, async () => {
      const { id } = ripio.book.place(orderFor('ripio'));
      await popup.cancelById(spoil(id), 'Order id', accountLabels.ripio);
      await expect.poll(() => ripio.book.find(id)?.status).toBe('cancelled');
    });
  }
  await popup.cancelById('#', 'Order id', accountLabels.ripio);
  await expect(popup.page.getByText('Paste the id of the order first.')).toBeVisible();
});

test('an order that bears an id exactly as it was typed is the one that is meant', async ({
  sandbox,
  listed,
  popup,
}) => {
  const { book } = sandbox.venues.ripio;
  const plain = await listed('ripio', { clientOrderId: 'grid-7' });
  const signed = await listed('ripio', { clientOrderId: '#grid-7' });
  await popup.cancelById('#grid-7', 'Client order id', accountLabels.ripio);
  await expect.poll(() => book.find(signed.id)?.status).toBe('cancelled');
  await expect(outcomeOf(popup.page)).toContainText('Cancelled');
  expect(book.find(plain.id)?.status).toBe('open');
});

test.describe('venues that find an order by id and symbol', () => {
  test.use({ accounts: ['ztdx', 'ox-fun'] });

  const symbols = {
    ztdx: ['btcusdt', 'BTC/USDT', 'btc_usdt', '"BTC-USDT",', 'BTC\u200bUSDT', 'BTC/USDT:USDT'],
    'ox-fun': ['btc-usd-swap-lin', 'BTC/USD', 'btcusd', 'BTC_USD_SWAP_LIN'],
  } as const;
  for (const venue of ['ztdx', 'ox-fun'] as const) {
    test(`${venue}: a symbol as people type it`, async ({ sandbox, popup }) => {
      const { page } = popup;
      const { book } = sandbox.venues[venue];
      // Each by the symbol that was given, not by one that a list told.
      faultsOf(sandbox, venue).add(
        'open-orders',
        { kind: 'status', status: 503 },
        { times: 'always' },
      );
      await page.getByText('Cancel by id').first().click();
      const accounts = page.getByRole('combobox', { name: 'Account' });
      await accounts.selectOption({ label: accountLabels[venue] });
      const accountId = await accounts.inputValue();
      const ask = (message: object) =>
        page.evaluate((each) => chrome.runtime.sendMessage(each), message);
      for (const symbol of symbols[venue]) {
        await test.step(symbol, async () => {
          const { id } = book.place(orderFor(venue));
          // As the window of a lookup asks, and cancels.
          expect(await ask({ kind: 'ask-order', accountId, id, symbol })).toMatchObject({
            value: { kind: 'read', reading: { status: 'open' } },
          });
          await ask({ kind: 'cancel', accountId, idKind: 'order-id', id, symbol });
          await expect.poll(() => book.find(id)?.status).toBe('cancelled');
        });
      }
    });
  }

  test('the form keeps the symbol as it was typed', async ({ sandbox, popup }) => {
    const { page } = popup;
    const { book, faults } = sandbox.venues.ztdx;
    // Of a listed order no symbol is asked for, and the popup reads the list whenever it likes.
    faults.add('open-orders', { kind: 'status', status: 503 }, { times: 'always' });
    const { id } = book.place(orderFor('ztdx'));
    await page.getByText('Cancel by id').first().click();
    await page
      .getByRole('combobox', { name: 'Account' })
      .selectOption({ label: accountLabels.ztdx });
    await page.getByLabel('Order id', { exact: true }).fill(`#${id}`);
    const symbol = page.getByLabel('Symbol', { exact: true });
    await symbol.fill('btc/usdt');
    await page.getByRole('button', { name: 'Cancel by id', exact: true }).click();
    await expect(outcomeOf(page)).toContainText('Cancelled');
    expect(book.find(id)?.status).toBe('cancelled');
  });

  test('of a listed order the symbol is not asked for, however its id is typed', async ({
    listed,
    popup,
  }) => {
    const { page } = popup;
    const { id } = await listed('ztdx');
    await page.getByText('Cancel by id').first().click();
    await page
      .getByRole('combobox', { name: 'Account' })
      .selectOption({ label: accountLabels.ztdx });
    const symbol = page.getByLabel('Symbol', { exact: true });
    await expect(symbol).toBeVisible();
    await page.getByLabel('Order id', { exact: true }).fill(`"#${id}",`);
    await expect(symbol).toBeHidden();
  });
});

test('an API secret that was broken on its way is told on Save, and no field is lost', async ({
  options,
  sandbox,
}) => {
  await options.createVault();
  const access = sandbox.list.find(({ venue }) => venue === 'ripio');
  if (!access) throw new Error('no ripio');
  const secret = `${access.secret.slice(0, 4)}\u200b${access.secret.slice(4)}`;
  await options.fillAccount({ ...access, venueName: 'Ripio Trade', label: 'Mine', secret });
  await options.save();
  await expect(options.page.getByRole('alert')).toContainText('The API secret holds spaces');
  await expect(options.field('API secret')).toBeFocused();
  await expect(options.field('API secret')).toHaveValue(secret);
  await expect(options.field('API key')).toHaveValue(access.key);
  await options.field('API secret').fill(access.secret);
  await options.save();
  await expect(options.account('Mine')).toContainText('Works');
});

test('keys that an input method has are its own', async ({ listed, popup }) => {
  const { page } = popup;
  const { row } = await listed('ripio');
  await popup.find.focus();
  const keyboard = await page.context().newCDPSession(page);
  const compose = () =>
    keyboard.send('Input.imeSetComposition', { text: 'びて', selectionStart: 2, selectionEnd: 2 });
  await compose();
  await expect(popup.find).toHaveValue('びて');
  for (const key of ['ArrowDown', 'Escape', 'Enter']) {
    await page.keyboard.press(key);
    await expect(popup.find).toBeFocused();
    await compose();
    await expect(popup.find).toHaveValue('びて');
  }
  await keyboard.send('Input.insertText', { text: '美' });
  await expect(popup.find).toHaveValue('美');
  // It has been chosen: the keys are the page’s again.
  await page.keyboard.press('Escape');
  await expect(row).toBeVisible();
  await frames(page);
  await page.keyboard.press('ArrowDown');
  await expect(row).toBeFocused();
});
