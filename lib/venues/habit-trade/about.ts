import type { About } from '#lib/venues/about.ts';

/** Sources: `docs/venues/habit-trade.md` and the documents named there. */
export const about: About = {
  hosts: { live: 'https://api.habittrade.com', test: 'https://api-uat.habittrade.com' },
  streams: { live: 'wss://api.habittrade.com', test: 'wss://api-uat.habittrade.com' },
  provesByHandshake: true,
  key: {
    apiKey: 'API key',
    apiSecret: 'API secret',
    secretForm: 'Plain text, exactly as Habit Trade shows it.',
  },
  guide: {
    keyPage: {
      url: 'https://docs.habittrade.com/authentication/overview.html',
      label: 'Habit Trade: Authentication (its documents)',
    },
    steps: [
      'Make a new key for Pullcord alone, where Habit Trade gives you keys. Its documents do not say where that is: ask its support if you do not find it.',
      'For the test system (UAT) make a key of its own there, and choose “Test” here: keys of one do not work on the other.',
      'Copy the API key to “API key” and the API secret to “API secret”.',
    ],
    rightsToTick: [
      'Reading and cancelling orders, or trading, if rights are offered at all: the documents name none',
    ],
    rightsNotToTick: ['anything about withdrawals or transfers'],
    warnings: [
      'Habit Trade advises against keeping the secret in a browser. Pullcord seals it with your passphrase, opens it in its worker only, sends it nowhere and never shows it again; while Pullcord is unlocked, malware on this computer could still get at it. If that is too much, do not add this account.',
      'Which rights a key has is not documented: take it that a key that can cancel can also trade. Bind it to your address if you can.',
      'There is no list of open orders alone: Pullcord reads all your orders, and an order whose status it does not know counts as open.',
    ],
  },
  idForms: [
    ['order-id', /^\d{8,20}$/],
    ['client-order-id', /^(?=.*[a-z])[\w.:/-]{1,64}$/i],
  ],
  tradingSites: [],
};
