import { eachRow } from '#tests/e2e/support/rows.ts';
import { accountLabels, expect, faultsOf, orderFor, test } from '#tests/e2e/support/test.ts';

/**
 * What some of the venues have: rights that can be read back, several orders in one request, ids of either kind. What one has, is in
 * `venues/`.
 */

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
      { name: 'This key can only look, cancel and perhaps close margin positions', rights: least },
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
