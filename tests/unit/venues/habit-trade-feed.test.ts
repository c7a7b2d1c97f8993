import { expect, test } from 'vitest';
import { habitTrade } from '#lib/venues/habit-trade/habit-trade.ts';
import { signerOf } from '#tests/unit/support/fixtures.ts';

/** Beside `feeds.test.ts`: what Habit Trade's stream is entered by, and when it is dead. */

const { feed } = habitTrade;

test('the handshake bears the three headers, signed as the vector of fact sheet 3.7', async () => {
  const signer = await signerOf(habitTrade, {
    apiKey: 'test-api-key',
    apiSecret: 'test-secret',
    timestamp: 1_699_999_999_999,
  });
  expect(await feed.handshake?.(signer)).toEqual({
    'X-API-Key': 'test-api-key',
    'X-API-Signature': 'KoFpnq7bt3C7fyn5xnOhxlPfGpp+NxZnHGsqiBvrFuM=',
    'X-API-Timestamp': '1699999999999',
  });
  expect(feed).toMatchObject({ path: '/ws/trade/v1', greetings: [] });
  expect(feed.ping).toBeUndefined();
});

test('it is not given up while a heartbeat may only be late', () => {
  expect(feed.longestSilence).toBeGreaterThan(60_000);
});
