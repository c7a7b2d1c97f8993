import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { likeliestToFillFirst, planCancels, type EveryScope } from '#lib/worker/cancel-all/plan.ts';
import {
  takeRequest,
  batchRulesOf,
  type CancelRequest,
  type BatchRules,
} from '#lib/worker/lanes/batches.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { Order, OrderId, Side } from '#lib/domain/order.ts';
import { venues } from '#lib/venues/venues.ts';

interface Brief {
  readonly symbol?: string;
  readonly side?: Side;
  readonly price?: string | number;
  readonly stopPrice?: string | number;
  readonly createdAt?: number;
  readonly protective?: boolean;
  readonly type?: string;
}

function order(
  id: string,
  { symbol = 'A', price, stopPrice, protective = false, ...more }: Brief = {},
): Order {
  return {
    id: id as OrderId,
    symbol,
    type: price === undefined ? 'market' : 'limit',
    quantity: '1' as Decimal,
    remaining: '1' as Decimal,
    protective,
    ...more,
    ...(price !== undefined && { price: `${price}` as Decimal }),
    ...(stopPrice !== undefined && { stopPrice: `${stopPrice}` as Decimal }),
  };
}

/** One order for each letter, which is its symbol; of `-` the venue tells none. */
const book = (symbols: string) =>
  symbols
    .split('')
    .map((symbol, index) => order(`${index}`, { symbol: symbol === '-' ? '' : symbol }));
const ids = (orders: readonly Order[]) => new Set(orders.map(({ id }) => id));
const most = (count: number, oneSymbol = false): BatchRules => ({ most: count, oneSymbol });

const shown = ({ kind, orders, ...more }: CancelRequest) =>
  [kind, ...('symbol' in more ? [more.symbol] : []), orders.map(({ id }) => id).join()].join(' ');

/** A venue that does exactly what each request says. Returns what was cancelled, each as often as that was asked. */
function carryOut(open: readonly Order[], requests: readonly CancelRequest[]): OrderId[] {
  return requests.flatMap((request) => {
    if (request.kind !== 'every') return request.orders.map(({ id }) => id);
    return open
      .filter(({ symbol }) => request.symbol === undefined || symbol === request.symbol)
      .map(({ id }) => id);
  });
}

describe('a request for every order that', () => {
  const guarded = [...book('AAA'), order('stop', { symbol: 'A', protective: true })];
  const plain = guarded.filter((each) => !each.protective);

  test.each<[string, readonly Order[], readonly Order[], string[]]>([
    ['takes what guards a position: not where that is to stay', guarded, plain, ['batch 0,1,2']],
    ['leaves it: where it is to stay', plain, plain, ['every A 0,1,2']],
    ['takes it: where it is meant too', guarded, guarded, ['every A 0,1,2,stop']],
    ['leaves it: it goes by itself', plain, guarded, ['every A 0,1,2', 'single stop']],
  ])('%s', (_, taken, wanted, expected) => {
    const requests = planCancels(guarded, ids(wanted), most(5), 'symbol', taken);
    expect(requests.map(shown)).toEqual(expected);
  });
});

describe('the requests', () => {
  /** The symbols of the open orders; which of them are chosen; what the venue can. */
  test.each<[string, string, number[] | 'all', BatchRules, EveryScope, string[]]>([
    ['nothing is open', '', 'all', most(1), 'account', []],
    ['none is chosen', 'AAAA', [], most(5), 'account', []],
    ['one by one', 'AAA', 'all', most(1), 'none', ['single 0', 'single 1', 'single 2']],
    ['in batches', 'AAAA', 'all', most(3), 'none', ['batch 0,1,2', 'single 3']],
    ['in batches of one symbol', 'ABAB', 'all', most(3, true), 'none', ['batch 0,2', 'batch 1,3']],
    ['in batches of any', 'ABAB', 'all', most(3), 'none', ['batch 0,1,2', 'single 3']],
    ['every one: one request', 'ABC', 'all', most(1), 'account', ['every 0,1,2']],
    ['two are too few for every one', 'AB', 'all', most(1), 'account', ['single 0', 'single 1']],
    [
      'all but one: no request for every one',
      'AAAA',
      [0, 1, 2],
      most(5),
      'account',
      ['batch 0,1,2'],
    ],
    ['every one of a symbol', 'AAAB', [0, 1, 2], most(1), 'account', ['every A 0,1,2']],
    [
      'and the others by themselves',
      'AAABB',
      [0, 1, 2, 3],
      most(1),
      'account',
      ['every A 0,1,2', 'single 3'],
    ],
    [
      'every one of each of two symbols',
      'ABABABC',
      [0, 1, 2, 3, 4, 5],
      most(1),
      'account',
      ['every A 0,2,4', 'every B 1,3,5'],
    ],
    [
      'an order without a symbol is of no symbol',
      '---A',
      [0, 1, 2],
      most(3),
      'account',
      ['batch 0,1,2'],
    ],
    [
      'of single symbols, not of the account',
      'AAABBB',
      'all',
      most(1),
      'symbol',
      ['every A 0,1,2', 'every B 3,4,5'],
    ],
  ])('%s', (_, symbols, chosen, rules, every, expected) => {
    const open = book(symbols);
    const wanted = chosen === 'all' ? open : chosen.flatMap((index) => open[index] ?? []);
    expect(planCancels(open, ids(wanted), rules, every).map(shown)).toEqual(expected);
  });

  test('an id that is not open is not cancelled', () => {
    const chosen = new Set(['0', 'gone'].map((id) => id as OrderId));
    expect(planCancels(book('AA'), chosen, most(5), 'account').map(shown)).toEqual(['single 0']);
  });

  test.each<[keyof typeof venues, BatchRules]>([
    ['btcturk', most(1)],
    ['ripio', most(1)],
    ['habit-trade', most(5)],
    ['ox-fun', most(20)],
    ['ztdx', most(10, true)],
  ])('%s: as many orders at once as its fact sheet says', (id, expected) => {
    expect(batchRulesOf(venues[id])).toMatchObject(expected);
  });
});

