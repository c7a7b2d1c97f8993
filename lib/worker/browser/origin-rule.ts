import browser, { type DeclarativeNetRequest } from 'webextension-polyfill';
import { hasSandbox } from '#lib/venues/has-sandbox.ts';
import { allBaseUrls } from '#lib/venues/hosts.ts';
import { ownHost, ruleIds } from './session-rules.ts';
import { sessionItem, type LeftBehind } from './session-item.ts';

/** Set since the browser's start, or the extension's: both live as long. */
const isSet = sessionItem<true>('origin-rule');

/** A WebSocket's handshake too where a rule reaches it: not that of Chromium's worker. */
const reached: DeclarativeNetRequest.ResourceType[] =
  import.meta.env.BROWSER === 'firefox' ? ['xmlhttprequest', 'websocket'] : ['xmlhttprequest'];

/**
 * Takes the header `Origin`, which names the extension, off this extension's own requests to venues, so that they look to
 * the venue like those of any API client. A session rule: it is gone with the browser, and set once in its life: a start that a click
 * may be waiting for has one call to the browser less.
 */
export async function setOriginRule(left: LeftBehind): Promise<void> {
  if (isSet.from(left)) return;
  const hosts = allBaseUrls().map((base) => new URL(base).hostname);
  await browser.declarativeNetRequest.updateSessionRules({
    removeRuleIds: [ruleIds.origin],
    addRules: [
      {
        id: ruleIds.origin,
        condition: {
          initiatorDomains: [ownHost()],
          requestDomains: hasSandbox ? [...hosts, '127.0.0.1', 'localhost'] : hosts,
          resourceTypes: reached,
        },
        action: {
          type: 'modifyHeaders',
          requestHeaders: [{ header: 'origin', operation: 'remove' }],
        },
      },
    ],
  });
  await isSet.set(true);
}
