import { beforeEach, expect, test, vi } from 'vitest';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import type { OrderId } from '#lib/domain/order.ts';
import {
  cancellationStore,
  countUnfinished,
  type HistoryEntry,
} from '#lib/worker/store/cancellations.ts';
import { database } from '#lib/worker/store/database.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import {
  emptyDatabase,
  everythingStored,
  freshSealer,
  wish,
} from '#tests/browser/support/fresh.ts';

let sealer: Sealer;
beforeEach(async () => {
  await emptyDatabase();
  sealer = await freshSealer();
});

const ended: Cancellation = { ...wish('1'), state: 'cancelled' };

test('what is added is there, in a row of its own', async () => {
  const store = await cancellationStore(sealer);
  expect(await store.addAll([wish('1')])).toEqual([1]);
  expect(await store.addAll([wish('2')])).toEqual([2]);
  expect(await store.page(50)).toEqual([
    { row: 2, cancellation: wish('2') },
    { row: 1, cancellation: wish('1') },
  ]);
});

test('adding side by side gives each its row', async () => {
  const store = await cancellationStore(sealer);
  const rows = await Promise.all(
    Array.from({ length: 20 }, (_, order) => store.addAll([wish(`${order}`)])),
  );
  expect(new Set(rows.flat()).size).toBe(20);
  expect(await store.page(50)).toHaveLength(20);
});

test('the journal is what has not ended', async () => {
  const store = await cancellationStore(sealer);
  const states = [
    'requested',
    'sent',
    'accepted',
    'unknown',
    'cancelled',
    'filled',
    'refused',
  ] as const;
  for (const state of states) await store.addAll([{ ...wish(state), state }]);
  await store.addAll([{ ...wish('given up'), state: 'accepted', abandoned: true }]);
  const unfinished = await store.unfinished();
  expect(unfinished.map(({ row, cancellation }) => [row, cancellation.state])).toEqual([
    [1, 'requested'],
    [2, 'sent'],
    [3, 'accepted'],
    [4, 'unknown'],
  ]);
});

test('what ends leaves the journal and stays in the history', async () => {
  const store = await cancellationStore(sealer);
  const [row = 0] = await store.addAll([wish('1')]);
  await store.update({ row, cancellation: { ...wish('1'), state: 'sent' } });
  expect(await store.unfinished()).toMatchObject([{ row, cancellation: { state: 'sent' } }]);
  await store.update({ row, cancellation: ended });
  expect(await store.unfinished()).toEqual([]);
  expect(await store.page(50)).toEqual([{ row, cancellation: ended }]);
});

test('what has ended is taken up for its attached orders alone, and counts as ended', async () => {
  const store = await cancellationStore(sealer);
  const [row = 0] = await store.addAll([wish('1')]);
  const attached = [{ id: '2' as OrderId, symbol: 'BTC_BRL', type: 'stop', protective: true }];
  await store.update({ row, cancellation: { ...wish('1'), state: 'sent' }, attached });
  expect(await countUnfinished()).toBe(1);
  await store.update({ row, cancellation: ended, attached });
  expect(await countUnfinished()).toBe(0);
  const next = await cancellationStore(sealer);
  expect(await next.unfinished()).toEqual([{ row, cancellation: ended, attached }]);
  expect(await everythingStored()).not.toContain('attached');
  await next.update({ row, cancellation: ended });
  expect(await next.unfinished()).toEqual([]);
  expect(await next.page(50)).toEqual([{ row, cancellation: ended }]);
});

test('pages of 50, newest first, each from where the last one ended', async () => {
  const store = await cancellationStore(sealer);
  for (let order = 1; order <= 120; order++) await store.addAll([wish(`${order}`)]);
  const first = await store.page(50);
  const second = await store.page(50, first.at(-1)?.row);
  const third = await store.page(50, second.at(-1)?.row);
  const rows = [first, second, third].map((page) => page.map(({ row }) => row));
  expect(rows).toEqual([down(120, 71), down(70, 21), down(20, 1)]);
  expect(second[0]?.cancellation?.ref.orderId).toBe('70');
  expect(await store.page(50, 1)).toEqual([]);
});

test('rows count on in the next life of the worker', async () => {
  const first = await cancellationStore(sealer);
  await first.addAll([wish('1')]);
  await first.addAll([wish('2')]);
  const next = await cancellationStore(sealer);
  expect(await next.unfinished()).toHaveLength(2);
  expect(await next.addAll([wish('3')])).toEqual([3]);
});

