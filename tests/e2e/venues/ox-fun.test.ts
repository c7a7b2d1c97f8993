import { eachRow } from '#tests/e2e/support/rows.ts';
import { expect, takeSocketsAway, test } from '#tests/e2e/support/test.ts';

/** What is particular to OX.FUN. */

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
  const kinds = ['push-before-reply', 'duplicate-push', 'out-of-order-push', 'lost-push'] as const;
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

test('several selected orders go in one message, and one that is refused says why', async ({
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
