import type { About } from '#lib/venues/about.ts';

/** Sources: `docs/venues/ripio.md` and the documents named there. */
export const about: About = {
  hosts: { live: 'https://api.ripio.com' },
  // The stream is still documented on the host of the API before this one.
  streams: { live: 'wss://ws.ripiotrade.co' },
  key: {
    apiKey: 'API key',
    apiSecret: 'API secret',
    secretForm: 'Plain text, exactly as Ripio shows it.',
  },
  guide: {
    keyPage: { url: 'https://app.ripio.com/trade/api', label: 'Ripio Trade: API' },
    steps: [
      'Open the page above and make a new key; it asks for your second factor.',
      'Choose “Specific IPs” and give the internet address (IP) of this computer.',
      'Copy the API token to “API key” and the secret to “API secret”. The secret is shown there only once.',
    ],
    rightsToTick: ['Read: lists your open orders', 'Buy/Sell: cancels them'],
    rightsNotToTick: ['Crypto withdrawals', 'Fiat withdrawals', 'Withdrawals and addresses'],
    warnings: [
      'Ripio has no right to cancel only: a key that can cancel can also trade. Bind it to your address.',
      'Without approved documents Ripio allows one request per second: cancelling many orders takes its time.',
    ],
  },
  idForms: [
    ['order-id', /^[0-9a-f]{8}(?:-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i],
    ['client-order-id', /^(?=.*[a-z]).{1,36}$/i],
  ],
  // An older and a newer one.
  tradingSites: ['https://trade.ripio.com/*', 'https://app.ripio.com/*'],
};
