import { expect, test } from 'vitest';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { Order } from '#lib/domain/order.ts';
import { orderWords, placeWords } from '#lib/view/order-words.ts';
import { accountOf, orderOf } from './world.ts';

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

test.each([
  ['btcturk', 'Turkish lira', 'Turkish lira (BtcTurk)'],
  ['ox-fun', 'Main', 'Main (OX.FUN)'],
  ['ripio', '<i>', '<i> (Ripio Trade)'],
  ['ztdx', 'ZTDX', 'ZTDX'],
] as const)('an account of %s', (venue, label, words) => {
  expect(placeWords(accountOf('a', venue, label))).toBe(words);
});
