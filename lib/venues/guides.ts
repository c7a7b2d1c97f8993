import type { VenueId } from '#lib/domain/venue-id.ts';

/** How a user gets a key of a venue, with no more power than Pullcord needs. */
export interface AccountGuide {
  readonly keyPage: { readonly url: string; readonly label: string };
  readonly steps: readonly string[];
  readonly rightsToTick: readonly string[];
  readonly rightsNotToTick: readonly string[];
  readonly warnings: readonly string[];
  /** What the secret looks like, so that a wrong paste is noticed. */
  readonly secretForm: string;
}

/** Sources: docs.btcturk.com/api-access-permissions and FAQ; apidocs.ripio.com authentication and Ripio’s OpenAPI. */
export const guides: Record<VenueId, AccountGuide> = {
  btcturk: {
    keyPage: {
      url: 'https://kripto.btcturk.com/en/account/api-access',
      label: 'BtcTurk: Account, API Access',
    },
    steps: [
      'Open the page above and make a new key.',
      'Give the internet address (IP) of this computer where the form asks for one.',
      'Copy the public key to “API key” and the private key to “API secret”.',
    ],
    rightsToTick: ['Trade: lists your open orders and cancels them'],
    rightsNotToTick: ['Total Funds', 'Account', 'anything about withdrawals'],
    warnings: [
      'BtcTurk has no right to cancel only: a key that can cancel can also trade. Bind it to your address.',
      'If your connection uses IPv6, BtcTurk may see another address than the one you gave and refuse a right key. Add that address too, or switch IPv6 off.',
    ],
    secretForm: 'Base64 text: letters and digits, often ending in “=”.',
  },
  ripio: {
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
    secretForm: 'Plain text, exactly as Ripio shows it.',
  },
};
