import type { About } from '#lib/venues/about.ts';

/** Sources: `docs/venues/binance.md` and the documents named there. */
export const about: About = {
  hosts: {
    live: 'https://api.binance.com',
    test: 'https://testnet.binance.vision',
    demo: 'https://demo-api.binance.com',
  },
  streams: {
    live: 'wss://ws-api.binance.com',
    test: 'wss://ws-api.testnet.binance.vision',
    demo: 'wss://demo-ws-api.binance.com',
  },
  fields: { secretForm: 'guide.binance.secret', takesPem: true },
  guide: {
    keyPage: {
      url: 'https://www.binance.com/en/my/settings/api-management',
      label: 'guide.binance.page',
    },
    steps: [
      'guide.binance.step_make',
      'guide.binance.step_address',
      'guide.binance.step_test',
      'guide.binance.step_copy',
    ],
    rightsToTick: ['guide.binance.tick_read', 'guide.binance.tick_trade'],
    rightsNotToTick: [
      'guide.binance.leave_withdrawals',
      'guide.binance.leave_transfers',
      'guide.binance.leave_others',
    ],
    warnings: ['guide.binance.warn_right', 'guide.binance.warn_lists', 'guide.binance.warn_spot'],
  },
  idForms: [
    // The testnet, which is reset, has short ones.
    ['order-id', /^[1-9]\d{0,18}$/],
    ['client-order-id', /^(?=.*[a-z])[.A-Z:/0-9_-]{1,36}$/i],
  ],
  // Letters of any script: there are symbols in Chinese.
  symbolForm: (text) => text.replace(/[^\p{L}\p{Nd}]+/gu, ''),
  tradingSites: ['https://www.binance.com/*', 'https://demo.binance.com/*'],
};
