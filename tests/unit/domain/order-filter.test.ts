import { describe, expect, test, vi } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';
import {
  createMatcher,
  createTextMatcher,
  isEmptyFilter,
  type Filterable,
  type OrderFilter,
  type SideWords,
} from '#lib/domain/order-filter.ts';

const account = { id: 'account' as AccountId, label: 'Main at Ripio' };
const order: Filterable = {
  id: '7F3A-42' as OrderId,
  clientOrderId: 'bot-9' as ClientOrderId,
  symbol: 'BTC_BRL',
  side: 'buy',
  createdAt: 1000,
};

const sideWords = { buy: 'Buy', sell: 'Sell' };

describe('an order is meant', () => {
  test.each<[string, OrderFilter]>([
    ['by an empty filter', {}],
    ['by an empty text', { text: '' }],
    ['by blanks', { text: '  \n ' }],
    ['by a part of its id', { text: '3a-4' }],
    ['by its client order id', { text: 'BOT-9' }],
    ['by its symbol', { text: 'btc_brl' }],
    ['by its symbol without the line', { text: 'btcbrl' }],
    ['by its symbol with another line', { text: 'btc/brl' }],
    ['by a part of its symbol', { text: 'brl' }],
    ['by its side', { text: 'Buy' }],
    ['by the account’s label', { text: 'main' }],
    ['by all words, each found elsewhere', { text: 'ripio  btc buy 7f3a' }],
    ['by its account', { accountId: account.id }],
    ['by its symbol, as the venue writes it', { symbol: 'BTC_BRL' }],
    ['by its side', { side: 'buy' }],
    ['by its time, a moment before', { placedBefore: 1001 }],
    [
      'by all of these',
      { text: 'bot', accountId: account.id, symbol: 'BTC_BRL', side: 'buy', placedBefore: 2000 },
    ],
  ])('%s', (_, filter) => {
    expect(createMatcher(filter, sideWords)(order, account)).toBe(true);
  });
});

describe('an order is meant by a text that is not written as a venue would', () => {
  const listed: Filterable = {
    id: '26947521557' as OrderId,
    clientOrderId: '#7' as ClientOrderId,
    symbol: 'BTC_BRL',
    side: 'sell',
  };
  test.each([
    ['a hash', '#26947521557'],
    ['quotes', '"26947521557"'],
    ['curly quotes', '“26947521557”'],
    ['a sheet’s apostrophe', "'26947521557"],
    ['a list’s comma', '26947521557,'],
    ['thousands separators', '26,947,521,557'],
    ['thousands separators that are spaces', '26 947 521 557'],
    ['narrow spaces', '26\u202f947\u202f521\u202f557'],
    ['lines that a field made to spaces', '269475 21557'],
    ['a hidden space', '26947\u200b521557'],
    ['marks of direction', '\u202a26947521557\u202c'],
    ['a mark of byte order in its midst', '26947\ufeff521557'],
    ['full-width digits', '２６９４７５２１５５７'],
    ['a part of it', '#269475'],
    ['beside another word', 'sell #26947521557,'],
    ['a quoted symbol', '"btc/brl"'],
    ['a comma after a word', 'sell, main'],
    ['a client order id with a sign of its own', '#7'],
    ['what is not to be seen, alone', '\u200b'],
  ])('%s', (_, text) => {
    expect(createMatcher({ text }, sideWords)(listed, account)).toBe(true);
  });

  test.each([
    ['another id', '#26947521558'],
    ['a sign that is left of next to nothing', '#2'],
    ['two ids that are one only together', '26947521557 26947521558'],
    ['one word of two', 'buy #26947521557'],
  ])('not by %s', (_, text) => {
    expect(createMatcher({ text }, sideWords)(listed, account)).toBe(false);
  });
});

describe('an order is not meant', () => {
  test.each<[string, OrderFilter]>([
    ['by another word', { text: 'eth' }],
    ['where one word of several is not found', { text: 'btc sell' }],
    ['by a line alone, if it is not written anywhere', { text: '/' }],
    ['by another account', { accountId: 'other' as AccountId }],
    ['by a part of its symbol', { symbol: 'BTC' }],
    ['by its symbol in another case', { symbol: 'btc_brl' }],
    ['by the other side', { side: 'sell' }],
    ['by its own time', { placedBefore: 1000 }],
    ['where all but one fits', { text: 'bot', symbol: 'BTC_BRL', side: 'sell' }],
  ])('%s', (_, filter) => {
    expect(createMatcher(filter, sideWords)(order, account)).toBe(false);
  });
});

