import { expectRisingNonces } from '#tests/e2e/support/nonces.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import { accountLabels, expect, test } from '#tests/e2e/support/test.ts';

/** What is particular to Kraken. */

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
