import { expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { ClientOrderId, OrderId, Side } from '#lib/domain/order.ts';
import { findRows } from '#lib/page/orders/find.ts';
import type { Group, Row } from '#lib/page/orders/row.ts';

const accountId = 'a' as AccountId;

function row(id: string, symbol: string, side: Side, clientOrderId?: string): Row {
  return {
    key: id,
    ref: { accountId, orderId: id as OrderId },
    order: {
      id: id as OrderId,
      ...(clientOrderId !== undefined && { clientOrderId: clientOrderId as ClientOrderId }),
      symbol,
      side,
      type: 'limit',
      quantity: '1' as Decimal,
      remaining: '1' as Decimal,
      protective: false,
    },
    kind: 'open',
  };
}

const main: Group = {
  account: { id: accountId, venue: 'btcturk', label: 'Main account', environment: 'live' },
  openOrders: 2,
  rows: [row('1234', 'BTCTRY', 'buy'), row('99AB-cd', 'ETH_TRY', 'sell', 'grid-7')],
  waiting: [],
};
const troubled: Group = {
  account: { ...main.account, id: 'b' as AccountId, label: 'Other' },
  reading: { orders: [], reading: false, trouble: { reason: 'unreachable', at: 0 } },
  openOrders: 0,
  rows: [],
  waiting: [],
};

test.each([
  ['', ['1234', '99AB-cd']],
  ['  ', ['1234', '99AB-cd']],
  ['23', ['1234']],
  ['99ab-CD', ['99AB-cd']],
  ['grid', ['99AB-cd']],
  ['btc/try', ['1234']],
  ['eth-try', ['99AB-cd']],
  ['ethtry', ['99AB-cd']],
  ['BTC_TRY', ['1234']],
  ['sell', ['99AB-cd']],
  ['main', ['1234', '99AB-cd']],
  ['main account buy', ['1234']],
  ['try buy', ['1234']],
  ['-', ['99AB-cd']],
  ['doge', []],
  ['#1234', ['1234']],
  ["'1234", ['1234']],
  ['12\u200b34', ['1234']],
  ['“grid-7”,', ['99AB-cd']],
])('“%s”', (text, expected) => {
  expect(findRows([main], { text }).flatMap(({ rows }) => rows.map(({ key }) => key))).toEqual(
    expected,
  );
});

test('a group without what is sought goes, unless its orders could not be read', () => {
  expect(findRows([main, troubled], { text: 'doge' })).toEqual([troubled]);
});

test('nor does one of which not all could be read: what is sought may be the odd one', () => {
  const odd: Group = { ...troubled, reading: { orders: [], reading: false, unreadable: 1 } };
  expect(findRows([main, odd], { text: 'doge' })).toEqual([odd]);
});

test('a cancellation of which only the id is known is found by it', () => {
  const unknown: Row = {
    key: 'x',
    ref: { accountId, orderId: '777' as OrderId },
    kind: 'cancelling',
  };
  expect(findRows([{ ...main, rows: [unknown] }], { text: '77' })[0]?.rows).toEqual([unknown]);
});

test('orders that wait are sought too', () => {
  const waiting = { ...main, rows: [], waiting: main.rows };
  expect(findRows([waiting], { text: 'sell' })[0]?.waiting.map(({ key }) => key)).toEqual([
    '99AB-cd',
  ]);
});
