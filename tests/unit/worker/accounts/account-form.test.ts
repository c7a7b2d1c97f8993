import type { KeyFields } from '#lib/venues/about.ts';
import { abouts } from '#lib/venues/abouts.ts';
import { describe, expect, test } from 'vitest';
import type { Account, Credentials, AccountId } from '#lib/domain/account.ts';
import { venueIds } from '#lib/domain/venue-id.ts';
import {
  expectNewAccount,
  expectOpens,
  readAccountForm,
  readCredentials,
} from '#lib/worker/accounts/account-form.ts';

const main: Account = {
  id: 'main' as AccountId,
  venue: 'ripio',
  label: 'Main',
  environment: 'live',
};
const box = {
  ...main,
  id: 'box' as AccountId,
  label: 'Box',
  environment: 'sandbox',
  sandboxUrl: 'http://127.0.0.1:4101',
} as const;
const others = [
  { account: main, credentials: { apiKey: 'key-1' } },
  { account: box, credentials: { apiKey: 'key-2' } },
];

describe('keys and secrets as they are pasted', () => {
  const form = {
    kind: 'save-account',
    label: 'Main',
    environment: 'live',
    apiKey: 'key',
    // Good Base64, as BtcTurk wants it, of as many bytes as Kraken's.
    apiSecret: btoa('secret-of-mine'.padEnd(64, '.')),
  } as const;
  const spoilt: [name: string, spoil: (text: string) => string][] = [
    ['a space in it', (text) => `${text.slice(0, 2)} ${text.slice(2)}`],
    ['a line break', (text) => `${text.slice(0, 2)}\n${text.slice(2)}`],
    ['a Windows line break', (text) => `${text.slice(0, 2)}\r\n${text.slice(2)}`],
    ['a hidden space', (text) => `${text.slice(0, 2)}\u200b${text.slice(2)}`],
    ['a hidden space at its end', (text) => `${text}\u200b`],
    ['a mark of direction', (text) => `\u202a${text}\u202c`],
    ['a mark of byte order in its midst', (text) => `${text.slice(0, 2)}\ufeff${text.slice(2)}`],
    ['a soft hyphen', (text) => `${text.slice(0, 2)}\u00ad${text.slice(2)}`],
    ['a no-break space', (text) => `${text.slice(0, 2)}\u00a0${text.slice(2)}`],
    ['a curly quote', (text) => `“${text}”`],
    ['a full-width letter', (text) => `ｋ${text}`],
  ];
  describe.each(venueIds)('%s', (venue) => {
    test.each(spoilt)('a secret with %s is refused', (_, spoil) => {
      const read = () => readAccountForm({ ...form, venue, apiSecret: spoil(form.apiSecret) });
      expect(read).toThrow(expect.objectContaining({ code: 'bad-secret', field: 'apiSecret' }));
      expect(read).not.toThrow(form.apiSecret.slice(3));
    });
    test.each(spoilt)('a key with %s is refused', (_, spoil) => {
      const read = () => readAccountForm({ ...form, venue, apiKey: spoil(form.apiKey) });
      expect(read).toThrow(expect.objectContaining({ code: 'bad-key', field: 'apiKey' }));
    });
    test('one text for both is refused', () => {
      const twice = { apiKey: ` ${form.apiSecret}`, apiSecret: form.apiSecret };
      expect(() => readAccountForm({ ...form, venue, ...twice })).toThrow(
        expect.objectContaining({ code: 'same-twice', field: 'apiSecret' }),
      );
    });
    test('spaces around them are taken off', () => {
      const pasted = { apiKey: ' key\n', apiSecret: `\t${form.apiSecret} \ufeff` };
      expect(readAccountForm({ ...form, venue, ...pasted }).credentials).toEqual({
        apiKey: 'key',
        apiSecret: form.apiSecret,
      });
    });
  });
});

/** As if the venue's keys had these too. */
function withFields<T>(fields: Partial<KeyFields>, read: () => T): T {
  const own = abouts.ripio.fields;
  try {
    Object.assign(abouts.ripio, { fields: { ...own, ...fields } });
    return read();
  } finally {
    Object.assign(abouts.ripio, { fields: own });
  }
}

function readRipio(parts: Partial<Credentials>) {
  return readAccountForm({
    kind: 'save-account',
    label: 'Main',
    venue: 'ripio',
    environment: 'live',
    apiKey: 'key',
    apiSecret: 'secret',
    ...parts,
  }).credentials;
}

test('a key that looks right, of which the browser can make nothing, is refused before it is kept', async () => {
  // As long as it should be, but within it a length is wrong.
  const body = 'MC4CAQAwBQYDK2VwBCIEIZ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g';
  const apiSecret = `-----BEGIN PRIVATE KEY-----\n${body}\n-----END PRIVATE KEY-----`;
  const key = { apiKey: 'key', apiSecret };
  expect(readCredentials('binance', key)).toEqual(key);
  await expect(expectOpens('binance', key)).rejects.toMatchObject({
    code: 'cannot-open',
    field: 'apiSecret',
    message: expect.not.stringContaining('MC4CAQAw') as unknown,
  });
  await expect(expectOpens('binance', { ...key, apiSecret: 'secret' })).resolves.toBeUndefined();
});

