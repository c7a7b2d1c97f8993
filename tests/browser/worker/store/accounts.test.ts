import { beforeEach, expect, test, vi } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import { accountStore, type StoredAccount } from '#lib/worker/store/accounts.ts';
import { database } from '#lib/worker/store/database.ts';
import { sealedStore } from '#lib/worker/store/sealed-store.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import { emptyDatabase, everythingStored, freshSealer } from '#tests/browser/support/fresh.ts';

let sealer: Sealer;
beforeEach(async () => {
  await emptyDatabase();
  sealer = await freshSealer();
});

const credentials = { apiKey: 'the-public-key', apiSecret: 'the-secret' };

test('an account and its credentials', async () => {
  const store = accountStore(sealer);
  await store.add(account('b', 2), credentials);
  expect(await store.all()).toEqual([account('b', 2)]);
  expect(await credentialsOf('b')).toEqual(credentials);
});

test('accounts stand in the order in which they were added, not in that of their ids', async () => {
  const store = accountStore(sealer);
  await store.add(account('c', 1), credentials);
  await store.add(account('a', 3), credentials);
  await store.add(account('b', 2), credentials);
  expect((await store.all()).map((stored) => stored.id)).toEqual(['c', 'b', 'a']);
});

test('two additions at once are looked at one after the other, over a lock too', async () => {
  const add = (name: string) =>
    accountStore(sealer).add(account(name, 1), credentials, (others) => {
      if (others.some((other) => other.credentials?.apiKey === credentials.apiKey)) {
        throw new Error('taken');
      }
    });
  const added = await Promise.allSettled([add('a'), add('b')]);
  expect(added.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(await accountStore(sealer).allWithCredentials()).toEqual([
    { account: account('a', 1), credentials },
  ]);
  // What was refused stands in nobody's way.
  await accountStore(sealer).add(account('c', 2), { ...credentials, apiKey: 'other' });
  expect(await accountStore(sealer).all()).toHaveLength(2);
});

test('a key that is given anew waits its turn beside additions', async () => {
  const store = accountStore(sealer);
  await store.add(account('a', 1), credentials);
  const key = { ...credentials, apiKey: 'wanted by two' };
  const expectNew = (all: readonly { readonly credentials: { apiKey: string } | undefined }[]) => {
    if (all.some((each) => each.credentials?.apiKey === key.apiKey)) throw new Error('taken');
  };
  const put = await Promise.allSettled([
    store.add(account('b', 2), key, expectNew),
    store.setCredentials(id('a'), key, expectNew),
  ]);
  expect(put.map(({ status }) => status)).toEqual(['fulfilled', 'rejected']);
  expect(await store.allWithCredentials()).toEqual([
    { account: account('a', 1), credentials },
    { account: account('b', 2), credentials: key },
  ]);
});

test('an update changes the account and leaves its credentials', async () => {
  const store = accountStore(sealer);
  await store.add(account('a', 1), credentials);
  const tested = {
    ...account('a', 1),
    lastTest: { at: 5, result: { ok: true, openOrders: 3 } },
  } as const;
  await store.update(tested);
  expect(await store.all()).toEqual([tested]);
  expect(await credentialsOf('a')).toEqual(credentials);
});

test('removing takes the account, its credentials and its orders, and nothing of another', async () => {
  const store = accountStore(sealer);
  const orders = sealedStore<string[]>('orders', sealer);
  for (const name of ['a', 'b']) {
    await store.add(account(name, 1), credentials);
    await orders.put(name, ['an order']);
  }
  await store.remove(id('a'));
  expect((await store.all()).map((stored) => stored.id)).toEqual(['b']);
  expect(await credentialsOf('a')).toBeUndefined();
  expect(await orders.get('a')).toBeUndefined();
  expect(await credentialsOf('b')).toEqual(credentials);
  expect(await orders.get('b')).toEqual(['an order']);
});

test('a write that fails half way leaves neither account nor credentials', async () => {
  const store = accountStore(sealer);
  // oxlint-disable-next-line typescript/unbound-method -- called with the store as `this` below
  const { put } = IDBObjectStore.prototype;
  vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...row
  ) {
    // As when the disk is full at the second row.
    const request = put.apply(this, row);
    if (this.name === 'credentials') this.transaction.abort();
    return request;
  });
  await expect(store.add(account('a', 1), credentials)).rejects.toThrow();
  vi.restoreAllMocks();
  const db = await database();
  expect(await db.getAllKeys('accounts')).toEqual([]);
  expect(await db.getAllKeys('credentials')).toEqual([]);
});

test('a copied profile tells nothing of an account', async () => {
  await accountStore(sealer).add(account('a', 1), credentials);
  await sealedStore('orders', sealer).put('a', [{ id: '26947521557', symbol: 'BTC_BRL' }]);
  expect(await everythingStored()).not.toMatch(/the-|ripio|Main|live|26947521557|BTC/);
});

test('one account’s credentials cannot be put in another’s place', async () => {
  const store = accountStore(sealer);
  await store.add(account('a', 1), credentials);
  await store.add(account('b', 2), { apiKey: 'other', apiSecret: 'other' });
  const db = await database();
  const sealed = await db.get('credentials', 'b');
  if (!sealed) throw new Error('not written');
  await db.put('credentials', sealed, 'a');
  expect(await credentialsOf('a')).toBeUndefined();
});

test('another vault key opens none of it', async () => {
  await accountStore(sealer).add(account('a', 1), credentials);
  const other = accountStore(await freshSealer());
  expect(await other.all()).toEqual([]);
  expect(await other.allWithCredentials()).toEqual([]);
});

function credentialsOf(name: string): Promise<unknown> {
  return sealedStore('credentials', sealer).get(name);
}

function id(name: string): AccountId {
  return name as AccountId;
}

function account(name: string, createdAt: number): StoredAccount {
  return { id: id(name), venue: 'ripio', label: 'Main', environment: 'live', createdAt };
}
