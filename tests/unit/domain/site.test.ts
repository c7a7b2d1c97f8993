import { expect, test } from 'vitest';
import { hostOf, siteOf } from '#lib/domain/site.ts';
import { hostsWords } from '#lib/page/options/site-words.ts';

const cases: readonly [url: string, site: string | undefined, inSandbox?: string][] = [
  ['https://kripto.btcturk.com/pro/al-sat/BTC_TRY', 'https://kripto.btcturk.com/*'],
  ['https://Orders.Example.COM:8443/a?b=c#d', 'https://orders.example.com/*'],
  ['https://user:word@example.com/', 'https://example.com/*'],
  ['https://example.com.evil.test/example.com', 'https://example.com.evil.test/*'],
  ['https://bücher.example/', 'https://xn--bcher-kva.example/*'],
  ['http://example.com/', undefined],
  ['http://127.0.0.1:4101/orders', undefined, 'http://127.0.0.1/*'],
  ['http://localhost/', undefined, 'http://localhost/*'],
  ['http://localhost.evil.test/', undefined],
  ['chrome://settings', undefined],
  ['chrome-extension://abcdef/popup.html', undefined],
  ['file:///etc/hosts', undefined],
  ['about:blank', undefined],
  ['javascript:alert(1)', undefined],
  ['', undefined],
  ['*', undefined],
];

test.each(cases)('the site of %s is %s', (url, site, inSandbox = site) => {
  expect(siteOf(url, false)).toBe(site);
  expect(siteOf(url, true)).toBe(inSandbox);
});

test('a site is told by its host', () => {
  expect(hostOf('https://kripto.btcturk.com/*')).toBe('kripto.btcturk.com');
  expect(hostOf('no site')).toBe('no site');
});

test.each([
  [[], ''],
  [['https://a.com/*'], 'a.com'],
  [['https://a.com/*', 'https://b.com/*'], 'a.com and b.com'],
  [['https://a.com/*', 'https://b.com/*', 'https://c.com/*'], 'a.com, b.com and c.com'],
])('%j: %s', (sites, words) => {
  expect(hostsWords(sites)).toBe(words);
});
