import { accountLabels, expect, test } from '#tests/e2e/support/test.ts';

/** What is particular to Habit Trade. */

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