describe('an order is meant by its side as it is shown', () => {
  const turkish = { buy: 'Alış', sell: 'Satış' };
  test.each<[string, SideWords, string, boolean]>([
    ['in another language', { buy: 'Compra', sell: 'Venta' }, 'compra', true],
    ['by a part of the word', { buy: 'Compra', sell: 'Venta' }, 'btc comp', true],
    ['in English all the same', { buy: 'Compra', sell: 'Venta' }, 'buy', true],
    ['not by the word for the other side', { buy: 'Compra', sell: 'Venta' }, 'venta', false],
    ['in signs', { buy: '買入', sell: '賣出' }, '買', true],
    ['with a letter that has no dot', turkish, 'alış', true],
    ['in capitals, of which one has no dot', turkish, 'ALIŞ', true],
    ['without marks', turkish, 'alis', true],
    ['not by marks alone', turkish, '\u0327', false],
    ['not by marks that are left of a word', turkish, 'btc \u0307', false],
  ])('%s', (_, words, text, expected) => {
    expect(createMatcher({ text }, words)(order, account)).toBe(expected);
  });
});

describe('an order is meant in the letters of any keyboard', () => {
  const account = { id: 'account' as AccountId, label: 'İş Bankası' };
  const turkish = { buy: 'Alış', sell: 'Satış' };
  const listed: Filterable = {
    id: '7F3A-4I' as OrderId,
    clientOrderId: 'grid-Sell-9' as ClientOrderId,
    symbol: 'LINK_TRY',
    side: 'sell',
  };
  test.each([
    'SATIŞ',
    'satis',
    'Satıs',
    'iş bankası',
    'İŞ BANKASI',
    'IS BANKASI',
    'LİNKTRY',
    'lınk/try',
    'GRİD',
    '4ı',
    'SELL',
    'link satış bankası 7f3a',
  ])('%s', (text) => {
    expect(createMatcher({ text }, turkish)(listed, account)).toBe(true);
  });

  test.each(['alış', 'İŞLEM', 'link alış'])('not %s', (text) => {
    expect(createMatcher({ text }, turkish)(listed, account)).toBe(false);
  });
});

describe('an order of which less is known', () => {
  const bare: Filterable = { id: 'x' as OrderId };
  test.each<[string, OrderFilter, boolean]>([
    ['is meant by an empty filter', {}, true],
    ['is meant by its id', { text: 'x' }, true],
    ['is not meant by a symbol', { symbol: 'BTC_BRL' }, false],
    ['is not meant by a side', { side: 'buy' }, false],
    ['is not meant by a time', { placedBefore: Number.MAX_SAFE_INTEGER }, false],
  ])('%s', (_, filter, expected) => {
    expect(createMatcher(filter, sideWords)(bare, account)).toBe(expected);
  });
});

test('what is read of an order once says nothing of the account beside which it is looked for', () => {
  const matches = createMatcher({ text: 'main buy' }, sideWords);
  expect(matches(order, { ...account, label: 'Main' })).toBe(true);
  expect(matches(order, { ...account, label: 'Other' })).toBe(false);
  expect(matches(order, { ...account, label: 'Main' })).toBe(true);
});

test.each<[OrderFilter, boolean]>([
  [{}, true],
  [{ text: '' }, true],
  [{ text: '   ' }, true],
  [{ text: 'a' }, false],
  [{ symbol: 'A' }, false],
  [{ side: 'buy' }, false],
  [{ placedBefore: 0 }, false],
  [{ accountId: 'one' as AccountId }, false],
  [{ text: ' ', side: 'sell' }, false],
])('whether %j is empty: %s', (filter, expected) => {
  expect(isEmptyFilter(filter)).toBe(expected);
});

test('a text of many words asks each order no more than once for each', () => {
  const includes = vi.spyOn(String.prototype, 'includes');
  const matches = createTextMatcher('btc b t c '.repeat(10_000));
  expect(matches(['BTCTRY'], 'BTCTRY')).toBe(true);
  expect(includes.mock.calls.length).toBeLessThan(20);
  includes.mockRestore();
});
