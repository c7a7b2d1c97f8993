import type { Page } from '@playwright/test';
import type { HistoryRow } from '#lib/protocol/messages.ts';
import { forTests, type Sandbox } from '#tests/sandbox/sandbox.ts';
import type { BookOrder, NewOrder } from '#tests/sandbox/shared/order-book.ts';
import type { Extension } from '#tests/e2e/support/extension.ts';
import type { PopupPage } from '#tests/e2e/support/pages.ts';
import { expect, faultsOf, test, testVenues } from '#tests/e2e/support/test.ts';

/** Cancel all, on all venues at once: every order ends in a true state, and the venues' own books say the same. */

test.use({ accounts: testVenues });

const total = testVenues.length * 40;
const guarding = testVenues.filter((venue) => forTests(venue).hasStops).length * 4;

/** 40 orders a venue, half of them buys; every tenth of either guards a position, where the venue has such orders. */
function fillBooks(sandbox: Sandbox): void {
  for (const venue of testVenues) {
    const { hasStops, symbols } = forTests(venue);
    for (let index = 0; index < 40; index++) {
      const isStop = index % 10 < 2 && hasStops;
      const order: NewOrder = {
        symbol: symbols[index % 4 < 2 ? 0 : 1],
        side: index % 2 === 0 ? 'buy' : 'sell',
        price: `${100 + index}`,
        quantity: '1',
        ageMs: 60_000 + index * 1000,
        ...(isStop && { method: 'stop-limit', stopPrice: `${90 + index}` }),
      };
      sandbox.venues[venue].book.place(order);
    }
  }
}

const isStop = ({ method }: BookOrder) => method === 'stop-limit';
const isMeant = (order: BookOrder) => order.side === 'buy' && !isStop(order);

/** All that history holds of each order, by its id in lower case. */
/** None is damaged here. */
type Row = Required<HistoryRow>;

async function readHistory(page: Page): Promise<Map<string, Row[]>> {
  const rows = await page.evaluate(async () => {
    const all: Row[] = [];
    for (let before: number | undefined; ;) {
      const reply: { value: { rows: Row[]; next?: number } } = await chrome.runtime.sendMessage({
        kind: 'history',
        ...(before && { before }),
      });
      all.push(...reply.value.rows);
      before = reply.value.next;
      if (before === undefined) return all;
    }
  });
  return Map.groupBy(rows, ({ cancellation }) => cancellation.ref.orderId?.toLowerCase() ?? '');
}

/** Holds what Pullcord says of each order against the venues' books. */
async function expectTruth(
  popup: PopupPage,
  sandbox: Sandbox,
  refused: ReadonlySet<string>,
): Promise<void> {
  const history = await readHistory(popup.page);
  for (const venue of testVenues) {
    for (const order of sandbox.venues[venue].book.all()) {
      const what = `${venue} ${order.side} ${order.method} ${order.id}`;
      const told = history.get(order.id.toLowerCase()) ?? [];
      if (!isMeant(order)) {
        expect([what, order.status, told.length]).toEqual([what, 'open', 0]);
        continue;
      }
      const states = told.map(({ cancellation }) => cancellation.state);
      if (refused.has(order.id)) {
        expect([what, order.status, new Set(states)]).toEqual([what, 'open', new Set(['refused'])]);
      } else expect([what, order.status, states]).toEqual([what, 'cancelled', ['cancelled']]);
    }
  }
}

async function begin(popup: PopupPage): Promise<void> {
  const { page } = popup;
  await page.getByRole('button', { name: 'Refresh' }).click();
  await expect(popup.orders.getByRole('listitem')).toHaveCount(total);
  await page.getByRole('searchbox', { name: 'Find order' }).fill('buy');
  await expect(popup.orders.getByRole('listitem')).toHaveCount(total / 2);
  await page.getByRole('button', { name: 'Cancel all', exact: true }).click();
  const dialog = page.getByRole('alertdialog', { name: 'Cancel all orders' });
  await expect(dialog.getByRole('checkbox')).not.toBeChecked();
  await expect(dialog).toContainText(`Also cancel ${guarding} protective orders`);
  await dialog.getByRole('button', { name: `Cancel ${total / 2 - guarding} orders` }).click();
  await expect(dialog).toBeHidden();
}

const ended = (popup: PopupPage) =>
  popup.page
    .getByRole('region', { name: 'Cancel all' })
    .getByRole('button', { name: 'Close', exact: true });

