import type { ForTests } from '#tests/sandbox/shared/for-tests.ts';
import { cancelled, filled, refused, settled } from '#tests/sandbox/shared/outcome-cases.ts';
import { rateRules } from './limits.ts';
import type { BinanceError } from './replies.ts';
import { samples } from './samples.ts';
import { seed } from './seed.ts';

export const forTests: ForTests<BinanceError> = {
  label: 'Majors',
  order: { symbol: 'BTCUSDT', side: 'buy', price: '64210.5', quantity: '0.4' },
  symbols: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'XRPBTC'],
  hosts: [
    'https://api.binance.com',
    'https://testnet.binance.vision',
    'https://demo-api.binance.com',
  ],
  streams: [
    'wss://ws-api.binance.com',
    'wss://ws-api.testnet.binance.vision',
    'wss://demo-ws-api.binance.com',
  ],
  hasStops: true,
  readsBy: 'order',
  hasCoarseClock: false,
  rateRules,
  seeds: seed,
  samples,
  repeatedCancel: '-2011',
  outcomes: [
    ...settled,
    filled,
    ...(['-1000', '-1001', '-1006', '-1007', '503'] as const).map((error) =>
      cancelled(error, { kind: 'refuse', error }, 2),
    ),
    cancelled('unknown, though it is open', { kind: 'refuse', error: '-2011' }, 2),
    cancelled('not there, though it is open', { kind: 'refuse', error: '-2013' }, 2),
    cancelled('a time that is invalid once', { kind: 'refuse', error: '-1021' }, 2),
    refused('-1022', 'Signature', 'secret is wrong'),
    refused('-2014', 'API-key format invalid'),
    refused('-2008', 'Invalid Api-Key ID'),
    refused('-2015', 'IP, or permissions', 'without saying why'),
    refused('-1002', 'not authorized'),
    refused('-1121', 'Invalid symbol', 'does not know this symbol'),
    refused('may-not-cancel', 'may not place or cancel orders'),
    refused('action-disabled', 'disabled on this account'),
    refused('other-cancel-reject', 'not possible', 'still open'),
    refused('403', 'HTTP 403', 'did not come from Binance itself'),
    refused('404', 'HTTP 404'),
  ],
};
