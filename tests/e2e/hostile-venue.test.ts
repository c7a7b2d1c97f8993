import type { Fault } from '#tests/sandbox/shared/faults.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import { expect, faultsOf, test, type TestError } from '#tests/e2e/support/test.ts';

/** Whatever one venue answers, it takes no more than itself: cancels elsewhere work, and its account says that it cannot be read. */

/** A page that names orders and says that there are more, whatever page is asked for. */
const endlessPage = JSON.stringify({
  code: 0,
  data: {
    total_records: 1_000_000_000,
    page: 1,
    page_size: 100,
    orders: [
      { order_no: '1', symbol: 'DODO-USDT', order_side: 'buy', order_status: 'new', qty: 1 },
    ],
  },
});

const ways: readonly { readonly name: string; readonly fault: Fault<TestError> }[] = [
  { name: 'is larger than any', fault: { kind: 'huge', bytes: 9_000_000 } },
  {
    name: 'is packed a thousand times over',
    fault: { kind: 'huge', bytes: 100_000_000, gzip: true },
  },
  { name: 'goes on without end', fault: { kind: 'endless' } },
  { name: 'is nested deeper than any', fault: { kind: 'deep', depth: 1_000_000 } },
  { name: 'goes on for pages without end', fault: { kind: 'body', body: endlessPage } },
  {
    name: 'is nothing but quotes that nothing closes',
    fault: { kind: 'body', body: `"${'\\"'.repeat(200_000)}` },
  },
];

test.describe('a list that', () => {
  test.use({ accounts: ['habit-trade', 'btcturk'] });

  test('cannot be used holds up no cancel elsewhere', async ({ sandbox, listed, popup }) => {
    await eachRow(ways, async ({ fault }) => {
      const kept = await listed('habit-trade');
      const { id, row, button } = await listed('btcturk');
      const faults = faultsOf(sandbox, 'habit-trade');
      faults.add('open-orders', fault, { times: 'always' });
      await popup.page.getByRole('button', { name: 'Refresh' }).click();
      await button.click();
      await expect(row).toContainText(/(?<!Already )Cancelled/);
      expect(sandbox.venues.btcturk.book.find(id)?.status).toBe('cancelled');
      await expect(popup.orders).toContainText(
        'Habit Trade answers, but not in a form that Pullcord can use',
      );
      await expect(popup.page.getByText('last reading failed')).toBeVisible();

      // What was known stays, and comes to rights by itself.
      await expect(kept.row).toBeVisible();
      faults.clear();
      await popup.page.getByRole('button', { name: 'Refresh' }).click();
      await expect(popup.page.getByText('last reading failed')).toBeHidden();
      await kept.button.click();
      await expect(kept.row).toContainText(/(?<!Already )Cancelled/);
    });
  });

  test('has an order without a usable id counts it as unreadable', async ({
    sandbox,
    listed,
    popup,
  }) => {
    await eachRow(['long-id', 'unseen-id'] as const, async (oddity) => {
      const faults = faultsOf(sandbox, 'habit-trade');
      faults.clear();
      const { row, button } = await listed('habit-trade');
      const { book } = sandbox.venues['habit-trade'];
      const odd = book.place({ symbol: 'DODO-USDT', side: 'buy', price: '0.1', quantity: '7' });
      const fault = { kind: 'odd-orders', oddity, orderIds: [odd.id] } as const;
      faults.add('open-orders', fault, { times: 'always' });
      await popup.page.getByRole('button', { name: 'Refresh' }).click();
      await expect(popup.page.getByText(/^1 order could not be read: /)).toBeVisible();
      await expect(popup.row(odd.id)).toBeHidden();
      await button.click();
      await expect(row).toContainText(/(?<!Already )Cancelled/);
      expect(book.find(odd.id)?.status).toBe('open');
      book.cancel(odd.id);
    });
  });

  test('has a symbol that turns the direction of writing shows a space for it', async ({
    sandbox,
    listed,
    popup,
  }) => {
    const { row } = await listed('habit-trade');
    const fault = { kind: 'odd-orders', oddity: 'unseen-symbol' } as const;
    faultsOf(sandbox, 'habit-trade').add('open-orders', fault, { times: 'always' });
    await popup.page.getByRole('button', { name: 'Refresh' }).click();
    await expect(popup.page.getByText('last reading failed')).toBeHidden();
    await expect(row).toContainText('DODO-USDT');
    expect(await row.textContent()).not.toMatch(/\p{Cf}/u);
  });
});

test.describe('the answer to a cancel', () => {
  test.use({ accounts: ['ripio', 'btcturk'] });

  test('that is too large is not used: the order is read', async ({ sandbox, listed }) => {
    const tooLarge: readonly { readonly name: string; readonly fault: Fault<TestError> }[] = [
      { name: 'huge', fault: { kind: 'huge', bytes: 300_000 } },
      { name: 'huge, packed', fault: { kind: 'huge', bytes: 100_000_000, gzip: true } },
      { name: 'endless', fault: { kind: 'endless' } },
    ];
    await eachRow(tooLarge, async ({ fault }) => {
      const there = await listed('btcturk');
      const { id, row, button } = await listed('ripio');
      const { book, requests } = sandbox.venues.ripio;
      requests.clear();
      const faults = faultsOf(sandbox, 'ripio');
      faults.add('cancel', fault);
      const hold = faults.hold('order');
      await button.click();
      await hold.arrived;
      await expect(row).toContainText('an answer that is too large to read · HTTP 200');
      await expect(row).not.toContainText('“');
      await there.button.click();
      await expect(there.row).toContainText(/(?<!Already )Cancelled/);
      hold.release();
      await expect(row).toContainText(/(?<!Already )Cancelled/);
      expect(book.find(id)?.status).toBe('cancelled');
      expect(requests.of('cancel')).toHaveLength(1);
    });
  });
});

test.describe('a reply on OX.FUN’s WebSocket', () => {
  test.use({ accounts: ['ox-fun', 'btcturk'] });

  test('that is larger than any is dropped: the order is read', async ({ sandbox, listed }) => {
    const there = await listed('btcturk');
    const { id, row, button } = await listed('ox-fun');
    const faults = faultsOf(sandbox, 'ox-fun');
    faults.add('cancel', { kind: 'huge', bytes: 30_000_000 });
    const hold = faults.hold('order');
    // It says that there is no such order.
    sandbox.venues['ox-fun'].book.fill(id);
    await button.click();
    await there.button.click();
    await expect(there.row).toContainText(/(?<!Already )Cancelled/);
    await hold.arrived;
    await expect(row).toContainText('no reply on the WebSocket');
    hold.release();
    await expect(row).toContainText('Already filled');
  });
});
