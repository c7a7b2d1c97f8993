import { expect, test } from 'vitest';
import { listedSymbol } from '#lib/domain/symbol.ts';

test.each<[typed: string, listed: string[], expected: string | undefined]>([
  ['BTCUSDT', ['BTCUSDT', 'ETHUSDT'], 'BTCUSDT'],
  ['btcusdt', ['BTCUSDT', 'ETHUSDT'], 'BTCUSDT'],
  ['BTC/USDT', ['BTCUSDT'], 'BTCUSDT'],
  ['btc usd swap lin', ['BTC-USD-SWAP-LIN'], 'BTC-USD-SWAP-LIN'],
  ['btcousdswaplin', ['BTC-oUSD-SWAP-LIN'], 'BTC-oUSD-SWAP-LIN'],
  ['BTCUSDT', ['ETHUSDT'], undefined],
  ['BTC', ['BTCUSDT'], undefined],
  ['BTCUSDT', [], undefined],
  // Of several orders of one symbol it is one; of two symbols that are alike, none or the very one.
  ['btc-usdt', ['BTCUSDT', 'BTCUSDT'], 'BTCUSDT'],
  ['btc/usdt', ['BTCUSDT', 'BTC-USDT'], undefined],
  ['BTC-USDT', ['BTCUSDT', 'BTC-USDT'], 'BTC-USDT'],
  ['/', ['', 'BTCUSDT'], undefined],
])('“%s” among %j', (typed, listed, expected) => {
  expect(listedSymbol(typed, listed)).toBe(expected);
});
