import { afterEach, describe, expect, test } from 'vitest';
import {
  startBtcTurk,
  type BtcTurkOptions,
  type BtcTurkVenue,
} from '#tests/sandbox/btcturk/btcturk.ts';
import { btcTurkRequest, send, signBtcTurk, type Answered, type Sent } from './signed-requests.ts';
import { standStill } from './stand-still.ts';

const key = 'test-public-key';
const secret = 'c2VjcmV0LWtleS1mb3ItdGVzdHM=';
const order = {
  symbol: 'BTCTRY',
  side: 'buy',
  price: '4150000.5',
  quantity: '0.12345678',
} as const;

const now = (): number => Date.now();
const base64 = (character: string): string => Buffer.alloc(32, character).toString('base64');

const running: BtcTurkVenue[] = [];

async function start(options: BtcTurkOptions = {}): Promise<BtcTurkVenue> {
  const venue = await startBtcTurk({ key, secret, cancelDelayMs: 0, ...options });
  running.push(venue);
  return venue;
}

afterEach(() => Promise.all(running.splice(0).map((venue) => venue.stop())));

const request = ({ url }: BtcTurkVenue, sent: Sent): Promise<Answered> =>
  btcTurkRequest({ url, key, secret }, sent);

const cancel = (venue: BtcTurkVenue, id: string): Promise<Answered> =>
  request(venue, { method: 'DELETE', path: `/api/v1/order?id=${id}` });

describe('signing', () => {
  const stamp = 1_700_000_000_000;

  test('takes the known vector', async () => {
    const signature = 'v7SwfHHYjAmz0ffB3B9Pnj8L1YohHqxMq3e7GNthGN0=';
    expect(signBtcTurk(secret, key, String(stamp))).toBe(signature);
    const venue = await start({ skewMs: stamp - Date.now() });
    const headers = { 'x-pck': key, 'x-stamp': String(stamp), 'x-signature': signature };
    const answered = await send(`${venue.url}/api/v1/openOrders`, { headers });
    expect(answered.status).toBe(200);
  });

  test.each<[string, () => Partial<Sent>, number, string?]>([
    ['the stamp 4 s behind', () => ({ at: now() - 4000 }), 200],
    ['the stamp 4 s ahead', () => ({ at: now() + 4000 }), 200],
    ['the stamp 6 s behind', () => ({ at: now() - 6000 }), 401, 'Unauthorized - Invalid Nonce'],
    ['the stamp 6 s ahead', () => ({ at: now() + 6000 }), 401, 'Unauthorized - Invalid Nonce'],
    [
      'a stamp in seconds',
      () => ({ at: Math.floor(now() / 1000) }),
      401,
      'Unauthorized - Invalid Nonce',
    ],
    [
      'another signature',
      () => ({ headers: { 'x-signature': base64('a') } }),
      401,
      'Unauthorized - Invalid Request',
    ],
    [
      'a short signature',
      () => ({ headers: { 'x-signature': 'YWJj' } }),
      401,
      'Unauthorized - Invalid Request',
    ],
    [
      'an unknown key',
      () => ({ headers: { 'x-pck': 'other' } }),
      401,
      'Invalid Public/Private key',
    ],
    [
      'no signature',
      () => ({ headers: { 'x-signature': '' } }),
      401,
      'Unauthorized - Headers are missing',
    ],
  ])('%s', async (_, wrong, status, message) => {
    const venue = await start();
    const answered = await request(venue, { path: '/api/v1/openOrders', ...wrong() });
    expect(answered.status).toBe(status);
    if (message) expect(answered.json).toEqual({ success: true, message, code: 1037 });
  });

  test('the secret used as text rather than as Base64 is refused', async () => {
    const venue = await start();
    const asText = Buffer.from(secret).toString('base64');
    const answered = await btcTurkRequest(
      { url: venue.url, key, secret: asText },
      { path: '/api/v1/openOrders' },
    );
    expect(answered.json).toMatchObject({ message: 'Unauthorized - Invalid Request' });
  });

  test.each([
    [true, 401],
    [false, 200],
  ])('a stamp used twice, refuseReplays %s: %d', async (refuseReplays, status) => {
    const venue = await start({ refuseReplays });
    const at = Date.now();
    await request(venue, { path: '/api/v1/openOrders', at });
    const again = await request(venue, { method: 'DELETE', path: '/api/v1/order?id=1', at });
    expect(again.status).toBe(status === 200 ? 400 : status);
  });

  test.each<[string, Partial<BtcTurkOptions>, string, number]>([
    ['trade lists', { rights: ['trade'] }, '/api/v1/openOrders', 200],
    ['trade sees no balances', { rights: ['trade'] }, '/api/v1/users/balances', 401],
    ['total funds lists nothing', { rights: ['total-funds'] }, '/api/v1/openOrders', 401],
    ['from its own address', { allowedIp: '127.0.0.1' }, '/api/v1/openOrders', 200],
    ['from another address', { allowedIp: '203.0.113.7' }, '/api/v1/openOrders', 401],
  ])('rights: %s', async (_, options, path, status) => {
    const venue = await start(options);
    const answered = await request(venue, { path });
    expect(answered.status).toBe(status);
    if (status === 401) expect(answered.text).toBe('');
  });

  test('a venue whose clock has drifted tells so, and wants its own time', async () => {
    const venue = await start();
    venue.clock.driftBy(60_000);
    expect((await request(venue, { path: '/api/v1/openOrders' })).status).toBe(401);
    const asked = now();
    const time = await send(`${venue.url}/api/v2/server/time`, {});
    const answered = now();
    expect(time.json).toEqual({
      serverTime: expect.any(Number),
      serverTime2: expect.stringMatching(/Z$/),
    });
    const { serverTime } = time.json as { serverTime: number };
    expect(serverTime).toBeGreaterThanOrEqual(asked + 60_000);
    expect(serverTime).toBeLessThanOrEqual(answered + 60_000);
    expect((await request(venue, { path: '/api/v1/openOrders', at: serverTime })).status).toBe(200);
  });
});

