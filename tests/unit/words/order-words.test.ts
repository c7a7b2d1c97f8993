import { expect, test } from 'vitest';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { Order } from '#lib/domain/order.ts';
import { amountWords, orderWords, placeWords, priceWords } from '#lib/words/order-words.ts';
import { accountOf, orderOf } from '#tests/unit/support/view-world.ts';

const price = '4150000' as Decimal;
const stopPrice = '4400000' as Decimal;
const { side: _, ...sideless } = orderOf('1');

test.each<[order: Order, words: string]>([
  [orderOf('1', { quantity: '0.5' as Decimal, price }), 'buy 0.5 BTCTRY at 4150000'],
  [orderOf('1', { side: 'sell', price, stopPrice }), 'sell 1 BTCTRY at 4150000'],
  [orderOf('1', { stopPrice }), 'buy 1 BTCTRY at 4400000'],
  [orderOf('1'), 'buy 1 BTCTRY'],
  [{ ...sideless, price }, '1 BTCTRY at 4150000'],
  [orderOf('1', { symbol: '' }), 'buy 1'],
  [orderOf('1', { symbol: '<b>&"' }), 'buy 1 <b>&"'],
])('%o is %s', (order, words) => {
  expect(orderWords(order)).toBe(words);
});

const { quantity: _quantity, remaining: _remaining, ...amountless } = orderOf('1');
const one = '1' as Decimal;

test('an order of which no amount is known is one without it', () => {
  expect(orderWords({ ...amountless, price })).toBe('buy BTCTRY at 4150000');
});

test.each<[order: Order, short: string]>([
  [orderOf('1', { remaining: '0.4' as Decimal }), '0.4 / 1'],
  [orderOf('1', { remaining: '0' as Decimal, quantity: '0' as Decimal }), '0 / 0'],
  [{ ...amountless, remaining: one }, '1 left'],
  [{ ...amountless, quantity: one }, 'of 1'],
  [amountless, 'amount not known'],
])('%o: %s', (order, short) => {
  expect(amountWords(order).short).toBe(short);
  expect(amountWords(order).long).toMatch(/^[\w.]+ .*(remain|amount)/);
});

test.each<[order: Order, words: string]>([
  [orderOf('1', { price }), '4150000'],
  [orderOf('1', { type: 'market' }), 'market'],
  [orderOf('1', { type: 'stop_market', stopPrice }), 'market'],
  [orderOf('1', { type: 'limit' }), 'price not known'],
  [orderOf('1', { type: 'stop_limit', stopPrice }), 'price not known'],
])('%o waits for %s', (order, words) => {
  expect(priceWords(order)).toBe(words);
});

test.each([
  ['btcturk', 'Turkish lira', 'Turkish lira (BtcTurk)'],
  ['ox-fun', 'Main', 'Main (OX.FUN)'],
  ['ripio', '<i>', '<i> (Ripio Trade)'],
  ['ztdx', 'ZTDX', 'ZTDX'],
] as const)('an account of %s', (venue, label, words) => {
  expect(placeWords(accountOf('a', venue, label))).toBe(words);
});
