import type { Page } from '@playwright/test';
import { expectAccessible } from '#tests/e2e/support/accessibility.ts';
import { accountLabels, addAccount, expect, test } from '#tests/e2e/support/test.ts';

const sitesKey = 'view.sites';

/** Writes them as the worker does. */
function showSites(page: Page, sites: readonly string[]): Promise<void> {
  return page.evaluate(
    ([key, shown]) => chrome.storage.session.set({ [key]: JSON.stringify(shown) }),
    [sitesKey, sites] as const,
  );
}

/** Puts in the user's answers to the browser's question, and the worker's to what is asked of it; both are noted. */
async function answer(page: Page, allow: readonly boolean[]): Promise<void> {
  await page.evaluate((answers) => {
    const asked: unknown[] = [];
    const sent: unknown[] = [];
    Object.assign(globalThis, { asked, sent });
    chrome.permissions.request = (wish) => {
      asked.push(wish);
      return Promise.resolve(answers[asked.length - 1] === true);
    };
    const send = chrome.runtime.sendMessage.bind(chrome.runtime) as (m: unknown) => Promise<never>;
    chrome.runtime.sendMessage = ((message: { kind: string }) => {
      if (message.kind !== 'switch-site') return send(message);
      sent.push(message);
      return Promise.resolve({ ok: true });
    }) as never;
  }, allow);
}

const noted = (page: Page, name: 'asked' | 'sent') =>
  page.evaluate((key) => (globalThis as unknown as Record<string, unknown>)[key], name);

test('which results are told is chosen, and kept', async ({ options }) => {
  await options.createVault();
  const choice = options.page.getByRole('combobox', { name: 'Tell the result of cancels' });
  await expect(choice).toHaveValue('all');
  await choice.selectOption('Only trouble');
  await expect(choice).toHaveValue('trouble');
  await options.page.reload();
  await expect(choice).toHaveValue('trouble');
});

test('the commands are listed with their keys, and the browser’s page for them opens', async ({
  options,
}) => {
  const { page } = options;
  await options.createVault();
  const keyboard = page.getByRole('region', { name: 'Keyboard' });
  await expect(keyboard).toContainText('Open Pullcord');
  await expect(keyboard).toContainText('Cancel the newest order');
  await expect(keyboard).toContainText('Cancel all: opens the popup with its dialog');
  await expect(keyboard.getByText('not set').first()).toBeVisible();
  await expect(keyboard).toContainText('pull all');
  // Back from where they are set, they are read again.
  await page.evaluate(() => {
    chrome.commands.getAll = () =>
      Promise.resolve([{ name: 'cancel-newest', shortcut: 'Ctrl+Shift+9' }]);
    window.dispatchEvent(new Event('focus'));
  });
  await expect(keyboard).toContainText('Ctrl+Shift+9');
  await page.evaluate(() => {
    chrome.tabs.create = ({ url }) => {
      document.title = String(url);
      return Promise.resolve({} as never);
    };
  });
  await keyboard.getByRole('button', { name: 'Change shortcuts' }).click();
  await expect(page).toHaveTitle('chrome://extensions/shortcuts');
});

test('after an account is saved its venue’s sites are offered; a refusal loses nothing', async ({
  options,
  sandbox,
}) => {
  const { page } = options;
  await options.createVault();
  await answer(page, [false, true]);
  await addAccount(options, sandbox, 'btcturk');
  const both = ['https://kripto.btcturk.com/*', 'https://pro.btcturk.com/*'];
  await expect(
    page.getByText(
      'Find order ids under a right-click on kripto.btcturk.com and pro.btcturk.com too?',
    ),
  ).toBeVisible();
  const allow = page.getByRole('button', {
    name: 'Allow on kripto.btcturk.com, pro.btcturk.com',
    exact: true,
  });
  await allow.click();
  await expect(page.getByText(/Without your permission/)).toBeVisible();
  await expect(options.account(accountLabels.btcturk)).toBeVisible();
  expect(await noted(page, 'sent')).toEqual([]);
  await allow.click();
  await expect(allow).toHaveCount(0);
  expect(await noted(page, 'asked')).toEqual([{ origins: both }, { origins: both }]);
  expect(await noted(page, 'sent')).toEqual(
    both.map((site) => ({ kind: 'switch-site', site, on: true })),
  );
});

test('only what is not on yet is offered, and “Not now” is an answer', async ({
  options,
  sandbox,
}) => {
  const { page } = options;
  await options.createVault();
  await showSites(page, ['https://trade.ripio.com/*']);
  await expect(page.getByRole('button', { name: 'Remove trade.ripio.com' })).toBeVisible();
  await addAccount(options, sandbox, 'ripio');
  await expect(
    page.getByRole('button', { name: 'Allow on app.ripio.com', exact: true }),
  ).toBeVisible();
  await page.getByRole('button', { name: 'Not now' }).click();
  await expect(page.getByText(/Find order ids under a right-click on/)).toHaveCount(0);
  await addAccount(options, sandbox, 'ztdx');
  await expect(page.getByText(/Find order ids under a right-click on/)).toHaveCount(0);
});

test('a site is removed by its button', async ({ options }) => {
  const { page } = options;
  await options.createVault();
  await expect(page.getByRole('region', { name: 'Right-click on pages' })).toContainText(
    'None yet',
  );
  await showSites(page, ['https://kripto.btcturk.com/*']);
  await answer(page, []);
  await page.getByRole('button', { name: 'Remove kripto.btcturk.com' }).click();
  await expect
    .poll(() => noted(page, 'sent'))
    .toEqual([{ kind: 'switch-site', site: 'https://kripto.btcturk.com/*', on: false }]);
});

test('no accessibility fault in the settings', async ({ options, sandbox }) => {
  const { page } = options;
  await options.createVault();
  await addAccount(options, sandbox, 'btcturk');
  await showSites(page, ['https://trade.ripio.com/*']);
  await expect(page.getByRole('button', { name: 'Remove trade.ripio.com' })).toBeVisible();
  await expect(page.getByRole('button', { name: 'Not now' })).toBeVisible();
  await expectAccessible(page);
});
