import type { ForTests } from '#tests/sandbox/shared/for-tests.ts';
import { cancelled, filled, refused, settled } from '#tests/sandbox/shared/outcome-cases.ts';
import { rateRules } from './limits.ts';
import type { ZtdxError } from './replies.ts';
import { samples } from './samples.ts';
import { seed } from './seed.ts';

export const forTests: ForTests<ZtdxError> = {
  label: 'Futures',
  order: { symbol: 'BTCUSDT', side: 'buy', price: '70168.52', quantity: '0.4' },
  symbols: ['BTCUSDT', 'ETHUSDT', 'SOLUSDT', 'DOGEUSDT'],
  hosts: ['https://api.ztdx.io', 'https://api-sepolia.ztdx.io'],
  streams: ['wss://api.ztdx.io', 'wss://api-sepolia.ztdx.io'],
  hasStops: true,
  readsBy: 'order',
  hasCoarseClock: false,
  rateRules: rateRules,
  seeds: [...seed('digits'), ...seed('uuid')],
  samples,
  repeatedCancel: '-2011',
  outcomes: [
    ...settled,
    filled,
    ...(['-1000', '-1001', '-1006', '-1007', '503', 'ENGINE_BUSY'] as const).map((error) =>
      cancelled(error, { kind: 'refuse', error }, 2),
    ),
    cancelled('unknown, though it is open', { kind: 'refuse', error: '-2011' }, 2),
    cancelled('not there, though it is open', { kind: 'refuse', error: '-2013' }, 2),
    cancelled('a time that is invalid once', { kind: 'refuse', error: '-1021' }, 2),
    refused('-1022', 'Signature', 'secret is wrong'),
    refused('-2014', 'API-key format invalid'),
    refused('-2015', 'IP, or permissions', 'without saying why'),
    refused('-1121', 'Invalid symbol', 'does not know this symbol'),
    refused('-4000', 'Invalid order status', 'still open'),
    refused('trigger-already-triggered', 'has been triggered', 'still open'),
    refused('trigger-not-owned', 'not owned'),
    refused('403', 'HTTP 403', 'did not come from ZTDX itself'),
    refused('404', 'HTTP 404'),
  ],
};
