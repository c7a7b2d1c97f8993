import type { Answers } from '#lib/protocol/messages.ts';
import { test as ownTest } from '#tests/e2e/support/own-browser.ts';
import { PopupPage } from '#tests/e2e/support/pages.ts';
import { forTests, type Sandbox } from '#tests/sandbox/sandbox.ts';
import { expectRisingNonces } from '#tests/e2e/support/nonces.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import {
  accountLabels,
  expect,
  faultsOf,
  orderFor,
  test,
  testVenues,
} from '#tests/e2e/support/test.ts';

/** The newest cancellation's state as it stands in the journal. */
async function newestState({ page }: PopupPage): Promise<string | undefined> {
  const reply: { value: Answers['history'] } = await page.evaluate(() =>
    chrome.runtime.sendMessage({ kind: 'history' }),
  );
  return reply.value.rows[0]?.cancellation?.state;
}

/** In the history; the list of orders is shown again afterwards. */
async function expectOneEntry(popup: PopupPage, id: string): Promise<void> {
  const history = await popup.showHistory();
  const entries = history.getByRole('listitem').filter({ hasText: id });
  await expect(entries).toHaveCount(1);
  await expect(entries).toContainText(/(?<!Already )Cancelled/);
  await popup.page.getByRole('tab', { name: 'Orders' }).click();
}

/** The browser may end the worker between any two steps: the end is found out and recorded all the same. */

test.describe('on every venue', () => {
  test.use({ accounts: testVenues });

  test(
    'killed between click and reply',
    { tag: '@firefox' },
    async ({ sandbox, listed, extension, popup }) => {
      await eachRow(testVenues, async (venue) => {
        const server = sandbox.venues[venue];
        const { id, row, button } = await listed(venue);
        // What the venue would tell by itself must not come before the worker is gone.
        if (forTests(venue).sockets) faultsOf(sandbox, venue).add('cancel', { kind: 'lost-push' });
        const hold = server.faults.hold('cancel', { when: 'after-acting' });
        await button.click();
        await hold.arrived;
        // Killed before this is written down, it would be sent once more.
        await expect.poll(() => newestState(popup)).toBe('sent');
        await expect(row).toContainText('Cancelling');
        await extension.killWorker();
        hold.release();
        // The next request wakes the worker; the popup makes some by itself.
        await popup.page.getByRole('button', { name: 'Refresh' }).click();
        await expect(row).toContainText(/(?<!Already )Cancelled/);
        expect(server.book.find(id)?.status).toBe('cancelled');
        expect(server.requests.of('cancel')).toHaveLength(1);
        await expectOneEntry(popup, id);
      });
    },
  );

  test(
    'killed before the venue acted, then sent again',
    { tag: '@firefox' },
    async ({ sandbox, listed, extension, popup }) => {
      await eachRow(testVenues, async (venue) => {
        const server = sandbox.venues[venue];
        const { id, row, button } = await listed(venue);
        faultsOf(sandbox, venue).add('cancel', { kind: 'drop', when: 'before-acting' });
        const read = server.faults.hold(forTests(venue).readsBy);
        await button.click();
        await read.arrived;
        await expect(row).toContainText('Unknown, checking');
        await extension.killWorker();
        read.release();
        await popup.page.getByRole('button', { name: 'Refresh' }).click();
        await expect(row).toContainText(/(?<!Already )Cancelled/);
        expect(server.book.find(id)?.status).toBe('cancelled');
        const cancels = server.requests.of('cancel');
        expect(cancels).toHaveLength(2);
        // The rule for requests was set in the worker's first life, and holds in every other.
        if (cancels[1]?.method !== 'WS') expect(cancels[1]?.headers).not.toHaveProperty('origin');
      });
    },
  );

  test(
    'killed between accepted and proof',
    { tag: '@firefox' },
    async ({ sandbox, listed, extension, popup }) => {
      await eachRow(testVenues, async (venue) => {
        const server = sandbox.venues[venue];
        const { id, row, button } = await listed(venue);
        const fault = { kind: 'accept-then-cancel', delayMs: 1500 } as const;
        faultsOf(sandbox, venue).add('cancel', fault);
        await button.click();
        await expect(row).toContainText('Accepted, confirming');
        await extension.killWorker();
        // As closed, and opened again.
        await popup.page.goto('about:blank');
        await popup.page.goto(extension.url('popup.html'));
        await expect(row).toContainText(/Accepted, confirming|Cancelled/);
        await expect(row).toContainText('Cancelled');
        expect(server.requests.of('cancel')).toHaveLength(1);
        await expectOneEntry(popup, id);
      });
    },
  );
});

test(
  'with no page open an alarm wakes the worker, and the cancel is sent again',
  { tag: '@firefox' },
  async ({ sandbox, listed, extension, popup, options }) => {
    const { faults, book, requests } = sandbox.venues.btcturk;
    const { id, button } = await listed('btcturk');
    faults.add('cancel', { kind: 'drop', when: 'before-acting' });
    const read = faults.hold('order');
    await button.click();
    await read.arrived;
    await options.page.close();
    await popup.page.goto('about:blank');
    await extension.killWorker();
    read.release();
    await book.waitFor(id, 'cancelled', 45_000);
    expect(requests.of('cancel')).toHaveLength(2);
    // Proven, nothing is left to be woken for.
    const later = await extension.open('options.html');
    await expect
      .poll(() =>
        later.evaluate(async () => (await chrome.alarms.getAll()).map(({ name }) => name)),
      )
      .toEqual(['auto-lock']);
  },
);

