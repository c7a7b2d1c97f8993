import type { About } from '#lib/venues/about.ts';

/** Sources: `docs/venues/habit-trade.md` and the documents named there. */
export const about: About = {
  hosts: { live: 'https://api.habittrade.com', test: 'https://api-uat.habittrade.com' },
  streams: { live: 'wss://api.habittrade.com', test: 'wss://api-uat.habittrade.com' },
  provesByHandshake: true,
  fields: { secretForm: 'guide.habit_trade.secret' },
  guide: {
    keyPage: {
      url: 'https://docs.habittrade.com/authentication/overview.html',
      label: 'guide.habit_trade.page',
    },
    steps: [
      'guide.habit_trade.step_make',
      'guide.habit_trade.step_test',
      'guide.habit_trade.step_copy',
    ],
    rightsToTick: ['guide.habit_trade.tick'],
    rightsNotToTick: ['guide.leave_withdrawals_transfers'],
    warnings: [
      'guide.habit_trade.warn_browser',
      'guide.habit_trade.warn_right',
      'guide.habit_trade.warn_list',
    ],
  },
  idForms: [
    ['order-id', /^\d{8,20}$/],
    ['client-order-id', /^(?=.*[a-z])[\w.:/-]{1,64}$/i],
  ],
  tradingSites: [],
};
