import { generateKeyPairSync } from 'node:crypto';
import { expectRisingNonces } from '#tests/e2e/support/nonces.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import {
  accountLabels,
  expect,
  faultsOf,
  orderFor,
  takeSocketsAway,
  test,
} from '#tests/e2e/support/test.ts';

/** What is particular to one venue. */

const privateForm = { type: 'pkcs8', format: 'pem' } as const;
const publicForm = { type: 'spki', format: 'pem' } as const;

test.describe('ztdx', () => {
  test.use({ accounts: ['ztdx'] });

  test('trigger orders that go with their parent are recorded as cancelled with it', async ({
    sandbox,
    listed,
    popup,
  }) => {
    const { book, requests } = sandbox.venues.ztdx;
    const parent = await listed('ztdx');
    const attached = await listed('ztdx', {
      side: 'sell',
      method: 'take-profit-market',
      stopPrice: '80000',
      reduceOnly: true,
      parentId: parent.id,
    });
    const free = await listed('ztdx', { side: 'sell', method: 'stop-market', stopPrice: '60000' });
    await expect(parent.row).toContainText(/TP\/SL/);
    await parent.button.click();
    await expect(parent.row).toContainText('Cancelled');
    await expect(attached.row).toContainText('Cancelled');
    expect(book.find(attached.id)?.status).toBe('cancelled');
    expect(book.find(free.id)?.status).toBe('open');
    await expect(free.button).toBeVisible();
    expect(requests.of('cancel')).toHaveLength(1);

    const history = await popup.showHistory();
    await expect(history.getByRole('listitem')).toHaveCount(2);
    await expect(history.getByRole('listitem').filter({ hasText: attached.id })).toContainText(
      `cancelled with its parent order ${parent.id}`,
    );
  });

  for (const together of ['cancel all', 'selected'] as const) {
    test(`${together}: each order has one entry, and no parent that is none`, async ({
      sandbox,
      listed,
      popup,
    }) => {
      const parent = await listed('ztdx');
      const stop = { side: 'sell', method: 'stop-market', stopPrice: '60000' };
      const attached = await listed('ztdx', { ...stop, reduceOnly: true, parentId: parent.id });
      const free = await listed('ztdx', stop);
      const all = [parent, attached, free];
      if (together === 'cancel all') {
        const dialog = await popup.openCancelAll();
        await dialog.protective.check();
        await dialog.start.click();
        await popup.closeButton.waitFor();
      } else {
        for (const { row } of all) await row.getByRole('checkbox').click();
        await popup.page.getByRole('button', { name: 'Cancel 3 selected' }).click();
        for (const { row } of all) await expect(row).toHaveCount(0);
      }
      const history = await popup.showHistory();
      for (const { id } of all) {
        const entry = history.getByRole('listitem').filter({ hasText: id });
        await expect(entry).toHaveCount(1);
        await expect(entry).toContainText('Cancelled');
        expect(sandbox.venues.ztdx.book.find(id)?.status).toBe('cancelled');
      }
      await expect(history.getByRole('listitem')).toHaveCount(3);
      await expect(history).not.toContainText('parent');
    });
  }

  test('survives whatever its documents leave open', async ({ sandbox, listed }) => {
    const { book, settings } = sandbox.venues.ztdx;
    const asDocumented = { ...settings };
    const odd = [
      { idForm: 'uuid' },
      { statusSpelling: 'cancelled' },
      { errorShape: 'code-error' },
      { triggerErrors: 'same' },
    ] as const;
    const rows = odd.map((each) => ({ name: JSON.stringify(each), each }));
    await eachRow(rows, async ({ each }) => {
      Object.assign(settings, asDocumented, each);
      const first = await listed('ztdx');
      await first.button.click();
      await expect(first.row).toContainText(/(?<!Already )Cancelled/);
      const second = await listed('ztdx');
      book.fill(second.id);
      await second.button.click();
      await expect(second.row).toContainText('Already filled');
    });
  });
});

