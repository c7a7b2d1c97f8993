import { describe, expect, test } from 'vitest';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { findOrder } from '#lib/worker/cancel/steps.ts';
import { needsFinding } from '#lib/worker/cancel/under-way.ts';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { ClientOrderId, Order, OrderId } from '#lib/domain/order.ts';
import type { VenueId } from '#lib/domain/venue-id.ts';
import { venues } from '#lib/venues/venues.ts';

/** Finding the order that is meant among the open ones, where not all of them can be read. */

const bare: Order = {
  id: '1' as OrderId,
  clientOrderId: 'mine' as ClientOrderId,
  symbol: 'BTCTRY',
  type: 'limit',
  protective: false,
};

async function find(venue: VenueId, orders: readonly Order[], unreadable = 0, symbol?: string) {
  const odd = unreadable > 0 ? { unreadable } : {};
  const account = {
    client: { venue: venues[venue], clock: () => ({ offset: 0, uncertainty: 10 }) },
    reader: { list: () => Promise.resolve({ kind: 'orders', orders, ...odd }) },
  } as unknown as CancelAccount;
  const ref = {
    accountId: 'a' as AccountId,
    clientOrderId: 'mine' as ClientOrderId,
    ...(symbol !== undefined && { symbol }),
  };
  return findOrder(account, requestCancellation('c' as CancellationId, ref, undefined, 0));
}

test('found, though others cannot be read and nothing is known of its amounts', async () => {
  expect(await find('btcturk', [bare], 2)).toEqual({
    type: 'resolved',
    orderId: '1',
    symbol: 'BTCTRY',
  });
});

test.each<[string, number, string]>([
  ['before the wish', -1, 'resolved'],
  ['within what the clocks may differ by', 10, 'resolved'],
  ['after the wish: another one with the same client order id', 11, 'unlisted'],
])('placed %s', async (_, createdAt, type) => {
  expect(await find('btcturk', [{ ...bare, createdAt }])).toMatchObject({ type });
});

test('not found, and all could be read', async () => {
  expect(await find('btcturk', [])).toMatchObject({ type: 'unlisted' });
});

test.each<VenueId>(['btcturk', 'ztdx'])(
  'on %s, what is not found may be what could not be read: refused, and nothing is sent',
  async (venue) => {
    expect(await find(venue, [], 1)).toMatchObject({
      type: 'unsent',
      reason: 'not-readable',
    });
  },
);

test('an order without a symbol is not sent where the venue needs it', async () => {
  const nameless = { ...bare, symbol: '' };
  expect(await find('ztdx', [nameless])).toMatchObject({
    type: 'unsent',
    reason: 'symbol-needed',
  });
  expect(await find('btcturk', [nameless])).toMatchObject({ type: 'resolved' });
});

describe('where a cancel changes the client order id', () => {
  const placed = { ...bare, symbol: 'BTCUSDT' };

  test('the order’s own id is found, by which it can be read afterwards', async () => {
    expect(await find('binance', [placed], 0, 'BTCUSDT')).toEqual({
      type: 'resolved',
      orderId: '1',
      symbol: 'BTCUSDT',
    });
  });

  test.each([
    ['none bears it', []],
    ['one of another symbol does', [{ ...placed, symbol: 'ETHUSDT' }]],
  ])('and where %s, the venue is asked as it is', async (_, orders) => {
    expect(await find('binance', orders, 0, 'BTCUSDT')).toBeUndefined();
  });

  test('without its symbol it is not', async () => {
    expect(await find('binance', [])).toMatchObject({ type: 'unsent', reason: 'symbol-needed' });
  });

  test.each<[string, Partial<Cancellation>, boolean]>([
    ['before it is sent', {}, true],
    ['not again after that', { sendings: 1 }, false],
  ])('%s', (_, more, isNeeded) => {
    const ref = { accountId: 'a' as AccountId, clientOrderId: 'mine' as ClientOrderId };
    const wish = requestCancellation(
      'c' as CancellationId,
      { ...ref, symbol: 'BTCUSDT' },
      undefined,
      0,
    );
    const account = { client: { venue: venues.binance } } as unknown as CancelAccount;
    expect(needsFinding({ ...wish, ...more }, account)).toBe(isNeeded);
  });
});

test.each<[string, string, object | undefined]>([
  ['of another symbol with the same id is another order', 'ETHUSDT', undefined],
  ['of the symbol that was named is found', 'BTCUSDT', { type: 'resolved', symbol: 'BTCUSDT' }],
])('an order %s', async (_, symbol, expected) => {
  const account = {
    client: { venue: venues.binance, clock: () => undefined },
    reader: {
      list: () => Promise.resolve({ kind: 'orders', orders: [{ ...bare, symbol: 'BTCUSDT' }] }),
    },
  } as unknown as CancelAccount;
  const ref = { accountId: 'a' as AccountId, orderId: '1' as OrderId, symbol };
  const wish = requestCancellation('c' as CancellationId, ref, undefined, 0);
  const found = await findOrder(account, wish);
  if (expected === undefined) expect(found).toBeUndefined();
  else expect(found).toMatchObject(expected);
});
