import type { ForTests } from '#tests/sandbox/shared/for-tests.ts';
import {
  cancelled,
  filled,
  refused,
  settledBySocket,
} from '#tests/sandbox/shared/outcome-cases.ts';
import { messageRules, rateRules } from './limits.ts';
import type { OxFunError } from './replies.ts';
import { samples } from './samples.ts';
import { seed } from './seed.ts';

export const forTests: ForTests<OxFunError> = {
  label: 'Perps',
  order: { symbol: 'BTC-USD-SWAP-LIN', side: 'sell', price: '71500', quantity: '0.3' },
  symbols: ['BTC-USD-SWAP-LIN', 'ETH-USD-SWAP-LIN', 'SOL-USD-SWAP-LIN'],
  hosts: ['https://api.ox.fun', 'https://stgapi.ox.fun'],
  sockets: ['wss://api.ox.fun', 'wss://stgapi.ox.fun'],
  streams: ['wss://api.ox.fun', 'wss://stgapi.ox.fun'],
  hasStops: true,
  readsBy: 'order',
  hasCoarseClock: true,
  rateRules: rateRules,
  messageRules: messageRules.loggedIn,
  seeds: seed,
  samples,
  repeatedCancel: '100005',
  outcomes: [
    ...settledBySocket,
    filled,
    refused('05001', 'authority', 'lacks the right'),
    refused('20031', 'temporarily closed', 'maintenance'),
    refused('200050', 'not active', 'maintenance'),
    refused('20011', 'marketCode is required'),
    refused('20001', 'Operation failed', 'still open'),
    cancelled('not found, though it is open', { kind: 'refuse', error: '100005' }, 2),
    cancelled('a time-out inside', { kind: 'refuse', error: '20032' }, 2),
    cancelled('busy', { kind: 'refuse', error: '000201' }, 2),
    cancelled('too fast', { kind: 'refuse', error: '20007' }, 2),
  ],
};
