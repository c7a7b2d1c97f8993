import { afterEach, describe, expect, test } from 'vitest';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import type { RipioOptions } from '#tests/sandbox/ripio/ripio.ts';
import { send, signRipio, type Answered, type Sent } from './signed-requests.ts';
import { standStill } from './stand-still.ts';
import {
  cancel,
  externalId,
  id,
  key,
  now,
  order,
  request,
  stopAll,
  secret,
  start,
} from './ripio-world.ts';

afterEach(stopAll);

describe('signing', () => {
  const at = 1_700_000_000_000;
  test.each([
    ['GET', '/wallet/balance/', '', 'aKyu807C67du98iMaQ5Aj6NMx1maIOH9XwFWFvnF4u4='],
    [
      'GET',
      '/trade/orders/estimate-price/USDT_ARS',
      '',
      'SD+Y3TpsX8LYs5K9tpQxElUO0wp/tX5mfZVx282a07Y=',
    ],
    ['GET', '/trade/orders/open', '', 'TYUrISSMY2bu3OXekfyOA5Bgogq8m2iTYAJVmfYljNE='],
    ['GET', '/trade/user/balances', '', 'XKzlYHqccYIkCG81WxIrWC8zDno6XEtaB1c0yY6xX3M='],
    [
      'POST',
      '/trade/orders/cancel',
      `{"id":"${id}"}`,
      '3dCdTFQV6KO1R6o4f4BPkewcNv6CUIDaS4GkEFzO1OM=',
    ],
    [
      'POST',
      '/trade/orders/cancel-by-external-id',
      `{"external_id":"${externalId}"}`,
      'AD2kmaZzWDSs4SJz6klUp90SaMKqUNT9yCYogyRIhwU=',
    ],
  ])('the known vector of %s %s', async (method, path, body, signature) => {
    expect(signRipio(secret, `${at}${method}${path}${body}`)).toBe(signature);
    const venue = await start({ skewMs: at - Date.now() });
    venue.book.place(order);
    const answered = await send(venue.url + path, {
      method,
      ...(body && { body }),
      headers: { authorization: key, timestamp: String(at), signature },
    });
    const isServed = !/wallet|estimate/.test(path);
    expect(answered.status).toBe(isServed ? 200 : 404);
  });

  test.each<[string, () => Partial<Sent>, number, string?]>([
    ['4 s old', () => ({ at: now() - 4000 }), 200],
    ['6 s old', () => ({ at: now() - 6000 }), 401, 'Invalid timestamp'],
    [
      '6 s old, 10 s allowed',
      () => ({ at: now() - 6000, headers: { 'timestamp-tolerance': '10000' } }),
      200,
    ],
    [
      '50 s old, 90 s asked for',
      () => ({ at: now() - 50_000, headers: { 'timestamp-tolerance': '90000' } }),
      200,
    ],
    [
      '70 s old, 90 s asked for',
      () => ({ at: now() - 70_000, headers: { 'timestamp-tolerance': '90000' } }),
      401,
      'Invalid timestamp',
    ],
    [
      '500 ms old, 100 ms allowed',
      () => ({ at: now() - 500, headers: { 'timestamp-tolerance': '100' } }),
      401,
      'Invalid timestamp',
    ],
    ['half a second ahead', () => ({ at: now() + 500 }), 200],
    ['5 s ahead', () => ({ at: now() + 5000 }), 401, 'Invalid timestamp'],
    ['an unknown token', () => ({ headers: { authorization: 'other' } }), 401, 'Invalid token'],
    [
      'a token with a scheme',
      () => ({ headers: { authorization: `Bearer ${key}` } }),
      401,
      'Invalid token',
    ],
    [
      'another signature',
      () => ({ headers: { signature: signRipio('other', '') } }),
      401,
      'Invalid signature',
    ],
  ])('%s', async (_, wrong, status, message) => {
    const answered = await request(await start(), { path: '/trade/orders/open', ...wrong() });
    expect(answered.status).toBe(status);
    if (message) expect(answered.json).toEqual({ error_code: 40_100, message, data: null });
  });

  test('the query is not signed, the prefix is, and so is the body as sent', async () => {
    const venue = await start();
    venue.book.place(order);
    expect((await request(venue, { path: '/trade/orders/open?pair=BTC_BRL' })).status).toBe(200);
    const at = String(Date.now());
    const headers = {
      authorization: key,
      timestamp: at,
      signature: signRipio(secret, `${at}GET/orders/open`),
    };
    expect((await send(`${venue.url}/trade/orders/open`, { headers })).json).toMatchObject({
      message: 'Invalid signature',
    });
    expect((await cancel(venue, `{ "id": "${id}" }`)).status).toBe(200);
  });

  test.each<[RipioOptions, number, number]>([
    [{ rights: ['read'] }, 200, 403],
    [{ rights: ['buy-sell'] }, 200, 200],
    [{ rights: [] }, 403, 403],
    [{ allowedIp: '127.0.0.1' }, 200, 200],
    [{ allowedIp: '203.0.113.7' }, 403, 403],
  ])('with %o: list %d, cancel %d', async (options, list, cancelled) => {
    const venue = await start(options);
    venue.book.place(order);
    expect((await request(venue, { path: '/trade/orders/open' })).status).toBe(list);
    const answered = await cancel(venue);
    expect(answered.status).toBe(cancelled);
    if (cancelled === 403) expect(answered.json).toMatchObject({ error_code: 40_300 });
  });
});