describe('for any orders, any choice and any venue', () => {
  const open = fc
    .array(
      fc.record(
        {
          symbol: fc.constantFrom('A', 'B', 'C', ''),
          side: fc.constantFrom<Side>('buy', 'sell'),
          price: fc.integer({ min: 1, max: 200 }),
          stopPrice: fc.integer({ min: 1, max: 200 }),
          createdAt: fc.nat(1000),
          protective: fc.boolean(),
        },
        { requiredKeys: ['symbol'] },
      ),
      { maxLength: 60 },
    )
    .map((briefs) => briefs.map((brief, index) => order(`${index}`, brief)));
  /** None, some, all, or all of some symbols. */
  const choice = fc.oneof(
    fc.func(fc.boolean()).map(
      (chosen) =>
        ({ id }: Order) =>
          chosen(id),
    ),
    fc.func(fc.boolean()).map(
      (chosen) =>
        ({ symbol }: Order) =>
          chosen(symbol),
    ),
    fc.nat(60).map(
      (but) =>
        ({ id }: Order) =>
          id !== `${but}`,
    ),
    fc.constantFrom(true, false).map((all) => () => all),
  );
  const scope = fc.constantFrom<EveryScope>('account', 'symbol', 'none');
  const rules = fc.record({ most: fc.integer({ min: 1, max: 20 }), oneSymbol: fc.boolean() });

  const law = (
    check: (given: {
      readonly open: readonly Order[];
      readonly wanted: readonly Order[];
      readonly rules: BatchRules;
      readonly every: EveryScope;
      readonly requests: readonly CancelRequest[];
    }) => void,
  ) =>
    fc.assert(
      fc.property(open, choice, rules, scope, (open, isChosen, rules, every) => {
        const wanted = open.filter(isChosen);
        const requests = planCancels(open, ids(wanted), rules, every);
        check({ open, wanted, rules, every, requests });
      }),
      { numRuns: 500 },
    );

  test('exactly the chosen ones are cancelled, each once and never one more', () => {
    law(({ open, wanted, requests }) => {
      const cancelled = carryOut(open, requests);
      expect(cancelled.toSorted()).toEqual([...ids(wanted)].toSorted());
    });
  });

  test('each request names what it cancels, and no order stands in two', () => {
    law(({ wanted, requests }) => {
      const named = requests.flatMap(({ orders }) => orders.map(({ id }) => id));
      expect(named.toSorted()).toEqual([...ids(wanted)].toSorted());
    });
  });

  test('no batch is larger than the venue takes, nor of several symbols where it wants one', () => {
    law(({ rules, requests }) => {
      for (const { kind, orders } of requests) {
        if (kind === 'every') continue;
        expect(orders.length).toBeLessThanOrEqual(rules.most);
        expect(kind).toBe(orders.length === 1 ? 'single' : 'batch');
        if (rules.oneSymbol) expect(new Set(orders.map(({ symbol }) => symbol)).size).toBe(1);
      }
    });
  });

  test('every order at once is asked for only where the venue may, of three and more', () => {
    law(({ every, requests }) => {
      for (const { kind, orders } of requests) {
        if (kind !== 'every') continue;
        expect(every).not.toBe('none');
        expect(orders.length).toBeGreaterThanOrEqual(3);
      }
    });
  });

  test('there are no fewer requests that would do', () => {
    law(({ open, wanted, rules, every, requests }) => {
      const bySymbol = [...Map.groupBy(wanted, ({ symbol }) => symbol)];
      const batches = (count: number) => Math.ceil(count / rules.most);
      if (every === 'none') {
        const fewest = rules.oneSymbol
          ? bySymbol.reduce((sum, [, orders]) => sum + batches(orders.length), 0)
          : batches(wanted.length);
        expect(requests).toHaveLength(fewest);
        return;
      }
      // Where a venue has batches too, of any symbols, a plan with every one of a symbol may be longer: none has both.
      if (every === 'account' && wanted.length === open.length && wanted.length >= 3) {
        expect(requests).toHaveLength(1);
      } else if (rules.most === 1 || rules.oneSymbol) {
        const fewest = bySymbol.map(([symbol, orders]) => {
          const isWhole = orders.length === open.filter((each) => each.symbol === symbol).length;
          return isWhole && symbol !== '' && orders.length >= 3 ? 1 : batches(orders.length);
        });
        expect(requests).toHaveLength(fewest.reduce((sum, each) => sum + each, 0));
      }
    });
  });

  test('in batches the likeliest to fill go first', () => {
    law(({ open, wanted, rules, every, requests }) => {
      if (every !== 'none' || rules.oneSymbol) return;
      expect(requests.flatMap(({ orders }) => orders)).toEqual(likeliestToFillFirst(wanted, open));
    });
  });
});

