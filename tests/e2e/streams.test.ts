import { boxOf } from '#tests/e2e/support/box.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import { provenByPush, tellingVenues, untilLive } from '#tests/e2e/support/streams.ts';
import { documents, rules } from '#tests/e2e/support/door/test.ts';
import { expect, faultsOf, orderFor, test } from '#tests/e2e/support/test.ts';

/** What venues tell by themselves, over their streams of orders. */

test.use({ pushes: true });

test.describe('on every venue that tells by itself', () => {
  test.use({ accounts: tellingVenues });

  test('an order that is placed elsewhere appears, and is shown as filled or cancelled elsewhere', async ({
    sandbox,
    popup,
  }) => {
    await eachRow(tellingVenues, async (venue) => {
      await untilLive(popup.page, venue);
      const { book, requests } = sandbox.venues[venue];
      const [filled, cancelled] = [book.place(orderFor(venue)), book.place(orderFor(venue))];
      await expect(popup.row(filled.id)).toBeVisible();
      await expect(popup.row(cancelled.id)).toBeVisible();
      requests.clear();
      book.fill(filled.id);
      book.cancel(cancelled.id);
      await expect(popup.row(filled.id)).toContainText('Filled');
      await expect(popup.row(cancelled.id)).toContainText('Cancelled elsewhere');
    });
  });

  test(
    'the end of a cancel is proven and shown without any reading',
    { tag: '@firefox' },
    async ({ sandbox, listed, popup }) => {
      await eachRow(
        tellingVenues.filter((venue) => provenByPush.has(venue)),
        async (venue) => {
          const { row, button } = await listed(venue);
          await untilLive(popup.page, venue);
          const { requests } = sandbox.venues[venue];
          // No reading is answered from here on: what is shown is what was told.
          const faults = faultsOf(sandbox, venue);
          faults.hold('order');
          faults.hold('open-orders');
          faults.add('cancel', { kind: 'accept-then-cancel', delayMs: 0 });
          requests.clear();
          await button.click();
          await expect(row).toContainText(/(?<!Already )Cancelled/);
          expect(requests.of('cancel')).toHaveLength(1);
          const answered = requests.list.filter(({ outcome }) => outcome === 'answered');
          expect(answered.map(({ operation }) => operation)).not.toContain('order');
          expect(answered.map(({ operation }) => operation)).not.toContain('open-orders');
          faults.release();
        },
      );
    },
  );

  test('cut off in the middle it comes back, and nothing is missed', async ({
    sandbox,
    listed,
    popup,
  }) => {
    await eachRow(tellingVenues, async (venue) => {
      const { id, row } = await listed(venue);
      await untilLive(popup.page, venue);
      const { book, sockets } = sandbox.venues[venue];
      sockets.faults.add({ kind: 'drop' });
      book.cancel(id);
      const { id: late } = book.place(orderFor(venue));
      await expect(row).toContainText(/No longer open|Cancelled elsewhere/);
      await expect(popup.row(late)).toBeVisible();
      await untilLive(popup.page, venue);
      const { id: later } = book.place(orderFor(venue));
      await expect(popup.row(later)).toBeVisible();
    });
  });

  test(
    'locked, they are closed',
    { tag: '@firefox' },
    async ({ sandbox, extension, popup, target }) => {
      for (const venue of tellingVenues) await untilLive(popup.page, venue);
      const [proven] = sandbox.venues['habit-trade'].requests.of('connect');
      expect(proven?.headers).not.toHaveProperty('origin');
      const open = () => tellingVenues.map((venue) => sandbox.venues[venue].sockets.open.length);
      for (const count of open()) expect(count).toBeGreaterThan(0);
      const options = await extension.open('options.html');
      await options.getByRole('button', { name: 'Lock now' }).click();
      await expect.poll(open).toEqual(tellingVenues.map(() => 0));
      // There are none in Firefox.
      if (target === 'chromium') await expect.poll(() => documents(options)).toEqual([]);
      await expect.poll(() => rules(options)).toHaveLength(1);
    },
  );
});

