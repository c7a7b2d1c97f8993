/** Pictures of every page in every language, in the light and in the dark, for somebody to look at: nothing may be cut or overlap. */
import { execFileSync } from 'node:child_process';
import { mkdir } from 'node:fs/promises';
import { join } from 'node:path';
import type { Page } from '@playwright/test';
import { languages } from '#locales/catalogue.ts';
import { inLanguage, launchExtension, type OwnExtension } from '#tests/e2e/support/extension.ts';
import { OptionsPage, PopupPage } from '#tests/e2e/support/pages.ts';
import { forTests, sandboxVenues, startSandbox, type Sandbox } from '#tests/sandbox/sandbox.ts';
import { sayIn, type Say } from '#tests/support/say.ts';
import { venueNames } from '#lib/domain/venue-id.ts';

const pictures = join(import.meta.dirname, '../.screenshots/languages');
const popupSize = { width: 400, height: 560 };
const wanted = process.argv.slice(2);

execFileSync('npm', ['run', '--silent', 'build:sandbox'], {
  stdio: ['ignore', 'ignore', 'inherit'],
});

for (const language of Object.keys(languages)) {
  if (wanted.length > 0 && !wanted.includes(language)) continue;
  const sandbox = await startSandbox();
  const browser = await launchExtension({ env: inLanguage(language) });
  try {
    await goThrough(browser, sandbox, language, sayIn(language));
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
  const folder = join(pictures, language);
  await mkdir(folder, { recursive: true });
  const shoot = async (page: Page, name: string, fullPage = false) => {
    for (const colorScheme of ['light', 'dark'] as const) {
      await page.emulateMedia({ colorScheme, reducedMotion: 'reduce' });
      const path = join(folder, `${name}-${colorScheme}.png`);
      await page.screenshot({ path, fullPage });
    }
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
  for (const venue of sandboxVenues) {
    await options.page
      .getByRole('combobox', { name: say('account_form.venue') })
      .selectOption(venueNames[venue]);
    await shoot(options.page, `options-guide-${venue}`, true);
    const access = sandbox.list.find((each) => each.venue === venue);
    if (!access) throw new Error(`the sandbox has no ${venue}`);
    const { label } = forTests(venue);
    await options.fillAccount({ ...access, venueName: venueNames[venue], label });
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
