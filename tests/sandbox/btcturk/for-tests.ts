import type { ForTests } from '#tests/sandbox/shared/for-tests.ts';
import { cancelled, filled, refused, settled } from '#tests/sandbox/shared/outcome-cases.ts';
import { rateRules } from './limits.ts';
import type { BtcTurkError } from './replies.ts';
import { samples } from './samples.ts';
import { seed } from './seed.ts';

export const forTests: ForTests<BtcTurkError> = {
  label: 'Turkish lira',
  order: { symbol: 'BTCTRY', side: 'buy', price: '4150000', quantity: '0.1' },
  symbols: ['BTCTRY', 'ETHTRY', 'USDTTRY', 'SOLTRY'],
  hosts: ['https://api.btcturk.com', 'https://api-dev.btcturk.com'],
  streams: ['wss://ws-feed-pro.btcturk.com', 'wss://ws-feed-sandbox.btctrader.com'],
  hasStops: true,
  readsBy: 'order',
  hasCoarseClock: false,
  rateRules: rateRules,
  seeds: seed,
  samples,
  repeatedCancel: 'Unauthorized - Invalid Nonce',
  outcomes: [
    ...settled,
    filled,
    cancelled('redirected', { kind: 'redirect', location: 'http://127.0.0.1:9/' }, 2),
    cancelled('503', { kind: 'refuse', error: '503' }, 2),
    cancelled(
      'unknown, though it is open',
      { kind: 'refuse', error: 'NO_ORDER_MATCHES_YOUR_REQUEST' },
      2,
    ),
    cancelled(
      'a nonce that is invalid once',
      { kind: 'refuse', error: 'Unauthorized - Invalid Nonce' },
      2,
    ),
    refused('ORDER_COULD_NOT_BE_CANCELED', 'ORDER_COULD_NOT_BE_CANCELED', 'still open'),
    refused('ORDER_CANCEL_BLOCKED', 'ORDER_CANCEL_BLOCKED', 'maintenance'),
    refused('Unauthorized - Invalid Request', 'Invalid Request', 'secret is wrong'),
    refused('Unauthorized - Headers are missing', 'Headers are missing'),
    refused('Invalid Signature', 'Invalid Signature', 'secret is wrong'),
    refused('Invalid Public/Private key', 'Invalid Public/Private key', 'API key'),
    refused('bare-401', 'HTTP 401', 'without saying why'),
    refused('404', 'HTTP 404'),
    refused('405', 'HTTP 405'),
  ],
};