describe('cancel', () => {
  const accepted = { success: true, message: 'SUCCESS', code: 0 };
  const unknown = { success: false, message: 'NO_ORDER_MATCHES_YOUR_REQUEST', code: 1052 };

  test('says SUCCESS at once and cancels later', async () => {
    const venue = await start();
    const { id } = venue.book.place(order);
    const hold = venue.book.waitFor(id, 'cancelled');
    expect(await cancel(venue, id)).toMatchObject({ status: 200, json: accepted });
    expect((await hold).status).toBe('cancelled');
    expect((await cancel(venue, id)).json).toEqual(accepted);
  });

  test('before it is done the order can still fill', async () => {
    const venue = await start({ cancelDelayMs: 60_000 });
    const { id } = venue.book.place(order);
    await cancel(venue, id);
    expect(venue.book.find(id)?.status).toBe('open');
    venue.book.fill(id);
    expect((await cancel(venue, id)).json).toMatchObject({
      message: 'ORDER_COULD_NOT_BE_CANCELED',
    });
  });

  test.each<[string, Sent, object]>([
    ['an unknown id', { method: 'DELETE', path: '/api/v1/order?id=99' }, unknown],
    ['no id', { method: 'DELETE', path: '/api/v1/order' }, unknown],
    ['the id in a body', { method: 'DELETE', path: '/api/v1/order', body: '{"id":7}' }, unknown],
    ['the id in the path', { method: 'DELETE', path: '/api/v1/order/7' }, unknown],
    [
      'a filled order',
      { method: 'DELETE', path: '/api/v1/order?id=8' },
      { success: false, message: 'ORDER_COULD_NOT_BE_CANCELED', code: 1050 },
    ],
  ])('%s is refused with 400', async (_, sent, json) => {
    const venue = await start();
    venue.book.place({ ...order, id: '7' });
    venue.book.place({ ...order, id: '8', filled: order.quantity });
    expect(await request(venue, sent)).toMatchObject({ status: 400, json });
    expect(venue.book.find('7')?.status).toBe('open');
  });

  test('ids beyond 2^53 are told apart', async () => {
    const venue = await start();
    venue.book.place({ ...order, id: '9007199254740992' });
    venue.book.place({ ...order, id: '9007199254740993' });
    const { text } = await request(venue, { path: '/api/v1/openOrders' });
    expect(text).toContain('"id":9007199254740993,');
    await cancel(venue, '9007199254740993');
    await venue.book.waitFor('9007199254740993', 'cancelled');
    expect(venue.book.find('9007199254740992')?.status).toBe('open');
  });
});

