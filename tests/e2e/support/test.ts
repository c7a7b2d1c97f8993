import { test as base, type Locator } from '@playwright/test';
import {
  forTests,
  sandboxVenues,
  startSandbox,
  type Sandbox,
  type SandboxError,
  type SandboxVenueName,
} from '#tests/sandbox/sandbox.ts';
import type { Faults } from '#tests/sandbox/shared/faults.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { launchExtension, type Extension } from './extension.ts';
import { ready } from './fresh.ts';
import { OptionsPage, PopupPage } from './pages.ts';

export { expect } from '@playwright/test';

export type TestVenue = SandboxVenueName;
export type TestError = SandboxError;
export const testVenues = sandboxVenues;

const ofEach = <Fact>(fact: (venue: TestVenue) => Fact) =>
  Object.fromEntries(testVenues.map((venue) => [venue, fact(venue)])) as Record<TestVenue, Fact>;

export const accountLabels = ofEach((venue) => forTests(venue).label);

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
    const sandbox = await startSandbox(
      ofEach((venue) => ({ seed: false, keepAlive: false, limits: forTests(venue).limits })),
    );
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

export function orderFor(venue: TestVenue) {
  return forTests(venue).order;
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
