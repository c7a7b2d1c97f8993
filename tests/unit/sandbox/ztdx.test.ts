import { afterEach, describe, expect, test } from 'vitest';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { errorReplies, type ZtdxError } from '#tests/sandbox/ztdx/replies.ts';
import type { ZtdxOptions } from '#tests/sandbox/ztdx/ztdx.ts';
import { send, signZtdx, type Answered } from './signed-requests.ts';
import {
  batch,
  cancel,
  key,
  order,
  read,
  request,
  secret,
  type Sent,
  start,
  symbol,
  uuid,
  stopAll,
} from './ztdx-world.ts';

afterEach(stopAll);

const used = ({ headers }: Answered): string | null => headers.get('X-MBX-USED-WEIGHT-1M');

const now = (): number => Date.now();

describe('signing', () => {
  const at = 1_566_818_724_722;

  test.each([
    [
      '2b5eb11e18796d12d88f13dc27dbbd02c2cc51ff7059765ed9821957d82bb4d9',
      'symbol=BTCUSDT&side=BUY&type=LIMIT&quantity=1&price=9000&timeInForce=GTC&recvWindow=5000&timestamp=1591702613943',
      '3c661234138461fcc7a7d8746c6558c9842d4e10870d2ecbedf7777cad694af9',
    ],
    [
      'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j',
      'symbol=LTCBTC&side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559',
      'c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71',
    ],
  ])('the known vectors of Binance: %s', async (known, query, signature) => {
    expect(signZtdx(known, query)).toBe(signature);
    const timestamp = Number(/\d+$/.exec(query)?.[0]);
    const venue = await start({ secret: known, skewMs: timestamp - Date.now() });
    const url = `${venue.url}/fapi/v1/openOrders?${query}&signature=${signature}`;
    expect(await send(url, { headers: { 'x-mbx-apikey': key } })).toMatchObject({ json: [] });
  });

  const single = `symbol=BTCUSDT&orderId=2254222045&timestamp=${at}`;
  const many = (ids: string): string => `symbol=BTCUSDT&orderIdList=${ids}&timestamp=${at}`;
  const raw = `["${uuid}"]`;
  test.each([
    [
      'order',
      single,
      single,
      '4ded83d9078f66d9378396b02d3b3233ceb1836b31d097b4c98c02d1530c67d9',
      400,
    ],
    [
      'batchOrders',
      many(raw),
      many(encodeURIComponent(raw)),
      '11cb17bdeba6425bd665ffc7872127ebac0d55252a61f16562a0ee10fdf0565f',
      200,
    ],
  ])('the known vector of %s, decoded', async (path, signed, sent, signature, status) => {
    expect(signZtdx(secret, signed)).toBe(signature);
    const venue = await start({ skewMs: at - Date.now() });
    const url = `${venue.url}/fapi/v1/${path}?${sent}&signature=${signature}`;
    const answered = await send(url, { method: 'DELETE', headers: { 'x-mbx-apikey': key } });
    expect(answered.status).toBe(status);
    if (status === 400) expect(answered.json).toMatchObject({ code: -2011 });
  });

  test('the encoded text may be signed as well', async () => {
    const venue = await start({}, { ...order, id: uuid });
    expect(await batch(venue, encodeURIComponent(raw))).toMatchObject({
      json: [{ orderId: uuid, status: 'CANCELED' }],
    });
  });

  const path = '/fapi/v1/openOrders';
  const refused: [string, () => Partial<Sent>, number, number?][] = [
    ['4 s old', () => ({ at: now() - 4000 }), 200],
    ['6 s old', () => ({ at: now() - 6000 }), 400, -1021],
    ['6 s old, 10 s allowed', () => ({ at: now() - 6000, path: `${path}?recvWindow=10000` }), 200],
    ['a window above a minute', () => ({ path: `${path}?recvWindow=60001` }), 400, -1130],
    ['half a second ahead', () => ({ at: now() + 500 }), 200],
    ['2 s ahead', () => ({ at: now() + 2000, path: `${path}?recvWindow=60000` }), 400, -1021],
    ['in seconds', () => ({ at: Math.floor(now() / 1000) }), 400, -1021],
    ['without a timestamp', () => ({ at: null, path: `${path}?symbol=BTCUSDT` }), 400, -1102],
    ['without a signature', () => ({ sign: () => '' }), 400, -1102],
    ['another signature', () => ({ sign: (query) => signZtdx('other', query) }), 400, -1022],
    [
      'a signature in Base64',
      () => ({
        sign: (query) =>
          encodeURIComponent(Buffer.from(signZtdx(secret, query), 'hex').toString('base64')),
      }),
      400,
      -1022,
    ],
    [
      'a signature that is not last',
      () => ({ sign: (query) => `${signZtdx(secret, query)}&x=1` }),
      400,
      -1022,
    ],
    ['no key', () => ({ headers: { 'x-mbx-apikey': '' } }), 401, -2014],
    ['an unknown key', () => ({ headers: { 'x-mbx-apikey': 'other' } }), 401, -2015],
  ];
  test.each(refused)('%s', async (_, wrong, status, code) => {
    const answered = await request(await start(), { path, ...wrong() });
    expect(answered).toMatchObject({ status, json: code ? { code } : [] });
  });

  test.each<[string, Partial<ZtdxOptions>, 'GET' | 'DELETE', number]>([
    ['read lists', { rights: ['read'] }, 'GET', 200],
    ['read cancels nothing', { rights: ['read'] }, 'DELETE', 401],
    ['trade lists', { rights: ['trade'] }, 'GET', 200],
    ['trade cancels', { rights: ['trade'] }, 'DELETE', 200],
    ['from another address', { allowedIp: '203.0.113.7' }, 'GET', 401],
  ])('rights: %s', async (_, options, method, status) => {
    const venue = await start(options);
    const named = method === 'GET' ? 'openOrders' : 'allOpenOrders';
    const answered = await request(venue, { method, path: `/fapi/v1/${named}${symbol}` });
    expect(answered.status).toBe(status);
    if (status === 401) expect(answered.json).toMatchObject({ code: -2015 });
  });
});

