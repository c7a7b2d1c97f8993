import { expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import {
  countChosen,
  keepKnown,
  nothingChosen,
  toFilter,
  type FilterChoice,
} from '#lib/page/orders/filter-choice.ts';
import {
  agelessWords,
  countAgeless,
  filterWords,
  symbolsOf,
} from '#lib/page/orders/filter-words.ts';
import { accountOf, groupOf, now, orderOf, rowOf } from '#tests/unit/support/view-world.ts';

const lira = accountOf('a', 'btcturk', 'Lira');
const shares = accountOf('b', 'habit-trade', 'Shares');
const hour = 3_600_000;
const groups = [
  groupOf(lira, [orderOf('1', { createdAt: now - 2 * hour }), orderOf('2', { createdAt: now })]),
  groupOf(shares, [
    orderOf('3', { symbol: 'DODO-USDT' }),
    orderOf('4', { symbol: 'DODO-USDT', side: 'sell' }),
    orderOf('5', { symbol: 'BTC-USDT' }),
  ]),
];

test('text and choice make one filter, and what is not chosen is not in it', () => {
  expect(toFilter('  ', nothingChosen, now)).toEqual({});
  expect(
    toFilter(' grid ', { accountId: lira.id, symbol: 'BTCTRY', side: 'sell', age: hour }, now),
  ).toEqual({
    text: 'grid',
    accountId: 'a',
    symbol: 'BTCTRY',
    side: 'sell',
    placedBefore: now - hour,
  });
});

test('an account that has been removed is no longer chosen', () => {
  const choice: FilterChoice = { accountId: 'gone' as AccountId, side: 'buy' };
  expect(keepKnown(choice, [lira])).toEqual({ side: 'buy' });
  const known: FilterChoice = { accountId: lira.id };
  expect(keepKnown(known, [lira])).toBe(known);
  expect([countChosen(choice), countChosen({}), countChosen(known)]).toEqual([2, 0, 1]);
});

test('the symbols of the chosen account are offered, and the one that is chosen', () => {
  expect(symbolsOf(groups, {})).toEqual(['BTC-USDT', 'BTCTRY', 'DODO-USDT']);
  expect(symbolsOf(groups, { accountId: lira.id, symbol: 'GONE' })).toEqual(['BTCTRY', 'GONE']);
});

test('what “older than” leaves out for want of an age is counted among what else is meant', () => {
  const placedBefore = now - hour;
  expect(countAgeless(groups, {})).toBe(0);
  expect(countAgeless(groups, { placedBefore })).toBe(3);
  expect(countAgeless(groups, { placedBefore, side: 'buy' })).toBe(2);
  expect(countAgeless(groups, { placedBefore, accountId: lira.id })).toBe(0);
  const left = rowOf(shares, orderOf('6'), 'left');
  expect(countAgeless([{ ...groupOf(shares, []), rows: [left] }], { placedBefore })).toBe(0);
  expect([0, 1, 2].map(agelessWords)).toEqual([
    undefined,
    '1 order left out: the venue does not tell the age.',
    '2 orders left out: the venue does not tell the age.',
  ]);
});

const words: [string, FilterChoice, string | undefined][] = [
  [' ', {}, undefined],
  ['grid', {}, 'Only orders with “grid”.'],
  ['', { side: 'sell' }, 'Only sells.'],
  ['', { age: hour, accountId: lira.id }, 'Only orders on Lira older than 1 hour.'],
  [
    'x',
    { side: 'buy', symbol: 'BTCTRY', accountId: lira.id, age: 60_000 },
    'Only buys of BTCTRY on Lira older than 1 minute with “x”.',
  ],
];
test.each(words)('“%s” and %j: %s', (text, choice, expected) => {
  expect(filterWords(text, choice, [lira, shares])).toBe(expected);
});
