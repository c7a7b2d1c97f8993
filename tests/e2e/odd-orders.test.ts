import type { Oddity } from '#tests/sandbox/shared/odd-orders.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import { expect, faultsOf, orderFor, test, testVenues } from '#tests/e2e/support/test.ts';

/** Orders as no document has them: one never hides the rest, and nothing is called empty that could not be read. */

test.describe('an odd order among good ones, on every venue', () => {
  test.use({ accounts: testVenues });

  test('is shown with what is known of it, and cancelled by its button', async ({
    sandbox,
    listed,
    popup,
  }) => {
    await eachRow(testVenues, async (venue) => {
      const { book } = sandbox.venues[venue];
      const good = await listed(venue);
      const odd = book.place({ ...orderFor(venue), clientOrderId: '4711' });
      for (const oddity of ['comma-amounts', 'no-amounts'] satisfies Oddity[]) {
        faultsOf(sandbox, venue).clear();
        const fault = { kind: 'odd-orders', oddity, orderIds: [odd.id] } as const;
        faultsOf(sandbox, venue).add('open-orders', fault, { times: 'always' });
        await popup.page.getByRole('button', { name: 'Refresh' }).click();
        await expect(popup.row(odd.id)).toContainText('amount not known');
      }
      await expect(good.row).toContainText(`/ ${orderFor(venue).quantity}`);
      await expect(popup.row(odd.id)).not.toContainText('NaN');
      await popup.cancelButton(odd.id).click();
      await expect(popup.row(odd.id)).toContainText(/(?<!Already )Cancelled/);
      expect(book.find(odd.id)?.status).toBe('cancelled');
      expect(book.find(good.id)?.status).toBe('open');
      await expect(good.button).toBeVisible();
      faultsOf(sandbox, venue).clear();
    });
  });
});

test.describe('an odd order among good ones', () => {
  for (const venue of testVenues) {
    test.describe(venue, () => {
      test.use({ accounts: [venue] });

      test('that cannot be read is counted, and “Cancel all” does not say “0 open”', async ({
        sandbox,
        listed,
        popup,
      }) => {
        const { book } = sandbox.venues[venue];
        const good = await listed(venue);
        const odd = book.place(orderFor(venue));
        const fault = { kind: 'odd-orders', oddity: 'no-id', orderIds: [odd.id] } as const;
        faultsOf(sandbox, venue).add('open-orders', fault, { times: 'always' });
        await popup.page.getByRole('button', { name: 'Refresh' }).click();
        await expect(popup.orders).toContainText('1 known open');
        await expect(good.button).toBeVisible();

        const dialog = await popup.openCancelAll();
        await expect(dialog.dialog).toContainText('1 order could not be read');
        await dialog.start.click();
        await expect(popup.sweep).toContainText('1 of 1 cancelled, 1 order could not be read');
        await expect(popup.sweep).toContainText(
          `1 order could not be read on ${venueNames[venue]}, it may be open`,
        );
        await expect(popup.sweep).not.toContainText('0 open');
        expect(book.find(good.id)?.status).toBe('cancelled');
        expect(book.find(odd.id)?.status).toBe('open');
        await expect(popup.page.getByText('No open orders')).toBeHidden();
        await expect(popup.page.getByText(/^1 order could not be read: /)).toBeVisible();
      });
    });
  }
});

test.describe('a list that is missing', () => {
  test.use({ accounts: ['btcturk'] });

  test('is not an empty one', async ({ sandbox, listed, popup }) => {
    const { button } = await listed('btcturk');
    const body = '{"success":true,"message":"SUCCESS","code":0,"data":{}}';
    sandbox.venues.btcturk.faults.add('open-orders', { kind: 'body', body }, { times: 'always' });
    await popup.page.getByRole('button', { name: 'Refresh' }).click();
    await expect(popup.page.getByText('last reading failed')).toBeVisible();
    await expect(popup.orders).toContainText(
      'BtcTurk answers, but not in a form that Pullcord can use',
    );
    await expect(popup.orders).not.toContainText('Check your connection');
    await expect(button).toBeVisible();
  });
});