test.describe('binance', () => {
  test.use({ accounts: ['binance'] });

  test('orders of a list go together: said before the click, and recorded', async ({
    sandbox,
    listed,
    popup,
  }) => {
    const { book, requests } = sandbox.venues.binance;
    const sell = { side: 'sell', price: '81900' } as const;
    const free = await listed('binance');
    const leg = await listed('binance', sell);
    const stop = { ...sell, method: 'stop-limit', stopPrice: '62000', parentId: leg.id } as const;
    const other = await listed('binance', stop);
    await expect(leg.row).toContainText('with its list');
    await expect(other.row).toContainText('with its list');
    await expect(free.row).not.toContainText('with its list');

    // What goes with a stop is kept as the stop is.
    const dialog = await popup.openCancelAll();
    await dialog.start.click();
    await popup.closeButton.click();
    await book.waitFor(free.id, 'cancelled');
    expect(book.open().map(({ id }) => id)).toEqual([leg.id, other.id]);

    await leg.button.click();
    await book.waitFor(other.id, 'cancelled');
    await expect(leg.row).toContainText('Cancelled');
    expect(requests.of('cancel').map(({ orderId }) => orderId)).toEqual([free.id, leg.id]);
    expect(requests.of('cancel-all')).toEqual([]);
    const history = await popup.showHistory();
    const entry = history.getByRole('listitem').filter({ hasText: other.id });
    await expect(entry).toContainText(`cancelled with its parent order ${leg.id}`);
    await expect(history.getByRole('listitem')).toHaveCount(3);
  });

  test('a private key is taken in PEM, and one of another kind told from it', async ({
    sandbox,
    options,
  }) => {
    const { keys, requests, url } = sandbox.venues.binance;
    const { privateKey, publicKey } = generateKeyPairSync('ed25519', {
      privateKeyEncoding: privateForm,
      publicKeyEncoding: publicForm,
    });
    const rsa = generateKeyPairSync('rsa', {
      modulusLength: 2048,
      privateKeyEncoding: privateForm,
      publicKeyEncoding: publicForm,
    });
    const key = 'key-of-a-pair';
    keys.add({ key, secret: publicKey });
    const account = { venueName: 'Binance', label: 'Pair', key, url };
    await options.createVault();
    await options.fillAccount({ ...account, secret: rsa.privateKey });
    await options.save();
    await expect(options.page.getByText('this is another kind')).toBeVisible();
    await expect(options.page.getByLabel('API key', { exact: true })).toHaveValue(key);
    await options.page.getByLabel('API secret', { exact: true }).fill(privateKey);
    await options.save();
    await options.account('Pair').waitFor();
    const signed = await requests.waitFor(({ operation }) => operation === 'open-orders');
    expect(signed.headers['x-mbx-apikey']).toBe(key);
    await requests.waitFor(
      ({ operation, status }) => operation === 'open-orders' && status === 200,
    );
  });
});

test.describe('habit-trade', () => {
  test.use({ accounts: ['habit-trade'] });

  test('a venue that wants hex signatures is understood, and remembered', async ({
    sandbox,
    options,
    listed,
  }) => {
    const venue = sandbox.venues['habit-trade'];
    venue.settings.signatureEncoding = 'hex';
    await options.test(accountLabels['habit-trade']);
    const { row, button } = await listed('habit-trade');
    const before = venue.requests.of('cancel').length;
    await button.click();
    await expect(row).toContainText(/(?<!Already )Cancelled/);
    expect(venue.requests.of('cancel').length - before).toBe(1);
  });

  test('204 without a body means accepted, and strict JSON is read as well', async ({
    sandbox,
    listed,
  }) => {
    const { settings, book } = sandbox.venues['habit-trade'];
    Object.assign(settings, { cancelSuccess: '204', sloppyJson: false, timeUnit: 'ms' });
    const { id, row, button } = await listed('habit-trade');
    await button.click();
    await expect(row).toContainText(/(?<!Already )Cancelled/);
    expect(book.find(id)?.status).toBe('cancelled');
  });

  test('an order whose status is not known is shown with it, and can be cancelled', async ({
    sandbox,
    listed,
  }) => {
    const { id, row, button } = await listed('habit-trade', { statusWord: 'pnd' });
    await expect(row).toContainText('pnd');
    await button.click();
    await expect(row).toContainText(/(?<!Already )Cancelled/);
    expect(sandbox.venues['habit-trade'].book.find(id)?.status).toBe('cancelled');
  });
});

