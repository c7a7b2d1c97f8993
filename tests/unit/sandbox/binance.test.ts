import { createPrivateKey, sign } from 'node:crypto';
import { afterEach, describe, expect, test } from 'vitest';
import type { BinanceOptions, BinanceVenue } from '#tests/sandbox/binance/binance.ts';
import { errors, type BinanceError } from '#tests/sandbox/binance/replies.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import {
  cancel,
  key,
  order,
  read,
  request,
  secret,
  start,
  stopAll,
  symbol,
  type Sent,
} from './binance-world.ts';
import { send, signZtdx as hmac, ztdxRequest, type Answered } from './signed-requests.ts';
import { standStill } from './stand-still.ts';

afterEach(stopAll);

const used = ({ headers }: Answered): string | null => headers.get('X-MBX-USED-WEIGHT-1M');
const now = (): number => Date.now();

/** RFC 8032, test 1. */
const privateKey = [
  '-----BEGIN PRIVATE KEY-----',
  'MC4CAQAwBQYDK2VwBCIEIJ1hsZ3v/VpguoRK9JLsLMREScVpezJpGXA7rAMcrn9g',
  '-----END PRIVATE KEY-----',
].join('\n');
const publicKey = [
  '-----BEGIN PUBLIC KEY-----',
  'MCowBQYDK2VwAyEA11qYAYKxCrfVS/7TyWQHOg7hcvPapiMlrwIaaPcHURo=',
  '-----END PUBLIC KEY-----',
].join('\n');
const ed25519 = (query: string): string =>
  sign(null, Buffer.from(query), createPrivateKey(privateKey)).toString('base64');

const signBare = (query: string): string => hmac(secret, decodeURIComponent(query));

