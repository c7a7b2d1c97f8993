import type { About } from '#lib/venues/about.ts';

/** Sources: `docs/venues/ox-fun.md` and the documents named there. */
export const about: About = {
  hosts: { live: 'https://api.ox.fun', test: 'https://stgapi.ox.fun' },
  streams: { live: 'wss://api.ox.fun', test: 'wss://stgapi.ox.fun' },
  hasSocket: true,
  key: {
    apiKey: 'API key',
    apiSecret: 'API secret',
    secretForm: 'Plain text; it looks like Base64 and is used as it is.',
  },
  guide: {
    keyPage: { url: 'https://docs.ox.fun/api/key', label: 'OX.FUN: API keys (its documents)' },
    steps: [
      'Make a new key for the sub-account whose orders you want to cancel: a key is bound to one.',
      'Copy the API key to “API key” and the secret to “API secret”.',
    ],
    rightsToTick: ['Can Trade: without it a key is read-only and cannot cancel'],
    rightsNotToTick: ['Nothing else is needed; the documents name no right for withdrawals'],
    warnings: [
      'OX.FUN is reported as permanently closed since June 2026. Pullcord speaks its documented API; whether anything answers is not known.',
      'There is no right to cancel only: a key that can cancel can also trade. Bind it to your address.',
    ],
  },
  idForms: [
    ['order-id', /^\d{12,20}$/],
    ['client-order-id', /^\d{1,20}$/],
  ],
  // A perpetual is `BTC-USD-SWAP-LIN`, spot `BTC-USDT`, and nothing else ends in `USD`. Source: `docs/venues/ox-fun.md`, 1.10.
  symbolForm: (text) =>
    text
      .replace(/[^A-Z\d]+/g, '-')
      .replace(/^([A-Z\d]+?)(USDT|USD(?:SWAPLIN)?)$/, '$1-$2')
      .replace(/-USD(?:SWAPLIN)?$/, '-USD-SWAP-LIN'),
  tradingSites: ['https://ox.fun/*'],
};
