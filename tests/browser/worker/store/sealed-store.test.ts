import { beforeEach, expect, test } from 'vitest';
import { sealedStore } from '#lib/worker/store/sealed-store.ts';
import { emptyDatabase, everythingStored, freshSealer } from '#tests/browser/support/fresh.ts';

beforeEach(emptyDatabase);

test('a sweep is kept sealed until it is deleted, and no other goes with it', async () => {
  const sweeps = sealedStore<{ filter: string }>('sweeps', await freshSealer());
  await sweeps.put('one', { filter: 'BTC_BRL' });
  await sweeps.put('two', { filter: 'ETH_BRL' });
  await sweeps.put('two', { filter: 'ETH_TRY' });
  expect(await everythingStored()).not.toMatch(/filter|BTC|ETH/);
  await sweeps.delete('one');
  await sweeps.delete('never there');
  expect(await sweeps.get('one')).toBeUndefined();
  expect(await sweeps.all()).toEqual([{ filter: 'ETH_TRY' }]);
});

test('a row of an earlier version opens, though it does not tell whose words it holds', async () => {
  const orders = sealedStore<{ trouble: object }>('orders', await freshSealer());
  await orders.put('a', { trouble: { reason: 'unreachable', words: 'no answer', at: 1 } });
  const note = { code: 'earlier', text: 'no answer' };
  const read = { trouble: { reason: 'unreachable', note, at: 1 } };
  expect(await orders.get('a')).toEqual(read);
  expect(await orders.all()).toEqual([read]);
});
