import type { About } from '#lib/venues/about.ts';

/** Sources: `docs/venues/kraken.md` and the documents named there. */
export const about: About = {
  // There is no test system for Spot.
  hosts: { live: 'https://api.kraken.com' },
  streams: { live: 'wss://ws-auth.kraken.com' },
  fields: { secretForm: 'guide.kraken.secret' },
  guide: {
    keyPage: { url: 'https://www.kraken.com/u/security/api', label: 'guide.kraken.page' },
    steps: ['guide.kraken.step_make', 'guide.kraken.step_plain', 'guide.kraken.step_copy'],
    rightsToTick: [
      'guide.kraken.tick_open',
      'guide.kraken.tick_cancel',
      'guide.kraken.tick_closed',
      'guide.kraken.tick_socket',
    ],
    rightsNotToTick: ['guide.kraken.leave_create', 'guide.kraken.leave_funds'],
    warnings: ['guide.kraken.warn_right', 'guide.kraken.warn_alone', 'guide.kraken.warn_pace'],
  },
  idForms: [
    ['order-id', /^O[A-Z\d]{4,9}(?:-[A-Z\d]{4,9}){2}$/i],
    ['client-order-id', /^(?=.*[a-z]).{1,36}$/i],
  ],
  // Lower-case ones are others to it, or none.
  orderIdForm: (text) =>
    /^O[A-Z\d]{5}-[A-Z\d]{5}-[A-Z\d]{6}$/i.test(text) ? text.toUpperCase() : text,
  refusedIds: { form: /^[+-]?\d+$/, why: 'error.kraken_userref' },
  tradingSites: ['https://pro.kraken.com/*', 'https://www.kraken.com/*'],
};
