import * as fc from 'fast-check';
import { afterEach, describe, expect, test, vi } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import type { AccountWatch } from '#lib/worker/accounts/watch.ts';
import type { Usage } from '#lib/venues/limits.ts';
import type { WireReply } from '#lib/venues/wire.ts';
import { venues } from '#lib/venues/venues.ts';
import {
  order,
  stops,
  type Answer,
  received,
  httpDate,
  serve,
  answering,
  client,
  measured,
} from './account-client-world.ts';

/** Against an HTTP server on loopback: what really goes over the wire, and what comes of what comes back. */

afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
  for (const stop of stops.splice(0)) stop();
});

describe('what is signed before it is called', () => {
  const orders = [order, { orderId: 'A1' as OrderId }] as const;

  test('goes out as it was signed, and once', async () => {
    const sign = vi.spyOn(crypto.subtle, 'sign');
    const stamps: string[] = [];
    const account = await client('https://api.example', {
      send: answering({}, ({ headers }) => stamps.push(String(headers['Timestamp']))),
    });
    account.prepare(venues.ripio.cancel, order);
    const [, , signed] = sign.mock.calls[0] ?? [];
    await account.call(venues.ripio.cancel, { ...order });
    expect(sign).toHaveBeenCalledTimes(1);
    expect(new TextDecoder().decode(signed)).toContain(stamps[0]);
    await account.call(venues.ripio.cancel, order);
    expect(sign).toHaveBeenCalledTimes(2);
    expect(new Set(stamps)).toHaveLength(2);
  });

  test('whatever is signed, called or waited for in between: each is what was called, in time, with a later stamp than the last', async () => {
    const step = fc.record({
      prepares: fc.boolean(),
      reads: fc.boolean(),
      index: fc.nat(1),
      wait: fc.constantFrom(0, 1, 400, 2000),
    });
    await fc.assert(
      fc.asyncProperty(fc.array(step, { maxLength: 8 }), async (steps) => {
        vi.useFakeTimers({ now: received, toFake: ['Date'] });
        const sent: { readonly stamp: number; readonly body: string | undefined }[] = [];
        const account = await client('https://api.example', {
          send: answering({}, ({ headers, body }) =>
            sent.push({ stamp: Number(headers['Timestamp']), body }),
          ),
        });
        for (const { prepares, reads, index, wait } of steps) {
          const clicked = orders[index] ?? order;
          vi.setSystemTime(Date.now() + wait);
          if (prepares) account.prepare(venues.ripio.cancel, clicked);
          else if (reads) await account.call(venues.ripio.listOpenOrders, undefined);
          else {
            await account.call(venues.ripio.cancel, clicked);
            expect(sent.at(-1)?.body).toBe(JSON.stringify({ id: clicked.orderId }));
          }
          const { stamp = Date.now() } = prepares ? {} : (sent.at(-1) ?? {});
          expect(Math.abs(Date.now() - stamp)).toBeLessThanOrEqual(500);
        }
        const stamps = sent.map(({ stamp }) => stamp);
        expect(stamps).toEqual([...new Set(stamps)].toSorted((a, b) => a - b));
      }),
    );
  });
});

