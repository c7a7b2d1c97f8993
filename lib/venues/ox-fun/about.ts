import type { About } from '#lib/venues/about.ts';

/** Sources: `docs/venues/ox-fun.md` and the documents named there. */
export const about: About = {
  hosts: { live: 'https://api.ox.fun', test: 'https://stgapi.ox.fun' },
  streams: { live: 'wss://api.ox.fun', test: 'wss://stgapi.ox.fun' },
  hasSocket: true,
  fields: { secretForm: 'guide.ox_fun.secret' },
  guide: {
    keyPage: { url: 'https://docs.ox.fun/api/key', label: 'guide.ox_fun.page' },
    steps: ['guide.ox_fun.step_make', 'guide.step_copy'],
    rightsToTick: ['guide.ox_fun.tick'],
    rightsNotToTick: ['guide.ox_fun.leave'],
    warnings: ['guide.ox_fun.warn_closed', 'guide.ox_fun.warn_right'],
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
