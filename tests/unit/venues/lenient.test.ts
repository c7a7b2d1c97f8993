import { expect, test } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import { venues } from '#lib/venues/venues.ts';

/** Answers that no document has, and that must not be taken for more than they say. */

const reply = (status: number, body: unknown, retryAfter?: number) => ({
  status,
  text: typeof body === 'string' ? body : JSON.stringify(body),
  ...(retryAfter !== undefined && { retryAfter }),
});
const order1 = {
  id: 1,
  quantity: '1',
  leftAmount: '1',
  type: 'buy',
  pairSymbol: 'BTCTRY',
  updateTime: 5,
};

test.each(['PendingCancel', 'New', 'Queued', ''])(
  'BtcTurk status %j is no proof of a cancel',
  (status) => {
    const read = venues.btcturk.readOrder.read(
      reply(200, { data: { ...order1, status }, success: true, code: 0 }),
      { orderId: '1' as OrderId },
    );
    expect(read).not.toMatchObject({ reading: { status: 'cancelled' } });
  },
);

test.each(['pair', 'side', 'type'])('Ripio: %s null is read leniently', (field) => {
  const o = {
    id: 'a',
    status: 'open',
    pair: 'BTC_BRL',
    side: 'buy',
    type: 'limit',
    requested_amount: 1,
    [field]: null,
  };
  expect(
    venues.ripio.listOpenOrders.read(reply(200, { data: { orders: [o], nc: null } }), undefined)
      .kind,
  ).toBe('page');
});

test.each(['constructor', 'toString', '__proto__'])('a message %j is no claim', (word) => {
  expect(
    venues.btcturk.cancel.read(reply(400, { success: false, message: word, code: 1 }), {
      orderId: '1' as OrderId,
    }),
  ).toMatchObject({ kind: 'refused' });
  expect(
    venues.ripio.cancel.read(reply(400, { error_code: word, message: 'x' }), {
      orderId: '1' as OrderId,
    }),
  ).toMatchObject({ kind: 'refused' });
});

test.each(['{}', '[]', '{"data":null}'])('BtcTurk: %s with 200 is not "accepted"', (text) => {
  expect(venues.btcturk.cancel.read(reply(200, text), { orderId: '1' as OrderId }).kind).toBe(
    'unknown',
  );
});

test('Ripio: no next page where nc is empty', () => {
  expect(
    venues.ripio.listOpenOrders.read(reply(200, { data: { orders: [], nc: '' } }), undefined),
  ).not.toHaveProperty('cursor');
});
test('Ripio: a market order at price 0 has no price', () => {
  expect(
    venues.ripio.listOpenOrders.read(
      reply(200, {
        data: {
          orders: [
            {
              id: 'a',
              status: 'open',
              type: 'market',
              side: 'buy',
              pair: 'x',
              price: 0,
              requested_amount: 1,
            },
          ],
        },
      }),
      undefined,
    ),
  ).toMatchObject({ orders: [expect.not.objectContaining({ price: '0' })] });
});

test.each([
  [0, 250],
  [3, 3000],
  [1e9, 86_400_000],
])('Retry-After %i is neither a tight loop nor for ever', (seconds, expected) => {
  for (const venue of Object.values(venues)) {
    expect(venue.cancel.read(reply(429, {}, seconds), { orderId: '1' as OrderId })).toMatchObject({
      kind: 'rate-limited',
      retryAfter: expected,
    });
  }
});
