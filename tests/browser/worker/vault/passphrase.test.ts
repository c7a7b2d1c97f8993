import { expect, test } from 'vitest';
import { base64ToBytes } from '#lib/domain/base64.ts';
import {
  deriveKey,
  expectGoodPassphrase,
  freshParameters,
  type DerivationParameters,
} from '#lib/worker/vault/passphrase.ts';

const salt = new Uint8Array(16).fill(7);
const good: DerivationParameters = { name: 'PBKDF2', hash: 'SHA-256', iterations: 1_000_000, salt };

test('fresh parameters are strong, and salted anew each time', () => {
  const [first, second] = [freshParameters(), freshParameters()];
  expect(first).toMatchObject({ name: 'PBKDF2', hash: 'SHA-256' });
  expect(first.iterations).toBeGreaterThanOrEqual(1_000_000);
  expect(first.salt).toHaveLength(16);
  expect(first.salt).not.toEqual(second.salt);
});

test.each<[string, object]>([
  ['too few iterations', { iterations: 999_999 }],
  ['one iteration', { iterations: 1 }],
  ['no iterations', { iterations: 0 }],
  ['too many iterations', { iterations: 10_000_001 }],
  ['another hash', { hash: 'SHA-1' }],
  ['another function', { name: 'HKDF' }],
])('%s: the vault counts as damaged', async (_, changed) => {
  const parameters = { ...good, ...changed } as DerivationParameters;
  await expect(deriveKey('a passphrase', parameters)).rejects.toMatchObject({
    code: 'vault-damaged',
  });
});

test('the key is 256-bit AES-GCM and cannot be read out', async () => {
  const key = await deriveKey('a passphrase', good);
  expect(key.algorithm).toEqual({ name: 'AES-GCM', length: 256 });
  expect(key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
});

/** Computed apart from this code: Python, hashlib.pbkdf2_hmac('sha256', …, bytes([7] * 16), 1_000_000). */
test('the key is PBKDF2 of the passphrase in NFKC, as UTF-8', async () => {
  const iv = new Uint8Array(12);
  const expected = await crypto.subtle.importKey(
    'raw',
    base64ToBytes('YRP1B0lLSeZWrOhlzB5id7cySoxVl6wx6b3yd7sOzsc=') ?? new Uint8Array(),
    'AES-GCM',
    false,
    ['decrypt'],
  );
  const key = await deriveKey('ﬁne ₿ Café', good);
  const sealed = await crypto.subtle.encrypt({ name: 'AES-GCM', iv }, key, new Uint8Array([1, 2]));
  const opened = await crypto.subtle.decrypt({ name: 'AES-GCM', iv }, expected, sealed);
  expect(new Uint8Array(opened)).toEqual(new Uint8Array([1, 2]));
});

test.each([
  ['', false],
  ['1234567', false],
  ['12345678', true],
  ['four words of mine', true],
])('%j is long enough: %s', (passphrase, longEnough) => {
  const check = () => expectGoodPassphrase(passphrase);
  if (longEnough) expect(check).not.toThrow();
  else
    expect(check).toThrow(
      expect.objectContaining({ code: 'passphrase-short', field: 'passphrase' }),
    );
});