describe('reading', () => {
  test('the shape of an open order', async () => {
    const venue = await start();
    const placed = venue.book.place({
      ...order,
      id: '26947521557',
      clientOrderId: 'mine',
      filled: '0.02',
    });
    const { json } = await request(venue, { path: '/api/v1/openOrders' });
    expect(json).toEqual({
      success: true,
      message: 'SUCCESS',
      code: 0,
      data: {
        asks: [],
        bids: [
          {
            id: 26_947_521_557,
            price: '4150000.5000000000000000',
            amount: '0.1234567800000000',
            quantity: '0.1234567800000000',
            stopPrice: '0.0000000000000000',
            pairSymbol: 'BTCTRY',
            pairSymbolNormalized: 'BTC_TRY',
            type: 'buy',
            method: 'limit',
            orderClientId: 'mine',
            time: 0,
            updateTime: placed.updatedAt,
            status: 'Partial',
            leftAmount: '0.1034567800000000',
          },
        ],
      },
    });
  });

  test.each([
    ['', ['1'], ['2', '3']],
    ['?pairSymbol=BTCTRY', [], ['2']],
    ['?pairSymbol=BTC_TRY', [], ['2']],
    ['?pairSymbol=ETHTRY', ['1'], ['3']],
  ])('open orders%s', async (query, asks, bids) => {
    const venue = await start();
    venue.book.place({ ...order, id: '1', symbol: 'ETHTRY', side: 'sell' });
    venue.book.place({ ...order, id: '2' });
    venue.book.place({ ...order, id: '3', symbol: 'ETHTRY' });
    venue.book.place({ ...order, id: '4', status: 'cancelled' });
    const { json } = await request(venue, { path: `/api/v1/openOrders${query}` });
    expect(json).toMatchObject({
      data: {
        asks: asks.map((id) => ({ id: Number(id) })),
        bids: bids.map((id) => ({ id: Number(id) })),
      },
    });
  });

  test.each([
    ['untouched', {}, 'Untouched'],
    ['partly filled', { filled: '0.1' }, 'Partial'],
    ['filled', { filled: order.quantity }, 'Closed'],
    ['cancelled', { status: 'cancelled' } as const, 'Canceled'],
  ])('the status of one that is %s', async (_, more, status) => {
    const venue = await start();
    const { id, createdAt } = venue.book.place({ ...order, ...more, ageMs: 1000 });
    const { json } = await request(venue, { path: `/api/v1/order/${id}` });
    expect(json).toMatchObject({ data: { status, time: createdAt } });
  });

  test.each<[Sent, number, unknown]>([
    [{ path: '/api/v1/order/5' }, 400, { success: false, message: 'Order not found', code: 1152 }],
    [{ path: '/api/v1/nowhere' }, 404, undefined],
    [{ method: 'PUT', path: '/api/v1/order' }, 405, undefined],
    [{ method: 'OPTIONS', path: '/api/v1/order' }, 405, undefined],
  ])('%o: %d', async (sent, status, json) => {
    expect(await request(await start(), sent)).toMatchObject({ status, json });
  });
});

test('the eleventh cancel within a second gets the documented 429', async () => {
  standStill();
  const venue = await start();
  const answers = await Promise.all(Array.from({ length: 11 }, () => cancel(venue, '1')));
  const refused = answers.filter(({ status }) => status === 429);
  expect(refused).toHaveLength(1);
  expect(refused[0]?.headers.get('retry-after')).toBe('1');
  expect(refused[0]?.json).toEqual({
    message: 'TOO_MANY_REQUESTS',
    success: false,
    code: 429,
    details: 'Quota exceeded. Maximum allowed: 10 per 1s. [Please try again in 1 second(s).]',
    limit: '10',
    period: '1s',
    policy: 'account',
  });
  expect((await request(venue, { path: '/api/v1/openOrders' })).status).toBe(200);
});
