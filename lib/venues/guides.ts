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

/** Sources: the venues' own documents, as listed in `docs/venues/`. */
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
  'habit-trade': {
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
    secretForm: 'Plain text, exactly as Habit Trade shows it.',
  },
  'ox-fun': {
    keyPage: { url: 'https://docs.ox.fun/api/key', label: 'OX.FUN: API keys (its documents)' },
    steps: [
      'Make a new key for the sub-account whose orders you want to cancel: a key is bound to one.',
      'Copy the API key to “API key” and the secret to “API secret”.',
    ],
    rightsToTick: ['Can Trade: without it a key is read-only and cannot cancel'],
    rightsNotToTick: ['Nothing else is needed; the documents name no right for withdrawals'],
    warnings: [
      'OX.FUN is reported as permanently closed since June 2026. Pullcord speaks its documented API; whether anything answers is not known.',
      'There is no right to cancel only: a key that can cancel can also trade. Bind it to your address.',
    ],
    secretForm: 'Plain text; it looks like Base64 and is used as it is.',
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
  ztdx: {
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
    secretForm: 'Plain text, exactly as ZTDX shows it.',
  },
};
