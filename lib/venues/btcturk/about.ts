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
  fields: { secretForm: 'guide.btcturk.secret' },
  guide: {
    keyPage: {
      url: 'https://kripto.btcturk.com/en/account/api-access',
      label: 'guide.btcturk.page',
    },
    steps: ['guide.btcturk.step_make', 'guide.btcturk.step_address', 'guide.btcturk.step_copy'],
    rightsToTick: ['guide.btcturk.tick_trade', 'guide.btcturk.tick_socket'],
    rightsNotToTick: [
      'guide.btcturk.leave_funds',
      'guide.btcturk.leave_account',
      'guide.leave_withdrawals',
    ],
    warnings: ['guide.btcturk.warn_right', 'guide.btcturk.warn_ipv6'],
  },
  idForms: [['order-id', /^\d{6,20}$/]],
  // An older and a newer one.
  tradingSites: ['https://kripto.btcturk.com/*', 'https://pro.btcturk.com/*'],
};
