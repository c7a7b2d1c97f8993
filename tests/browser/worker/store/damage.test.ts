import { beforeEach, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import { accountStore } from '#lib/worker/store/accounts.ts';
import { cancellationStore } from '#lib/worker/store/cancellations.ts';
import { createDamage } from '#lib/worker/store/damage.ts';
import { database } from '#lib/worker/store/database.ts';
import { sealedStore } from '#lib/worker/store/sealed-store.ts';
import type { SealedRecord, Sealer } from '#lib/worker/vault/sealing.ts';
import { emptyDatabase, freshSealer, wish } from '#tests/browser/support/fresh.ts';

/** A damaged row costs that row: whatever was done to it, the others of its table and all other tables open. */

let sealer: Sealer;
beforeEach(async () => {
  await emptyDatabase();
  sealer = await freshSealer();
});

/** What may have been done to a row on the disk. */
const damages: Record<string, (record: SealedRecord) => unknown> = {
  'a byte of its data': (record) => ({ ...record, data: flipped(new Uint8Array(record.data)) }),
  'a byte of its IV': (record) => ({ ...record, iv: flipped(record.iv) }),
  'its end cut off': (record) => ({ ...record, data: record.data.slice(0, 5) }),
  'its data gone': ({ version, iv }) => ({ version, iv }),
  'a version that is not known': (record) => ({ ...record, version: 9 }),
  'something else in its place': () => 'text',
};
const kinds = Object.keys(damages);

function flipped(bytes: Uint8Array): ArrayBuffer | Uint8Array {
  const copy = new Uint8Array(bytes);
  copy[0] = (copy[0] ?? 0) ^ 1;
  return bytes.length === 12 ? copy : copy.buffer;
}

type Table = 'settings' | 'accounts' | 'credentials' | 'orders' | 'sweeps' | 'cancellations';

async function damage(table: Table, id: string | number, kind: string): Promise<void> {
  const db = await database();
  const record = await db.get(table, id);
  if (!record) throw new Error('there is no such row');
  await db.put(table, damages[kind]?.(record) as never, id);
}

const id = (name: string) => name as AccountId;
const account = (name: string) => ({
  id: id(name),
  venue: 'ripio' as const,
  label: name,
  environment: 'live' as const,
  createdAt: 1,
});
const credentials = { apiKey: 'key', apiSecret: 'secret' };

test.each(kinds)('an account, %s: the others stand, and it is told', async (kind) => {
  const found = createDamage(() => {});
  const store = accountStore(sealer, (each) => found.note('accounts', each));
  for (const name of ['a', 'b', 'c']) await store.add(account(name), credentials);
  await damage('accounts', 'b', kind);
  expect((await store.allWithCredentials()).map((each) => each.account.id)).toEqual(['a', 'c']);
  expect(found.ids('accounts')).toEqual(['b']);
  // Nothing was deleted by that.
  expect(await (await database()).getAllKeys('accounts')).toEqual(['a', 'b', 'c']);
  await store.remove(id('b'));
  expect(await (await database()).getAllKeys('credentials')).toEqual(['a', 'c']);
});

test.each(kinds)('credentials, %s: the account stands without them', async (kind) => {
  const store = accountStore(sealer);
  for (const name of ['a', 'b']) await store.add(account(name), credentials);
  await damage('credentials', 'a', kind);
  expect(await store.allWithCredentials()).toEqual([
    { account: account('a'), credentials: undefined },
    { account: account('b'), credentials },
  ]);
  await store.setCredentials(id('a'), { ...credentials, apiKey: 'anew' });
  expect(await sealedStore('credentials', sealer).get('a')).toEqual({
    ...credentials,
    apiKey: 'anew',
  });
});

test.each(kinds)('a row of the journal, %s: it is never taken up, and stays', async (kind) => {
  const found: number[] = [];
  const store = await cancellationStore(sealer, (row) => found.push(row));
  await store.addAll(['1', '2', '3'].map(wish));
  const db = await database();
  const before = await db.get('cancellations', 2);
  const broken = damages[kind]?.(before as SealedRecord);
  // Its mark, which is not sealed, stays where a record is left of it.
  await db.put(
    'cancellations',
    (typeof broken === 'object'
      ? { ...broken, unfinished: 1 }
      : { broken, unfinished: 1 }) as never,
    2,
  );
  expect((await store.unfinished()).map(({ row }) => row)).toEqual([1, 3]);
  expect(found).toEqual([2]);
  expect((await store.since(1)).map(({ row }) => row)).toEqual([1, 3]);
  expect(await store.page(50)).toEqual([
    { row: 3, cancellation: wish('3') },
    { row: 2 },
    { row: 1, cancellation: wish('1') },
  ]);
  expect((await store.page(50, undefined, () => true)).map(({ row }) => row)).toEqual([3, 1]);
  await store.giveUp(found);
  expect(await db.countFromIndex('cancellations', 'unfinished')).toBe(2);
  expect(await db.count('cancellations')).toBe(3);
});

test.each(
  (['settings', 'orders', 'sweeps'] as const).flatMap((table) =>
    kinds.map((kind) => [table, kind] as const),
  ),
)('%s, %s: as if it were not there, and told', async (table, kind) => {
  const found: string[] = [];
  const store = sealedStore<string>(table, sealer, (each) => found.push(each));
  await store.put('one', 'first');
  await store.put('two', 'second');
  await damage(table, 'one', kind);
  expect(await store.get('one')).toBeUndefined();
  expect(await store.all()).toEqual(['second']);
  expect(new Set(found)).toEqual(new Set(['one']));
  expect(await (await database()).count(table)).toBe(2);
  await store.put('one', 'anew');
  expect(await store.all()).toEqual(['anew', 'second']);
});