describe('signing', () => {
  const documented = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j';
  const placing =
    'side=BUY&type=LIMIT&timeInForce=GTC&quantity=1&price=0.1&recvWindow=5000&timestamp=1499827319559';

  test.each([
    [
      `symbol=LTCBTC&${placing}`,
      'c8db56825ae71d6d79447849e617115f4a920fa2acdcab2b053c4b2838bd6b71',
    ],
    [
      `symbol=%EF%BC%91%EF%BC%92%EF%BC%93%EF%BC%94%EF%BC%95%EF%BC%96&${placing}`,
      'e1353ec6b14d888f1164ae9af8228a3dbd508bc82eb867db8ab6046442f33ef3',
    ],
  ])('the documents’ vector: %s', async (query, signature) => {
    expect(hmac(documented, query)).toBe(signature);
    const venue = await start({ secret: documented, skewMs: 1_499_827_319_559 - now() });
    const url = `${venue.url}/api/v3/openOrders?${query}&signature=`;
    const ask = (signed: string) => send(url + signed, { headers: { 'x-mbx-apikey': key } });
    expect(await ask(signature)).toMatchObject({ json: [] });
    expect(await ask(signature.toUpperCase())).toMatchObject({ json: [] });
  });

  test('Ed25519: the known vector, its + and / percent-encoded or not understood', async () => {
    const query = 'symbol=LTCBTC&orderId=4&timestamp=1499827319559';
    const signature =
      'davmOlb9iJ3HIPSWY4j/nKdxTttW5jB3be3gn92ZQUAlAYOYetKEfBN9Y7JJ7ABHhpva3YgKF8z+rncIuD1rCw==';
    expect(ed25519(query)).toBe(signature);
    const venue = await start({ secret: publicKey, skewMs: 1_499_827_319_559 - now() });
    const ask = (signed: string) =>
      send(`${venue.url}/api/v3/order?${query}&signature=${signed}`, {
        headers: { 'x-mbx-apikey': key },
      });
    expect(await ask(encodeURIComponent(signature))).toMatchObject({ json: { code: -2013 } });
    expect(await ask(signature)).toMatchObject({ json: { code: -1022 } });
    expect(await ask(hmac(publicKey, query))).toMatchObject({ json: { code: -1022 } });
  });

  test('what was signed before it was percent-encoded is refused', async () => {
    const venue = await start();
    const path = `/api/v3/openOrders?symbol=${encodeURIComponent('这是测试币456')}`;
    expect(await request(venue, { path })).toMatchObject({ status: 200, json: [] });
    expect(await request(venue, { path, sign: signBare })).toMatchObject({
      status: 400,
      json: { code: -1022 },
    });
  });

  const path = '/api/v3/openOrders';
  const refused: [string, () => Partial<Sent>, number, number?][] = [
    ['4 s old', () => ({ at: now() - 4000 }), 200],
    ['6 s old', () => ({ at: now() - 6000 }), 400, -1021],
    ['6 s old, 10 s allowed', () => ({ at: now() - 6000, path: `${path}?recvWindow=10000` }), 200],
    ['a window above a minute', () => ({ path: `${path}?recvWindow=60001` }), 400, -1131],
    ['half a second ahead', () => ({ at: now() + 500 }), 200],
    ['2 s ahead', () => ({ at: now() + 2000, path: `${path}?recvWindow=60000` }), 400, -1021],
    ['in microseconds', () => ({ at: `${now()}000` }), 200],
    ['in seconds', () => ({ at: Math.floor(now() / 1000) }), 400, -1021],
    ['without a timestamp', () => ({ at: null, path: `${path}?symbol=BTCUSDT` }), 400, -1102],
    ['without a signature', () => ({ sign: () => '' }), 400, -1102],
    ['another signature', () => ({ sign: (query) => hmac('other', query) }), 400, -1022],
    [
      'a signature that is not last',
      () => ({ sign: (query) => `${hmac(secret, query)}&x=1` }),
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

  test.each<[string, BinanceOptions, 'GET' | 'DELETE', number]>([
    ['read lists', { rights: ['read'] }, 'GET', 200],
    ['read cancels nothing', { rights: ['read'] }, 'DELETE', 401],
    ['trade lists: reading is always on', { rights: ['trade'] }, 'GET', 200],
    ['trade cancels', { rights: ['trade'] }, 'DELETE', 200],
    ['from another address', { allowedIp: '203.0.113.7' }, 'GET', 401],
  ])('rights: %s', async (_, options, method, status) => {
    const venue = await start({ nothingToCancel: 'empty', ...options });
    const answered = await request(venue, { method, path: `${path}${symbol}` });
    expect(answered.status).toBe(status);
    if (status === 401) expect(answered.json).toMatchObject({ code: -2015 });
  });
});

const told = (venue: BinanceVenue) => request(venue, { path: '/sapi/v1/account/apiRestrictions' });

describe('what a key may do', () => {
  test('is told by its boxes, and whether it is bound to an address', async () => {
    const venue = await start({ rights: ['read', 'enableWithdrawals'], allowedIp: '127.0.0.1' });
    expect(await told(venue)).toMatchObject({
      status: 200,
      json: {
        ipRestrict: true,
        enableReading: true,
        enableSpotAndMarginTrading: false,
        enableWithdrawals: true,
        permitsUniversalTransfer: false,
      },
    });
    venue.keys.add({ key, secret, rights: ['trade'] });
    expect((await told(venue)).json).toMatchObject({
      ipRestrict: false,
      enableSpotAndMarginTrading: true,
      enableWithdrawals: false,
    });
  });

  test('is told to nobody but the key itself, and not on the testnet', async () => {
    const venue = await start({ restrictions: 'absent' });
    expect((await told(venue)).status).toBe(404);
    venue.settings.restrictions = 'told';
    venue.keys.remove(key);
    expect(await told(venue)).toMatchObject({ status: 401, json: { code: -2015 } });
  });
});

describe('reading', () => {
  test('open orders, of all symbols or of one', async () => {
    const venue = await start(
      {},
      { ...order, id: '1', filled: '0.1', clientOrderId: 'mine' },
      { ...order, id: '8389765512345678901', symbol: 'ETHUSDT' },
      { ...order, id: '4', status: 'cancelled' },
      { ...order, id: '5', isForeign: true },
    );
    const { json, text } = await read(venue, 'openOrders');
    expect(json).toMatchObject([
      {
        orderId: 1,
        orderListId: -1,
        clientOrderId: 'mine',
        executedQty: '0.10000000',
        status: 'PARTIALLY_FILLED',
        time: venue.book.find('1')?.createdAt,
      },
      { symbol: 'ETHUSDT' },
    ]);
    expect(text).toContain('"orderId":8389765512345678901,');
    expect((await read(venue, `openOrders${symbol}`)).json).toMatchObject([{ orderId: 1 }]);
  });

  test.each<[Partial<NewOrder>, string]>([
    [{}, 'NEW'],
    [{ filled: '0.1' }, 'PARTIALLY_FILLED'],
    [{ statusWord: 'EXPIRED_IN_MATCH' }, 'EXPIRED_IN_MATCH'],
    [{ filled: order.quantity }, 'FILLED'],
    [{ status: 'cancelled' }, 'CANCELED'],
    [{ status: 'expired' }, 'EXPIRED'],
    [{ status: 'rejected' }, 'REJECTED'],
  ])('%j is %s', async (more, status) => {
    const placed = { ...order, id: '7', clientOrderId: 'mine', ...more };
    const venue = await start({ oldClientId: 'found' }, placed);
    for (const name of ['orderId=7', 'origClientOrderId=mine', 'orderId=7&origClientOrderId=mine'])
      expect((await read(venue, `order${symbol}&${name}`)).json).toMatchObject({
        orderId: 7,
        status,
      });
  });

  const day = 86_400_000;
  test.each<[Partial<NewOrder>, number | undefined]>([
    [{ status: 'cancelled', ageMs: 89 * day }, undefined],
    [{ status: 'cancelled', ageMs: 91 * day }, -2026],
    [{ status: 'expired', ageMs: 91 * day }, -2026],
    [{ status: 'cancelled', filled: '0.1', ageMs: 91 * day }, undefined],
    [{ filled: order.quantity, ageMs: 91 * day }, undefined],
  ])('of %j the archive says %s', async (more, code) => {
    const venue = await start({}, { ...order, id: '7', ...more });
    const { json } = await read(venue, `order${symbol}&orderId=7`);
    expect(json).toMatchObject(code === undefined ? { orderId: 7 } : { code });
  });

  test.each<[string, number]>([
    [`order${symbol}&orderId=99`, -2013],
    [`order${symbol}&origClientOrderId=nobody`, -2013],
    ['order?symbol=ETHUSDT&orderId=7', -2013],
    [`order${symbol}&orderId=7&origClientOrderId=nobody`, -2039],
    [`order${symbol}`, -1102],
    ['order?orderId=7', -1102],
    [`order${symbol}&orderId=`, -1105],
    [`order${symbol}&orderId=7&origClientOrderId=`, -1105],
    [`order${symbol}&orderId=seven`, -1100],
    [`order${symbol}&orderId=7&orderId=8`, -1101],
    ['openOrders?symbol=', -1105],
    ['openOrders?symbol=btcusdt', -1121],
  ])('%s: %d', async (path, code) => {
    const venue = await start({}, { ...order, id: '7' });
    expect(await read(venue, path)).toMatchObject({ status: 400, json: { code } });
  });

  test('the time, which drifts', async () => {
    const venue = await start({ skewMs: -60_000 });
    const asked = now();
    const { json } = await send(`${venue.url}/api/v3/time`, {});
    const { serverTime } = json as { serverTime: number };
    expect(serverTime).toBeGreaterThanOrEqual(asked - 60_000);
    expect(serverTime).toBeLessThanOrEqual(now() - 60_000);
  });

  test('the lively set has both kinds of list', async () => {
    const venue = await start({ seed: true });
    const { json } = await read(venue, 'openOrders');
    expect(json).toHaveLength(11);
    const legs = (json as { orderListId: number; status: string; type: string }[]).filter(
      ({ orderListId }) => orderListId !== -1,
    );
    expect(legs.map(({ type, status }) => `${type} ${status}`)).toEqual([
      'LIMIT_MAKER NEW',
      'STOP_LOSS_LIMIT NEW',
      'LIMIT NEW',
      'LIMIT PENDING_NEW',
    ]);
  });
});

describe('limits', () => {
  test('every reply tells the minute’s weight; a cancel that succeeds weighs nothing', async () => {
    standStill();
    const venue = await start({}, { ...order, id: '7' }, { ...order, id: '8' });
    expect(used(await cancel(venue, '99'))).toBe('1');
    expect(used(await cancel(venue, '7'))).toBe('1');
    expect(used(await read(venue, 'openOrders'))).toBe('81');
    expect(used(await read(venue, `openOrders${symbol}`))).toBe('87');
    expect(used(await read(venue, `order${symbol}&orderId=7`))).toBe('91');
    venue.faults.add('cancel', { kind: 'rate-limit', seconds: 3 });
    expect(used(await cancel(venue, '8'))).toBe('92');
  });

  test('75 lists of all symbols are the minute’s 6000', async () => {
    standStill();
    const venue = await start();
    const statuses: number[] = [];
    for (let turn = 0; turn < 76; turn++) statuses.push((await read(venue, 'openOrders')).status);
    expect(statuses.indexOf(429)).toBe(75);
    expect((await read(venue, `openOrders${symbol}`)).status).toBe(429);
  });

  test('429 and 418 tell in seconds how long', async () => {
    const venue = await start();
    venue.faults.add('order', { kind: 'refuse', error: '418' });
    venue.faults.add('cancel', { kind: 'rate-limit', seconds: 3 });
    const limited = await cancel(venue, '7');
    const banned = await read(venue, `order${symbol}&orderId=7`);
    expect(limited).toMatchObject({ status: 429, json: { code: -1003 } });
    expect(banned).toMatchObject({ status: 418, json: { code: -1003 } });
    expect([limited, banned].map(({ headers }) => headers.get('retry-after'))).toEqual([
      '3',
      '120',
    ]);
  });
});

test.each(Object.keys(errors) as BinanceError[])('refused with %s', async (error) => {
  const venue = await start({}, { ...order, id: '7' });
  venue.faults.add('cancel', { kind: 'refuse', error });
  const { status, body } = errors[error];
  expect(await cancel(venue, '7')).toMatchObject({ status, text: body });
  expect((await cancel(venue, '7')).status).toBe(200);
});

test('the private key of one account signs for no other', async () => {
  const venue = await start();
  venue.keys.add({ key: 'other', secret: publicKey });
  const ask = (name: string) =>
    ztdxRequest(
      { url: venue.url, key: name, secret },
      { path: '/api/v3/openOrders', sign: (query) => encodeURIComponent(ed25519(query)) },
    );
  expect((await ask('other')).status).toBe(200);
  expect(await ask(key)).toMatchObject({ status: 400, json: { code: -1022 } });
});
