import type { Sandbox } from '#tests/sandbox/sandbox.ts';
import { eachRow } from '#tests/e2e/support/rows.ts';
import {
  accountLabels,
  addAccount,
  expect,
  test,
  type TestVenue,
} from '#tests/e2e/support/test.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { passphrase } from '#tests/e2e/support/pages.ts';

const label = accountLabels.btcturk;

test('creating the vault: a short passphrase and a mistyped one are told, nothing is lost', async ({
  options,
}) => {
  const { page } = options;
  const create = page.getByRole('button', { name: 'Create vault' });
  await page.getByLabel('New passphrase').fill('short');
  await page.getByLabel('Repeat passphrase').fill('short');
  await create.click();
  await expect(page.getByText(/at least 8 characters/).first()).toBeVisible();
  await page.getByLabel('New passphrase').fill(passphrase);
  await page.getByLabel('Repeat passphrase').fill(`${passphrase}!`);
  await create.click();
  await expect(page.getByText(/not the same|differ|match/i)).toBeVisible();
  await expect(page.getByLabel('New passphrase')).toHaveValue(passphrase);
  await page.getByLabel('Repeat passphrase').fill(passphrase);
  await create.click();
  await expect(options.lockNow).toBeVisible();
});

test('pasted keys are trimmed, and the key works', async ({ options, sandbox }) => {
  await options.createVault();
  const { url, key, secret } = sandbox.venues.btcturk.keys.list[0]
    ? { url: sandbox.venues.btcturk.url, ...sandbox.venues.btcturk.keys.list[0] }
    : { url: '', key: '', secret: '' };
  await options.fillAccount({
    venueName: 'BtcTurk',
    label: `  ${label} `,
    key: ` ${key}\n`,
    secret: `\t${secret} `,
    url: ` ${url}/ `,
  });
  // Of a page so low the account's own place is not in sight.
  await options.page.setViewportSize({ width: 900, height: 300 });
  await options.save();
  await expect(options.page.getByText(`Saved “${label}”.`)).toBeInViewport();
  await expect(options.account(label)).toContainText('Works: no open orders');
  await expect(options.field('API key')).toHaveValue('');
  await expect(options.field('API secret')).toHaveValue('');
});

test('a secret that is no Base64 is refused with a sentence, and no field is lost', async ({
  options,
  sandbox,
}) => {
  await options.createVault();
  const { url } = sandbox.venues.btcturk;
  const form = { venueName: 'BtcTurk', label, key: 'my-key', secret: 'not*base64*', url };
  await options.fillAccount(form);
  await options.save();
  await expect(options.page.getByText(/Base64/).first()).toBeVisible();
  await expect(options.field('API secret')).toBeFocused();
  await expect(options.field('Label')).toHaveValue(label);
  await expect(options.field('API key')).toHaveValue('my-key');
  await expect(options.field('API secret')).toHaveValue('not*base64*');
  await expect(options.field('Sandbox URL')).toHaveValue(url);
  await expect(options.account(label)).toHaveCount(0);

  await options.field('API secret').fill('bm90IHRoZSBzZWNyZXQ=');
  await options.field('Sandbox URL').fill('https://example.com/');
  await options.save();
  await expect(options.page.getByText(/base on this machine/)).toBeVisible();
  await expect(options.field('API secret')).toHaveValue('bm90IHRoZSBzZWNyZXQ=');
});

