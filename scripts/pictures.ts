/**
 * Pictures of every page in every language, in the light and in the dark, for somebody to look at: nothing may be cut or overlap. First on
 * the way through the sandbox's venues, then in every state that the tests have; of these the main ones also as narrow and as wide as a
 * panel. What measuring finds cut or over something else is told.
 */
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { languages } from '#locales/catalogue.ts';
import { ready } from '#tests/e2e/support/fresh.ts';
import { inLanguage, launchExtension, type OwnExtension } from '#tests/e2e/support/extension.ts';
import { OptionsPage, PopupPage } from '#tests/e2e/support/pages.ts';
import { layoutFaults } from '#tests/e2e/support/reflow.ts';
import { standIn, writeWhole } from '#tests/e2e/support/stand-in.ts';
import { answers } from '#tests/e2e/support/states/answers.ts';
import { lookupId, lookupStates } from '#tests/e2e/support/states/lookup-states.ts';
import { optionsStates } from '#tests/e2e/support/states/options-states.ts';
import { popupStates } from '#tests/e2e/support/states/popup-states.ts';
import type { State } from '#tests/e2e/support/states/state.ts';
import { isWritten } from '#tests/e2e/support/written-view.ts';
import {
  forTests,
  sandboxVenues,
  startSandbox,
  type Sandbox,
  type SandboxVenueName,
} from '#tests/sandbox/sandbox.ts';
import { sayIn, type Say } from '#tests/support/say.ts';
import { now } from '#tests/unit/support/view-world.ts';
import { venueNames } from '#lib/domain/venue-id.ts';

const pictures = join(import.meta.dirname, '../.screenshots/languages');
const popupSize = { width: 400, height: 560 };
/** Narrower and wider than usual: a side panel, a window. */
const panels = [
  { width: 320, height: 640 },
  { width: 900, height: 700 },
];
const wanted = process.argv.slice(2);

const pem = (kind: string, text: string) => `-----BEGIN ${kind}-----${text}-----END ${kind}-----`;
const whole = `${'A'.repeat(86)}==`;
/** What the form says of each, by the name of its picture. */
const wrongKeys: readonly (readonly [
  name: string,
  SandboxVenueName,
  key: string,
  secret: string,
])[] = [
  ['pem-cut', 'binance', 'key', '-----BEGIN PRIVATE KEY-----MC4CAQAw'],
  ['pem-sealed', 'binance', 'key', pem('ENCRYPTED PRIVATE KEY', 'MC4CAQAw')],
  ['pem-public', 'binance', 'key', pem('PUBLIC KEY', 'MCowBQYDK2Vw')],
  ['pem-kind', 'binance', 'key', pem('RSA PRIVATE KEY', 'MC4CAQAw')],
  ['key-is-pem', 'binance', pem('PRIVATE KEY', 'MC4CAQAw'), 'secret'],
  ['same-twice', 'binance', 'the-same', 'the-same'],
  ['no-pem', 'btcturk', 'key', pem('PRIVATE KEY', 'MC4CAQAw')],
  ['kraken-secret', 'kraken', 'key', 'no-base-64'],
  ['key-and-secret', 'kraken', whole, 'A'.repeat(56)],
];

const statePages: readonly StatePage[] = [
  { name: 'popup', states: popupStates, size: popupSize, panels },
  { name: 'options', states: optionsStates, size: { width: 900, height: 800 }, panels: [] },
  { name: 'lookup', states: lookupStates, size: { width: 480, height: 420 }, panels: [] },
];

execFileSync('npm', ['run', '--silent', 'build:sandbox'], {
  stdio: ['ignore', 'ignore', 'inherit'],
});

for (const language of Object.keys(languages)) {
  if (wanted.length > 0 && !wanted.includes(language)) continue;
  const sandbox = await startSandbox();
  const browser = await launchExtension({ env: inLanguage(language) });
  try {
    await goThrough(browser, sandbox, language, sayIn(language));
    for (const each of statePages) await goThroughStates(browser, language, each);
  } finally {
    await browser.close();
    await sandbox.stop();
  }
  console.log(`${language}: ${join(pictures, language)}`);
}

