import type { ForTests } from '#tests/sandbox/shared/for-tests.ts';
import { cancelled, filled, refused, settled } from '#tests/sandbox/shared/outcome-cases.ts';
import { rateRules } from './limits.ts';
import type { KrakenError } from './replies.ts';
import { samples } from './samples.ts';
import { seed } from './seed.ts';

export const forTests: ForTests<KrakenError> = {
  label: 'Spot',
  order: { symbol: 'XBTUSD', side: 'buy', price: '60500.5', quantity: '0.4' },
  symbols: ['XBTUSD', 'ETHEUR', 'SOLUSD', 'XDGUSD'],
  hosts: ['https://api.kraken.com'],
  streams: ['wss://ws-auth.kraken.com'],
  hasStops: true,
  readsBy: 'order',
  hasCoarseClock: true,
  // Fifteen readings, then one in three seconds, are in the way of whatever is not about them.
  limits: false,
  rateRules: rateRules('starter'),
  seeds: seed,
  samples,
  repeatedCancel: 'EOrder:Unknown order',
  // Readings being so few, a sample: the fixture has the rest.
  outcomes: [
    ...settled.filter(({ name }) => /^no answer|later$|^429/.test(name)),
    filled,
    cancelled('EService:Busy', { kind: 'refuse', error: 'EService:Busy' }, 2),
    cancelled('EService:Unavailable', { kind: 'refuse', error: 'EService:Unavailable' }, 2),
    cancelled('unknown, though it is open', { kind: 'refuse', error: 'EOrder:Unknown order' }, 2),
    cancelled('a nonce that is refused once', { kind: 'refuse', error: 'EAPI:Invalid nonce' }, 2),
    refused('EAPI:Invalid key', 'Invalid key', 'API key'),
    refused('EGeneral:Permission denied', 'Permission denied', 'right is not ticked'),
    refused('EOrder:Invalid order', 'Invalid order', 'still open'),
  ],
};