describe('reading', () => {
  test('open orders, oldest first, with 18 places', async () => {
    const venue = await start(
      {},
      { ...order, id: '3', ageMs: 1000 },
      { ...order, id: '1', ageMs: 3000, filled: '0.1', clientOrderId: 'mine' },
      { ...order, id: '2', ageMs: 2000, symbol: 'ETHUSDT' },
      { ...order, id: '4', status: 'cancelled' },
      { ...order, id: '5', isForeign: true },
    );
    const { json } = await read(venue, 'openOrders');
    const [oldest] = json as object[];
    expect(json).toMatchObject([{ orderId: 1 }, { orderId: 2 }, { orderId: 3 }]);
    expect(oldest).toMatchObject({
      avgPrice: '70168.520000000000000000',
      clientOrderId: 'mine',
      executedQty: '0.100000000000000000',
      status: 'PARTIALLY_FILLED',
      time: venue.book.find('1')?.createdAt,
    });
    expect(oldest).not.toHaveProperty('cumQty');
    expect((await read(venue, `openOrders${symbol}`)).json).toMatchObject([
      { orderId: 1 },
      { orderId: 3 },
    ]);
  });

  test.each<[Partial<NewOrder>, string, 200 | 400]>([
    [{}, 'NEW', 200],
    [{ filled: '0.1' }, 'PARTIALLY_FILLED', 200],
    [{ statusWord: 'PENDING_NEW' }, 'PENDING_NEW', 200],
    [{ filled: order.quantity }, 'FILLED', 400],
    [{ status: 'cancelled' }, 'CANCELED', 400],
    [{ status: 'expired' }, 'EXPIRED', 400],
    [{ status: 'rejected' }, 'REJECTED', 400],
  ])('%j is %s; as an open order %d', async (more, status, asOpen) => {
    const venue = await start({}, { ...order, id: '7', clientOrderId: 'mine', ...more });
    for (const name of ['orderId=7', 'origClientOrderId=mine']) {
      const query = `${symbol}&${name}`;
      expect((await read(venue, `order${query}`)).json).toMatchObject({ orderId: 7, status });
      const open = await read(venue, `openOrder${query}`);
      expect(open.status).toBe(asOpen);
      if (asOpen === 400) expect(open.json).toMatchObject({ code: -2013 });
    }
  });

  test.each<[string, number, unknown]>([
    [`order${symbol}&orderId=99`, 400, { code: -2013, msg: 'Order does not exist.' }],
    [`openOrder${symbol}`, 400, { code: -1102 }],
    ['openOrders?symbol=', 400, { code: -1105 }],
    ['nowhere', 404, undefined],
  ])('%s: %d', async (path, status, json) => {
    expect(await read(await start(), path)).toMatchObject({ status, ...(json ? { json } : {}) });
  });

  test('the time, which drifts', async () => {
    const venue = await start({ skewMs: -60_000 });
    const asked = now();
    const { json, headers } = await send(`${venue.url}/fapi/v1/time`, {});
    const answered = now();
    expect(json).toEqual({ serverTime: expect.any(Number) });
    const { serverTime } = json as { serverTime: number };
    expect(serverTime).toBeGreaterThanOrEqual(asked - 60_000);
    expect(serverTime).toBeLessThanOrEqual(answered - 60_000);
    const date = Date.parse(headers.get('date') ?? '');
    // To the second.
    expect(date).toBeGreaterThan(asked - 60_000 - 1000);
    expect(date).toBeLessThanOrEqual(answered - 60_000);
  });

  test('every reply tells the weight used up in this minute, unless it is not to', async () => {
    const venue = await start({}, { ...order, id: '7' });
    expect(used(await cancel(venue, '99'))).toBe('1');
    expect(used(await read(venue, 'openOrders'))).toBe('41');
    expect(used(await read(venue, `openOrders${symbol}`))).toBe('42');
    venue.faults.add('cancel', { kind: 'rate-limit', seconds: 3 });
    expect(used(await cancel(venue, '7'))).toBe('43');
    venue.settings.weightHeader = false;
    expect(used(await read(venue, 'openOrders'))).toBeNull();
  });

  test('the lively set has ids that no float can hold, or UUIDs', async () => {
    const venue = await start({ seed: true });
    expect(venue.book.open()).toHaveLength(9);
    expect((await read(venue, 'openOrders')).text).toContain('"orderId":8389765512345678901,');
    venue.settings.idForm = 'uuid';
    venue.reseed();
    const { json } = await read(venue, 'openOrders');
    expect(json).toHaveLength(9);
    for (const { orderId } of json as { orderId: string }[])
      expect(orderId).toMatch(/^3fa42833-9508-4061-8d80-\d{12}$/);
  });
});

