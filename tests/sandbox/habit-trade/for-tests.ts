import type { ForTests } from '#tests/sandbox/shared/for-tests.ts';
import { cancelled, filled, refused, settled } from '#tests/sandbox/shared/outcome-cases.ts';
import type { HabitTradeError } from './replies.ts';
import { samples } from './samples.ts';
import { seed } from './seed.ts';

export const forTests: ForTests<HabitTradeError> = {
  label: 'Shares',
  order: { symbol: 'DODO-USDT', side: 'buy', price: '0.1185', quantity: '1200' },
  symbols: ['DODO-USDT', 'BTC-USDT', 'ETH-USDT'],
  hosts: ['https://api.habittrade.com', 'https://api-uat.habittrade.com'],
  streams: ['wss://api.habittrade.com', 'wss://api-uat.habittrade.com'],
  provesByHandshake: true,
  hasStops: false,
  readsBy: 'open-orders',
  hasCoarseClock: true,
  rateRules: [],
  seeds: seed,
  samples,
  repeatedCancel: 'not-cancellable',
  outcomes: [
    ...settled,
    filled,
    ...(['500', '502', '503', '504', '409'] as const).map((error) =>
      cancelled(error, { kind: 'refuse', error }, 2),
    ),
    refused('030202', 'Invalid Parameter', '030202', 'still open'),
    refused('11030204', 'Order Limit', 'still open'),
    refused('not-cancellable', 'cannot be cancelled', 'still open'),
    refused('401', 'HTTP 401', 'without saying why'),
    refused('unknown-key', 'Invalid API key'),
    refused('403', 'HTTP 403', 'did not come from Habit Trade itself'),
  ],
};