test('each wrong paste has its sentence on Save, and no field is lost', async ({
  options,
  sandbox,
}) => {
  await options.createVault();
  const { key, secret } = sandbox.venues.kraken.keys.list[0] ?? { key: '', secret: '' };
  const [begin, body, end] = [
    '-----BEGIN PRIVATE KEY-----',
    'MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g',
    '-----END PRIVATE KEY-----',
  ];
  const pem = `${begin}\n${body}\n${end}\n`;
  const rows: readonly Pasted[] = [
    { on: 'btcturk', key: `${key} x`, secret, name: 'The API key holds spaces', field: 'API key' },
    { on: 'ripio', key: pem, secret, name: 'This is a private key, not', field: 'API key' },
    { on: 'habit-trade', key, secret: `ab\ncd`, name: 'holds spaces, line breaks' },
    { on: 'ox-fun', key, secret: pem, name: 'in PEM form, and OX.FUN’s secrets are not' },
    { on: 'ztdx', key, secret: key, name: 'Key and secret are the same text' },
    { on: 'kraken', key, secret: secret.slice(4), name: 'Base64 text of 88 characters' },
    { on: 'kraken', key: secret, secret: key, name: 'Key and secret are swapped' },
    { on: 'binance', key, secret: `${begin}\n${body}`, name: 'The private key is not whole' },
    { on: 'binance', key, secret: body, name: 'The private key is not whole' },
    { on: 'binance', key, secret: pem.replaceAll('PRIVATE', 'PUBLIC'), name: 'the public half' },
    { on: 'binance', key, secret: pem.replaceAll('PRIVATE', 'EC PRIVATE'), name: 'another kind' },
    {
      on: 'binance',
      key,
      secret: pem.replaceAll('PRIVATE', 'ENCRYPTED PRIVATE'),
      name: 'protected with a passphrase',
    },
  ];
  await eachRow(rows, async ({ on, field = 'API secret', name, ...pasted }) => {
    const form = {
      ...pasted,
      venueName: venueNames[on],
      label: `My ${on}`,
      url: 'http://localhost',
    };
    await options.fillAccount(form);
    await options.save();
    await expect(options.page.getByRole('alert')).toContainText(name);
    await expect(options.field(field)).toBeFocused();
    await expect(options.field('Label')).toHaveValue(form.label);
    // A field has one line: for the end of one it has a space or nothing.
    await expect(options.field('API key')).toHaveValue(asInOneLine(form.key));
    await expect(options.field('API secret')).toHaveValue(asInOneLine(form.secret));
    await expect(options.field('Sandbox URL')).toHaveValue(form.url);
  });
  await expect(options.page.getByText('None yet. Add the first one')).toBeVisible();
});

interface Pasted {
  readonly on: TestVenue;
  readonly key: string;
  readonly secret: string;
  /** What is said of it. */
  readonly name: string;
  /** `API secret` unless given. */
  readonly field?: 'API key';
}

function asInOneLine(text: string): RegExp {
  const lines = text.split('\n').map((line) => line.replaceAll(/[+/?.]/g, '\\$&'));
  return new RegExp(`^${lines.join(' ?')}$`);
}

test('the same key twice is told on Save, and no field is lost', async ({ options, sandbox }) => {
  await options.createVault();
  await addAccount(options, sandbox, 'btcturk');
  const access = sandbox.list.find(({ venue }) => venue === 'btcturk');
  if (!access) throw new Error('no btcturk');
  await options.fillAccount({ ...access, venueName: 'BtcTurk', label: 'Again' });
  await options.save();
  await expect(options.page.getByRole('alert')).toContainText(
    `The account “${label}” has this key already`,
  );
  await expect(options.field('API key')).toBeFocused();
  await expect(options.field('Label')).toHaveValue('Again');
  await expect(options.field('API key')).toHaveValue(access.key);
  await expect(options.field('API secret')).toHaveValue(access.secret);
  await expect(options.field('Sandbox URL')).toHaveValue(access.url);
  await expect(options.account('Again')).toHaveCount(0);
  // No page is told a key.
  const seen = await options.page.evaluate(async () =>
    JSON.stringify(await chrome.storage.session.get(null)),
  );
  expect(seen).not.toContain(access.key);

  await options.page.getByRole('button', { name: `Remove ${label}` }).click();
  await expect(options.account(label)).toHaveCount(0);
  await options.save();
  await expect(options.account('Again')).toContainText('Works');
});