test('an empty history has no pages, and an empty journal nothing to take up', async () => {
  const store = await cancellationStore(sealer);
  expect(await store.page(50)).toEqual([]);
  expect(await store.unfinished()).toEqual([]);
});

test('a copied profile tells how many rows there are, and which are unfinished; no more', async () => {
  const store = await cancellationStore(sealer);
  await store.addAll([wish('26947521557')]);
  await store.addAll([ended]);
  expect(await everythingStored()).not.toMatch(/26947521557|wish|account|cancelled|requested/);
  const [unfinished, done] = await (await database()).getAll('cancellations');
  expect(Object.keys(unfinished ?? {}).toSorted()).toEqual(['data', 'iv', 'unfinished', 'version']);
  expect(Object.keys(done ?? {}).toSorted()).toEqual(['data', 'iv', 'version']);
});

test('rows swapped on the disk are not read as what they are not', async () => {
  const store = await cancellationStore(sealer);
  await store.addAll([{ ...wish('1'), state: 'refused' }]);
  await store.addAll([{ ...wish('2'), state: 'cancelled' }]);
  const db = await database();
  const [one, two] = await db.getAll('cancellations');
  if (!one || !two) throw new Error('not written');
  await db.put('cancellations', two, 1);
  await db.put('cancellations', one, 2);
  expect(await store.page(50)).toEqual([{ row: 2 }, { row: 1 }]);
});

function down(from: number, to: number): number[] {
  return Array.from({ length: from - to + 1 }, (_, index) => from - index);
}

const hundreds = ({ ref }: Cancellation) => ref.orderId?.endsWith('00') === true;

const rowsOf = (found: readonly HistoryEntry[]) => found.map(({ row }) => row);

const idsOf = (rows: readonly HistoryEntry[]) =>
  rows.map(({ cancellation }) => cancellation?.ref.orderId);

test('several get rows in their order, all or none', async () => {
  const store = await cancellationStore(sealer);
  expect(await store.addAll([wish('1'), wish('2'), wish('3')])).toEqual([1, 2, 3]);
  expect(store.nextRow()).toBe(4);
  const unsealable = { ...wish('5'), sendings: 1n as unknown as number };
  await expect(store.addAll([wish('4'), unsealable])).rejects.toThrow();
  expect(idsOf(await store.page(10))).toEqual(['3', '2', '1']);
});

test('of several states of a row in a hurry the latest stands, and each writer is told', async () => {
  const store = await cancellationStore(sealer);
  const [row = 0] = await store.addAll([wish('1')]);
  const states = ['sent', 'accepted', 'unknown', 'cancelled'] as const;
  await Promise.all(
    states.map((state) => store.update({ row, cancellation: { ...wish('1'), state } })),
  );
  expect((await store.page(10)).map(({ cancellation }) => cancellation?.state)).toEqual([
    'cancelled',
  ]);
  expect(await store.unfinished()).toEqual([]);
});

test('a write that fails is told, and the next one succeeds', async () => {
  const store = await cancellationStore(sealer);
  const [row = 0] = await store.addAll([wish('1')]);
  const unsealable = { ...wish('1'), sendings: 1n as unknown as number };
  await expect(store.update({ row, cancellation: unsealable })).rejects.toThrow();
  await store.update({ row, cancellation: { ...wish('1'), state: 'cancelled' } });
  expect(await store.unfinished()).toEqual([]);
});

test('from a row on, oldest first', async () => {
  const store = await cancellationStore(sealer);
  await store.addAll(['1', '2', '3', '4'].map(wish));
  expect(idsOf(await store.since(3))).toEqual(['3', '4']);
});

test('from the row that is still to come on, there is nothing', async () => {
  const store = await cancellationStore(sealer);
  expect(await store.since(store.nextRow())).toEqual([]);
  await store.addAll([wish('1')]);
  expect(await store.since(store.nextRow())).toEqual([]);
});

test('a search goes on through older rows until it has found enough', async () => {
  const store = await cancellationStore(sealer);
  const ids = Array.from({ length: 1200 }, (_, index) => `${index + 1}`);
  await store.addAll(ids.map(wish));
  const first = await store.page(5, undefined, hundreds);
  expect(idsOf(first)).toEqual(['1200', '1100', '1000', '900', '800']);
  expect(idsOf(await store.page(50, first.at(-1)?.row, hundreds))).toEqual([
    '700',
    '600',
    '500',
    '400',
    '300',
    '200',
    '100',
  ]);
});

