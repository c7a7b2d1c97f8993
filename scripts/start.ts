/**
 * The main job on the sandbox venues: builds the extension, starts the venues, opens a browser with an account on each,
 * set up through the real options page. With a display the browser stays open; without one it cancels an order on each
 * venue through the real popup, prints what happened and leaves screenshots.
 */
import '#tests/support/english.ts';
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { venueNames, type VenueId } from '#lib/domain/venue-id.ts';
import { stateWords } from '#lib/words/state-words.ts';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import { launchExtension, type OwnExtension } from '#tests/e2e/support/extension.ts';
import { OptionsPage, passphrase, PopupPage } from '#tests/e2e/support/pages.ts';
import { startSandbox, type Sandbox } from '#tests/sandbox/sandbox.ts';

const screenshots = join(import.meta.dirname, '../.screenshots');
const hasDisplay = Boolean(process.env['DISPLAY'] ?? process.env['WAYLAND_DISPLAY']);

// The tests, of which one runs this, have built it.
if (process.env['PULLCORD_BUILT'] === undefined) {
  console.log('Building the sandbox build …');
  execFileSync('npm', ['run', '--silent', 'build:sandbox'], {
    stdio: ['ignore', 'ignore', 'inherit'],
  });
}

const sandbox = await startSandbox();
for (const { venue, url } of sandbox.list) {
  console.log(`${nameOf(venue)} (sandbox) at ${url}`);
}
const extension = await launchExtension({ headless: !hasDisplay });
const options = await setUp(extension, sandbox);

if (hasDisplay) await stayOpen(extension);
else await showMainJob(extension, options);

await extension.close();
await sandbox.stop();

function nameOf(venue: string): string {
  return venueNames[venue as VenueId];
}

async function setUp(browser: OwnExtension, { list }: Sandbox): Promise<OptionsPage> {
  const page = new OptionsPage(await browser.open('options.html'));
  await page.createVault();
  for (const access of list) {
    const venueName = nameOf(access.venue);
    await page.fillAccount({ ...access, venueName, label: `${venueName} sandbox` });
    await page.save();
    await page
      .account(`${venueName} sandbox`)
      .getByText(/^Works:/)
      .waitFor();
  }
  console.log(
    `Vault created (its passphrase here: “${passphrase}”), ${list.length} accounts added and tested.`,
  );
  return page;
}

async function stayOpen(browser: OwnExtension): Promise<void> {
  await browser.open('popup.html');
  console.log('The browser is open: cancel something. Close it to end.');
  await new Promise<void>((resolve) => {
    browser.context.once('close', () => resolve());
  });
}

async function showMainJob(
  browser: OwnExtension,
  { page: optionsPage }: OptionsPage,
): Promise<void> {
  await mkdir(screenshots, { recursive: true });
  const popup = new PopupPage(await browser.open('popup.html'));
  await popup.page.setViewportSize({ width: 400, height: 560 });
  for (const { venue } of sandbox.list) await cancelOne(popup, venue);
  await popup.page.getByRole('searchbox', { name: 'Find order' }).focus();
  await popup.page.mouse.move(1, 1);
  await popup.orders.getByRole('listitem').first().scrollIntoViewIfNeeded();
  await shoot(popup.page, 'popup');
  await popup.showHistory();
  await popup.page.getByRole('listitem').first().waitFor();
  await shoot(popup.page, 'history');
  await shoot(optionsPage, 'options');
  console.log(`Screenshots, light and dark: ${screenshots}`);
}

/** Cancels the newest open order of a venue through its button, and prints its states as the popup was told them. */
async function cancelOne(popup: PopupPage, venue: string): Promise<void> {
  const { book } = sandbox.venues[venue as keyof Sandbox['venues']];
  const order = book.open().at(-1);
  if (!order) throw new Error(`${venue} has no open order`);
  await followStates(popup.page, order.id);
  await popup.cancelButton(order.id).click();
  await popup
    .row(order.id)
    .getByText(/^Cancelled/)
    .waitFor();
  const { side, quantity, symbol, price, id } = order;
  console.log(`\n${nameOf(venue)}: ${side} ${quantity} ${symbol} at ${price}, order ${id}`);
  for (const { state, after } of await popup.page.evaluate(() => globalThis.told)) {
    const words = `${state} (${stateWords({ state })})`;
    console.log(`  ${words.padEnd(34)} ${after.toFixed(1).padStart(7)} ms after the click`);
  }
  console.log(`  the venue’s own book: ${book.find(order.id)?.status}`);
}

/** Notes in the page when each state of the order's cancellation reaches it. */
async function followStates(page: Page, orderId: string): Promise<void> {
  await page.evaluate((id) => {
    const told: typeof globalThis.told = [];
    globalThis.told = told;
    let clicked = 0;
    addEventListener('click', () => (clicked = performance.now()), { capture: true, once: true });
    chrome.storage.session.onChanged.addListener((changes) => {
      const ours = Object.entries(changes)
        .filter(([key, { newValue }]) => key.startsWith('view.cancellation.') && newValue)
        .map(([, { newValue }]) => JSON.parse(String(newValue)) as Cancellation)
        .find(({ ref }) => ref.orderId === id);
      const last = told.at(-1);
      if (ours === undefined || ours.state === last?.state) return;
      told.push({ state: ours.state, after: performance.now() - clicked });
    });
  }, orderId);
}

async function shoot(page: Page, name: string): Promise<void> {
  for (const colorScheme of ['light', 'dark'] as const) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const path = join(screenshots, `${name}-${colorScheme}.png`);
    await page.screenshot({ path, fullPage: true });
  }
}

declare global {
  var told: { state: Cancellation['state']; after: number }[];
}
