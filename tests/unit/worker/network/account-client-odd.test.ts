import { afterEach, describe, expect, test, vi } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { venues } from '#lib/venues/venues.ts';
import {
  order,
  stops,
  type Answer,
  serve,
  answering,
  type Given,
  client,
  measured,
} from './account-client-world.ts';
import { nothing } from './account-client-world.ts';

/** Requests that cannot be written, and replies that are longer than any. */

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const stop of stops.splice(0)) stop();
});

/** An answer of so many bytes. */
const ofSize = (size: number, text = '{"data":{"timestamp":1764062040400}}'): Answer => ({
  text: text + ' '.repeat(size - text.length),
});

const failing = () => {
  throw new TypeError('of something that is not there');
};

describe('a request that cannot be written', () => {
  const half = '\ud800' as OrderId;
  const ahead = { offset: 8.64e15, uncertainty: 1, at: Date.now() };
  const clocks = measured({ 'https://api.example': [ahead] });
  const inside = { kind: 'unknown', note: { code: 'inside' } };

  test.each<[why: string, venue: Venue, name: OrderName, given: Given]>([
    ['half of a pair in an id', venues.ripio, { orderId: half }, {}],
    ['a clock that the venue has set beyond all dates', venues['ox-fun'], order, { clocks }],
    ['an order without its symbol', venues.ztdx, order, {}],
  ])('for %s is told to whoever waits for its answer', async (_, venue, name, given) => {
    const account = await client('https://api.example', { ...given, venue, send: nothing });
    const call = venue.readOrder ?? venue.cancel;
    expect(await account.call<OrderName, unknown>(call, name)).toEqual(inside);
  });

  test('nor does a reader that fails leave anybody waiting', async () => {
    const account = await client('https://api.example', { send: answering({ text: '{}' }) });
    expect(await account.call({ ...venues.ripio.cancel, read: failing }, order)).toEqual(inside);
  });
});

describe('a reply that is longer than any', () => {
  const tooLarge = { kind: 'unknown', note: { code: 'too-large', status: 200 } };
  const empty = '{"data":{"orders":[]}}';

  test('to a cancel is not read, at 256,000 bytes it is', async () => {
    const text = '{"error_code":40400,"message":"Not found"}';
    const at = await client((await serve(ofSize(256_000, text))).base);
    expect(await at.call(venues.ripio.cancel, order)).toMatchObject({ kind: 'claimed' });
    const beyond = await client((await serve(ofSize(256_001, text))).base);
    expect(await beyond.call(venues.ripio.cancel, order)).toEqual(tooLarge);
    expect(await beyond.call(venues.ripio.readOrder, order)).toEqual(tooLarge);
  });

  describe('with a list', () => {
    const orders = Array.from({ length: 9000 }, (_, id) => ({ id: `${id}`, pair: 'x'.repeat(20) }));
    const list = JSON.stringify({ data: { orders, nc: 'next' } });
    const within = list.replace('[', `[${' '.repeat(8_000_000 - list.length)}`);

    // White space outside the list is more than any answer has; within it is none.
    test.each<[string, Answer]>([
      ['outside it', ofSize(8_000_000, list)],
      ['in it, more than 8,000,000', { text: `${within} ` }],
    ])('is not read: bytes %s', async (_, answer) => {
      const at = await client((await serve(answer)).base);
      expect(await at.call(venues.ripio.listOpenOrders, undefined)).toEqual(tooLarge);
    });

    test('may have 8,000,000 bytes', async () => {
      const at = await client((await serve({ text: within })).base);
      expect(await at.call(venues.ripio.listOpenOrders, undefined)).toMatchObject({
        kind: 'page',
        orders: { length: 8999 },
        unreadable: 1,
        cursor: 'next',
      });
    });
  });

  test('asks for patience where its status does', async () => {
    const headers = { 'Retry-After': '7' };
    const { base } = await serve({ ...ofSize(300_000, empty), status: 429, headers });
    expect(await (await client(base)).call(venues.ripio.cancel, order)).toMatchObject({
      kind: 'rate-limited',
      retryAfter: 7000,
    });
  });

  test.each([400, 401, 404, 503])('with status %i says nothing of order or key', async (status) => {
    const { base } = await serve({ ...ofSize(300_000), status });
    expect(await (await client(base)).call(venues.ripio.cancel, order)).toEqual({
      kind: 'unknown',
      note: { code: 'too-large', status },
    });
  });

  test('does not tell the time', async () => {
    const { base } = await serve(ofSize(256_001));
    expect(await (await client(base)).measureClock()).toEqual(tooLarge);
  });
});
