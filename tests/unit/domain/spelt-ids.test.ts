import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import { idKey } from '#lib/domain/id-shapes.ts';
import { isClear, matchIds } from '#lib/domain/match-ids.ts';
import type { ClientOrderId, Order } from '#lib/domain/order.ts';
import { orderOf } from '#tests/unit/support/view-world.ts';

/** How ids are written, and what stands beside them that is none. */

const uuid = '7155ed34-9ec4-4733-8b32-1e4319cb662f';
const bare = uuid.replaceAll('-', '');
const long = '26947521557';

function open(...ids: readonly string[]): ReadonlyMap<AccountId, readonly Order[]> {
  return new Map([['a' as AccountId, ids.map((id) => orderOf(id, { symbol: 'BTC_TRY' }))]]);
}

const hyphens = [
  '\u2010',
  '\u2011',
  '\u2012',
  '\u2013',
  '\u2014',
  '\u2015',
  '\u2212',
  '\ufe63',
  '\uff0d',
  '-\u00ad',
  '%2D',
  '%E2%80%91',
  '&ndash;',
  '&#8209;',
  '\\u2011',
];

const spellings: readonly [text: string, id: string][] = [
  ...hyphens.map((hyphen): [string, string] => [`order ${uuid.replaceAll('-', hyphen)}!`, uuid]),
  [uuid.replaceAll('-', '\u00ad'), uuid],
  [bare, uuid],
  [bare.toUpperCase(), uuid],
  [`order ${bare} (limit)`, uuid],
  [`/orders/${bare}?tab=open`, uuid],
  ['7155ed34-9ec4-4733- 8b32-1e4319cb662f', uuid],
  ['7155ed34-9ec4-4733\n-8b32-1e4319cb662f', uuid],
  ['order 7155ed34-9ec4-4733-8b32-1e43 19cb662f', uuid],
  // Digits of other scripts.
  ['order ２６９４７５２１５５７', long],
  ['٢٦٩٤٧٥٢١٥٥٧', long],
  ['سفارش ۲۶۹۴۷۵۲۱۵۵۷', long],
  ['आदेश २६९४७५२१५५७', long],
  ['২৬৯৪৭৫২১৫৫৭', long],
  ['２６，９４７，５２１，５５７', long],
  // As addresses and logs write signs.
  ['orderId%3D26947521557%26', long],
  ['orderId%3D26947521557%26symbol%3DBTCTRY', long],
  ['orderId%253D26947521557%2526', long],
  ['%5B%2226947521557%22%5D', long],
  ['%7B%22orderId%22%3A26947521557%7D', long],
  ['https://ox.fun/o?q=id%3D26947521557%20now', long],
  ['sent\\n26947521557 ok', long],
  ['sent\\t26947521557\\tok', long],
  ['\\r\\n26947521557\\r\\n', long],
  ['{\\u0022orderId\\u0022:\\u002226947521557\\u0022}', long],
  ['{\\"orderId\\":\\"26947521557\\"}', long],
  ['{\\\\\\"orderId\\\\\\":26947521557}', long],
  ['&quot;26947521557&quot;', long],
  ['id&nbsp;26947521557', long],
  // Broken over lines.
  ['269475\n21557', long],
  ['269475 21557', long],
  ['269475\r\n  21557', long],
  ['2694\n7521\n557', long],
  ['order 269475 21557 was placed', long],
  ['269475-\n21557', long],
  // Beside words without a space between.
  ['BTCTRY26947521557Buy', long],
  ['BTC/TRY26947521557Limit', long],
  ['Order26947521557', long],
  ['SellLimit26947521557BTC_TRY', long],
  ['order-26947521557', long],
  ['Emir:26947521557', long],
  ['注文番号:26947521557', long],
  ['№26947521557', long],
  ['orders/26947521557/cancel', long],
  // Lines of a table.
  ['26947521557,0.5,4150000,buy limit', long],
  ['26947521557,2026-11-25 14:05:09,BTCTRY,0.5', long],
  ['BTCTRY,buy,26947521557,0.5', long],
  ['26947521557;0,5;4150000;buy', long],
  ['1\t26947521557\t100\t4150000', long],
  ['| 26947521557 | 100 |', long],
];