describe('the request for the first of those that wait', () => {
  test.each<[string, string, BatchRules, string | undefined, string]>([
    ['none waits', '', most(5), undefined, ''],
    ['it alone', 'A', most(5), 'single 0', ''],
    ['as many as go', 'AAAA', most(3), 'batch 0,1,2', '3'],
    ['of its symbol', 'ABABA', most(2, true), 'batch 0,2', '1,3,4'],
    ['of its symbol there is no other', 'ABB', most(2, true), 'single 0', '1,2'],
  ])('%s', (_, symbols, rules, expected, left) => {
    const { request, others } = takeRequest(book(symbols), rules);
    expect(request && shown(request as CancelRequest)).toBe(expected);
    expect(others.map(({ id }) => id).join()).toBe(left);
  });
});

describe('likeliest to fill first', () => {
  const buy = (price: number, more: Brief = {}): Brief => ({ side: 'buy', price, ...more });
  const sell = (price: number, more: Brief = {}): Brief => ({ side: 'sell', price, ...more });

  test.each<[string, Record<string, Brief>, string]>([
    ['none', {}, ''],
    [
      'by the distance from the middle of best buy and best sell',
      { far: buy(80), sell: sell(101), farther: sell(125), buy: buy(98), deep: buy(97) },
      'sell,buy,deep,far,farther',
    ],
    [
      'each symbol has its own market',
      {
        a: buy(90),
        b: sell(110),
        c: buy(9.9, { symbol: 'B' }),
        d: sell(10.1, { symbol: 'B' }),
      },
      'c,d,a,b',
    ],
    ['prices are numbers, not text', { a: buy(9), b: buy(10), c: sell(12) }, 'b,c,a'],
    [
      'at market price before all',
      { a: buy(100), b: sell(101), market: { side: 'buy' } },
      'market,a,b',
    ],
    [
      'a limit that is not known is no market price',
      { odd: { side: 'buy', type: 'limit' }, a: buy(100), b: sell(101) },
      'a,b,odd',
    ],
    [
      'a stop waits for its stop price',
      { a: buy(98), b: sell(102), stop: sell(50, { stopPrice: 100, protective: true }) },
      'stop,a,b',
    ],
    [
      'protective orders make no market',
      { a: buy(90), b: sell(110), stop: sell(91, { protective: true }) },
      'stop,a,b',
    ],
    [
      'one side is missing: the newest first',
      {
        old: buy(100, { createdAt: 1 }),
        new: buy(1, { createdAt: 3 }),
        mid: buy(5, { createdAt: 2 }),
      },
      'new,mid,old',
    ],
    ['without a time last', { none: buy(100), new: buy(1, { createdAt: 3 }) }, 'new,none'],
    [
      'what has no market comes behind what has',
      { x: buy(1, { symbol: 'B', createdAt: 9 }), a: buy(1), b: sell(100) },
      'a,b,x',
    ],
    [
      'at the same distance the newest first',
      { a: buy(99, { createdAt: 1 }), b: sell(101, { createdAt: 2 }) },
      'b,a',
    ],
    ['without anything to tell them apart they stay', { b: {}, a: {}, c: {} }, 'b,a,c'],
  ])('%s', (_, briefs, expected) => {
    const orders = Object.entries(briefs).map(([id, brief]) => order(id, brief));
    expect(
      likeliestToFillFirst(orders)
        .map(({ id }) => id)
        .join(),
    ).toBe(expected);
  });
});
