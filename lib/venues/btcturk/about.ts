import type { About } from '#lib/venues/about.ts';

/** Sources: `docs/venues/btcturk.md` and the documents named there. */
export const about: About = {
  // The test system is of 2019; whether it still answers is not known.
  hosts: { live: 'https://api.btcturk.com', test: 'https://api-dev.btcturk.com' },
  // Of the same age as the test system, and in the samples of today's documents.
  streams: {
    live: 'wss://ws-feed-pro.btcturk.com',
    test: 'wss://ws-feed-sandbox.btctrader.com',
  },
  key: {
    apiKey: 'API key',
    apiSecret: 'API secret',
    secretForm: 'Base64 text: letters and digits, often ending in “=”.',
  },
  guide: {
    keyPage: {
      url: 'https://kripto.btcturk.com/en/account/api-access',
      label: 'BtcTurk: Account, API Access',
    },
    steps: [
      'Open the page above and make a new key.',
      'Give the internet address (IP) of this computer where the form asks for one.',
      'Copy the public key to “API key” and the private key to “API secret”.',
    ],
    rightsToTick: [
      'Trade: lists your open orders and cancels them',
      'WebSocket: tells at once what becomes of them; without it they are read every few seconds',
    ],
    rightsNotToTick: ['Total Funds', 'Account', 'anything about withdrawals'],
    warnings: [
      'BtcTurk has no right to cancel only: a key that can cancel can also trade. Bind it to your address.',
      'If your connection uses IPv6, BtcTurk may see another address than the one you gave and refuse a right key. Add that address too, or switch IPv6 off.',
    ],
  },
  idForms: [['order-id', /^\d{6,20}$/]],
  // An older and a newer one.
  tradingSites: ['https://kripto.btcturk.com/*', 'https://pro.btcturk.com/*'],
};