test('many saves of the same key at once make one account', async ({ options, sandbox }) => {
  await options.createVault();
  const access = sandbox.list.find(({ venue }) => venue === 'btcturk');
  if (!access) throw new Error('no btcturk');
  // The messages that several pages would send, with nothing between them.
  const answers = await options.page.evaluate(async ({ key, secret, url }) => {
    const account = { venue: 'btcturk', environment: 'sandbox', sandboxUrl: url };
    const form = { kind: 'save-account', ...account, apiKey: key, apiSecret: secret };
    const labels = Array.from({ length: 10 }, (_, index) => `Label ${index}`);
    return Promise.all(
      labels.map((name) => chrome.runtime.sendMessage({ ...form, label: name })),
    ) as Promise<{ ok: boolean; error?: { code: string } }[]>;
  }, access);
  const codes = answers.map(({ ok, error }) => (ok ? 'saved' : error?.code));
  expect(codes).toEqual(['saved', ...Array<string>(9).fill('key-taken')]);
  await expect(options.page.getByRole('button', { name: /^Test / })).toHaveCount(1);
});

/** What "Test" says of a key that does not work, or a venue that does not answer. */
const troubles: readonly {
  name: string;
  venue: TestVenue;
  spoil: (venues: Sandbox['venues']) => void;
  says: (string | RegExp)[];
}[] = [
  {
    name: 'an unknown key on ripio',
    venue: 'ripio',
    spoil: ({ ripio }) => ripio.keys.list.forEach(({ key }) => ripio.keys.remove(key)),
    says: ['does not know this API key', 'Invalid token'],
  },
  {
    name: 'a wrong secret on btcturk',
    venue: 'btcturk',
    spoil: ({ btcturk }) =>
      btcturk.keys.list.forEach(({ key }) => btcturk.keys.add({ key, secret: 'b3RoZXI=' })),
    says: ['the API secret is wrong'],
  },
  {
    name: 'a wrong secret on ripio',
    venue: 'ripio',
    spoil: ({ ripio }) =>
      ripio.keys.list.forEach(({ key }) => ripio.keys.add({ key, secret: 'other' })),
    says: ['the API secret is wrong', 'Invalid signature'],
  },
  {
    name: 'a missing right on btcturk',
    venue: 'btcturk',
    spoil: ({ btcturk }) =>
      btcturk.keys.list.forEach((key) => btcturk.keys.add({ ...key, rights: ['total-funds'] })),
    says: ['without saying why', 'lack a right', 'HTTP 401'],
  },
  {
    name: 'another address on ripio',
    venue: 'ripio',
    spoil: ({ ripio }) =>
      ripio.keys.list.forEach((key) => ripio.keys.add({ ...key, allowedIp: '192.0.2.1' })),
    says: ['address is not on its list', 'HTTP 403'],
  },
  {
    name: 'a clock that is 8 s behind on btcturk',
    venue: 'btcturk',
    spoil: ({ btcturk }) => btcturk.clock.driftBy(8000),
    says: ['Works', /Your clock is [78]\.\d s behind BtcTurk/],
  },
  {
    name: 'a venue in maintenance on ripio',
    venue: 'ripio',
    spoil: ({ ripio }) =>
      ripio.faults.add('any', { kind: 'refuse', error: '503' }, { times: 'always' }),
    says: ['gives no usable answer', 'Maintenance'],
  },
  // Nothing comes after it.
  {
    name: 'a venue that is down on ripio',
    venue: 'ripio',
    spoil: ({ ripio }) => void ripio.stop(),
    says: ['cannot be reached'],
  },
];

