import { OptionsPage, PopupPage, passphrase } from '#tests/e2e/support/pages.ts';
import {
  accountLabels,
  addAccount,
  expect,
  orderFor,
  test,
  testVenues,
} from '#tests/e2e/support/test.ts';

for (const venue of testVenues) {
  test(
    `${venue}: from first use to a cancelled order`,
    { tag: '@firefox' },
    async ({ extension, sandbox, target }) => {
      const { book, requests } = sandbox.venues[venue];
      const order = book.place(orderFor(venue));
      const other = book.place(orderFor(venue));

      await test.step('the popup of a fresh install leads to the options page', async () => {
        const popup = await extension.open('popup.html');
        const opened = extension.context.waitForEvent('page');
        await popup.getByRole('button', { name: /set up/i }).click();
        const options = new OptionsPage(await opened);
        await options.createVault();
        await addAccount(options, sandbox, venue);
        await expect(options.account(accountLabels[venue])).toContainText('2 open orders');
      });

      const popup = new PopupPage(await extension.open('popup.html'));
      await expect(popup.page.getByRole('searchbox', { name: 'Find order' })).toBeFocused();
      await popup.cancelButton(order.id).click();
      await expect(popup.row(order.id)).toContainText('Cancelled');
      await expect(popup.row(other.id)).not.toContainText(/Cancel(led|ling)\b/);

      expect(book.find(order.id)?.status).toBe('cancelled');
      expect(book.find(other.id)?.status).toBe('open');
      const [cancel, ...more] = requests.of('cancel');
      expect(more).toEqual([]);
      // No rule of Chromium's reaches the handshake of a worker's WebSocket.
      const isReached = cancel?.method !== 'WS' || target === 'firefox';
      if (isReached) expect(cancel?.headers).not.toHaveProperty('origin');
      expect(cancel?.headers).not.toHaveProperty('cookie');

      const history = await popup.showHistory();
      await expect(history.getByRole('listitem')).toHaveCount(1);
      await expect(history.getByRole('listitem')).toContainText('Cancelled');
      await expect(history.getByRole('listitem')).toContainText(order.id);
    },
  );
}

test(
  'a locked popup opens with the passphrase and shows the orders',
  { tag: '@firefox' },
  async ({ popup, options, listed }) => {
    const { id } = await listed('ripio');
    await options.lockNow.click();
    await expect(popup.page.getByLabel('Passphrase')).toBeVisible();
    await expect(popup.page.getByText(id)).toHaveCount(0);

    await popup.page.getByLabel('Passphrase').fill('not the passphrase');
    await popup.page.getByRole('button', { name: 'Unlock' }).click();
    await expect(popup.page.getByText('That passphrase does not open the vault')).toBeVisible();

    await popup.page.getByLabel('Passphrase').fill(passphrase);
    await popup.page.getByRole('button', { name: 'Unlock' }).click();
    await expect(popup.row(id)).toBeVisible();
  },
);