describe('a call', () => {
  test('sends method, path, query and body as the venue wrote them, signed, without cookies', async () => {
    const { base, asked } = await serve({ text: '{}' });
    const account = await client(base);
    await account.call(venues.ripio.cancel, order);
    await account.call(venues.ripio.listOpenOrders, 'a=');
    expect(asked.map(({ line, body }) => `${line} ${body}`)).toEqual([
      'POST /trade/orders/cancel {"id":"7155ED34"}',
      'GET /trade/orders/open?page_size=1000&c=a%3D ',
    ]);
    expect(asked[0]?.headers).toMatchObject({
      'content-type': 'application/json',
      authorization: 'token',
      timestamp: expect.stringMatching(/^\d{13}$/),
      signature: expect.stringMatching(/^[\w+/]{43}=$/),
    });
    for (const { headers } of asked) {
      expect(headers).not.toHaveProperty('cookie');
      expect(headers).not.toHaveProperty('referer');
    }
  });

  test('reads the reply as the venue does', async () => {
    const { base } = await serve({
      status: 404,
      text: '{"error_code":40400,"message":"Not found"}',
    });
    const account = await client(base);
    expect(await account.call(venues.ripio.cancel, order)).toMatchObject({
      kind: 'claimed',
      claim: 'not-found',
    });
  });

  test.each<[string, number]>([
    ['3', 3000],
    ['0.5', 500],
    ['Wed, 21 Oct 2026 07:28:00 GMT', 1000],
  ])('a 429 with Retry-After: %s waits %i ms', async (header, expected) => {
    const { base } = await serve({ status: 429, headers: { 'Retry-After': header } });
    const account = await client(base);
    expect(await account.call(venues.ripio.cancel, order)).toMatchObject({
      kind: 'rate-limited',
      retryAfter: expected,
    });
  });

  test.each<[string, number | undefined, Record<string, string>, number]>([
    ['its measured clock, by which it has certainly passed', 120_000, {}, 119_995],
    ['its measured clock, whatever the header says', -90_000, { Date: httpDate(0) }, -90_005],
    [
      'the header, where its clock was not measured and this machine’s is wrong',
      undefined,
      { Date: httpDate(120_000) },
      119_600,
    ],
    ['the header, behind this machine’s', undefined, { Date: httpDate(-120_000) }, -119_401],
    [
      'this machine’s clock where the header does not speak against it',
      undefined,
      { Date: httpDate(0) },
      0,
    ],
    ['this machine’s clock where there is no header', undefined, {}, 0],
  ])('a ban until a moment is by %s', async (_, offset, headers, ahead) => {
    vi.useFakeTimers({ now: received, toFake: ['Date'] });
    const text = `{"error_code":42900,"message":"banned until ${received + ahead + 7113}"}`;
    const reading = { offset: offset ?? 0, uncertainty: 5, at: received };
    const account = await client('http://v', {
      send: answering({ status: 429, headers, text }),
      clocks: measured(offset === undefined ? {} : { 'http://v': [reading] }),
    });
    expect(await account.call(venues.ripio.cancel, order)).toMatchObject({ retryAfter: 7113 });
  });

  test('a Retry-After that is a date is waited for by the venue’s clock', async () => {
    vi.useFakeTimers({ now: received, toFake: ['Date'] });
    const headers = { 'Retry-After': httpDate(120_000 + 9000) };
    const account = await client('http://v', {
      send: answering({ status: 429, headers }),
      clocks: measured({ 'http://v': [{ offset: 120_000, uncertainty: 5, at: Date.now() }] }),
    });
    // Dates are told to the second.
    expect(await account.call(venues.ripio.cancel, order)).toMatchObject({ retryAfter: 8605 });
  });

  test('a connection that breaks leaves the outcome unknown, and tells no address', async () => {
    const { base, asked } = await serve({ cut: 'before' });
    const account = await client(base);
    expect(await account.call(venues.ripio.cancel, order)).toEqual({
      kind: 'unknown',
      note: { code: 'no-answer' },
    });
    expect(asked).not.toEqual([]);
  });

  test('a redirect is not followed: its target never learns of the signature', async () => {
    const target = await serve({ text: '{"data":{"status":"canceled"}}' });
    const { base } = await serve({ status: 307, headers: { Location: `${target.base}/steal` } });
    const account = await client(base);
    expect(await account.call(venues.ripio.cancel, order)).toMatchObject({ kind: 'unknown' });
    expect(target.asked).toEqual([]);
  });

  test('no answer in 10 s is an unknown outcome too', async () => {
    const account = await client('http://v', {
      send: () => Promise.reject(new DOMException('', 'TimeoutError')),
    });
    expect(await account.call(venues.ripio.cancel, order)).toEqual({
      kind: 'unknown',
      note: { code: 'timed-out' },
    });
  });

  test('has ten seconds for its answer', async () => {
    const timeout = vi.spyOn(AbortSignal, 'timeout');
    const { base } = await serve({ text: '{}' });
    await (await client(base)).call(venues.ripio.cancel, order);
    expect(timeout).toHaveBeenCalledWith(10_000);
  });

  test('a reply that breaks off is no reply', async () => {
    const { base, asked } = await serve({ cut: 'within', headers: { 'Content-Length': '500' } });
    const account = await client(base);
    expect(await account.call(venues.ripio.cancel, order)).toMatchObject({ kind: 'unknown' });
    expect(asked).toHaveLength(1);
  });
});

