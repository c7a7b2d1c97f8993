import type { About } from '#lib/venues/about.ts';

/** Sources: `docs/venues/ztdx.md` and the documents named there. */
export const about: About = {
  hosts: { live: 'https://api.ztdx.io', test: 'https://api-sepolia.ztdx.io' },
  // Of three that the documents name for the test system, the one that its REST API stands on.
  streams: { live: 'wss://api.ztdx.io', test: 'wss://api-sepolia.ztdx.io' },
  key: {
    apiKey: 'API key',
    apiSecret: 'API secret',
    secretForm: 'Plain text, exactly as ZTDX shows it.',
  },
  guide: {
    keyPage: { url: 'https://docs.p99.world/auth', label: 'ZTDX: Authentication (its documents)' },
    steps: [
      'Make an API key (HMAC) in ZTDX’s own interface. Its documents do not say where that is.',
      'For the test system choose “Test” here; its keys are its own.',
      'Copy the API key to “API key” and the secret to “API secret”.',
    ],
    rightsToTick: ['Trading, if rights are offered: the documents name none'],
    rightsNotToTick: ['anything about withdrawals or transfers'],
    warnings: [
      'Take it that a key that can cancel can also trade. Bind it to your address if you can.',
      'ZTDX accounts belong to a wallet: Pullcord needs the API key only. Never give it the wallet’s key or seed phrase.',
      'Cancelling an order also cancels the take-profit and stop-loss orders that are attached to it.',
    ],
  },
  idForms: [
    ['order-id', /^(?:\d{6,20}|[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i],
    ['client-order-id', /^(?=.*[a-z])[.A-Z:/0-9_-]{1,36}$/i],
  ],
  // Source: `docs/venues/ztdx.md`, 2.3.
  symbolForm: (text) => text.replace(/[^A-Z\d]+/g, ''),
  tradingSites: [],
};
