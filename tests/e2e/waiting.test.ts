import { expect, faultsOf, test } from '#tests/e2e/support/test.ts';

/** What keeps a cancel waiting is said, and it waits no longer than that. */

test.use({ accounts: ['ripio', 'ztdx'] });

test('told to wait with cancels, every order that waits says so and until when', async ({
  sandbox,
  listed,
  popup,
}) => {
  const first = await listed('ripio');
  const second = await listed('ripio');
  faultsOf(sandbox, 'ripio').add('cancel', { kind: 'rate-limit', seconds: 5 });
  await first.button.click();
  await expect(first.row).toContainText(/Waiting: Ripio Trade asks for [1-5] s/);
  await expect(popup.orders).toContainText('1 open order, read');
  await second.button.click();
  await expect(second.row).toContainText(/Waiting: Ripio Trade asks for [1-5] s/);
  expect(sandbox.venues.ripio.requests.of('cancel')).toHaveLength(1);
  await expect(popup.orders).toContainText('2 being cancelled, read');
  await expect(first.row).toContainText('Cancelled');
  await expect(second.row).toContainText('Cancelled');
  await expect(popup.orders).not.toContainText('Waiting');
});

test('so does Cancel all, and another account does not wait with it', async ({
  sandbox,
  listed,
  popup,
}) => {
  for (let count = 0; count < 3; count++) await listed('ripio');
  const other = await listed('ztdx');
  faultsOf(sandbox, 'ripio').add('cancel-all', { kind: 'rate-limit', seconds: 5 });
  await (await popup.openCancelAll()).start.click();
  await expect(popup.sweep.getByText(/0 done · 3 waiting, asked for [1-5] s/)).toBeVisible();
  await expect(other.row).toContainText('Cancelled');
  await expect(popup.sweep).toContainText('0 open on Ripio Trade');
});

test('while the venue cannot be reached it is asked again and again, and the row says so', async ({
  sandbox,
  listed,
}) => {
  const { id, row, button } = await listed('ztdx');
  const faults = faultsOf(sandbox, 'ztdx');
  // The venue acts, the reply is lost, and what the second sending is told proves nothing.
  faults.add('cancel', { kind: 'drop', when: 'after-acting' });
  faults.add('order', { kind: 'status', status: 503 }, { times: 4 });
  faults.add('open-orders', { kind: 'status', status: 503 }, { times: 1 });
  await button.click();
  await expect(row).toContainText('Unknown, checking');
  await expect(row).toContainText('ZTDX cannot be reached or gives no usable answer');
  await expect(row).toContainText(/(?<!Already )Cancelled/);
  expect(sandbox.venues.ztdx.book.find(id)?.status).toBe('cancelled');
});

test('a claim that answers a repeated request is no end while the order cannot be read', async ({
  sandbox,
  listed,
}) => {
  const { id, row, button } = await listed('ztdx');
  const { book } = sandbox.venues.ztdx;
  const faults = faultsOf(sandbox, 'ztdx');
  book.cancel(id);
  faults.add('order', { kind: 'status', status: 503 }, { times: 5 });
  await button.click();
  await expect(row).toContainText('Unknown, checking');
  await expect.poll(() => sandbox.venues.ztdx.requests.of('order').length).toBeGreaterThan(4);
  await expect(row).not.toContainText('Not found');
  await expect(row).toContainText('Already cancelled');
});

for (const told of ['moment', 'date'] as const) {
  test(`a ban that tells its end by a ${told} is waited out, and no request comes before it`, async ({
    sandbox,
    listed,
  }) => {
    const { requests } = sandbox.venues.ztdx;
    const { row, button } = await listed('ztdx');
    faultsOf(sandbox, 'ztdx').add('cancel', { kind: 'ban', ms: 2500, told });
    await button.click();
    await expect(row).toContainText(/Waiting: ZTDX asks for [1-4] s/);
    await expect(row).toContainText(/(?<!Already )Cancelled/);
    // While it lasts, the venue answers each with 429.
    expect(requests.of('cancel').map(({ status }) => status)).toEqual([418, 200]);
  });
}

test('told to wait for a day, the user has the last word', async ({ sandbox, listed }) => {
  const { id, row, button } = await listed('ripio');
  const { faults, book, limits, requests } = sandbox.venues.ripio;
  faults.add('cancel', { kind: 'ban', ms: 86_400_000, told: 'date', status: 429 });
  await button.click();
  await expect(row).toContainText('Waiting: Ripio Trade asks for 24 h');
  limits.reset();
  await row.getByRole('button', { name: `Send now: cancel order ${id}` }).click();
  await expect(row).toContainText('Cancelled');
  expect(book.find(id)?.status).toBe('cancelled');
  expect(requests.of('cancel')).toHaveLength(2);
});
