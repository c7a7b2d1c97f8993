import { venueNames } from '#lib/domain/venue-id.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import { expect, faultsOf, takeSocketsAway, test, testVenues } from '#tests/e2e/support/test.ts';

/** What is not the venue's own answer is said to be that. */

test.describe('on every venue', () => {
  test.use({ accounts: testVenues });

  test('a firewall’s page is not blamed on the key', async ({ sandbox, listed, popup }) => {
    await eachRow(testVenues, async (venue) => {
      const faults = faultsOf(sandbox, venue);
      // OX.FUN's cancels then go by REST, where firewalls stand.
      takeSocketsAway(sandbox, venue);
      const { id, row, button } = await listed(venue);
      faults.add('cancel', { kind: 'html', status: 403 });
      await button.click();
      await expect(row).toContainText('Refused: an answer that is not the venue’s own · HTTP 403');
      await expect(row).toContainText(
        `The answer did not come from ${venueNames[venue]} itself: something on the way`,
      );
      await expect(row).not.toContainText('“');
      expect(sandbox.venues[venue].book.find(id)?.status).toBe('open');

      faults.add('open-orders', { kind: 'html', status: 403 }, { times: 'always' });
      await popup.page.getByRole('button', { name: 'Refresh' }).click();
      await expect(popup.page.getByText('last reading failed')).toBeVisible();
      await expect(popup.orders).toContainText('says nothing of your key');
      faults.clear();

      // Afterwards the same click works.
      await popup.page.getByRole('button', { name: 'Refresh' }).click();
      await expect(popup.page.getByText('last reading failed')).toBeHidden();
      await button.click();
      await expect(row).toContainText(/(?<!Already )Cancelled/);
    });
  });
});
