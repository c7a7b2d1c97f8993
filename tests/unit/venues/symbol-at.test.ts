import { expect, test } from 'vitest';
import type { VenueId } from '#lib/domain/venue-id.ts';
import { symbolAt } from '#lib/venues/symbol-at.ts';

test.each<[VenueId, typed: string, expected: string]>([
  ['ztdx', 'BTCUSDT', 'BTCUSDT'],
  ['ztdx', 'btcusdt', 'BTCUSDT'],
  ['ztdx', 'BTC/USDT', 'BTCUSDT'],
  ['ztdx', 'btc_usdt', 'BTCUSDT'],
  ['ztdx', 'BTC-USDT', 'BTCUSDT'],
  ['ztdx', 'btc usdt', 'BTCUSDT'],
  ['ztdx', 'BTC/USDT:USDT', 'BTCUSDT'],
  ['ztdx', 'BTCUSDT.P', 'BTCUSDT'],
  ['ztdx', '1000pepe/usdt', '1000PEPEUSDT'],
  ['ox-fun', 'BTC-USD-SWAP-LIN', 'BTC-USD-SWAP-LIN'],
  ['ox-fun', 'btc-usd-swap-lin', 'BTC-USD-SWAP-LIN'],
  ['ox-fun', 'BTC_USD_SWAP_LIN', 'BTC-USD-SWAP-LIN'],
  ['ox-fun', 'btcusdswaplin', 'BTC-USD-SWAP-LIN'],
  ['ox-fun', 'btcusd', 'BTC-USD-SWAP-LIN'],
  ['ox-fun', 'BTC/USD', 'BTC-USD-SWAP-LIN'],
  ['ox-fun', 'BTC/USD:OX', 'BTC-USD-SWAP-LIN'],
  ['ox-fun', 'btcusdt', 'BTC-USDT'],
  ['ox-fun', 'OX/USDT', 'OX-USDT'],
  ['ox-fun', 'ox-usdt', 'OX-USDT'],
  ['ox-fun', 'BTC-USD-220624-LIN', 'BTC-USD-220624-LIN'],
  // Where the venue has no need of it.
  ['btcturk', 'btc/try', 'btc/try'],
])('%s: “%s”', (venue, typed, expected) => {
  expect(symbolAt(venue, typed)).toBe(expected);
});
