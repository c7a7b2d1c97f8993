import type { About } from '#lib/venues/about.ts';

/** Sources: `docs/venues/ripio.md` and the documents named there. */
export const about: About = {
  hosts: { live: 'https://api.ripio.com' },
  // The stream is still documented on the host of the API before this one.
  streams: { live: 'wss://ws.ripiotrade.co' },
  fields: { secretForm: 'guide.ripio.secret' },
  guide: {
    keyPage: { url: 'https://app.ripio.com/trade/api', label: 'guide.ripio.page' },
    steps: ['guide.ripio.step_make', 'guide.ripio.step_address', 'guide.ripio.step_copy'],
    rightsToTick: ['guide.ripio.tick_read', 'guide.ripio.tick_trade'],
    rightsNotToTick: [
      'guide.ripio.leave_crypto',
      'guide.ripio.leave_fiat',
      'guide.ripio.leave_addresses',
    ],
    warnings: ['guide.ripio.warn_right', 'guide.ripio.warn_pace'],
  },
  idForms: [
    ['order-id', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
    ['client-order-id', /^(?=.*[a-z]).{1,36}$/i],
  ],
  // An older and a newer one.
  tradingSites: ['https://trade.ripio.com/*', 'https://app.ripio.com/*'],
};
