import { expect, test } from 'vitest';
import { requestCancellation, type CancellationId } from '#lib/domain/cancellation.ts';
import type { ClientOrderId, OrderId, OrderRef } from '#lib/domain/order.ts';
import { createNames } from '#lib/worker/cancel/names.ts';
import { newItem, type Underway } from '#lib/worker/cancel/under-way.ts';
import { mine, one, start } from './cancel-world.ts';

const byClient: OrderRef = { accountId: mine, clientOrderId: 'x' as ClientOrderId };
const inCapitals: OrderRef = { ...one, orderId: 'ONE' as OrderId };

const itemFor = (ref: OrderRef): Underway =>
  newItem(1, requestCancellation('wish' as CancellationId, ref, undefined, start), undefined);

test('a name is kept while its wish is written down, and free again where that fails', async () => {
  const names = createNames();
  const failing = Promise.reject(new Error('disk full'));
  names.keep(one, failing);
  expect(names.find(inCapitals)).toBe(failing);
  expect(names.written(one)).toBeUndefined();
  await expect(failing).rejects.toThrow();
  expect(names.find(one)).toBeUndefined();
});

test('one order has one cancellation, under whichever names it goes by, until that is over', async () => {
  const names = createNames();
  const item = itemFor(byClient);
  names.keep(byClient, Promise.resolve(item));
  names.give(item, true);
  item.cancellation = { ...item.cancellation, ref: { ...byClient, orderId: 'One' as OrderId } };
  names.give(item);
  const second = itemFor(one);
  names.give(second);
  for (const name of [byClient, one]) {
    expect(names.written(name)).toBe(item);
    await expect(names.find(name)).resolves.toBe(item);
  }
  names.free(second);
  expect(names.written(one)).toBe(item);
  names.free(item);
  for (const name of [byClient, one]) {
    expect(names.written(name)).toBeUndefined();
    expect(names.find(name)).toBeUndefined();
  }
});

const refAt = (symbol: string): OrderRef => ({ ...one, symbol });

test('where ids are counted for each symbol, of two symbols neither wish is taken for the other', async () => {
  const names = createNames(() => true);
  const [ltc, btc] = ['LTCBTC', 'BTCUSDT'].map((symbol) => itemFor(refAt(symbol)));
  if (!ltc || !btc) throw new Error('no items');
  names.keep(refAt('LTCBTC'), Promise.resolve(ltc));
  names.give(ltc, true);
  expect(names.find(refAt('BTCUSDT'))).toBeUndefined();
  expect(names.written(refAt('BTCUSDT'))).toBeUndefined();
  names.give(btc);
  expect(names.written(refAt('LTCBTC'))).toBe(ltc);
  expect(names.written(refAt('BTCUSDT'))).toBe(btc);
  // By whoever does not know its symbol the first is found.
  expect(names.written(one)).toBe(ltc);
  await expect(names.find(one)).resolves.toBe(ltc);
  names.free(ltc);
  expect(names.find(one)).toBeUndefined();
  expect(names.written(refAt('BTCUSDT'))).toBe(btc);
});

test('a wish that was kept before its account was open, and so how ids are counted there, has no second one beside it', async () => {
  let isOpen = false;
  const names = createNames(() => isOpen);
  const item = itemFor(refAt('LTCBTC'));
  names.keep(refAt('LTCBTC'), Promise.resolve(item));
  isOpen = true;
  names.give(item, true);
  await expect(names.find(refAt('LTCBTC'))).resolves.toBe(item);
  names.free(item);
  for (const name of [one, refAt('LTCBTC')]) {
    expect(names.find(name)).toBeUndefined();
    expect(names.written(name)).toBeUndefined();
  }
});