test('40 orders a venue: a filter, half a batch refused, one venue down, one at its limit', async ({
  popup,
  sandbox,
}) => {
  fillBooks(sandbox);
  const habit = sandbox.venues['habit-trade'];
  const refused = habit.book
    .all()
    .filter(isMeant)
    .slice(0, 10)
    .map(({ id }) => id);
  const leaveOut = { kind: 'leave-out', orderIds: refused } as const;
  habit.faults.add('cancel-batch', leaveOut, { times: 'always' });
  habit.faults.add('cancel', leaveOut, { times: 'always' });
  faultsOf(sandbox, 'btcturk').add('cancel', { kind: 'rate-limit', seconds: 2 });

  await popup.page.getByRole('button', { name: 'Refresh' }).click();
  await expect(popup.orders.getByRole('listitem')).toHaveCount(total);
  const down = { kind: 'status', status: 503 } as const;
  faultsOf(sandbox, 'ripio').add('any', down, { times: 'always' });
  await begin(popup);

  await expect(popup.page.getByText('Unknown, checking').first()).toBeVisible();
  await sandbox.venues.ripio.requests.waitFor(({ status }) => status === 503);
  sandbox.venues.ripio.faults.clear();
  await expect(ended(popup)).toBeVisible({ timeout: 60_000 });
  await expect
    .poll(async () => [...(await readHistory(popup.page)).values()].flat().filter(isUnfinished))
    .toEqual([]);
  await expectTruth(popup, sandbox, new Set(refused));
});

function isUnfinished({ cancellation: { state } }: Row): boolean {
  return ['requested', 'sent', 'accepted', 'unknown'].includes(state);
}

test(
  'the same with the worker killed five times on the way',
  { tag: '@firefox' },
  async ({ popup, sandbox, extension }) => {
    fillBooks(sandbox);
    faultsOf(sandbox, 'btcturk').add('cancel', { kind: 'rate-limit', seconds: 1 });
    faultsOf(sandbox, 'ripio').add('cancel', { kind: 'drop', when: 'after-acting' });
    for (const venue of testVenues)
      faultsOf(sandbox, venue).add('cancel', { kind: 'delay', ms: 20 }, { times: 'always' });
    await begin(popup);
    for (const count of [3, 20, 40, 60, 75]) {
      await untilCancelled(sandbox, count);
      await kill(extension, popup);
    }
    await expect(ended(popup)).toBeVisible({ timeout: 60_000 });
    await expect
      .poll(async () => [...(await readHistory(popup.page)).values()].flat().filter(isUnfinished))
      .toEqual([]);
    await expectTruth(popup, sandbox, new Set());
  },
);

test.describe('where the venue tells the ends', () => {
  test.use({ pushes: true });

  test(
    'every order of Ripio Trade goes with one request, and each is proven',
    { tag: '@firefox' },
    async ({ popup, sandbox }) => {
      const { book, requests } = sandbox.venues.ripio;
      for (let index = 0; index < 12; index++) {
        book.place({
          symbol: 'BTC_BRL',
          side: 'buy',
          price: `${100 + index}`,
          quantity: '1',
          filled: '0.5',
        });
      }
      const { page } = popup;
      await page.getByRole('button', { name: 'Refresh' }).click();
      await expect(popup.orders.getByRole('listitem')).toHaveCount(12);
      await page.getByRole('button', { name: 'Cancel all', exact: true }).click();
      await page.getByRole('button', { name: 'Cancel 12 orders' }).click();
      await expect(ended(popup)).toBeVisible();
      expect([requests.of('cancel-all').length, requests.of('cancel').length]).toEqual([1, 0]);
      expect(book.open()).toEqual([]);
      const told = [...(await readHistory(page)).values()]
        .flat()
        .map(({ cancellation }) => cancellation);
      expect(told.map(({ state, filled, quantity }) => [state, filled, quantity])).toEqual(
        Array.from({ length: 12 }, () => ['cancelled', '0.5', '1']),
      );
    },
  );
});

/** Ends the worker, and lets the open popup wake the next one. */
async function kill(extension: Extension, popup: PopupPage): Promise<void> {
  await extension.killWorker();
  await popup.page.evaluate(() => chrome.runtime.sendMessage({ kind: 'hello' }));
}

/** Resolves when so many orders are gone from the books, whichever they are. */
async function untilCancelled(sandbox: Sandbox, count: number): Promise<void> {
  const gone = Promise.withResolvers<void>();
  const look = () => {
    const all = testVenues.flatMap((venue) => sandbox.venues[venue].book.all());
    if (all.filter(({ status }) => status === 'cancelled').length >= count) gone.resolve();
  };
  const stops = testVenues.map((venue) => sandbox.venues[venue].book.onChange(look));
  look();
  await gone.promise;
  for (const stop of stops) stop();
}
