import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import { venueIds, type VenueId } from '#lib/domain/venue-id.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { WireReply } from '#lib/venues/wire.ts';
import { venues } from '#lib/venues/venues.ts';
import { forTests } from '#tests/sandbox/sandbox.ts';

/** What is not the venue's own answer is said to be that, and blames neither key nor id. */

const order = { orderId: '26947521557' as OrderId, symbol: 'BTCUSDT' };
const page = '<!DOCTYPE html><html><head><title>Attention Required!</title></head></html>';
/** What firewalls, gateways and portals send in a venue's place. */
const foreign = [
  page,
  'Access denied',
  '{"message":"Forbidden"}',
  '{"message":"Missing Authentication Token"}',
  '{"error":"Forbidden"}',
  '{"msg":"Blocked"}',
  '{"status":400,"error":"Bad Request","message":"Bad Request"}',
  '[]',
  '"blocked"',
  '{"reason":"policy","category":"finance"}',
];

describe.each(venueIds)('%s', (id) => {
  const { refused } = forTests(id).samples;
  const venue: Venue = venues[id];
  const cancel = (status: number, text: string) => venue.cancel.read({ status, text }, order);
  const list = (status: number, text: string) =>
    venue.listOpenOrders.read({ status, text }, undefined);

  test.each(foreign)('403 with %j is not its own', (text) => {
    const note = { code: 'not-own', status: 403 };
    expect(cancel(403, text)).toEqual({ kind: 'refused', reason: 'blocked', note });
    expect(list(403, text)).toEqual({ kind: 'refused', reason: 'blocked', note });
  });

  test('403 without a text is what firewalls send', () => {
    expect(cancel(403, '')).toMatchObject({ kind: 'refused', reason: 'blocked' });
    expect(list(403, ' ')).toMatchObject({ kind: 'refused', reason: 'blocked' });
  });

  test.each([400, 401, 402, 407, 413, 414, 421, 422, 431, 444, 495])(
    'a page with %i is not its own either',
    (status) => {
      expect(cancel(status, page)).toMatchObject({ kind: 'refused', reason: 'blocked' });
    },
  );

  test('its own 403 is about the key', () => {
    const said = JSON.stringify(refused(403));
    expect(cancel(403, said)).toMatchObject({ kind: 'refused' });
    expect(['unauthorized', 'right-or-address', 'invalid-request', 'no-right']).toContain(
      (list(403, said) as { reason: string }).reason,
    );
  });

  test('451 is for legal reasons, whoever says so', () => {
    for (const text of [page, '', JSON.stringify(refused(451))]) {
      expect(cancel(451, text)).toMatchObject({ kind: 'refused', reason: 'legal' });
      expect(list(451, text)).toMatchObject({ kind: 'refused', reason: 'legal' });
    }
  });

  test.each([408, 499, 500, 502, 503, 504, 520, 522, 524, 301, 302, 307])(
    'after %i it may have acted, whoever says so',
    (status) => {
      for (const text of [page, '', JSON.stringify(refused(status))]) {
        expect(cancel(status, text)).toMatchObject({ kind: 'unknown' });
      }
    },
  );

  test.each([409, 425])('after %i of something on the way too', (status) => {
    expect(cancel(status, page)).toMatchObject({ kind: 'unknown' });
  });

  test('a page in place of a success is unknown', () => {
    expect(cancel(200, page)).toMatchObject({ kind: 'unknown' });
    expect(list(200, page)).toMatchObject({ kind: 'unknown' });
  });

  const blamed = /key|signature|clock|address|right|unauthorized|invalid-request|symbol/;
  const statuses = Array.from({ length: 300 }, (_, index) => 300 + index);
  const blamesNothing = (status: number, text: string) => {
    for (const reply of [cancel(status, text), list(status, text)]) {
      const { kind, reason = '' } = reply as { kind: string; reason?: string };
      expect(['refused', 'unknown', 'rate-limited'], `${status}`).toContain(kind);
      expect(reason, `${status}`).not.toMatch(blamed);
    }
  };

  test.each(foreign)('%j, with any status, blames neither key nor clock nor order', (text) => {
    for (const status of statuses) blamesNothing(status, text);
  });

  test('no page, whatever its status, blames key, signature, clock, right, id or symbol', () => {
    const text = fc.string({ minLength: 1 }).map((title) => `<html><h1>${title}</h1></html>`);
    fc.assert(fc.property(fc.constantFrom(...statuses), text, blamesNothing));
  });
});

/** Habit Trade's replies are none that could be told whole from half. */
test.each(venueIds.filter((id) => id !== 'habit-trade'))(
  '%s: half of its own refusal says nothing, it may have acted',
  (id) => {
    for (const status of [400, 401, 404, 422]) {
      const said = JSON.stringify(forTests(id).samples.refused(status));
      const reply = { status, text: said.slice(0, said.length / 2) };
      expect(venues[id].cancel.read(reply, order), `${status}`).toMatchObject({ kind: 'unknown' });
    }
  },
);

test.each<[VenueId, Partial<WireReply> & { said: unknown }, string]>([
  ['ztdx', { status: 400, said: { code: -1121, msg: 'Invalid symbol.' } }, 'unknown-symbol'],
  [
    'ztdx',
    { status: 400, said: { code: 'BAD_SYMBOL', error: 'Invalid symbol.' } },
    'unknown-symbol',
  ],
  [
    'ripio',
    { status: 400, said: { error_code: 40000, message: 'Invalid pair' } },
    'unknown-symbol',
  ],
  ['ripio', { status: 401, said: { error_code: 40100, message: 'Blocked token' } }, 'suspended'],
  [
    'ox-fun',
    { status: 400, said: { success: false, code: '20015', message: 'marketCode is invalid' } },
    'unknown-symbol',
  ],
  [
    'ox-fun',
    { status: 400, said: { success: false, code: '300001', message: 'Invalid account status' } },
    'suspended',
  ],
])('%s %o: %s', (id, { status = 400, said }, reason) => {
  const reply = { status, text: JSON.stringify(said) };
  expect(venues[id].listOpenOrders.read(reply, undefined)).toMatchObject({
    kind: 'refused',
    reason,
  });
});
