import { test as base, type Locator } from '@playwright/test';
import { startSandbox, type Sandbox } from '#tests/sandbox/sandbox.ts';
import type { BtcTurkError } from '#tests/sandbox/btcturk/replies.ts';
import type { HabitTradeError } from '#tests/sandbox/habit-trade/replies.ts';
import type { OxFunError } from '#tests/sandbox/ox-fun/replies.ts';
import type { RipioError } from '#tests/sandbox/ripio/replies.ts';
import type { ZtdxError } from '#tests/sandbox/ztdx/replies.ts';
import type { Faults } from '#tests/sandbox/shared/faults.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { launchExtension, type Extension } from './extension.ts';
import { ready } from './fresh.ts';
import { OptionsPage, PopupPage } from './pages.ts';

export { expect } from '@playwright/test';

/** How each venue's account is called in the tests, and an order that stands there. */
const venues = {
  btcturk: {
    label: 'Turkish lira',
    order: { symbol: 'BTCTRY', side: 'buy', price: '4150000', quantity: '0.1' },
  },
  'habit-trade': {
    label: 'Shares',
    order: { symbol: 'DODO-USDT', side: 'buy', price: '0.1185', quantity: '1200' },
  },
  'ox-fun': {
    label: 'Perps',
    order: { symbol: 'BTC-USD-SWAP-LIN', side: 'sell', price: '71500', quantity: '0.3' },
  },
  ripio: {
    label: 'Reais',
    order: { symbol: 'BTC_BRL', side: 'sell', price: '520000.5', quantity: '0.25' },
  },
  ztdx: {
    label: 'Futures',
    order: { symbol: 'BTCUSDT', side: 'buy', price: '70168.52', quantity: '0.4' },
  },
} as const;

export type TestVenue = keyof typeof venues;
export const testVenues = Object.keys(venues) as TestVenue[];

export const accountLabels = Object.fromEntries(
  testVenues.map((venue) => [venue, venues[venue].label]),
) as Record<TestVenue, string>;

/** The documented errors of all venues, by the venues' own names. */
export type TestError = BtcTurkError | HabitTradeError | OxFunError | RipioError | ZtdxError;

export function faultsOf(sandbox: Sandbox, venue: TestVenue): Faults<TestError> {
  return sandbox.venues[venue].faults;
}

interface Fixtures {
  /** The venues on which the popup's user has an account. */
  accounts: readonly TestVenue[];
  /** All venues with empty books. */
  sandbox: Sandbox;
  extension: Extension;
  options: OptionsPage;
  /** The popup with an open vault and the accounts, set up through the options page. */
  popup: PopupPage;
  /** Places an order at the venue and waits until the popup lists it. */
  listed: (venue: TestVenue, order?: Record<string, unknown>) => Promise<ListedOrder>;
}

interface ListedOrder {
  readonly id: string;
  readonly row: Locator;
  readonly button: Locator;
}

export const test = base.extend<Fixtures>({
  accounts: [['btcturk', 'ripio'], { option: true }],

  sandbox: async ({}, use) => {
    const sandbox = await startSandbox({
      btcturk: { seed: false, keepAlive: false },
      'habit-trade': { seed: false, keepAlive: false },
      'ox-fun': { seed: false, keepAlive: false },
      ripio: { seed: false, keepAlive: false, limits: false },
      ztdx: { seed: false, keepAlive: false },
    });
    await use(sandbox);
    await sandbox.stop();
  },

  extension: async ({}, use) => {
    const extension = await launchExtension();
    await use(extension);
    await extension.close();
  },

  options: async ({ extension }, use) => {
    await use(new OptionsPage(await extension.open('options.html')));
  },

  popup: async ({ accounts, extension, options, sandbox }, use) => {
    await options.createVault();
    for (const venue of accounts) await addAccount(options, sandbox, venue);
    const page = await extension.open('popup.html');
    await page.getByRole('searchbox', { name: 'Find order' }).waitFor();
    await ready(page);
    await use(new PopupPage(page));
  },

  listed: async ({ popup, sandbox }, use) => {
    await use(async (venue, order = {}) => {
      const { id } = sandbox.venues[venue].book.place({ ...orderFor(venue), ...order });
      await popup.page.getByRole('button', { name: 'Refresh' }).click();
      const row = popup.row(id);
      await row.waitFor();
      return { id, row, button: popup.cancelButton(id) };
    });
  },
});

export function orderFor(venue: TestVenue): (typeof venues)[TestVenue]['order'] {
  return venues[venue].order;
}

export async function addAccount(
  options: OptionsPage,
  sandbox: Sandbox,
  venue: TestVenue,
  label: string = accountLabels[venue],
): Promise<void> {
  const access = sandbox.list.find((each) => each.venue === venue);
  if (!access) throw new Error(`the sandbox has no ${venue}`);
  await options.fillAccount({ ...access, venueName: venueNames[venue], label });
  await options.save();
  await options.account(label).waitFor();
}