test('a search ends where it is told to, and looks from the newest on', async () => {
  const store = await cancellationStore(sealer);
  await store.addAll(Array.from({ length: 1200 }, (_, index) => wish(`${index + 1}`)));
  const looked: string[] = [];
  const found = await store.page(
    50,
    1101,
    (cancellation) => {
      looked.push(cancellation.ref.orderId ?? '');
      return hundreds(cancellation);
    },
    800,
  );
  expect(idsOf(found)).toEqual(['1100', '1000', '900', '800']);
  expect(looked).toEqual(down(1100, 800).map(String));
});

test('a disk that is full half way through leaves none of them', async () => {
  const store = await cancellationStore(sealer);
  const put = failingPut(3);
  await expect(store.addAll(['1', '2', '3', '4'].map(wish))).rejects.toThrow();
  put.mockRestore();
  expect(await store.page(50)).toEqual([]);
  expect(await store.addAll([wish('5')])).toEqual([store.nextRow() - 1]);
  expect(idsOf(await store.page(50))).toEqual(['5']);
});

test('every update of a transaction that fails is told so', async () => {
  const store = await cancellationStore(sealer);
  const rows = await store.addAll(['1', '2', '3'].map(wish));
  const put = failingPut(2);
  const updates = rows.map((row) => store.update({ row, cancellation: ended }));
  const results = await Promise.allSettled(updates);
  put.mockRestore();
  expect(results.map(({ status }) => status)).toEqual(['rejected', 'rejected', 'rejected']);
  expect(await store.unfinished()).toHaveLength(3);
});

test('updates that come while one is being written are one transaction more', async () => {
  const store = await cancellationStore(sealer);
  const rows = await store.addAll(Array.from({ length: 200 }, (_, order) => wish(`${order}`)));
  const transactions = vi.spyOn(IDBDatabase.prototype, 'transaction');
  const first = store.update({ row: 1, cancellation: ended });
  // Its turn is over, its write is not.
  await Promise.resolve();
  await Promise.resolve();
  const others = rows.map((row) => store.update({ row, cancellation: ended }));
  await first;
  await Promise.all(others);
  expect(transactions).toHaveBeenCalledTimes(2);
  transactions.mockRestore();
  expect(await store.unfinished()).toEqual([]);
});

test('a page opens no more rows than it shows', async () => {
  const open = vi.fn(sealer.open.bind(sealer)) as Sealer['open'];
  const store = await cancellationStore({ ...sealer, open });
  await store.addAll(Array.from({ length: 300 }, (_, order) => wish(`${order}`)));
  expect(await store.page(50)).toHaveLength(50);
  expect(open).toHaveBeenCalledTimes(50);
});

test('rows that are missing do not end a page or a search', async () => {
  const store = await cancellationStore(sealer);
  await store.addAll(Array.from({ length: 700 }, (_, order) => wish(`${order + 1}`)));
  await (await database()).delete('cancellations', IDBKeyRange.bound(11, 690));
  expect(rowsOf(await store.page(15))).toEqual([...down(700, 691), ...down(10, 6)]);
  expect(rowsOf(await store.page(15, undefined, () => true))).toEqual(rowsOf(await store.page(15)));
  expect(rowsOf(await store.since(5))).toEqual([5, 6, 7, 8, 9, 10, ...down(700, 691).toReversed()]);
});

/** The row that is put as number `nth` fails when its turn comes, as on a full disk: it is added once more. */
function failingPut(nth: number) {
  // oxlint-disable-next-line typescript/unbound-method -- called with the store as `this` below
  const { put } = IDBObjectStore.prototype;
  let count = 0;
  return vi.spyOn(IDBObjectStore.prototype, 'put').mockImplementation(function (
    this: IDBObjectStore,
    ...row
  ) {
    const request = put.apply(this, row);
    if (++count === nth) this.add(...row);
    return request;
  });
}

test('a row of an earlier version opens, though it does not tell whose words it holds', async () => {
  const store = await cancellationStore(sealer);
  const stored = { ...wish('1'), words: 'no answer' };
  await store.addAll([stored, { ...stored, state: 'refused' }]);
  const note = { code: 'earlier', text: 'no answer' };
  const read = { ...wish('1'), note };
  expect(await store.unfinished()).toEqual([{ row: 1, cancellation: read }]);
  expect(await store.page(1)).toEqual([{ row: 2, cancellation: { ...read, state: 'refused' } }]);
});
