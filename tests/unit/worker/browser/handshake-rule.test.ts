import { beforeEach, expect, test, vi } from 'vitest';
import { allSocketUrls } from '#lib/venues/hosts.ts';
import { handshakeRule } from '#lib/worker/browser/handshake-rule.ts';
import { setOriginRule } from '#lib/worker/browser/origin-rule.ts';

interface Rule {
  readonly id: number;
  readonly condition: Readonly<Record<string, unknown>>;
  readonly action: unknown;
}

const permitted = vi.hoisted(() => new Set<string>());
/** The browser's session rules. */
const rules = vi.hoisted(() => new Map<number, Rule>());
vi.mock('webextension-polyfill', () => ({
  default: {
    runtime: { getURL: (path: string) => `moz-extension://pullcord/${path}` },
    tabs: { TAB_ID_NONE: -1 },
    permissions: {
      contains: ({ origins }: { origins: string[] }) =>
        Promise.resolve(origins.every((origin) => permitted.has(origin))),
    },
    storage: { session: { set: () => Promise.resolve() } },
    declarativeNetRequest: {
      getSessionRules: ({ ruleIds }: { ruleIds: number[] }) =>
        Promise.resolve([...rules.values()].filter(({ id }) => ruleIds.includes(id))),
      async updateSessionRules({
        removeRuleIds,
        addRules = [],
      }: {
        removeRuleIds: number[];
        addRules?: Rule[];
      }) {
        for (const id of removeRuleIds) rules.delete(id);
        for (const rule of addRules) {
          if (rules.has(rule.id)) throw new Error('there is such a rule');
          rules.set(rule.id, rule);
        }
      },
    },
  },
}));

beforeEach(() => {
  rules.clear();
  permitted.clear();
  for (const base of [...allSocketUrls(), 'ws://127.0.0.1']) permitted.add(`${base}/*`);
});

const url = 'wss://api.habittrade.com/ws/trade/v1';
const proof = { 'X-API-Key': 'key', 'X-API-Signature': 'a+b/c=', 'X-API-Timestamp': '17' };

const only = () => [...rules.values()][0];

test('sets these headers, and leaves out origin and cookies, for what the offscreen document opens', async () => {
  await handshakeRule.set(url, proof);
  expect([...rules.values()]).toEqual([
    {
      id: 2,
      condition: {
        regexFilter: String.raw`^wss://api\.habittrade\.com/ws/trade/v1$`,
        isUrlFilterCaseSensitive: true,
        initiatorDomains: ['pullcord'],
        tabIds: [-1],
        resourceTypes: ['websocket'],
      },
      action: {
        type: 'modifyHeaders',
        requestHeaders: [
          { header: 'X-API-Key', operation: 'set', value: 'key' },
          { header: 'X-API-Signature', operation: 'set', value: 'a+b/c=' },
          { header: 'X-API-Timestamp', operation: 'set', value: '17' },
          { header: 'origin', operation: 'remove' },
          { header: 'cookie', operation: 'remove' },
        ],
        responseHeaders: [{ header: 'set-cookie', operation: 'remove' }],
      },
    },
  ]);
});

const addresses = [
  ...allSocketUrls().map((base) => `${base}/ws/trade/v1`),
  'ws://127.0.0.1:4101/ws/trade/v1',
  'ws://127.0.0.1:4101/a.b*c|d^e(f)[g]$h?i=j+k{2}\\',
];

test.each(addresses)('holds for %s and for no other address', async (address) => {
  await handshakeRule.set(address, proof);
  const filter = new RegExp(String(only()?.condition['regexFilter']));
  expect(filter.test(address)).toBe(true);
  for (const [at, sign] of address.split('').entries()) {
    const changed = `${address.slice(0, at)}${sign === 'x' ? 'y' : 'x'}${address.slice(at + 1)}`;
    expect(filter.test(changed), changed).toBe(false);
  }
  for (const other of [`${address}/`, `${address}?a`, `x${address}`, `https://x/?${address}`]) {
    expect(filter.test(other), other).toBe(false);
  }
});

test('is held by Firefox against the address as if it were a site’s', async () => {
  vi.stubEnv('BROWSER', 'firefox');
  await handshakeRule.set(url, proof);
  expect(only()?.condition['regexFilter']).toBe(
    String.raw`^https://api\.habittrade\.com/ws/trade/v1$`,
  );
  await handshakeRule.set('ws://127.0.0.1:4101/ws', proof);
  expect(only()?.condition['regexFilter']).toBe(String.raw`^http://127\.0\.0\.1:4101/ws$`);
  vi.unstubAllEnvs();
});

test('is none where there is permission for the venue’s requests, and not for its stream', async () => {
  permitted.delete('wss://api.habittrade.com/*');
  permitted.add('https://api.habittrade.com/*');
  await expect(handshakeRule.set(url, proof)).rejects.toThrow('permission');
  expect([...rules.keys()]).toEqual([]);
});

test('is one at a time, and none once it is removed', async () => {
  await handshakeRule.set(url, proof);
  await handshakeRule.set('ws://127.0.0.1:1/', proof);
  expect([...rules.keys()]).toEqual([2]);
  await handshakeRule.remove();
  expect([...rules.keys()]).toEqual([]);
});

test('is told from the rule for Origin, and leaves that alone', async () => {
  await setOriginRule({});
  expect(await handshakeRule.isSet()).toBe(false);
  await handshakeRule.set(url, proof);
  expect(await handshakeRule.isSet()).toBe(true);
  await setOriginRule({});
  expect([...rules.keys()]).toEqual([2, 1]);
  await handshakeRule.remove();
  expect(await handshakeRule.isSet()).toBe(false);
  expect([...rules.keys()]).toEqual([1]);
});