const idsOf = (answered: Answered): string[] =>
  (answered.json as { data: { orders: { id: string }[] } }).data.orders.map((listed) => listed.id);

describe('reading', () => {
  test.each([
    ['open', {}, 'open'],
    ['open', { filled: '0.1' }, 'executed_partially'],
    ['open', { filled: order.quantity }, 'executed_completely'],
    ['open', { status: 'cancelled' }, 'canceled'],
    ['waiting', {}, 'waiting'],
  ] as const)('open is %s, %o: %s', async (openStatus, more, status) => {
    const venue = await start({ openStatus });
    venue.book.place({ ...order, ...more });
    for (const path of [`/trade/orders/${id}`, `/trade/orders/by-external-id/${externalId}`])
      expect((await request(venue, { path })).json).toMatchObject({ data: { id, status } });
  });

  test('a single order tells its executions', async () => {
    const venue = await start();
    venue.book.place({ ...order, filled: '0.1' });
    const { json } = await request(venue, { path: `/trade/orders/${id}` });
    expect(json).toMatchObject({
      data: { average_execution_price: 42_600, transactions: [{ amount: 0.1, total_value: 4260 }] },
    });
  });

  test('pages are walked by their cursor, newest first, while orders come and go', async () => {
    const venue = await start();
    for (let number = 1; number <= 5; number++) venue.book.place({ ...order, id: String(number) });
    const page = async (query: string) =>
      (await request(venue, { path: `/trade/orders/open?page_size=2${query}` })).json as {
        data: { orders: { id: string }[]; nc: string | null; pc: string | null };
      };
    const seen: string[][] = [];
    const first = (await page('')).data;
    seen.push(first.orders.map((open) => open.id));
    venue.book.cancel('4');
    const second = (await page(`&c=${first.nc}`)).data;
    seen.push(second.orders.map((open) => open.id));
    const last = (await page(`&c=${second.nc}`)).data;
    seen.push(last.orders.map((open) => open.id));
    expect(seen).toEqual([['5', '4'], ['3', '2'], ['1']]);
    expect([first.pc, last.nc]).toEqual([null, null]);
    const back = (await page(`&c=${last.pc}`)).data;
    expect(back.orders.map((open) => open.id)).toEqual(['3', '2']);
  });

  describe('of a pair', () => {
    const all = 'status=open,executed_partially,executed_completely,canceled';
    const day = 86_400_000;
    const orders: NewOrder[] = [
      { ...order, id: '1' },
      { ...order, id: '2', filled: '0.1' },
      { ...order, id: '3', filled: order.quantity },
      { ...order, id: 'A4', status: 'cancelled' },
      { ...order, id: '5', symbol: 'SOL_BRL' },
      { ...order, id: '6', side: 'sell', ageMs: 11 * day },
    ];

    test.each<[string, RipioOptions, string[]]>([
      [`pair=BTC_BRL&${all}`, {}, ['A4', '3', '2', '1']],
      [`pair=BTC_BRL&${all}`, { listedDays: 183 }, ['6', 'A4', '3', '2', '1']],
      [`pair=BTC_BRL&${all}&side=sell`, { listedDays: 183 }, ['6']],
      [`pair=SOL_BRL&${all}`, {}, ['5']],
      ['pair=BTC_BRL', {}, ['2']],
      ['pair=BTC_BRL&status=open,canceled', {}, ['A4', '1']],
      ['pair=BTC_BRL&status=open', { openStatus: 'waiting' }, []],
      [`pair=BTC_BRL&ids=3,1&${all}`, {}, ['3', '1']],
      [`pair=BTC_BRL&ids=a4,5,99&${all}`, {}, ['A4']],
      [`pair=BTC_BRL&ids=6&${all}`, {}, []],
      [`pair=BTC_BRL&ids=1,3&status=canceled`, {}, []],
      [`pair=BTC_BRL&ids=1,2,3,4,5,6,7,8,9,10&${all}`, {}, ['3', '2', '1']],
    ])('%s, %o: %j', async (query, options, ids) => {
      const venue = await start(options);
      for (const one of orders) venue.book.place(one);
      const answered = await request(venue, { path: `/trade/orders?${query}` });
      expect(answered.status).toBe(200);
      expect(idsOf(answered)).toEqual(ids);
    });

    test.each([
      all,
      `ids=1&${all}`,
      'pair=BTC_BRL&status=waiting',
      'pair=BTC_BRL&status=',
      'pair=BTC_BRL&ids=1,2,3,4,5,6,7,8,9,10,11',
      'pair=BTC_BRL&page_size=1001',
      'pair=BTC_BRL&c=nonsense',
    ])('%s: 400', async (query) => {
      const answered = await request(await start(), { path: `/trade/orders?${query}` });
      expect(answered).toMatchObject({ status: 400, json: { error_code: 40_000 } });
    });

    test('an order stands in it as in the open ones, and pages are walked in the same way', async () => {
      const venue = await start();
      venue.book.place({ ...order, id: '1' });
      venue.book.place({ ...order, id: '2' });
      const list = async (path: string) =>
        (await request(venue, { path })).json as { data: { nc: string | null } };
      const first = (await list(`/trade/orders?pair=BTC_BRL&${all}&page_size=1`)).data;
      expect(first).toEqual((await list('/trade/orders/open?page_size=1')).data);
      const next = await list(`/trade/orders?pair=BTC_BRL&${all}&page_size=1&c=${first.nc}`);
      expect(next).toMatchObject({ data: { orders: [{ id: '1' }], nc: null } });
    });

    test('it counts as a reading of one order, and a fault finds the order by its id', async () => {
      const venue = await start();
      venue.book.place({ ...order, id: '1' });
      venue.faults.add('order', { kind: 'status', status: 503 }, { orderId: '1' });
      const path = `/trade/orders?pair=BTC_BRL&${all}&ids=`;
      expect((await request(venue, { path: `${path}2` })).status).toBe(200);
      expect((await request(venue, { path: `${path}2,1` })).status).toBe(503);
    });
  });

  test.each<[Sent, number, unknown]>([
    [{ path: '/trade/orders/open?page_size=1001' }, 400, { error_code: 40_000 }],
    [{ path: '/trade/orders/open?page_size=0' }, 400, { error_code: 40_000 }],
    [{ path: '/trade/orders/open?c=nonsense' }, 400, { error_code: 40_000 }],
    [{ path: '/trade/orders/open?side=buy' }, 200, { data: { orders: [], nc: null, pc: null } }],
    [{ path: '/trade/user/balances' }, 200, { data: [{ currency_code: 'BRL' }, {}, {}] }],
    [
      { path: '/trade/public/server-time' },
      200,
      { data: { timestamp: expect.any(Number) }, message: null },
    ],
    [{ path: `/trade/orders/${id}` }, 404, { error_code: 40_400 }],
    [{ path: '/orders/open' }, 404, undefined],
    [{ method: 'PATCH', path: '/trade/orders' }, 404, undefined],
  ])('%o: %d', async (sent, status, json) => {
    expect(await request(await start(), sent)).toMatchObject({ status, ...(json ? { json } : {}) });
  });
});

test.each([
  [3.5, 4],
  [1, 1],
])('at %d requests a second, of five at once %d are served', async (requestsPerSecond, served) => {
  standStill();
  const venue = await start({ limits: true, requestsPerSecond });
  const answers = await Promise.all(
    Array.from({ length: 5 }, () => request(venue, { path: '/trade/orders/open' })),
  );
  expect(answers.filter(({ status }) => status === 200)).toHaveLength(served);
  const refused = answers.find(({ status }) => status === 429);
  expect(refused?.json).toEqual({ message: 'Too many requests' });
  expect(refused?.headers.has('retry-after')).toBe(false);
  expect((await send(`${venue.url}/trade/public/server-time`, {})).status).toBe(200);
});
