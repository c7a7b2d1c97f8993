import type { ForTests } from '#tests/sandbox/shared/for-tests.ts';
import { cancelled, filled, refused, settled } from '#tests/sandbox/shared/outcome-cases.ts';
import { rateRules } from './limits.ts';
import type { RipioError } from './replies.ts';
import { samples } from './samples.ts';
import { seed } from './seed.ts';

export const forTests: ForTests<RipioError> = {
  label: 'Reais',
  order: { symbol: 'BTC_BRL', side: 'sell', price: '520000.5', quantity: '0.25' },
  symbols: ['BTC_BRL', 'ETH_BRL', 'SOL_BRL', 'USDC_BRL'],
  hosts: ['https://api.ripio.com'],
  streams: ['wss://ws.ripiotrade.co'],
  hasStops: true,
  readsBy: 'order',
  hasCoarseClock: false,
  // One request a second is in the way of whatever is not about it.
  limits: false,
  rateRules: rateRules(1),
  seeds: seed,
  samples,
  repeatedCancel: '40020',
  outcomes: [
    ...settled,
    filled,
    ...(['50000', '50001', '50002', '50003', '503'] as const).map((error) =>
      cancelled(error, { kind: 'refuse', error }, 2),
    ),
    cancelled('unknown, though it is open', { kind: 'refuse', error: '40400' }, 2),
    cancelled('42900', { kind: 'refuse', error: '42900' }, 2),
    cancelled('a time that is invalid once', { kind: 'refuse', error: 'Invalid timestamp' }, 2),
    refused('40000', 'Invalid parameters', '40000'),
    refused('40090', 'Unsupported operation', '40090'),
    refused('40100', 'Not authorized'),
    refused('Invalid token', 'Invalid token', 'API key'),
    refused('Invalid signature', 'Invalid signature', 'secret is wrong'),
    refused('Blocked token', 'Blocked token', 'ask its support'),
    refused('40300', 'Forbidden', 'right is not ticked'),
    refused('html-404', 'HTTP 404'),
  ],
};