describe('refusals', () => {
  const settings = { errorShape: 'code-msg', triggerErrors: 'distinct', retryAfter: true } as const;
  const names = Object.keys(errorReplies(settings)) as ZtdxError[];

  test.each(names)('%s', async (error) => {
    const venue = await start({}, { ...order, id: '7' });
    venue.faults.add('cancel', { kind: 'refuse', error });
    const { status, body } = errorReplies(settings)[error];
    expect(await cancel(venue, '7')).toMatchObject({ status, text: body });
    expect((await cancel(venue, '7')).status).toBe(200);
  });

  test('in the web API’s shape', async () => {
    const venue = await start({ errorShape: 'code-error' });
    expect((await cancel(venue, '7')).json).toEqual({
      error: 'Unknown order sent.',
      code: 'CANCEL_REJECTED',
    });
  });

  test.each([
    [true, '3', '120'],
    [false, null, null],
  ])('retryAfter %s: 429 with %s, 418 with %s', async (retryAfter, asked, ban) => {
    const venue = await start({ retryAfter });
    venue.faults.add('order', { kind: 'refuse', error: '418' });
    venue.faults.add('cancel', { kind: 'rate-limit', seconds: 3 });
    const limited = await cancel(venue, '7');
    expect(limited).toMatchObject({ status: 429, json: { code: -1003 } });
    const banned = await read(venue, `order${symbol}&orderId=7`);
    expect(banned).toMatchObject({ status: 418, json: { code: -1003 } });
    expect([limited, banned].map(({ headers }) => headers.get('retry-after'))).toEqual([
      asked,
      ban,
    ]);
  });

  test('a list of all symbols weighs 40 of the 2400 a minute', async () => {
    const venue = await start();
    const statuses: number[] = [];
    for (let turn = 0; turn < 61; turn++) statuses.push((await read(venue, 'openOrders')).status);
    expect(statuses.indexOf(429)).toBe(60);
    expect((await read(venue, `openOrders${symbol}`)).status).toBe(429);
  });
});
