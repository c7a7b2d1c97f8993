import { test as base, type Locator, type Page } from '@playwright/test';
import {
  forTests,
  sandboxVenues,
  startSandbox,
  type Sandbox,
  type SandboxError,
  type SandboxVenueName,
} from '#tests/sandbox/sandbox.ts';
import type { Faults } from '#tests/sandbox/shared/faults.ts';
import type { AccountId } from '#lib/domain/account.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import type { Answers, RequestInput } from '#lib/protocol/messages.ts';
import { startSharedFirefox } from '#tests/e2e/support/firefox/extension.ts';
import { readingKey } from '#lib/protocol/stored-view.ts';
import type { OrdersView } from '#lib/protocol/view.ts';
import type { Extension } from './extension.ts';
import { ready } from './fresh.ts';
import { OptionsPage, passphrase, PopupPage } from './pages.ts';
import { startSharedBrowser, type SharedBrowser } from './shared-browser.ts';

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

/** Its WebSockets end, and no other can be opened: it is known by REST alone. */
export function takeSocketsAway(sandbox: Sandbox, venue: TestVenue): void {
  faultsOf(sandbox, venue).add('connect', { kind: 'status', status: 503 }, { times: 'always' });
  sandbox.venues[venue].sockets.cut();
}

interface Fixtures {
  /** The venues on which the popup's user has an account. */
  accounts: readonly TestVenue[];
  /** Whether venues tell by themselves what becomes of orders. Else all that comes to be known is read. */
  pushes: boolean;
  /** All venues with empty books. */
  sandbox: Sandbox;
  extension: Extension;
  options: OptionsPage;
  /** The popup with an open vault and the accounts, set up by the messages that the options page sends. */
  popup: PopupPage;
  /** Places an order at the venue and waits until the popup lists it. */
  listed: Listed;
}

export type Listed = (venue: TestVenue, order?: Record<string, unknown>) => Promise<ListedOrder>;

interface ListedOrder {
  readonly id: string;
  readonly row: Locator;
  readonly button: Locator;
}

export interface OfWorkers {
  /** A project's: which browser its tests are run in. */
  target: 'chromium' | 'firefox';
  browserForAll: SharedBrowser;
}

export const test = base.extend<Fixtures, OfWorkers>({
  target: ['chromium', { option: true, scope: 'worker' }],

  accounts: [['btcturk', 'ripio'], { option: true }],

  pushes: [false, { option: true }],

  sandbox: async ({ pushes }, use) => {
    const sandbox = await startSandbox(
      ofEach((venue) => ({ seed: false, keepAlive: false, limits: forTests(venue).limits })),
    );
    for (const venue of pushes ? [] : testVenues) {
      sandbox.venues[venue].sockets.faults.add({ kind: 'lost' }, { times: 'always' });
    }
    await use(sandbox);
    await sandbox.stop();
  },

  browserForAll: [
    async ({ target }, use) => {
      const browser = await (target === 'firefox' ? startSharedFirefox() : startSharedBrowser());
      await use(browser);
      await browser.close();
    },
    { scope: 'worker' },
  ],

  extension: async ({ browserForAll }, use) => {
    await use(await browserForAll.install());
    await browserForAll.reset();
  },

  options: async ({ extension }, use) => {
    await use(new OptionsPage(await extension.open('options.html')));
  },

  popup: async ({ accounts, extension, sandbox }, use) => {
    const page = await extension.open('manifest.json');
    await setUp(page, sandbox, accounts);
    await page.goto(extension.url('popup.html'));
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

/** Through the options page. */
export async function addAccount(
  options: OptionsPage,
  sandbox: Sandbox,
  venue: TestVenue,
  label: string = accountLabels[venue],
): Promise<void> {
  await options.fillAccount({ ...accessTo(sandbox, venue), venueName: venueNames[venue], label });
  await options.save();
  await options.account(label).waitFor();
}

function accessTo(sandbox: Sandbox, venue: TestVenue): Sandbox['list'][number] {
  const access = sandbox.list.find((each) => each.venue === venue);
  if (!access) throw new Error(`the sandbox has no ${venue}`);
  return access;
}

/**
 * Makes the vault and saves the accounts, as the options page does, and waits until each has been read. From any page of the
 * extension. The keys are not tested: that reads all over again, for which a venue with a limit of one request a second lets wait.
 */
export async function setUp(
  page: Page,
  sandbox: Sandbox,
  venues: readonly TestVenue[],
): Promise<void> {
  await ask(page, { kind: 'create-vault', passphrase });
  const ids: AccountId[] = [];
  for (const venue of venues) ids.push(await saveAccount(page, sandbox, venue));
  await page.waitForFunction(areRead, ids.map(readingKey), { polling: 20 });
}

/** Runs in a page of ours. */
async function areRead(keys: readonly string[]): Promise<boolean> {
  const texts = (await chrome.storage.session.get([...keys])) as Record<string, string>;
  const readings = keys.map((key) => JSON.parse(texts[key] ?? '{}') as Partial<OrdersView>);
  return readings.every(({ readAt, trouble }) => readAt ?? trouble);
}

/** Without a test of its key. */
export async function saveAccount(
  page: Page,
  sandbox: Sandbox,
  venue: TestVenue,
): Promise<AccountId> {
  const { key: apiKey, secret: apiSecret, url: sandboxUrl } = accessTo(sandbox, venue);
  const account = { venue, label: accountLabels[venue], environment: 'sandbox' } as const;
  const form = { ...account, sandboxUrl, apiKey, apiSecret };
  const { accountId } = await ask(page, { kind: 'save-account', ...form });
  return accountId;
}

function ask<Kind extends keyof Answers>(
  page: Page,
  request: Extract<RequestInput, { kind: Kind }>,
): Promise<Answers[Kind]> {
  return page.evaluate(async (message) => {
    const answer = await chrome.runtime.sendMessage<object, { ok: boolean; value: unknown }>(
      message,
    );
    if (!answer.ok) throw new Error(JSON.stringify(answer));
    return answer.value as never;
  }, request);
}
