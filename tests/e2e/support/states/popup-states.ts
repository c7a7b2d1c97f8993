import type { Page } from '@playwright/test';
import type { AccountId } from '#lib/domain/account.ts';
import type { SweepId } from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { AccountSweep, Sweep } from '#lib/domain/sweep.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { PopupPage } from '#tests/e2e/support/pages.ts';
import { sayInEnglish as say, type Say } from '#tests/support/say.ts';
import { now } from '#tests/unit/support/view-world.ts';
import { everyVenueSwept, everyVenue, withOrders } from './every-venue.ts';
import type { State } from './state.ts';
import { cancellation, open, orders, readAs, withCancellations } from './world.ts';

const end = { ended: now - 500 };
const none = { orders: [] };
const reading = { reading: true };

const cancelling = withCancellations(
  { ...open, holds: { c: { cancels: now + 42_000, reads: 0 } } as View['holds'] },
  cancellation('a', 0, { state: 'sent' }),
  cancellation('a', 1, { state: 'accepted', at: { requested: now - 1000, accepted: now - 900 } }),
  cancellation('b', 0, { state: 'unknown', note: { code: 'timed-out' }, inDoubt: true }),
  cancellation('c', 0, { state: 'requested', next: { step: 'send', at: now }, sendings: 0 }),
);

export const ended = withCancellations(
  readAs({ a: none, b: none, c: { orders: orders.c.slice(0, 1) } }),
  cancellation('a', 0, {
    state: 'cancelled',
    at: { requested: now - 1000, ...end },
    filled: '0.004' as Decimal,
    quantity: '0.01' as Decimal,
  }),
  cancellation('a', 1, { state: 'filled', at: { requested: now - 1000, ...end } }),
  cancellation('b', 0, { state: 'was-cancelled', at: { requested: now - 1000, ...end } }),
  cancellation('b', 1, { state: 'not-found', at: { requested: now - 1000, ...end } }),
  cancellation('c', 0, {
    state: 'refused',
    reason: 'no-right',
    said: ['Forbidden: no right to trade'],
    at: { requested: now - 1000, ...end },
  }),
);

const trouble = withCancellations(
  {
    ...readAs({
      a: { trouble: { reason: 'unreachable', at: now - 1000 } },
      b: {
        trouble: { reason: 'rate-limited', at: now - 1000, said: ['Too many requests', '429'] },
      },
      c: { unreadable: 2 },
    }),
    holds: { b: { cancels: 0, reads: now + 30_000 } } as View['holds'],
    damage: { settings: true, accounts: [], sweeps: 1, cancellations: 2 },
  },
  cancellation('a', 0, {
    state: 'requested',
    stopped: true,
    lapsed: true,
    sendings: 0,
    at: { requested: now - 7_200_000, ended: now - 1000 },
  }),
);

const accountSweep = (accountId: string, more: Omit<AccountSweep, 'accountId'>): AccountSweep => ({
  accountId: accountId as AccountId,
  ...more,
});
const read = { readAt: now - 400, open: 0, meant: 0, kept: 0 };
const sweep: Sweep = {
  id: 's' as SweepId,
  filter: {},
  withProtective: false,
  requestedAt: now - 2000,
  accounts: [
    accountSweep('a', { tally: { cancelled: 3, filled: 1 }, phase: 'empty', reading: read }),
    accountSweep('b', { tally: { cancelled: 9, accepted: 2, requested: 40 }, phase: 'cancelling' }),
    accountSweep('c', { tally: { cancelled: 1, unknown: 1 }, phase: 'cancelling' }),
  ],
};
const swept: Sweep = {
  ...sweep,
  accounts: [
    accountSweep('a', { tally: { cancelled: 3, filled: 1 }, phase: 'empty', reading: read }),
    accountSweep('b', {
      tally: { cancelled: 9, refused: 2 },
      phase: 'left',
      reading: { ...read, open: 3, meant: 2, kept: 1 },
    }),
    accountSweep('c', {
      tally: { cancelled: 1 },
      phase: 'empty',
      reading: { ...read, open: 1, kept: 1 },
    }),
  ],
};

const find = (text: string) => (page: Page, say: Say) => new PopupPage(page, say).find.fill(text);
const openCancelAll = (page: Page, say: Say) => new PopupPage(page, say).openCancelAll();

async function selectThree(page: Page): Promise<void> {
  for (const key of ['ArrowDown', 'Space', 'Shift+ArrowDown', 'Shift+ArrowDown']) {
    await page.keyboard.press(key);
  }
}

async function unlock(page: Page, say: Say): Promise<void> {
  await page.getByLabel(say('vault.passphrase')).fill('as it was');
  await page.keyboard.press('Enter');
  await page.locator('form[aria-busy=true]').waitFor();
}