ownTest.describe('when the browser ends', () => {
  ownTest.use({ accounts: ['btcturk', 'kraken'] });

  ownTest(
    'what was unfinished is finished after the next unlock, and requests are numbered ever higher, though it be killed and the next one’s clock be behind',
    { tag: '@firefox' },
    async ({ sandbox, listed, extension, options }) => {
      const { btcturk, kraken } = sandbox.venues;
      // Numbers follow the venue's clock once it is measured. It is not known to a browser that has just started: by the machine's alone
      // they would fall there, as where that is set back.
      kraken.clock.driftBy(3_600_000);
      await expect(await options.test(accountLabels.kraken)).toContainText('Works');
      await options.page.close();
      const before = [await listed('kraken'), await listed('kraken')];
      for (const { row, button } of before) {
        await button.click();
        await expect(row).toContainText(/(?<!Already )Cancelled/);
        await extension.killWorker();
      }
      const { id, row, button } = await listed('btcturk');
      btcturk.faults.add('cancel', { kind: 'accept-then-cancel', delayMs: 2000 });
      await button.click();
      await expect(row).toContainText('Accepted, confirming');

      const restarted = await extension.restart();
      const popup = new PopupPage(await restarted.open('popup.html'));
      await popup.unlock();
      await expect(popup.row(id)).toContainText('Cancelled');
      expect(btcturk.requests.of('cancel')).toHaveLength(1);
      await cancelOnKraken(popup, sandbox);

      const again = await restarted.killBrowser();
      const later = new PopupPage(await again.open('popup.html'));
      await later.unlock();
      await cancelOnKraken(later, sandbox);
      await again.context.close();

      expect(kraken.requests.of('cancel')).toHaveLength(4);
      expectRisingNonces(sandbox);
    },
  );
});

async function cancelOnKraken(popup: PopupPage, sandbox: Sandbox): Promise<void> {
  const { id } = sandbox.venues.kraken.book.place(orderFor('kraken'));
  await popup.page.getByRole('button', { name: 'Refresh' }).click();
  await popup.cancelButton(id).click();
  await expect(popup.row(id)).toContainText(/(?<!Already )Cancelled/);
}

test('a lock lets what is in flight end, and shows nothing meanwhile', async ({
  sandbox,
  listed,
  popup,
  options,
}) => {
  const { faults, book } = sandbox.venues.ripio;
  const { id, row, button } = await listed('ripio');
  const hold = faults.hold('cancel');
  await button.click();
  await hold.arrived;
  await expect(row).toContainText('Cancelling');
  await options.lockNow.click();
  await expect(popup.page.getByRole('button', { name: 'Unlock' })).toBeVisible();
  await expect(popup.page.getByText(id)).toHaveCount(0);
  hold.release();
  await book.waitFor(id, 'cancelled');
  await popup.unlock();
  const history = await popup.showHistory();
  await expect(history.getByRole('listitem')).toContainText(/(?<!Already )Cancelled/);
});

test(
  'killed between the journal and the screen: the next life shows the end',
  {
    tag: '@firefox',
  },
  async ({ listed, extension, popup }) => {
    const { id, row, button } = await listed('ripio');
    await button.click();
    await expect(row).toContainText('Cancelled');
    // No popup that asks every two seconds wakes the next life before that is written.
    const address = popup.page.url();
    await popup.page.goto(new URL('manifest.json', address).href);
    await extension.killWorker();
    // What the screen would still be told, had the worker died a moment earlier.
    const changed = await popup.page.evaluate(async (orderId) => {
      const keys = JSON.parse(
        String((await chrome.storage.session.get('view.index'))['view.index']),
      );
      const found = [];
      for (const [key, text] of Object.entries(
        await chrome.storage.session.get(keys as string[]),
      )) {
        if (!key.startsWith('view.cancellation.') || !String(text).includes(orderId)) continue;
        const { at, ...cancellation } = JSON.parse(String(text));
        const before = { ...cancellation, at: { ...at, ended: undefined }, state: 'sent' };
        await chrome.storage.session.set({ [key]: JSON.stringify(before) });
        found.push(key);
      }
      return found;
    }, id);
    expect(changed).toHaveLength(1);
    await popup.page.goto(address);
    await expect(row).toContainText('Cancelled');
  },
);

test.describe('ztdx', () => {
  test.use({ accounts: ['ztdx'] });

  test(
    'killed between a parent’s proof and the entry of the trigger order that went with it',
    { tag: '@firefox' },
    async ({ sandbox, listed, extension, popup }) => {
      const { book, faults, requests } = sandbox.venues.ztdx;
      const parent = await listed('ztdx');
      const attached = await listed('ztdx', {
        side: 'sell',
        method: 'take-profit-market',
        stopPrice: '80000',
        reduceOnly: true,
        parentId: parent.id,
      });
      const reading = faults.hold('order', { orderId: attached.id });
      await parent.button.click();
      await expect(parent.row).toContainText('Cancelled');
      await reading.arrived;
      await extension.killWorker();
      reading.release();
      // The next life reads the list first, in which it is no more.
      expect(book.find(attached.id)?.status).toBe('cancelled');
      await popup.page.getByRole('button', { name: 'Refresh' }).click();

      const history = await popup.showHistory();
      await expect(history.getByRole('listitem')).toHaveCount(2);
      await expect(history.getByRole('listitem').filter({ hasText: attached.id })).toContainText(
        `cancelled with its parent order ${parent.id}`,
      );
      expect(requests.of('cancel')).toHaveLength(1);
    },
  );
});
