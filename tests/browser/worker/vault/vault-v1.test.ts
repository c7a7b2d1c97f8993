import { afterAll, beforeAll, expect, test } from 'vitest';
import { base64ToBytes } from '#lib/domain/base64.ts';
import type { AccountId } from '#lib/domain/account.ts';
import { accountStore } from '#lib/worker/store/accounts.ts';
import { cancellationStore } from '#lib/worker/store/cancellations.ts';
import { database } from '#lib/worker/store/database.ts';
import { sealedStore } from '#lib/worker/store/sealed-store.ts';
import { createSealer, type SealedRecord, type Sealer } from '#lib/worker/vault/sealing.ts';
import { importVaultKey, openVaultKey, type VaultRecord } from '#lib/worker/vault/vault-key.ts';
import { emptyDatabase } from '#tests/browser/support/fresh.ts';
import fixture from '#tests/fixtures/vault-v1.json';

/**
 * A vault of format 1, which every later Pullcord must open: users have it on their disks. It was made once, by the
 * code of commit f6a697d, with `createVaultKey(passphrase)`, `importVaultKey` and one `sealer.seal(store, id, value)` per
 * row; bytes were then written as Base64, and `value` beside them is what was sealed. Never make it anew: a test of a
 * later format gets a file of its own.
 */
const { passphrase, vault, rows } = fixture;
const accountId = '3f0c2a54-8f0e-4c55-9d6e-0b7a1a2b3c4d' as AccountId;

let sealer: Sealer;
beforeAll(async () => {
  const { derivation } = vault;
  const record = {
    ...vault,
    derivation: { ...derivation, salt: bytes(derivation.salt) },
    iv: bytes(vault.iv),
    sealedKey: bytes(vault.sealedKey).buffer,
  } as VaultRecord;
  sealer = createSealer(await importVaultKey(await openVaultKey(passphrase, record)));

  await emptyDatabase();
  const db = await database();
  await db.put('vault', record, 'vault');
  for (const row of rows) {
    const { version, iv, data } = row;
    const sealed = { version, iv: bytes(iv), data: bytes(data).buffer } as SealedRecord;
    const store = row.store as 'accounts';
    const unfinished = 'unfinished' in row && { unfinished: 1 };
    await db.put(store, { ...sealed, ...unfinished }, row.id as string);
  }
});
afterAll(emptyDatabase);

test.each(rows)('$store/$id opens', async ({ store, id, version, iv, data, value }) => {
  const record = { version, iv: bytes(iv), data: bytes(data).buffer } as SealedRecord;
  expect(await sealer.open(store, id, record)).toEqual(value);
});

test('the stores read it', async () => {
  const accounts = accountStore(sealer);
  expect(await accounts.all()).toEqual([valueOf('accounts')]);
  expect(await sealedStore('credentials', sealer).get(accountId)).toEqual(valueOf('credentials'));
  expect(await sealedStore('orders', sealer).get(accountId)).toEqual(valueOf('orders'));
  expect(await sealedStore('settings', sealer).get('settings')).toEqual(valueOf('settings'));
});

test('its history and its journal are there, and go on counting', async () => {
  const cancellations = await cancellationStore(sealer);
  const page = await cancellations.page(50);
  expect(page.map(({ row, cancellation }) => `${row} ${cancellation?.state}`)).toEqual([
    '2 sent',
    '1 cancelled',
  ]);
  expect((await cancellations.unfinished()).map(({ row }) => row)).toEqual([2]);
  expect(page[1]?.cancellation).toMatchObject({ note: { code: 'earlier', text: 'canceled' } });
  const [first] = page;
  if (!first?.cancellation) throw new Error('no history');
  expect(await cancellations.addAll([first.cancellation])).toEqual([3]);
});

function bytes(base64: string): Uint8Array<ArrayBuffer> {
  const decoded = base64ToBytes(base64);
  if (decoded === undefined) throw new Error('the fixture is not Base64');
  return decoded;
}

function valueOf(store: string): unknown {
  return rows.find((row) => row.store === store)?.value;
}
