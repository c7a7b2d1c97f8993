import { beforeAll, expect, test } from 'vitest';
import {
  createVaultKey,
  importVaultKey,
  openVaultKey,
  type VaultRecord,
} from '#lib/worker/vault/vault-key.ts';

const passphrase = 'ﬁne Café ₿ words';
let record: VaultRecord;
let bytes: Uint8Array<ArrayBuffer>;
beforeAll(async () => {
  ({ record, bytes } = await createVaultKey(passphrase));
});

test('the right passphrase opens it', async () => {
  expect(bytes).toHaveLength(32);
  expect(await openVaultKey(passphrase, record)).toEqual(bytes);
});

test.each([
  ['composed', 'ﬁne Caf\u00E9 ₿ words'],
  ['decomposed', 'ﬁne Cafe\u0301 ₿ words'],
  ['without the ligature', 'fine Café ₿ words'],
])('the same passphrase typed on another keyboard opens it: %s', async (_, typed) => {
  expect(await openVaultKey(typed, record)).toEqual(bytes);
});

test.each(['', 'ﬁne Café ₿ word', 'Fine Café ₿ words', 'ﬁne Café ₿ words '])(
  'another passphrase does not: %j',
  async (typed) => {
    await expect(openVaultKey(typed, record)).rejects.toMatchObject({
      code: 'wrong-passphrase',
      field: 'passphrase',
    });
  },
);

test('a changed record does not open', async () => {
  const sealedKey = record.sealedKey.slice(0);
  new Uint8Array(sealedKey)[0] = (new Uint8Array(sealedKey)[0] ?? 0) ^ 1;
  await expect(openVaultKey(passphrase, { ...record, sealedKey })).rejects.toThrow();
  const salt = record.derivation.salt.slice().fill(0);
  const derivation = { ...record.derivation, salt };
  await expect(openVaultKey(passphrase, { ...record, derivation })).rejects.toThrow();
});

test('a record with a weakened derivation is refused before the passphrase is used', async () => {
  const derivation = { ...record.derivation, iterations: 1000 };
  await expect(openVaultKey(passphrase, { ...record, derivation })).rejects.toMatchObject({
    code: 'vault-damaged',
  });
});

test('a record of a later version is not misread', async () => {
  const later = { ...record, version: 2 } as unknown as VaultRecord;
  await expect(openVaultKey(passphrase, later)).rejects.toThrow('version 2');
});

test.each([
  ['without its derivation', { derivation: undefined }],
  ['without a salt', { derivation: { name: 'PBKDF2' } }],
  ['without its key', { sealedKey: 'text' }],
  ['without its IV', { iv: undefined }],
  ['without a version', { version: undefined }],
])('a record %s is called damaged', async (_, change) => {
  await expect(
    openVaultKey(passphrase, { ...record, ...change } as VaultRecord),
  ).rejects.toMatchObject({ code: 'vault-damaged' });
});

test('two vaults have nothing in common', async () => {
  const other = await createVaultKey(passphrase);
  expect(other.bytes).not.toEqual(bytes);
  expect(other.record.iv).not.toEqual(record.iv);
  expect(other.record.derivation.salt).not.toEqual(record.derivation.salt);
});

test('the record holds the key in no readable form', () => {
  const sealed = new Uint8Array(record.sealedKey);
  expect(sealed).toHaveLength(48);
  expect(sealed.slice(0, 32)).not.toEqual(bytes);
});

test('an imported key cannot be read out', async () => {
  const key = await importVaultKey(bytes);
  expect(key.extractable).toBe(false);
  await expect(crypto.subtle.exportKey('raw', key)).rejects.toThrow();
});
