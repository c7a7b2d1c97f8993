import { beforeEach, expect, test } from 'vitest';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import { cancellationStore } from '#lib/store/cancellations.ts';
import { database } from '#lib/store/database.ts';
import type { Sealer } from '#lib/vault/sealing.ts';
import { emptyDatabase, everythingStored, freshSealer, wish } from '../support/fresh.ts';

let sealer: Sealer;
beforeEach(async () => {
  await emptyDatabase();
  sealer = await freshSealer();
});

const ended: Cancellation = { ...wish('1'), state: 'cancelled' };

test('what is added is there, in a row of its own', async () => {
  const store = await cancellationStore(sealer);
  expect(await store.add(wish('1'))).toBe(1);
  expect(await store.add(wish('2'))).toBe(2);
  expect(await store.page(50)).toEqual([
    { row: 2, cancellation: wish('2') },
    { row: 1, cancellation: wish('1') },
  ]);
});

test('adding side by side gives each its row', async () => {
  const store = await cancellationStore(sealer);
  const rows = await Promise.all(
    Array.from({ length: 20 }, (_, order) => store.add(wish(`${order}`))),
  );
  expect(new Set(rows).size).toBe(20);
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
  for (const state of states) await store.add({ ...wish(state), state });
  await store.add({ ...wish('given up'), state: 'accepted', abandoned: true });
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
  const row = await store.add(wish('1'));
  await store.update({ row, cancellation: { ...wish('1'), state: 'sent' } });
  expect(await store.unfinished()).toMatchObject([{ row, cancellation: { state: 'sent' } }]);
  await store.update({ row, cancellation: ended });
  expect(await store.unfinished()).toEqual([]);
  expect(await store.page(50)).toEqual([{ row, cancellation: ended }]);
});

test('pages of 50, newest first, each from where the last one ended', async () => {
  const store = await cancellationStore(sealer);
  for (let order = 1; order <= 120; order++) await store.add(wish(`${order}`));
  const first = await store.page(50);
  const second = await store.page(50, first.at(-1)?.row);
  const third = await store.page(50, second.at(-1)?.row);
  const rows = [first, second, third].map((page) => page.map(({ row }) => row));
  expect(rows).toEqual([down(120, 71), down(70, 21), down(20, 1)]);
  expect(second[0]?.cancellation.ref.orderId).toBe('70');
  expect(await store.page(50, 1)).toEqual([]);
});

test('rows count on in the next life of the worker', async () => {
  const first = await cancellationStore(sealer);
  await first.add(wish('1'));
  await first.add(wish('2'));
  const next = await cancellationStore(sealer);
  expect(await next.unfinished()).toHaveLength(2);
  expect(await next.add(wish('3'))).toBe(3);
});

test('an empty history has no pages, and an empty journal nothing to take up', async () => {
  const store = await cancellationStore(sealer);
  expect(await store.page(50)).toEqual([]);
  expect(await store.unfinished()).toEqual([]);
});

test('a copied profile tells how many rows there are, and which are unfinished; no more', async () => {
  const store = await cancellationStore(sealer);
  await store.add(wish('26947521557'));
  await store.add(ended);
  expect(await everythingStored()).not.toMatch(/26947521557|wish|account|cancelled|requested/);
  const [unfinished, done] = await (await database()).getAll('cancellations');
  expect(Object.keys(unfinished ?? {}).toSorted()).toEqual(['data', 'iv', 'unfinished', 'version']);
  expect(Object.keys(done ?? {}).toSorted()).toEqual(['data', 'iv', 'version']);
});

test('rows swapped on the disk do not open', async () => {
  const store = await cancellationStore(sealer);
  await store.add({ ...wish('1'), state: 'refused' });
  await store.add({ ...wish('2'), state: 'cancelled' });
  const db = await database();
  const [one, two] = await db.getAll('cancellations');
  if (!one || !two) throw new Error('not written');
  await db.put('cancellations', two, 1);
  await db.put('cancellations', one, 2);
  await expect(store.page(50)).rejects.toThrow();
});

function down(from: number, to: number): number[] {
  return Array.from({ length: from - to + 1 }, (_, index) => from - index);
}
