import { existsSync, readdirSync, readFileSync } from 'node:fs';
import { describe, expect, test } from 'vitest';
import { venueIds, venueNames, venueTraits } from '#lib/domain/venue-id.ts';
import { abouts } from '#lib/venues/abouts.ts';
import { allBaseUrls, baseUrl, environmentsOf, originsFor } from '#lib/venues/hosts.ts';
import type { Venue } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';

const root = new URL('../../../', import.meta.url);

describe.each(venueIds)('%s', (id) => {
  test('has a table of wire fixtures', () => {
    expect(existsSync(new URL(`tests/fixtures/${id}.json`, root))).toBe(true);
  });

  test('has an adapter in a folder of its own', () => {
    expect(Object.keys(venues)).toContain(id);
    expect(readdirSync(new URL('lib/venues', root))).toContain(id);
  });

  test('has a document, a sandbox and a row in the README', () => {
    expect(existsSync(new URL(`docs/venues/${id}.md`, root))).toBe(true);
    expect(existsSync(new URL(`tests/sandbox/${id}/`, root))).toBe(true);
    expect(readFileSync(new URL('README.md', root), 'utf8')).toMatch(
      new RegExp(`^\\| ${venueNames[id].replace('.', '\\.')} \\|`, 'm'),
    );
  });

  test('has a live host, by https, and asks for that host alone', () => {
    const base = baseUrl(id, 'live');
    expect(base).toMatch(/^https:\/\/[a-z0-9.-]+$/);
    const { provesByHandshake, streams } = abouts[id];
    const stream = provesByHandshake ? [`${streams?.live}/*`] : [];
    expect(originsFor(id, 'live')).toEqual([`${base}/*`, ...stream]);
    expect(allBaseUrls()).toContain(base);
  });

  test('has no sandbox outside the sandbox build', () => {
    expect(environmentsOf(id)).not.toContain('sandbox');
    expect(originsFor(id, 'sandbox')).toEqual([]);
  });

  test('is said to tell what a key may do where it can be asked', () => {
    const venue: Venue = venues[id];
    expect(venueTraits[id].tellsRights ?? false).toBe(venue.readRights !== undefined);
  });

  test('is named on screen', () => {
    expect(venueNames[id]).not.toBe('');
  });
});

test('every host is https and stands in the list once', () => {
  const hosts = allBaseUrls();
  expect(new Set(hosts).size).toBe(hosts.length);
  for (const host of hosts) expect(new URL(host).protocol).toBe('https:');
});

test.each([
  ['c2VjcmV0LWtleS1mb3ItdGVzdHM=', undefined],
  ['not base64 at all!', 'secret-not-base64'],
  ['', 'secret-not-base64'],
])('a BtcTurk private key %j: %s', (secret, code) => {
  expect(venues.btcturk.checkKey({ apiKey: 'key', apiSecret: secret })?.code).toBe(code);
});

const krakenKey = '4/SDrDBcOOPnm3nPlNfEMMJDeRcIVqPz+QhRxIodyZbI9po/aVRiHsgX';
const krakenSecret =
  'kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6F1huXg==';

test.each([
  [krakenKey, krakenSecret, undefined],
  ['any key', krakenSecret, undefined],
  [krakenSecret, krakenKey, 'key-and-secret'],
  // The private key would go out as the API key, in a header.
  [krakenSecret, `A${krakenSecret.slice(1)}`, 'key-and-secret'],
  [krakenKey, krakenKey, 'secret-not-kraken'],
  [krakenKey, krakenSecret.slice(4), 'secret-not-kraken'],
  [krakenKey, krakenSecret + krakenSecret, 'secret-not-kraken'],
  [krakenKey, 'not base64 at all!', 'secret-not-kraken'],
  [krakenKey, '-----BEGIN', 'secret-not-kraken'],
])('a Kraken key %j with private key %j: %s', (apiKey, apiSecret, code) => {
  const wrong = venues.kraken.checkKey({ apiKey, apiSecret });
  expect(wrong?.code).toBe(code);
  if (wrong) expect(wrong.field).toBe('apiSecret');
});

describe('Kraken: what names no single order is never written into a request', () => {
  const { cancel, cancelBatch, readBatch, readOrder } = venues.kraken;
  test.each([
    '7',
    '-7',
    '+7',
    ' 7',
    '7 ',
    '7.0',
    '0x10',
    '1e3',
    'Infinity',
    'OQCLML',
    'O-',
    '-A',
    'O,7',
  ])('the order id %j', (id) => {
    const name = { orderId: id as OrderId };
    const good = { orderId: 'OQCLML-BW3P3-BUCMWZ' as OrderId };
    expect(() => cancel.request(name, 0)).toThrow(TypeError);
    expect(() => readOrder.request(name, 0)).toThrow(TypeError);
    expect(() => cancelBatch.request([good, name], 0)).toThrow(TypeError);
    expect(() => readBatch.request([good, name], 0)).toThrow(TypeError);
  });

  test.each(['7', ' -7', '+7 '])('the client order id %j', (id) => {
    const name = { clientOrderId: id as ClientOrderId };
    expect(() => cancel.request(name, 0)).toThrow(TypeError);
    expect(() => readOrder.request(name, 0)).toThrow(TypeError);
  });
});

test('BtcTurk takes no client order id: a programming error, not a request for another order', () => {
  const order = { clientOrderId: '61912740' as ClientOrderId };
  expect(venues.btcturk.takesClientOrderId).toBe(false);
  expect(() => venues.btcturk.cancel.request(order, 0)).toThrow(TypeError);
  expect(() => venues.btcturk.readOrder.request(order, 0)).toThrow(TypeError);
});

test('Ripio lists orders of a pair: to ask without one is a programming error', () => {
  const name = { orderId: '7155ED34-9EC4-4733-8B32-1E4319CB662F' as OrderId };
  expect(() => venues.ripio.readBatch.request([name], 0)).toThrow(TypeError);
  expect(venues.ripio.readBatch).toMatchObject({ most: 10, oneSymbol: true });
});
