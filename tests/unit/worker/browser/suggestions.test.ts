import { describe, expect, test } from 'vitest';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { ClientOrderId, Order } from '#lib/domain/order.ts';
import { suggest } from '#lib/worker/browser/suggestions.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

const lira = accountOf('a', 'btcturk', 'Turkish lira');
const main = accountOf('b', 'ripio', 'Main');
const upper = '7155ED34-9EC4-4733-8B32-1E4319CB662F';

function viewOf(orders: Record<string, readonly Order[]>): View {
  const readings = Object.entries(orders).map(([id, each]) => [
    id,
    { orders: each, readAt: now, reading: false },
  ]);
  return {
    ...emptyView,
    vault: { state: 'unlocked' },
    accounts: [lira, main],
    orders: Object.fromEntries(readings) as View['orders'],
  };
}

const emptyBook = viewOf({ a: [], b: [] });
const view = viewOf({
  a: [
    orderOf('101', { createdAt: now - 3000, clientOrderId: 'grid-eth-01' as ClientOrderId }),
    orderOf('102', { createdAt: now - 1000, side: 'sell', symbol: 'ETH_TRY', protective: true }),
    orderOf('103'),
  ],
  b: [
    orderOf(upper, {
      createdAt: now - 2000,
      symbol: 'BTC_BRL',
      quantity: '0.5' as Decimal,
      price: '552000' as Decimal,
    }),
  ],
});
const idsFor = (text: string) => suggest(text, view).orders.map(({ id }) => id);

describe('which orders are suggested', () => {
  test.each<[text: string, ids: readonly string[]]>([
    // Newest first; those of which no time is told last.
    ['', ['102', upper, '101', '103']],
    ['  ', ['102', upper, '101', '103']],
    ['10', ['102', '101', '103']],
    ['101', ['101']],
    [' 101 ', ['101']],
    ['grid', ['101']],
    ['GRID eth', ['101']],
    ['eth/try', ['102']],
    ['lira', ['102', '101', '103']],
    ['main', [upper]],
    [upper.toLowerCase(), [upper]],
    ['sell', ['102']],
    ['999', []],
    ['all', []],
    ['ALL ', []],
  ])('for %j', (text, ids) => {
    expect(idsFor(text)).toEqual(ids);
  });

  test('five at most', () => {
    const orders = Array.from({ length: 7 }, (_, index) =>
      orderOf(`${index}`, { createdAt: now - index }),
    );
    expect(suggest('', viewOf({ a: orders })).orders.map(({ id }) => id)).toEqual([
      '0',
      '1',
      '2',
      '3',
      '4',
    ]);
  });
});

describe('what is said of each', () => {
  test.each<[text: string, details: string]>([
    ['101', 'buy 1 BTCTRY, Turkish lira (BtcTurk)'],
    ['102', 'protective, sell 1 ETH_TRY, Turkish lira (BtcTurk)'],
    [upper, 'buy 0.5 BTC_BRL at 552000, Main (Ripio Trade)'],
  ])('%s', (text, details) => {
    expect(suggest(text, view).orders.map((each) => each.details)).toEqual([details]);
  });

  test('one id on two accounts is one suggestion, and no account is guessed', () => {
    const { orders } = suggest('', viewOf({ a: [orderOf('abc')], b: [orderOf('abc')] }));
    expect(orders).toEqual([{ id: 'abc', details: '2 orders bear this id, a window asks which' }]);
  });

  test('markup in what venues and users write is text like any other', () => {
    const hostile = '<match>&lt;"\'</match>';
    const { orders } = suggest('', {
      ...viewOf({ a: [orderOf(hostile, { symbol: hostile })] }),
      accounts: [{ ...lira, label: hostile }],
    });
    expect(orders).toEqual([{ id: hostile, details: `buy 1 ${hostile}, ${hostile} (BtcTurk)` }]);
  });
});

describe('the first line', () => {
  test.each<[what: string, text: string, of: View, first: string]>([
    ['nothing typed', '', view, 'Type an order id, or “all”: 4 open orders'],
    [
      'nothing typed, one open',
      '',
      viewOf({ a: [orderOf('1')] }),
      'Type an order id, or “all”: 1 open order',
    ],
    ['nothing typed or open', '', viewOf({}), 'Type an order id, or “all”: no open orders'],
    [
      'nothing typed, and some could not be read',
      '',
      {
        ...viewOf({}),
        orders: {
          [accountOf('a', 'btcturk', '').id]: { orders: [], reading: false, unreadable: 2 },
        },
      },
      'Type an order id, or “all”: 2 orders could not be read',
    ],
    // The browser leaves out a suggestion that is what has been typed: its details stand here.
    ['an open order', ' 101 ', view, 'Cancel order 101: buy 1 BTCTRY, Turkish lira (BtcTurk)'],
    [
      'an open order in another case',
      upper.toLowerCase(),
      view,
      `Cancel order ${upper.toLowerCase()}: buy 0.5 BTC_BRL at 552000, Main (Ripio Trade)`,
    ],
    [
      'an open order of two accounts',
      '7',
      viewOf({ a: [orderOf('7')], b: [orderOf('7')] }),
      'Cancel order 7: 2 orders bear this id, a window asks which',
    ],
    ['what may be an id', '26947521557', view, 'Cancel order 26947521557'],
    [
      'a client order id',
      'grid-eth-01',
      view,
      'Cancel order grid-eth-01: buy 1 BTCTRY, Turkish lira (BtcTurk)',
    ],
    ['the beginning of an id', '10', view, 'Choose an order below, or type its id'],
    ['a word of some order', 'lira', view, 'Choose an order below, or type its id'],
    ['what fits nothing', '<b>&', view, 'No open order fits “<b>&”'],
    ['all', 'all', view, 'Cancel all: opens the popup, which asks once more'],
    ['All', ' All', view, 'Cancel all: opens the popup, which asks once more'],
    ['all and more', 'all 1', view, 'No open order fits “all 1”'],
  ])('%s', (_, text, of, first) => {
    expect(suggest(text, of).first).toBe(first);
  });

  test.each([
    ['no id', 'x '.repeat(5000), `No open order fits “${'x '.repeat(100)}…”`],
    ['an id', `order 26947521557 ${'x'.repeat(100_000)}`, 'Cancel the order in this text'],
  ])('of a long text with %s the browser is not handed all', (_, text, first) => {
    expect(suggest(text, emptyBook).first).toBe(first);
  });

  test.each(['locked', 'none'] as const)('%s: nothing of the orders is told', (state) => {
    for (const text of ['', '101', 'all']) {
      expect(suggest(text, { ...view, vault: { state } })).toEqual({
        first: 'Pullcord is locked: Enter asks for the passphrase first',
        orders: [],
      });
    }
  });
});
