import { beforeEach, expect, test, vi } from 'vitest';
import { openDB } from 'idb';
import { cdp } from 'vitest/browser';
import { cancellationStore } from '#lib/worker/store/cancellations.ts';
import { database } from '#lib/worker/store/database.ts';
import { emptyDatabase, freshSealer, wish } from '#tests/browser/support/fresh.ts';

beforeEach(emptyDatabase);

test('has the stores it has, and no others', async () => {
  const db = await database();
  expect([...db.objectStoreNames].toSorted()).toEqual([
    'accounts',
    'cancellations',
    'credentials',
    'nonces',
    'orders',
    'settings',
    'sweeps',
    'vault',
  ]);
  expect(db.version).toBe(3);
});

test('is opened once', async () => {
  const [first, second] = await Promise.all([database(), database()]);
  expect(first).toBe(second);
});

test('makes way where another context deletes it, and is opened anew', async () => {
  const before = await database();
  await new Promise<void>((resolve, reject) => {
    const deletion = indexedDB.deleteDatabase('pullcord');
    deletion.addEventListener('success', () => resolve());
    deletion.addEventListener('error', () => reject(new Error('not deleted')));
  });
  const after = await database();
  expect(after).not.toBe(before);
  const store = await cancellationStore(await freshSealer());
  expect(await store.addAll([wish('1')])).toEqual([1]);
});

test('is opened anew where the browser has closed it under us', async () => {
  const before = await database();
  const store = await cancellationStore(await freshSealer());
  await store.addAll([wish('1')]);
  const closed = new Promise((resolve) => before.addEventListener('close', resolve));
  // What the browser does when its storage goes away: data cleared by the user, a failing disk.
  const { origin } = location;
  await cdp().send('Storage.clearDataForOrigin', { origin, storageTypes: 'indexeddb' });
  await closed;

  expect(await database()).not.toBe(before);
  await store.update({ row: 1, cancellation: { ...wish('1'), state: 'sent' } });
  expect(await store.unfinished()).toMatchObject([{ row: 1, cancellation: { state: 'sent' } }]);
});

/** An opening that the browser breaks off, as it does where it is still closing what lay there. */
function brokenOff(open: IDBFactory['open']): IDBOpenDBRequest {
  const request = open('broken off', 1);
  request.addEventListener('upgradeneeded', (event) => {
    event.stopImmediatePropagation();
    request.transaction?.abort();
  });
  return request;
}

test.each([
  [1, true],
  [2, false],
])('whose opening fails %i times is opened in the end: %s', async (times, isOpened) => {
  (await database()).dispatchEvent(new Event('close'));
  const open = indexedDB.open.bind(indexedDB);
  const opening = vi.spyOn(indexedDB, 'open');
  for (let time = 0; time < times; time++) opening.mockImplementationOnce(() => brokenOff(open));
  try {
    const opened = await database().catch((error: unknown) => error);
    if (isOpened) expect(opened).toHaveProperty('name', 'pullcord');
    else expect(opened).toMatchObject({ code: 'database-unreadable' });
    expect(opening).toHaveBeenCalledTimes(2);
  } finally {
    opening.mockRestore();
  }
});

test('of version 1 keeps its rows and gets the new stores', async () => {
  await new Promise<void>((resolve, reject) => {
    const deletion = indexedDB.deleteDatabase('pullcord');
    deletion.addEventListener('success', () => resolve());
    deletion.addEventListener('error', () => reject(new Error('not deleted')));
  });
  const old = await openDB('pullcord', 1, {
    upgrade(db) {
      for (const store of ['vault', 'settings', 'accounts', 'credentials', 'orders']) {
        db.createObjectStore(store);
      }
      db.createObjectStore('cancellations').createIndex('unfinished', 'unfinished');
    },
  });
  const sealer = await freshSealer();
  const record = await sealer.seal('cancellations', 7, wish('1'));
  await old.put('cancellations', { ...record, unfinished: 1 }, 7);
  old.close();

  const { objectStoreNames } = await database();
  expect([...objectStoreNames]).toEqual(expect.arrayContaining(['sweeps', 'nonces']));
  const store = await cancellationStore(sealer);
  expect(await store.unfinished()).toEqual([{ row: 7, cancellation: wish('1') }]);
  expect(store.nextRow()).toBe(8);
});
