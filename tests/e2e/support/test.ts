import { test as base, type Locator } from '@playwright/test';
import { startSandbox, type Sandbox } from '../../sandbox/sandbox.ts';
import type { BtcTurkError } from '../../sandbox/btcturk/replies.ts';
import type { RipioError } from '../../sandbox/ripio/replies.ts';
import type { Faults } from '../../sandbox/shared/faults.ts';
import { launchExtension, type Extension } from './extension.ts';
import { OptionsPage, PopupPage } from './pages.ts';

export { expect } from '@playwright/test';

export const accountLabels = { btcturk: 'Turkish lira', ripio: 'Reais' } as const;
export type TestVenue = keyof typeof accountLabels;
export const testVenues = Object.keys(accountLabels) as TestVenue[];
const venueNames = { btcturk: 'BtcTurk', ripio: 'Ripio Trade' } as const;

/** The documented errors of all venues, by the venues' own names. */
export type TestError = BtcTurkError | RipioError;

export function faultsOf(sandbox: Sandbox, venue: TestVenue): Faults<TestError> {
  return sandbox.venues[venue].faults;
}

interface Fixtures {
  /** Both venues with empty books. */
  sandbox: Sandbox;
  extension: Extension;
  options: OptionsPage;
  /** The popup with an open vault and an account on each venue, set up through the options page. */
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
  sandbox: async ({}, use) => {
    const sandbox = await startSandbox({
      btcturk: { seed: false, keepAlive: false },
      ripio: { seed: false, keepAlive: false, limits: false },
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

  popup: async ({ extension, options, sandbox }, use) => {
    await options.createVault();
    for (const venue of testVenues) await addAccount(options, sandbox, venue);
    const page = await extension.open('popup.html');
    await page.getByRole('searchbox', { name: 'Find order' }).waitFor();
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

export function orderFor(venue: TestVenue) {
  return venue === 'btcturk'
    ? { symbol: 'BTCTRY', side: 'buy' as const, price: '4150000', quantity: '0.1' }
    : { symbol: 'BTC_BRL', side: 'sell' as const, price: '520000.5', quantity: '0.25' };
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