test.describe('ox-fun', () => {
  test.use({ accounts: ['ox-fun'] });

  test('without a WebSocket the cancel goes by REST', async ({ sandbox, listed }) => {
    const { requests } = sandbox.venues['ox-fun'];
    takeSocketsAway(sandbox, 'ox-fun');
    const { row, button } = await listed('ox-fun');
    await button.click();
    await expect(row).toContainText(/(?<!Already )Cancelled/);
    expect(requests.of('cancel').map(({ method }) => method)).toEqual(['DELETE']);
  });

  test('whatever becomes of the push: cancelled all the same', async ({ sandbox, listed }) => {
    const { faults, book } = sandbox.venues['ox-fun'];
    const kinds = [
      'push-before-reply',
      'duplicate-push',
      'out-of-order-push',
      'lost-push',
    ] as const;
    await eachRow(kinds, async (kind) => {
      const { id, row, button } = await listed('ox-fun');
      faults.add('cancel', { kind });
      await button.click();
      await expect(row).toContainText(/(?<!Already )Cancelled/);
      expect(book.find(id)?.status).toBe('cancelled');
    });
  });

  test('a late failure after "submitted" is found out, and sent again', async ({
    sandbox,
    listed,
  }) => {
    const { faults, book, requests } = sandbox.venues['ox-fun'];
    const { id, row, button } = await listed('ox-fun', { id: '3330802124194931673' });
    faults.add('cancel', { kind: 'late-failure' });
    await button.click();
    await expect(row).toContainText(/(?<!Already )Cancelled/);
    expect(book.find(id)?.status).toBe('cancelled');
    expect(requests.of('cancel')).toHaveLength(2);
  });

  test('the guide says that the venue is reported closed', async ({ options, popup }) => {
    await popup.page.close();
    await options.page.getByRole('combobox', { name: 'Venue' }).selectOption('OX.FUN');
    await expect(options.page.getByText(/reported as permanently closed/)).toBeVisible();
  });
});

test.describe('kraken', () => {
  test.use({ accounts: ['kraken'] });

  test('several go in one request, a whole number in none, and requests are numbered ever higher', async ({
    sandbox,
    listed,
    popup,
    extension,
  }) => {
    const { book, faults, requests, userrefs } = sandbox.venues.kraken;
    const orders = [await listed('kraken'), await listed('kraken'), await listed('kraken')];
    for (const { id } of orders) userrefs.set(id, 7);

    await test.step('it would be all three', async () => {
      for (const kind of ['Order id', 'Client order id']) {
        await popup.cancelById('7', kind, accountLabels.kraken);
        await expect(popup.page.locator('details')).toContainText('7 is a whole number.');
      }
      expect(requests.of('cancel')).toEqual([]);
      expect(book.open()).toHaveLength(3);
    });

    await extension.killWorker();
    faults.add('cancel-batch', { kind: 'drop', when: 'after-acting' });
    await popup.page.getByRole('searchbox', { name: 'Find order' }).press('ArrowDown');
    await popup.page.keyboard.press('ControlOrMeta+a');
    await popup.page.getByRole('button', { name: 'Cancel 3 selected' }).click();
    for (const { row } of orders) await expect(row).toContainText(/(?<!Already )Cancelled/);
    expect(requests.of('cancel-batch')).toHaveLength(1);
    expect(requests.of('cancel')).toEqual([]);

    expectRisingNonces(sandbox);
  });

  test('survives whatever its documents leave open, and tells a key that others use', async ({
    sandbox,
    listed,
  }) => {
    const { keys, nonces, settings } = sandbox.venues.kraken;
    const asDocumented = { ...settings };
    const odd = [
      { cancels: 'pending' },
      { unknownInQuery: 'EGeneral:Invalid arguments', wrongToken: 'close' },
    ] as const;
    const rows = odd.map((each) => ({ name: JSON.stringify(each), each }));
    await eachRow(rows, async ({ each }) => {
      Object.assign(settings, asDocumented, each);
      const { row, button } = await listed('kraken');
      await button.click();
      await expect(row).toContainText(/(?<!Already )Cancelled/);
    });
    const { row, button } = await listed('kraken');
    for (const { key } of keys.list) nonces.set(key, 10n ** 18n);
    await button.click();
    await expect(row).toContainText('another program');
    await expect(row).not.toContainText('clock');
  });
});