test('testing a key says what is the trouble', async ({ options, sandbox }) => {
  await options.createVault();
  const { btcturk, ripio } = sandbox.venues;
  const [lira, reais] = [[...btcturk.keys.list], [...ripio.keys.list]];
  for (const venue of ['btcturk', 'ripio'] as const) await addAccount(options, sandbox, venue);
  await eachRow(troubles, async ({ venue, spoil, says }) => {
    for (const key of lira) btcturk.keys.add(key);
    for (const key of reais) ripio.keys.add(key);
    ripio.faults.clear();
    const account = await options.test(accountLabels[venue]);
    await expect(account).toContainText('Works');
    spoil(sandbox.venues);
    await options.test(accountLabels[venue]);
    for (const words of says) await expect(account).toContainText(words);
  });
});

test('an account that is removed is gone, with its orders, and its history stays', async ({
  options,
  popup,
  listed,
}) => {
  const { id, row, button } = await listed('ripio');
  await button.click();
  await expect(row).toContainText('Cancelled');
  await options.page.getByRole('button', { name: `Remove ${accountLabels.ripio}` }).click();
  await expect(options.account(accountLabels.ripio)).toHaveCount(0);
  // Nothing goes from the list while the pointer is in it.
  await popup.page.mouse.move(1, 1);
  await expect(popup.page.getByText(accountLabels.ripio)).toHaveCount(0);
  // The last one too.
  await options.page.getByRole('button', { name: `Remove ${accountLabels.btcturk}` }).click();
  await expect(popup.page.getByRole('heading', { name: 'No accounts yet' })).toBeVisible();
  const history = await popup.showHistory();
  await expect(history.getByRole('listitem')).toContainText(id);
});

test('host permission is asked for on Save, and a refusal loses nothing', async ({ options }) => {
  const { page } = options;
  await options.createVault();
  // The browser's own question cannot be answered in a headless browser: its answer is put in here.
  await page.evaluate(() => {
    const asked: unknown[] = [];
    Object.assign(globalThis, { asked });
    chrome.permissions.request = (wish) => {
      asked.push(wish);
      return Promise.resolve(asked.length > 1);
    };
  });
  await page.getByRole('combobox', { name: 'Venue' }).selectOption('Ripio Trade');
  await page.getByRole('combobox', { name: 'Environment' }).selectOption('Live');
  await options.field('Label').fill('Live one');
  await options.field('API key').fill('key');
  await options.field('API secret').fill('secret');
  await options.save();
  await expect(page.getByText(/permission|allow/i).first()).toBeVisible();
  await expect(options.field('API secret')).toHaveValue('secret');
  await expect(options.account('Live one')).toHaveCount(0);
  await options.save();
  await expect(options.account('Live one')).toBeVisible();
  expect(await page.evaluate(() => (globalThis as unknown as { asked: unknown }).asked)).toEqual([
    { origins: ['https://api.ripio.com/*'] },
    { origins: ['https://api.ripio.com/*'] },
  ]);
});

test('the vault locks itself when its time has run out, whatever the alarm does', async ({
  extension,
  options,
  popup,
}) => {
  await options.page.getByRole('combobox', { name: /lock/i }).selectOption({ index: 0 });
  const key = 'vault.unlocked';
  await expect
    .poll(() =>
      popup.page.evaluate(async (name) => {
        const { [name]: kept } = await chrome.storage.session.get(name);
        return (kept as { expiresAt: number }).expiresAt - Date.now();
      }, key),
    )
    .toBeLessThanOrEqual(60_000);
  // No popup that asks every two seconds wakes the next life before that is written.
  const address = popup.page.url();
  await popup.page.goto(extension.url('manifest.json'));
  await extension.killWorker();
  await popup.page.evaluate(async (name) => {
    const { [name]: kept } = await chrome.storage.session.get(name);
    await chrome.storage.session.set({
      [name]: { ...(kept as object), expiresAt: Date.now() - 1 },
    });
  }, key);
  await popup.page.goto(address);
  await expect(popup.page.getByRole('button', { name: 'Unlock' })).toBeVisible();
  const left = await popup.page.evaluate((name) => chrome.storage.session.get(name), key);
  expect(left).toEqual({});
});
