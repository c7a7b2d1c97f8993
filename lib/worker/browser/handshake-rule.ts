import browser from 'webextension-polyfill';
import { ownHost, ruleIds } from './session-rules.ts';

/** Has the browser set headers on the handshake of a WebSocket. There is one such rule at a time. */
export interface HandshakeRule {
  /** Rejects where the browser would not apply it. */
  set(url: string, headers: Readonly<Record<string, string>>): Promise<void>;
  remove(): Promise<void>;
  /** Whether there is one, be it of an earlier life of the worker. */
  isSet(): Promise<boolean>;
}

/**
 * Holds for this address alone, and for what the offscreen document or Firefox's event page opens: from no tab, by this extension. `Origin`
 * and cookies stay out, as they do of every request to a venue.
 */
export const handshakeRule: HandshakeRule = {
  async set(url, headers) {
    const { protocol, hostname } = new URL(url);
    if (!(await browser.permissions.contains({ origins: [`${protocol}//${hostname}/*`] }))) {
      throw new Error('There is no permission for headers of the handshake');
    }
    const set = Object.entries(headers).map(([header, value]) => ({
      header,
      operation: 'set' as const,
      value,
    }));
    const removed = ['origin', 'cookie'].map((header) => ({
      header,
      operation: 'remove' as const,
    }));
    await browser.declarativeNetRequest.updateSessionRules({
      removeRuleIds: [ruleIds.handshake],
      addRules: [
        {
          id: ruleIds.handshake,
          condition: {
            regexFilter: exactly(asMatched(url)),
            isUrlFilterCaseSensitive: true,
            initiatorDomains: [ownHost()],
            tabIds: [browser.tabs.TAB_ID_NONE],
            resourceTypes: ['websocket'],
          },
          action: {
            type: 'modifyHeaders',
            requestHeaders: [...set, ...removed],
            responseHeaders: [{ header: 'set-cookie', operation: 'remove' }],
          },
        },
      ],
    });
  },
  async remove() {
    await browser.declarativeNetRequest.updateSessionRules({ removeRuleIds: [ruleIds.handshake] });
  },
  async isSet() {
    const ids = [ruleIds.handshake];
    const found = await browser.declarativeNetRequest.getSessionRules({ ruleIds: ids });
    return found.length > 0;
  },
};

/** Firefox holds the address of a WebSocket against a filter as if it were a site's. */
function asMatched(url: string): string {
  return import.meta.env.BROWSER === 'firefox' ? url.replace(/^ws/, 'http') : url;
}

function exactly(url: string): string {
  return `^${url.replaceAll(/[^\w:/-]/g, String.raw`\$&`)}$`;
}