test.describe('what a key may do', () => {
  test.use({ accounts: ['binance', 'kraken'] });

  test('“Test” reads it back where the venue tells, and warns of what is too much', async ({
    sandbox,
    popup,
    options,
  }) => {
    const { binance, kraken } = sandbox.venues;
    await popup.page.close();
    const least = ['close-trades', 'query-open-trades', 'query-closed-trades'] as const;
    const ofKraken = [
      { name: 'by the name of its right also close margin positions', rights: least },
      { name: 'This key can also place orders.', rights: [...least, 'modify-trades'] },
      { name: 'This key can also move money.', rights: [...least, 'withdraw-funds'] },
      { name: 'This key cannot cancel', rights: ['query-open-trades'] },
    ] as const;
    await eachRow(ofKraken, async ({ name, rights }) => {
      for (const key of kraken.keys.list) kraken.keys.add({ ...key, rights });
      await expect(await options.test(accountLabels.kraken)).toContainText(name);
    });

    const trade = ['read', 'trade'] as const;
    const onlyTrades = 'This key can also place orders: Binance has no right to cancel only.';
    const ofBinance = [
      { name: onlyTrades, rights: trade },
      { name: 'This key can also move money.', rights: [...trade, 'enableWithdrawals'] },
      { name: 'a right that the guide does not ask for', rights: [...trade, 'enableFutures'] },
      { name: 'This key cannot cancel', rights: ['read'] },
    ] as const;
    await eachRow(ofBinance, async ({ name, rights }) => {
      for (const key of binance.keys.list) binance.keys.add({ ...key, rights });
      const account = await options.test(accountLabels.binance);
      await expect(account).toContainText(name);
      // A warning has a sign of its own.
      const signs = account.getByRole('status').getByRole('img');
      await expect(signs).toHaveCount(name === onlyTrades ? 0 : 1);
    });

    // As on its testnet, which has no such page: nothing is said, and the key is as good as ever.
    for (const key of binance.keys.list) binance.keys.add({ ...key, rights: trade });
    binance.settings.restrictions = 'absent';
    const account = await options.test(accountLabels.binance);
    await expect(account).not.toContainText('This key');
    await expect(account).toContainText('Works');
    await expect(account.locator('.account-readiness')).not.toContainText('Last request failed');
    await expect(account.locator('.account-readiness')).toContainText('Key works');
  });
});

/** Venues that take several orders in one request, and how one of a batch is refused there. */
const batches = [
  { venue: 'ztdx', most: 10, refused: 'Unknown order sent' },
  { venue: 'habit-trade', most: 5, refused: 'Order Limit' },
] as const;