describe('spellings of an id', () => {
  test.each(spellings)('%j names the order', (text, id) => {
    const named = matchIds(text, open(id, '123456789'));
    expect(named.orders.map(({ order }) => order.id)).toEqual([id]);
    expect(isClear(named)).toBe(true);
  });

  test.each(spellings.filter(([text]) => !/\d\s+\d/.test(text) || text.startsWith('1\t')))(
    '%j is an id that may be asked for, while no open order bears it',
    (text, id) => {
      const named = matchIds(
        text,
        new Map([['a' as AccountId, [orderOf('123456789', { symbol: 'BTC_TRY' })]]]),
      );
      expect(named.unknown.map(idKey)).toEqual([id]);
      expect(named.doubtful).toEqual([]);
    },
  );

  test('several in an address', () => {
    const named = matchIds('%5B26947521557%2C26947521558%5D', open('26947521557', '26947521558'));
    expect(named.orders).toHaveLength(2);
    expect(named.doubtful).toEqual([]);
  });

  test('one’s own id behind a sign that a log writes out', () => {
    const order = orderOf('1', { clientOrderId: 'grid-eth-01' as ClientOrderId });
    const orders = new Map([['a' as AccountId, [order]]]);
    for (const text of [
      'filled\\ngrid-eth-01\\n',
      '\\"grid-eth-01\\"',
      'cid%3Dgrid-eth-01%26',
      'id:grid-eth-01',
    ]) {
      expect(isClear(matchIds(text, orders))).toBe(true);
    }
  });
});

describe('numbers beside an id that are none', () => {
  test.each([
    '1,000,000,000',
    '1.000.000.000',
    '1 000 000 000 SHIB',
    '1,000,000,000SHIB',
    '1,234,567,890.12',
    '192.168.123.145',
    '10.0.0.1',
    '1764079509',
    '1764079509123',
    '1764079509123456',
    '1764079509123456789',
    '20261125140509',
    '20261125140509123',
    '202611251405',
    '20261125T140509Z',
    '2026-11-25T14:05:09.123456Z',
    '2026-11-25T14:05:09.123+03:00',
    '2026-11-25_14-05-09',
    '25.11.2026 14:05',
    '25/11/2026',
    '25-Nov-2026',
    '2026/11/25',
    '11/25/26',
    '25 Nov 2026',
    '25 Kasım 2026 14:05',
    'Nov 25, 2026',
    'November 25, 2026, 2:05 PM',
    '14:05:09.123456',
    '4,500,000.00',
    '4.500.000,00',
    '0.123456789012',
    '120.0.6099.129',
    'Chrome/120.0.6099.129',
    'BTC_TRY',
    'BTCUSDT_261225',
    '+0.5%',
    '₺4.150.000',
    '$70,168.52',
  ])('%s', (number) => {
    for (const text of [
      `${long}\t${number}`,
      `${number} – ${long}`,
      `${long} ${number}`,
      `${number} ${long} buy`,
      `${long}, ${number}, buy`,
    ]) {
      expect([text, isClear(matchIds(text, open(long)))]).toEqual([text, true]);
    }
  });

  test.each([
    // As long as the id, it may be one itself.
    '26,947,521,558',
    '123456789',
    '2.69475E+10',
    'f00dcafe12345678f00dcafe',
  ])('%s may be one', (number) => {
    expect(isClear(matchIds(`${long}\t${number}`, open(long)))).toBe(false);
  });

  test('where nothing else is, they may be ids', () => {
    expect(matchIds('1,000,000,000', new Map()).unknown).toEqual(['1000000000']);
    expect(matchIds('20261125140509', new Map()).unknown).toEqual(['20261125140509']);
    expect(matchIds('from 192.168.123.145', new Map()).unknown).toEqual(['192168123145']);
  });
});

describe('what a sheet has rounded', () => {
  test.each(['2.69475E+10', '2,69475E+10', '2.69475e10', 'id: 2.69E+10', '9.22337E+18'])(
    '%s',
    (text) => {
      const named = matchIds(text, open(long));
      expect(named.rounded).toEqual([text.replace('id: ', '')]);
      expect(named.ids).toEqual([]);
    },
  );

  test.each(['1e-8', '1.5E+3', '1.5e3', '2.5E+99', 'E+10'])('%s is none', (text) => {
    expect(matchIds(`see ${text} there`, open(long)).rounded).toEqual([]);
  });
});