test.describe('a venue that tells of a change as of an order that goes and comes back', () => {
  test.use({ accounts: ['btcturk'] });

  test('one that has gone is read at once, and is cancelled by that reading alone', async ({
    sandbox,
    listed,
    popup,
  }) => {
    const { id, row, button } = await listed('btcturk');
    await untilLive(popup.page, 'btcturk');
    const { faults, requests } = sandbox.venues.btcturk;
    faults.add('cancel', { kind: 'accept-then-cancel', delayMs: 0 });
    const reading = faults.hold('order');
    requests.clear();
    await button.click();
    await reading.arrived;
    // Gone for the list by then, however long the reading takes.
    await expect
      .poll(() => popup.page.evaluate(endedOrders))
      .toContainEqual(expect.objectContaining({ id, status: 'cancelled' }));
    await expect(row).toContainText('Accepted, confirming');
    await expect(row).not.toContainText('Cancelled');
    reading.release();
    await expect(row).toContainText(/(?<!Already )Cancelled/);
    expect(requests.of('cancel')).toHaveLength(1);
  });
});

test.describe('while the pointer is in the list', () => {
  test.use({ accounts: ['ripio'] });

  test('rows stay where they are, and say what has become of them', async ({
    sandbox,
    listed,
    popup,
  }) => {
    const first = await listed('ripio');
    const second = await listed('ripio');
    await untilLive(popup.page, 'ripio');
    await first.row.hover();
    const { book } = sandbox.venues.ripio;
    const before = await boxOf(second.row);
    book.fill(first.id);
    const late = book.place(orderFor('ripio'));
    await expect(first.row).toContainText('Filled');
    await expect(popup.page.getByText('1 new order')).toBeVisible();
    expect(await boxOf(second.row)).toEqual(before);
    await popup.find.hover();
    await expect(popup.row(late.id)).toBeVisible();
  });
});

test.describe('a worker that is ended', () => {
  test.use({ accounts: ['btcturk', 'habit-trade', 'ripio'] });

  test(
    'has its streams open again when it is used again',
    { tag: '@firefox' },
    async ({ sandbox, extension, popup }) => {
      const kept = ['btcturk', 'habit-trade', 'ripio'] as const;
      for (const venue of kept) await untilLive(popup.page, venue);
      const before = kept.flatMap((venue) => [...sandbox.venues[venue].sockets.open]);
      await extension.killWorker();
      const open = () => new Set(kept.flatMap((venue) => [...sandbox.venues[venue].sockets.open]));
      await expect.poll(() => before.filter((socket) => open().has(socket)).length).toBe(0);
      const { id } = sandbox.venues.btcturk.book.place(orderFor('btcturk'));
      // The popup asks again and again.
      for (const venue of kept) await untilLive(popup.page, venue);
      await expect(popup.row(id)).toBeVisible();
      const { id: told } = sandbox.venues.ripio.book.place(orderFor('ripio'));
      await expect(popup.row(told)).toBeVisible();
    },
  );
});

test.describe('kept live', () => {
  test.use({ accounts: ['ripio'] });

  test('it opens without a popup', async ({ sandbox, extension, options, popup }) => {
    await popup.page.close();
    const { sockets } = sandbox.venues.ripio;
    sockets.close();
    await options.page.getByRole('combobox', { name: 'Keep live' }).selectOption('always');
    await expect.poll(() => sockets.open.length).toBe(1);
    const page = await extension.open('manifest.json');
    const { id } = sandbox.venues.ripio.book.place(orderFor('ripio'));
    await expect
      .poll(() =>
        page.evaluate(() => chrome.storage.session.get().then((all) => JSON.stringify(all))),
      )
      .toContain(id);
  });
});

/** Runs in the page: what pages are told of how orders ended. */
async function endedOrders(): Promise<unknown[]> {
  const stored = await chrome.storage.session.get();
  return Object.entries(stored)
    .filter(([key]) => key.startsWith('view.reading.'))
    .flatMap(([, text]) => (JSON.parse(String(text)) as { ended?: unknown[] }).ended ?? []);
}