/** Notes what it is told. */
function watching() {
  const noted: string[] = [];
  const watch: AccountWatch = {
    noteReply: (reply) => noted.push((reply as { kind: string }).kind),
    noteRoundTrip: (took) => noted.push(took >= 0 ? 'round trip' : 'odd'),
    touch: () => noted.push('clock'),
    hasJustWorked: () => true,
  };
  return { noted, watch };
}

describe('what is seen on the way', () => {
  test.each<[what: string, answer: Answer, noted: string[]]>([
    ['an answer, and how long it took', { text: '{}' }, ['round trip', 'unknown']],
    ['too many requests', { status: 429 }, ['round trip', 'rate-limited']],
    ['no answer, which took no time', { cut: 'before' }, ['unknown']],
  ])('is noted: %s', async (_what, answer, expected) => {
    const { base } = await serve(answer);
    const { noted, watch } = watching();
    const account = await client(base, { watch });
    await account.call(venues.ripio.cancel, order);
    expect(noted).toEqual(expected);
  });

  test('of several ways to sign, the last word alone', async () => {
    const { noted, watch } = watching();
    const text = '{"code":10010008,"message":"signature verification failed"}';
    const account = await client('http://v', {
      venue: venues['habit-trade'],
      send: answering({ status: 401, text }),
      watch,
    });
    await account.call(venues['habit-trade'].cancel, order);
    expect(noted).toEqual(['round trip', 'round trip', 'refused']);
  });

  test('but not that a venue does not tell what a key may do, which says nothing against it', async () => {
    const { binance } = venues;
    const { base } = await serve({ status: 404, text: '<html>Not Found</html>' });
    const { noted, watch } = watching();
    const account = await client(base, { venue: binance, watch });
    expect(await account.call(binance.readRights, undefined)).toMatchObject({ kind: 'refused' });
    expect(noted).toEqual(['round trip']);
    await account.call(binance.listOpenOrders, undefined);
    expect(noted).toEqual(['round trip', 'round trip', 'refused']);
  });

  test('a look at the clock, which says nothing of the key', async () => {
    const { base } = await serve({ text: '{}' });
    const { noted, watch } = watching();
    await (await client(base, { watch })).measureClock();
    expect(noted).toEqual(['clock']);
  });
});

describe('usage', () => {
  const headers = { 'X-MBX-USED-WEIGHT-1M': '41' };
  const ofZtdx = { ...order, symbol: 'BTCUSDT' };

  test.each<[string, Answer, unknown[][]]>([
    ['a reply', { text: '{}', headers }, [[[{ per: 60_000, used: 41 }]]]],
    ['a refusal', { status: 429, headers }, [[[{ per: 60_000, used: 41 }]]]],
    ['a reply without it', { text: '{}' }, [[[]]]],
    ['no reply', { cut: 'before', headers }, []],
  ])('is told after %s', async (_, answer, told) => {
    const { base } = await serve(answer);
    const onUsage = vi.fn<(usage: readonly Usage[]) => void>();
    const account = await client(base, { venue: venues.ztdx, onUsage });
    await account.call(venues.ztdx.cancel, ofZtdx);
    expect(onUsage.mock.calls).toEqual(told);
  });

  test('is not told of a venue whose replies do not tell', async () => {
    const { base } = await serve({ text: '{}', headers });
    const onUsage = vi.fn<(usage: readonly Usage[]) => void>();
    const account = await client(base, { onUsage });
    await account.call(venues.ripio.cancel, order);
    expect(onUsage).not.toHaveBeenCalled();
  });
});

test('a reply as read by the venue has no Retry-After where none was sent', async () => {
  const { base } = await serve({ status: 429 });
  const replies: WireReply[] = [];
  const account = await client(base);
  await account.call(
    {
      request: () => ({ method: 'GET', path: '/', headers: {} }),
      read: (reply) => replies.push(reply),
    },
    order,
  );
  expect(replies).toStrictEqual([
    {
      status: 429,
      text: '',
      receivedAt: expect.any(Number),
      date: expect.any(Number),
      headers: expect.any(Headers),
    },
  ]);
});
