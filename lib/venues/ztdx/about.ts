import type { About } from '#lib/venues/about.ts';

/** Sources: `docs/venues/ztdx.md` and the documents named there. */
export const about: About = {
  hosts: { live: 'https://api.ztdx.io', test: 'https://api-sepolia.ztdx.io' },
  // Of three that the documents name for the test system, the one that its REST API stands on.
  streams: { live: 'wss://api.ztdx.io', test: 'wss://api-sepolia.ztdx.io' },
  fields: { secretForm: 'guide.ztdx.secret' },
  guide: {
    keyPage: { url: 'https://docs.p99.world/auth', label: 'guide.ztdx.page' },
    steps: ['guide.ztdx.step_make', 'guide.ztdx.step_test', 'guide.step_copy'],
    rightsToTick: ['guide.ztdx.tick'],
    rightsNotToTick: ['guide.leave_withdrawals_transfers'],
    warnings: ['guide.ztdx.warn_right', 'guide.ztdx.warn_wallet', 'guide.ztdx.warn_cascade'],
  },
  idForms: [
    ['order-id', /^(?:\d{6,20}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i],
    ['client-order-id', /^(?=.*[a-z])[.A-Z:/0-9_-]{1,36}$/i],
  ],
  // Source: `docs/venues/ztdx.md`, 2.3.
  symbolForm: (text) => text.replace(/[^A-Z\d]+/g, ''),
  tradingSites: [],
};