describe('a private key in PEM', () => {
  const pem = '-----BEGIN PRIVATE KEY-----\nc2VjcmV0\n-----END PRIVATE KEY-----';

  test('where the API key belongs is told where it belongs', () => {
    expect(() => readRipio({ apiKey: pem })).toThrow(
      expect.objectContaining({ code: 'key-is-pem', field: 'apiKey' }),
    );
  });

  test('is told from a bad secret where the venue’s secrets are none', () => {
    const expected = { code: 'no-pem', message: expect.not.stringContaining('c2VjcmV0') };
    expect(() => readRipio({ apiSecret: pem })).toThrow(expect.objectContaining(expected));
  });

  test('is taken where they are', () => {
    const read = withFields({ takesPem: true }, () => readRipio({ apiSecret: pem }));
    expect(read.apiSecret).toBe(pem);
  });

  describe('a third part of the key', () => {
    const extra = { label: 'account_form.label', form: 'guide.ripio.secret' } as const;

    test.each([undefined, '', ' '])('is asked for where there is one: %j', (given) => {
      const read = () => readRipio(given === undefined ? {} : { extra: given });
      expect(() => withFields({ extra }, read)).toThrow(
        expect.objectContaining({ code: 'no-extra', field: 'extra' }),
      );
    });

    test('goes with the key, and nowhere where there is none', () => {
      const given = { extra: ' My words\n' };
      expect(withFields({ extra }, () => readRipio(given))).toEqual({
        apiKey: 'key',
        apiSecret: 'secret',
        extra: 'My words',
      });
      expect(readRipio(given)).not.toHaveProperty('extra');
    });
  });
});

function labelled(label: string): string {
  return readAccountForm({
    kind: 'save-account',
    venue: 'ripio',
    label,
    environment: 'live',
    apiKey: 'key',
    apiSecret: 'secret',
  }).account.label;
}

describe('a label', () => {
  test.each<[typed: string, label: string]>([
    ['  Main ', 'Main'],
    ['Main\u0000\tdesk', 'Main desk'],
    ['\u202eniaM', 'niaM'],
    ['Ma\u200bin', 'Ma in'],
    ['Main \ud800', 'Main'],
    ['Main\u2028desk', 'Main desk'],
    // Joined and coloured signs, a flag, and scripts that run the other way.
    ['👩🏽\u200d💻 desk', '👩🏽\u200d💻 desk'],
    ['❤\ufe0f', '❤\ufe0f'],
    ['🏴\u{e0067}\u{e0062}\u{e007f}', '🏴\u{e0067}\u{e0062}\u{e007f}'],
    ['حساب', 'حساب'],
    ['__proto__', '__proto__'],
    ['<b>&amp;', '<b>&amp;'],
    ['x'.repeat(100), 'x'.repeat(100)],
  ])('%.20j is %.20j', (typed, label) => {
    expect(labelled(typed)).toBe(label);
  });

  test.each<[typed: string, code: string]>([
    [' ', 'no-label'],
    ['\u200b\u202e', 'no-label'],
    ['\u200d\ufe0f', 'no-label'],
    ['\ud800', 'no-label'],
    ['x'.repeat(101), 'long-label'],
    ['x'.repeat(4096), 'long-label'],
  ])('%.20j is refused', (typed, code) => {
    expect(() => labelled(typed)).toThrow(expect.objectContaining({ code, field: 'label' }));
  });
});

describe('an account beside those there are', () => {
  const refused: [name: string, change: Partial<Account>, apiKey: string, field: string][] = [
    ['the same label', { label: 'Main' }, 'new', 'label'],
    ['the same label at another venue', { label: 'Main', venue: 'ztdx' }, 'new', 'label'],
    ['the same key', {}, 'key-1', 'apiKey'],
    ['the same key at the same sandbox', { ...box, label: 'New' }, 'key-2', 'apiKey'],
  ];
  test.each(refused)('%s is refused', (_, change, apiKey, field) => {
    const add = () =>
      expectNewAccount({ ...main, label: 'New', ...change }, { apiKey, apiSecret: 's' }, others);
    expect(add).toThrow(expect.objectContaining({ field }));
  });

  test('the sentence names the account that has the key, and not the key', () => {
    const twin = { ...main, label: 'New' };
    expect(() => expectNewAccount(twin, { apiKey: 'key-1', apiSecret: 's' }, others)).toThrow(
      'The account “Main” has this key already: each order would be listed twice. ' +
        'Paste another key, or remove that account first.',
    );
  });

  const taken: [name: string, change: Partial<Account>, apiKey: string][] = [
    ['another key', {}, 'key-3'],
    ['a key that differs in case', {}, 'KEY-1'],
    ['the same key at another venue', { venue: 'ztdx' }, 'key-1'],
    ['the same key in another environment', { environment: 'test' }, 'key-1'],
    ['the same key at another sandbox', { ...box, sandboxUrl: 'http://127.0.0.1:4102' }, 'key-2'],
  ];
  test.each(taken)('%s is added', (_, change, apiKey) => {
    const account = { ...main, ...change, label: 'New' };
    expect(() => expectNewAccount(account, { apiKey, apiSecret: 's' }, others)).not.toThrow();
  });
});
