import browser from 'webextension-polyfill';
import { hasSandbox } from '#lib/venues/has-sandbox.ts';
import { allBaseUrls } from '#lib/venues/hosts.ts';

/**
 * Takes the header `Origin: chrome-extension://…` off this extension's own requests to venues, so that they look to
 * the venue like those of any API client. A session rule: it is gone with the browser and set at every start.
 */
export async function setOriginRule(): Promise<void> {
  const hosts = allBaseUrls().map((base) => new URL(base).hostname);
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [1],
    addRules: [
      {
        id: 1,
        condition: {
          initiatorDomains: [browser.runtime.id],
          requestDomains: hasSandbox ? [...hosts, '127.0.0.1', 'localhost'] : hosts,
          resourceTypes: ['xmlhttprequest'],
        },
        action: {
          type: 'modifyHeaders',
          requestHeaders: [{ header: 'origin', operation: 'remove' }],
        },
      },
    ],
  });
}
