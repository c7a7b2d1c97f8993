import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import type { ClientOrderId, OrderId, OrderRef } from '#lib/domain/order.ts';
import { UserError } from '#lib/domain/user-error.ts';
import { cleanRef, cleanSymbol } from '#lib/worker/orders/typed-order.ts';
import { orderOf } from '#tests/unit/support/view-world.ts';

const accountId = 'a' as AccountId;
const orders = [orderOf('1', { symbol: 'BTCUSDT' }), orderOf('2', { symbol: '1000PEPEUSDT' })];

test.each<[name: string, typed: Omit<OrderRef, 'accountId'>, meant: Omit<OrderRef, 'accountId'>]>([
  ['an order id', { orderId: '#123,' as OrderId }, { orderId: '123' as OrderId }],
  [
    'a client order id',
    { clientOrderId: '"grid-7"' as ClientOrderId },
    { clientOrderId: 'grid-7' as ClientOrderId },
  ],
  [
    'a symbol with it',
    { orderId: '123' as OrderId, symbol: 'btc/usdt' },
    { orderId: '123' as OrderId, symbol: 'BTCUSDT' },
  ],
  [
    'a symbol of which nothing is left',
    { orderId: '123' as OrderId, symbol: '“”' },
    { orderId: '123' as OrderId },
  ],
])('%s is cleaned', (_, typed, meant) => {
  expect(cleanRef({ accountId, ...typed }, 'ztdx', orders)).toEqual({ accountId, ...meant });
});

test('an id of which nothing is left is asked for again', () => {
  const ref = { accountId, orderId: '#"' as OrderId };
  expect(() => cleanRef(ref, 'ztdx', orders)).toThrow(
    expect.objectContaining({ code: 'no-id', field: 'id' }),
  );
});

describe('a whole number at Kraken is many orders’ reference', () => {
  test.each(['7', '+7', '-2147483648', '61912740', '#61912740,', '００７'])(
    '%j is refused',
    (id) => {
      for (const name of ['orderId', 'clientOrderId'] as const) {
        const ref = { accountId, [name]: id } as unknown as OrderRef;
        expect(() => cleanRef(ref, 'kraken', orders)).toThrow(
          expect.objectContaining({
            code: 'no-single-order',
            field: 'id',
            message: expect.stringContaining('cancel every order that bears it'),
          }),
        );
        // Elsewhere it is an id as any other.
        expect(() => cleanRef(ref, 'btcturk', orders)).not.toThrow();
      }
    },
  );

  test.each(['OQCLML-BW3P3-BUCMWZ', 'ladder-7', '7a'])('%j is not', (id) => {
    const ref = { accountId, orderId: id as OrderId };
    expect(cleanRef(ref, 'kraken', orders)).toEqual(ref);
  });
});

test.each([
  ['oqclml-bw3p3-bucmwz', 'OQCLML-BW3P3-BUCMWZ'],
  ['Oqclml-BW3P3-bucmwz.', 'OQCLML-BW3P3-BUCMWZ'],
  // No id of the venue's own form.
  ['ladder-7', 'ladder-7'],
])('an id of Kraken’s in small letters, %j, is written as Kraken does', (typed, id) => {
  const ref = { accountId, orderId: typed as OrderId };
  expect(cleanRef(ref, 'kraken', orders)).toEqual({ accountId, orderId: id });
  // A client order id is meant to the letter, and other venues have ids of other forms.
  const own = { accountId, clientOrderId: 'oqclml-bw3p3-bucmwz' as ClientOrderId };
  expect(cleanRef(own, 'kraken', orders)).toEqual(own);
  expect(cleanRef({ ...ref, orderId: 'abc' as OrderId }, 'btcturk', orders).orderId).toBe('abc');
});

test.each([129, 600, 100_000])('an id of %i signs is no id', (length) => {
  for (const name of ['orderId', 'clientOrderId'] as const) {
    const ref = { accountId, [name]: 'x'.repeat(length) } as unknown as OrderRef;
    expect(() => cleanRef(ref, 'ztdx', orders)).toThrow(
      expect.objectContaining({ code: 'long-id', field: 'id' }),
    );
  }
  const symbol = 'x'.repeat(length);
  expect(() => cleanSymbol(symbol, 'ztdx', orders)).toThrow(
    expect.objectContaining({ code: 'long-symbol', field: 'symbol' }),
  );
});

test('whatever is typed, what is meant can be written into an address', () => {
  const odd = fc.constantFrom(
    '\ud800',
    '\udfff',
    '\u0000',
    '\u202e',
    '\ufeff',
    '😀',
    '%',
    '/',
    '..',
  );
  const text = fc.array(fc.oneof(odd, fc.string({ unit: 'binary' })), { maxLength: 6 });
  fc.assert(
    fc.property(text, (pieces) => {
      try {
        const { orderId = '' } = cleanRef(
          { accountId, orderId: pieces.join('') as OrderId },
          'btcturk',
          orders,
        );
        expect(encodeURIComponent(orderId)).not.toBe('');
        expect(['.', '..']).not.toContain(orderId);
      } catch (error) {
        expect(error).toBeInstanceOf(UserError);
      }
    }),
    { numRuns: 1000 },
  );
});

describe('a symbol', () => {
  test.each<[typed: string | undefined, meant: string | undefined]>([
    [undefined, undefined],
    ['', undefined],
    ['\u200b', undefined],
    ['BTCUSDT', 'BTCUSDT'],
    ['btcusdt', 'BTCUSDT'],
    ['"BTC/USDT",', 'BTCUSDT'],
    ['BTC\u200bUSDT', 'BTCUSDT'],
    ['1000pepe-usdt', '1000PEPEUSDT'],
    // Not listed: in the venue’s own form.
    ['eth/usdt', 'ETHUSDT'],
  ])('“%s”', (typed, meant) => {
    expect(cleanSymbol(typed, 'ztdx', orders)).toBe(meant);
  });
});