for (const { venue, most, refused } of batches) {
  test.describe(`${venue}: several selected orders`, () => {
    test.use({ accounts: [venue] });

    test('go together, and each is told its own end', async ({ sandbox, listed, popup }) => {
      const { book, faults, requests } = sandbox.venues[venue];
      const orders = [await listed(venue), await listed(venue), await listed(venue)];
      const [first, second, third] = orders;
      const refusedId = second?.id ?? '';
      const fault = { kind: 'leave-out', orderIds: [refusedId] } as const;
      faults.add('cancel-batch', fault);
      await popup.page.getByRole('searchbox', { name: 'Find order' }).press('ArrowDown');
      await popup.page.keyboard.press('ControlOrMeta+a');
      await popup.page.getByRole('button', { name: 'Cancel 3 selected' }).click();
      await expect(first?.row ?? popup.orders).toContainText(/(?<!Already )Cancelled/);
      await expect(third?.row ?? popup.orders).toContainText(/(?<!Already )Cancelled/);
      const batch = requests.of('cancel-batch');
      expect(batch).toHaveLength(1);
      expect(most).toBeGreaterThanOrEqual(orders.length);
      // The refused one is settled by itself: sent again where the venue did not know it, else refused in its words.
      const row = second?.row ?? popup.orders;
      if (venue === 'ztdx') await book.waitFor(refusedId, 'cancelled');
      else await expect(row).toContainText(refused);
    });

    test('a batch whose answer is lost is settled order by order', async ({
      sandbox,
      listed,
      popup,
    }) => {
      const { book } = sandbox.venues[venue];
      const orders = [await listed(venue), await listed(venue)];
      faultsOf(sandbox, venue).add('cancel-batch', { kind: 'drop', when: 'after-acting' });
      await popup.page.getByRole('searchbox', { name: 'Find order' }).press('ArrowDown');
      await popup.page.keyboard.press('ControlOrMeta+a');
      await popup.page.getByRole('button', { name: 'Cancel 2 selected' }).click();
      for (const { id, row } of orders) {
        await expect(row).toContainText(/(?<!Already )Cancelled/);
        expect(book.find(id)?.status).toBe('cancelled');
      }
    });
  });
}

test.describe('ox-fun: several selected orders', () => {
  test.use({ accounts: ['ox-fun'] });

  test('go in one message, and one that is refused says why', async ({
    sandbox,
    listed,
    popup,
  }) => {
    const { faults, requests } = sandbox.venues['ox-fun'];
    const orders = [await listed('ox-fun'), await listed('ox-fun'), await listed('ox-fun')];
    const [first, second, third] = orders;
    if (!first || !second || !third) throw new Error('three orders');
    faults.add('cancel', { kind: 'refuse', error: '200050' }, { orderId: second.id });
    await popup.page.getByRole('searchbox', { name: 'Find order' }).press('ArrowDown');
    await popup.page.keyboard.press('ControlOrMeta+a');
    await popup.page.getByRole('button', { name: 'Cancel 3 selected' }).click();
    await expect(first.row).toContainText(/(?<!Already )Cancelled/);
    await expect(third.row).toContainText(/(?<!Already )Cancelled/);
    await expect(second.row).toContainText('The market is not active');
    expect(requests.of('cancel')).toHaveLength(1);
  });
});

test.describe('cancel by id', () => {
  const venues = ['habit-trade', 'ox-fun', 'ztdx'] as const;
  test.use({ accounts: venues });

  test('an order that is not listed, by its id and by its client order id', async ({
    sandbox,
    popup,
  }) => {
    await eachRow(venues, async (venue) => {
      const { book, requests } = sandbox.venues[venue];
      const outcome = popup.page.locator('details').getByRole('status');
      const clientOrderId = '9007199254740995';
      const byId = book.place(orderFor(venue));
      await popup.cancelById(byId.id, 'Order id', accountLabels[venue]);
      await expect(outcome).toContainText(/(?<!Already )Cancelled/);
      await expect(outcome).toContainText(byId.id);
      const byClientId = book.place({ ...orderFor(venue), clientOrderId });
      await popup.cancelById(clientOrderId, 'Client order id', accountLabels[venue]);
      await book.waitFor(byClientId.id, 'cancelled');
      expect(requests.of('cancel')).toHaveLength(2);
    });
  });
});
