import type { Page } from '@playwright/test';
import type { AccountId } from '#lib/domain/account.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { OptionsPage, passphrase } from '#tests/e2e/support/pages.ts';
import { sayInEnglish as say, type Say } from '#tests/support/say.ts';
import { everyVenue } from './every-venue.ts';
import type { State } from './state.ts';
import { now } from '#tests/unit/support/view-world.ts';
import { lira, open } from './world.ts';

const sites = [
  'https://kripto.btcturk.com/*',
  'https://a-very-long-name-of-a-site.example.com.tr/*',
];
/** The key works and can move money too. */
const tooMuch = { ok: true, openOrders: 2, rights: ['look', 'cancel', 'money'] } as const;

const damaged: View = {
  ...open,
  accounts: open.accounts.map((each, index) =>
    index > 0
      ? { ...each, keyTrouble: index === 1 ? 'key-lost' : 'key-unusable' }
      : { ...each, lastTest: { at: now, result: tooMuch } },
  ),
  damage: { settings: true, accounts: ['x', 'y'] as AccountId[], sweeps: 1, cancellations: 1 },
};

async function saveWithoutKey(page: Page, say: Say): Promise<void> {
  const venue = page.getByRole('combobox', { name: say('account_form.venue') });
  await venue.selectOption(venueNames.ztdx);
  await new OptionsPage(page, say).save();
}

async function test(page: Page, say: Say): Promise<void> {
  await new OptionsPage(page, say).test(lira.label);
  await page.locator('.spinner').waitFor();
}

async function create(page: Page, say: Say): Promise<void> {
  await page.getByLabel(say('vault.new_passphrase')).fill(passphrase);
  await page.getByLabel(say('vault.repeat_passphrase')).fill(passphrase);
  await page.getByRole('button', { name: say('vault.create') }).click();
}

const notYet = { ...emptyView, vault: { state: 'none' } } as const;

/** Of the options page. */
export const optionsStates: readonly State[] = [
  { name: 'first', tree: true, view: notYet, says: say('vault.choose') },
  {
    name: 'too short',
    view: notYet,
    act: (page, say) => page.getByRole('button', { name: say('vault.create') }).click(),
    says: say('vault.too_short', { n: 8 }),
  },
  { name: 'being made', view: notYet, act: create, says: say('vault.choose') },
  { name: 'lost', view: { ...emptyView, vault: { state: 'lost' } }, says: say('no_vault.gone') },
  { name: 'locked', view: { ...emptyView, vault: { state: 'locked' } }, says: say('vault.locked') },
  { name: 'accounts', tree: true, view: { ...open, sites }, says: 'Invalid API key' },
  {
    name: 'testing',
    view: open,
    act: test,
    says: lira.label,
  },
  { name: 'damaged', view: damaged, says: say('damaged_account.name_of', { n: 2 }) },
  { name: 'every venue', view: everyVenue, says: say('options.rights_least') },
  {
    name: 'no key given',
    view: open,
    act: saveWithoutKey,
    says: say('account_form.missing.apiKey'),
  },
];