async function goThrough(
  browser: OwnExtension,
  sandbox: Sandbox,
  language: string,
  say: Say,
): Promise<void> {
  const shoot = async (page: Page, name: string, fullPage = false) => {
    await draw(page, language, name, { fullPage });
  };
  const openPopup = async () => {
    const popup = new PopupPage(await browser.open('popup.html'), say);
    await popup.page.setViewportSize(popupSize);
    return popup;
  };

  const welcome = await openPopup();
  await welcome.page.getByText(say('popup.welcome.title')).waitFor();
  await shoot(welcome.page, 'popup-welcome');
  const options = new OptionsPage(await browser.open('options.html'), say);
  await options.page.getByLabel(say('vault.new_passphrase')).waitFor();
  await shoot(options.page, 'options-first', true);
  await options.createVault();
  await welcome.page.getByText(say('popup.no_accounts.title')).waitFor();
  await shoot(welcome.page, 'popup-no-accounts');
  for (const [name, venue, key, secret] of wrongKeys) {
    const { url } = accessOf(sandbox, venue);
    await options.fillAccount({ venueName: venueNames[venue], label: name, key, secret, url });
    await options.save();
    await options.page.locator('.field-error').waitFor();
    await shoot(options.page, `options-${name}`, true);
  }
  for (const venue of sandboxVenues) {
    await options.page
      .getByRole('combobox', { name: say('account_form.venue') })
      .selectOption(venueNames[venue]);
    await shoot(options.page, `options-guide-${venue}`, true);
    const { label } = forTests(venue);
    await options.fillAccount({
      ...accessOf(sandbox, venue),
      venueName: venueNames[venue],
      label,
    });
    await options.save();
    await options.account(label).waitFor();
  }
  await shoot(options.page, 'options', true);

  const popup = await openPopup();
  const { page } = popup;
  await popup.orders.getByRole('listitem').first().waitFor();
  await shoot(page, 'popup');
  await popup.filterButton.click();
  await shoot(page, 'popup-filter');
  await popup.filterButton.click();
  const byId = page.getByText(say('by_id.name')).first();
  await byId.click();
  await shoot(page, 'popup-by-id');
  await byId.click();
  await popup.find.press('ArrowDown');
  await page.keyboard.press('Control+A');
  await shoot(page, 'popup-selection');
  await page.keyboard.press('Escape');
  await page.getByRole('button', { name: say('keys.title') }).click();
  await shoot(page, 'popup-keys');
  await page.keyboard.press('Escape');
  await popup.find.fill('zzz');
  await shoot(page, 'popup-nothing-found');
  await popup.find.fill('');
  await (await popup.openCancelAll()).keep.waitFor();
  await shoot(page, 'popup-cancel-all');
  await page.getByRole('checkbox').last().check();
  await page.getByRole('button', { name: /\d/ }).last().click();
  await popup.closeButton.waitFor({ timeout: 120_000 });
  await shoot(page, 'popup-swept');
  await popup.showHistory();
  await page.getByRole('listitem').first().waitFor();
  await shoot(page, 'popup-history');
  await popup.latencyButton.click();
  await page.getByRole('table').first().waitFor();
  await shoot(page, 'popup-latency');
  await page.getByRole('button', { name: say('vault.lock_now') }).click();
  await page.getByLabel(say('vault.passphrase')).waitFor();
  await shoot(page, 'popup-locked');
  const lookup = await browser.open('lookup.html');
  await lookup.setViewportSize({ width: 480, height: 420 });
  await lookup.getByLabel(say('vault.passphrase')).waitFor();
  await shoot(lookup, 'lookup-locked');
}

function accessOf(sandbox: Sandbox, venue: SandboxVenueName): Sandbox['list'][number] {
  const access = sandbox.list.find((each) => each.venue === venue);
  if (!access) throw new Error(`the sandbox has no ${venue}`);
  return access;
}

interface StatePage {
  readonly name: 'popup' | 'options' | 'lookup';
  readonly states: readonly State[];
  readonly size: typeof popupSize;
  readonly panels: readonly (typeof popupSize)[];
}

async function goThroughStates(
  browser: OwnExtension,
  language: string,
  { name, states, size, panels: others }: StatePage,
): Promise<void> {
  const say = sayIn(language);
  await standIn(browser, now, answers);
  const page = await browser.open('manifest.json');
  await page.waitForFunction(isWritten);
  const url = browser.url(`${name}.html`) + (name === 'lookup' ? `#${lookupId}` : '');
  for (const state of states) {
    const picture = `${name}, ${state.name}`;
    await page.setViewportSize(size);
    await writeWhole(page, state.view);
    await (page.url() === url ? page.reload() : page.goto(url));
    await ready(page);
    await state.act?.(page, say).catch((error: unknown) => complain(picture, String(error)));
    await ready(page);
    await draw(page, language, picture, { fullPage: name === 'options', state });
    for (const panel of state.tree || state.name.startsWith('every venue') ? others : []) {
      await page.setViewportSize(panel);
      const schemes = ['light'] as const;
      await draw(page, language, `${picture}, ${panel.width}`, { state, schemes });
    }
  }
  await page.close();
}

/** What is in sight, and whether measuring finds anything wrong with it. */
async function draw(
  page: Page,
  language: string,
  name: string,
  {
    fullPage = false,
    state,
    schemes = ['light', 'dark'],
  }: { fullPage?: boolean; state?: State; schemes?: readonly ('light' | 'dark')[] },
): Promise<void> {
  const folder = join(pictures, language);
  await mkdir(folder, { recursive: true });
  for (const colorScheme of schemes) {
    await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
    const path = join(folder, `${name.replaceAll(/\W+/g, '-')}-${colorScheme}.png`);
    await page.screenshot({ path, fullPage });
  }
  for (const fault of await layoutFaults(page, state?.brief))
    complain(`${language}: ${name}`, fault);
}

function complain(where: string, what: string): void {
  console.error(`${where}: ${what}`);
  process.exitCode = 1;
}
