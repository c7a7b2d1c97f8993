import { expect, test } from 'vitest';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { findOrder } from '#lib/worker/cancel/steps.ts';
import type { AccountId } from '#lib/domain/account.ts';
import { requestCancellation, type CancellationId } from '#lib/domain/cancellation.ts';
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

async function find(venue: VenueId, orders: readonly Order[], unreadable = 0) {
  const odd = unreadable > 0 ? { unreadable } : {};
  const account = {
    client: { venue: venues[venue], clock: () => ({ offset: 0, uncertainty: 10 }) },
    reader: { list: () => Promise.resolve({ kind: 'orders', orders, ...odd }) },
  } as unknown as CancelAccount;
  const ref = { accountId: 'a' as AccountId, clientOrderId: 'mine' as ClientOrderId };
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
