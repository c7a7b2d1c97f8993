import browser from 'webextension-polyfill';

/** The session rules that there may be, each once. */
export const ruleIds = { origin: 1, handshake: 2 } as const;

/** What rules know this extension's own requests by: its id in Chromium, a name of this installation's in Firefox. */
export function ownHost(): string {
  return new URL(browser.runtime.getURL('')).hostname;
}