/** From now on nobody hears the page. */
async function lose(page: Page, say: Say): Promise<void> {
  await page.evaluate(() => {
    chrome.runtime.sendMessage = () => new Promise(() => {});
  });
  await page.getByRole('button', { name: say('find.refresh') }).click();
}

async function showLatency(page: Page, say: Say): Promise<void> {
  const popup = new PopupPage(page, say);
  await popup.showHistory();
  await popup.latencyButton.click();
}

/** Of the popup. */
export const popupStates: readonly State[] = [
  {
    name: 'not set up',
    view: { ...emptyView, vault: { state: 'none' } },
    says: say('popup.welcome.title'),
  },
  { name: 'lost', view: { ...emptyView, vault: { state: 'lost' } }, says: say('no_vault.gone') },
  {
    name: 'unreadable',
    view: { ...emptyView, vault: { state: 'unreadable' } },
    says: say('no_vault.cannot_read'),
  },
  {
    name: 'no accounts',
    view: { ...emptyView, vault: { state: 'unlocked' } },
    says: say('popup.no_accounts.title'),
  },
  {
    name: 'locked',
    tree: true,
    view: { ...emptyView, vault: { state: 'locked', waiting: { count: 2, isChecking: false } } },
    says: say('vault.locked'),
  },
  {
    name: 'unlocking',
    view: { ...emptyView, vault: { state: 'locked' } },
    act: unlock,
    says: say('vault.locked'),
  },
  {
    name: 'never read',
    view: { ...open, orders: {} },
    act: (page) => page.locator('.skeleton').waitFor(),
    says: say('cancel_all.name'),
  },
  {
    name: 'reading',
    view: readAs({ a: reading, b: reading, c: reading, d: reading }),
    says: '77001',
  },
  { name: 'unheard', view: open, act: lose, says: say('silent.strong') },
  {
    name: 'empty',
    tree: true,
    view: readAs({ a: none, b: none, c: none, d: none }),
    says: say('popup.empty'),
  },
  { name: 'list', tree: true, view: open, says: '77001' },
  {
    name: 'compact',
    brief: true,
    tree: true,
    view: { ...cancelling, settings: { ...open.settings, compactRows: true } },
    says: '77001',
  },
  { name: 'cancelling', tree: true, view: cancelling, says: say('state.accepted') },
  { name: 'ended', tree: true, view: ended, says: say('state.not_found') },
  { name: 'trouble', tree: true, view: trouble, says: say('lapsed.still_open', { count: 1 }) },
  { name: 'Find order', tree: true, view: open, act: find('grid'), says: 'grid-7' },
  {
    name: 'nothing found',
    view: open,
    act: find('nothing like it'),
    says: say('popup.no_such.title'),
  },
  {
    name: 'filter',
    view: open,
    act: (page, say) => new PopupPage(page, say).narrow('Only side', say('filter.only_buys')),
    says: say('filter.only_buys'),
  },
  { name: 'Cancel all', tree: true, view: open, act: openCancelAll, says: 'About 4 s' },
  {
    name: 'Cancel all under way',
    tree: true,
    view: { ...cancelling, sweeps: [sweep] },
    says: say('cancel_all.stop'),
  },
  {
    name: 'Cancel all ended',
    tree: true,
    view: { ...open, sweeps: [swept] },
    says: say('cancel_all.close'),
  },
  { name: 'selected', tree: true, view: open, act: selectThree, says: '3 selected' },
  {
    name: 'light',
    view: open,
    act: (page, say) =>
      page.getByRole('button', { name: new RegExp(`^${say('readiness.light.bad')}`) }).click(),
    says: 'measured 3 s ago',
  },
  {
    name: 'cancel by id',
    view: open,
    act: (page, say) => page.getByText(say('by_id.name')).first().click(),
    says: say('by_id.id_kind'),
  },
  {
    name: 'keys',
    view: open,
    act: (page, say) => page.getByRole('button', { name: say('keys.title') }).click(),
    says: say('keys.anywhere'),
  },
  {
    name: 'history',
    tree: true,
    view: open,
    act: (page, say) => new PopupPage(page, say).showHistory(),
    says: say('history.unreadable'),
  },
  { name: 'latency', tree: true, view: open, act: showLatency, says: say('latency.p95') },
  { name: 'every venue', view: everyVenue, says: say('order.takes_list') },
  {
    name: 'every venue, compact',
    brief: true,
    view: { ...everyVenue, settings: { ...everyVenue.settings, compactRows: true } },
    says: say('order.takes_list'),
  },
  {
    name: 'every venue, Cancel all',
    view: everyVenue,
    act: openCancelAll,
    says: say('cancel_all.cascades_lists', { venue: 'Binance' }),
  },
  { name: 'every venue, swept', view: everyVenueSwept, says: say('cancel_all.close') },
  { name: 'one order', view: withOrders(1), says: say('count.no_open_orders') },
  { name: 'fifty orders', view: withOrders(50), says: say('count.open_orders', { count: 50 }) },
];
