import { eachRow } from '#tests/e2e/support/rows.ts';
import { expect, test } from '#tests/e2e/support/test.ts';

/** What is particular to ZTDX. */

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
