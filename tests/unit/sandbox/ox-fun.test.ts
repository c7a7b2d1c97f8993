import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import type { OxFunOptions } from '#tests/sandbox/ox-fun/ox-fun.ts';
import { messages, type OxFunError } from '#tests/sandbox/ox-fun/replies.ts';
import { loginMessage, signOxFun } from './ox-fun-client.ts';
import {
  cancel,
  cancelMessage,
  connect,
  id,
  join,
  key,
  marketCode,
  order,
  remove,
  request,
  secret,
  start,
  stopAll,
} from './ox-fun-world.ts';
import type { Answered } from './signed-requests.ts';
import { standStill } from './stand-still.ts';

afterEach(stopAll);

const iso = (ms: number): string => new Date(Date.now() + ms).toISOString();

describe('signing', () => {
  const at = 1_715_794_191_277;
  const cancelBody = `{"responseType":"FULL","timestamp":${at},"orders":[{"marketCode":"BTC-USD-SWAP-LIN","orderId":"1000111762980"}]}`;

  test.each([
    [
      'GET',
      '/v3/orders/working?marketCode=BTC-USD-SWAP-LIN',
      '',
      '/SiJGA89cVpMUKSzvYOw7nkwd9aZar1JZ0qFbJdfpOw=',
    ],
    ['GET', '/v3/orders/working', '', '/rJArc1K1Pwptqsw13w1chf/snNBDpaTqkvL5i3T2l4='],
    ['DELETE', '/v3/orders/cancel', cancelBody, 'JgGmbDcjOU548i3vH506nG6wYiShhqSmtw5fC/TCqM8='],
  ])('the known vector of %s %s', async (method, path, body, signature) => {
    const [address, query = ''] = path.split('?');
    const timestamp = '2024-05-15T17:29:51';
    const parts = [timestamp, String(at), method, 'api.ox.fun', address, query || body];
    expect(signOxFun(secret, parts.join('\n'))).toBe(signature);
    const venue = await start(
      { skewMs: at - Date.now() },
      { ...order, id: '1000111762980', ageMs: 5 },
    );
    // Only here, because fetch does not let a Host be set.
    const sent = httpRequest(venue.url + path, {
      method,
      headers: {
        host: 'api.ox.fun',
        accesskey: key,
        timestamp,
        nonce: String(at),
        signature,
        'content-length': Buffer.byteLength(body),
      },
    });
    sent.end(body);
    const [answered] = (await once(sent, 'response')) as [IncomingMessage];
    expect(JSON.parse(await readText(answered))).toMatchObject({
      success: true,
      data: [{ orderId: '1000111762980' }],
    });
  });

  test.each([String(at), at])('the known vector of the login, its timestamp %o', async (stamp) => {
    const login = loginMessage({ url: '', key, secret }, stamp);
    expect(login.data['signature']).toBe('Ag39DV//jdyVkZruMHq4+wcAXFveJlAi8xV4wVQPd+A=');
    const socket = await connect(await start({ skewMs: at - Date.now() }));
    expect(await socket.asks(login)).toEqual({
      event: 'login',
      success: true,
      tag: 'login',
      timestamp: expect.stringMatching(/^\d{13}$/),
    });
  });

  test.each<[string, Record<string, string>, number, OxFunError?]>([
    ['fractions of a second', { timestamp: iso(0).replace('Z', '') }, 200],
    ['a zone letter', { timestamp: iso(0) }, 401, '20024'],
    ['a minute old', { timestamp: iso(-60_000).slice(0, 19) }, 401, '20024'],
    ['a minute ahead', { timestamp: iso(60_000).slice(0, 19) }, 401, '20024'],
    ['no timestamp', { timestamp: '' }, 401, '20023'],
    ['no nonce', { nonce: '' }, 400, '30001'],
    ['another key', { accesskey: 'other' }, 401, '20025'],
    ['another host', { 'x-signed-host': 'api.ox.fun' }, 401, '20000'],
    ['another signature', { signature: signOxFun('other', '') }, 401, '20000'],
  ])('REST: %s', async (_, headers, status, code) => {
    const answered = await request(await start(), { path: '/v3/orders/working', headers });
    expect(answered.status).toBe(status);
    if (code) expect(answered.json).toEqual({ success: false, code, message: messages[code] });
  });

  test('the host may be signed with its port, and the body is signed as sent', async () => {
    const venue = await start({}, order);
    const headers = { 'x-signed-host': new URL(venue.url).host };
    expect((await request(venue, { path: '/v3/account', headers })).status).toBe(200);
    const body = `{ "responseType":"FULL", "timestamp": ${Date.now()}, "orders":[{"marketCode":"${marketCode}","orderId":"${id}"}] }`;
    const answered = await request(venue, { method: 'DELETE', path: '/v3/orders/cancel', body });
    expect(answered.status).toBe(200);
  });

  test.each<
    [
      string,
      (target: Parameters<typeof loginMessage>[0]) => ReturnType<typeof loginMessage>,
      OxFunError,
    ]
  >([
    ['another key', (target) => loginMessage({ ...target, key: 'other' }), '20025'],
    ['another secret', (target) => loginMessage({ ...target, secret: 'other' }), '20000'],
    ['too old', (target) => loginMessage(target, Date.now() - 60_000), '20024'],
    [
      'no timestamp',
      ({ key: apiKey }) => ({ op: 'login', tag: 'login', data: { apiKey } }),
      '20023',
    ],
  ])('login: %s', async (_, message, code) => {
    const venue = await start();
    const socket = await connect(venue);
    expect(await socket.asks(message({ url: venue.url, key, secret }))).toMatchObject({
      event: 'login',
      success: false,
      code,
      message: messages[code],
    });
  });

  test('a second login is refused', async () => {
    const venue = await start();
    const socket = await join(venue);
    const again = loginMessage({ ...venue, key, secret }, Date.now(), 'again');
    expect(await socket.asks(again)).toMatchObject({ success: false, code: '20005' });
  });

  test.each<[OxFunOptions, number, number, string | undefined]>([
    [{ rights: ['trade'] }, 200, 200, undefined],
    [{ rights: ['read'] }, 200, 403, '05001'],
    [{ rights: ['read', 'trade'], allowedIp: '127.0.0.1' }, 200, 200, undefined],
  ])('with %o: list %d, cancel %d', async (options, list, cancelled, code) => {
    const venue = await start(options, order, { ...order, id: '5' });
    expect((await request(venue, { path: '/v3/orders/working' })).status).toBe(list);
    const named = [{ marketCode, orderId: '5' }];
    expect((await cancel(venue, named)).status).toBe(cancelled);
    const socket = await join(venue);
    const { code: told } = await socket.asks(cancelMessage());
    expect(told).toBe(code);
  });

  test('from another address nothing is allowed', async () => {
    const venue = await start({ allowedIp: '203.0.113.7' });
    expect((await request(venue, { path: '/v3/account' })).json).toMatchObject({ code: '05001' });
    const socket = await connect(venue);
    const login = loginMessage({ ...venue, key, secret });
    expect(await socket.asks(login)).toMatchObject({ success: false, code: '05001' });
  });
});

test('the lively set has ids of every length, stops, and partly filled orders', async () => {
  const { book } = await start({ seed: true });
  expect(book.open()).toHaveLength(7);
  expect(new Set(book.open().map((one) => one.id.length))).toEqual(new Set([13, 18, 19]));
  expect(book.open().filter(({ method }) => method === 'stop-limit')).toHaveLength(2);
  expect(book.open().filter(({ filled }) => filled !== '0')).toHaveLength(2);
  expect(new Set(book.all().map(({ status }) => status))).toEqual(
    new Set(['open', 'filled', 'cancelled']),
  );
});

describe('REST', () => {
  test('cancels up to eight, each with its own outcome under one 200', async () => {
    const named = { ...order, clientOrderId: '9223372036854775807', filled: '0.2' };
    const venue = await start({}, named, { ...order, id: '66', isForeign: true });
    const socket = await join(venue);
    const { status, json } = await cancel(venue, [
      { marketCode, clientOrderId: '9223372036854775807' },
      { marketCode, orderId: '304384250571714215' },
      { marketCode, orderId: '66' },
      { marketCode },
    ]);
    expect(status).toBe(200);
    expect(json).toEqual({
      success: true,
      data: [
        {
          notice: 'OrderClosed',
          accountId: '106490',
          orderId: id,
          submitted: true,
          clientOrderId: '9223372036854775807',
          marketCode,
          status: 'CANCELED_BY_USER',
          side: 'BUY',
          price: '42600',
          stopPrice: null,
          isTriggered: false,
          quantity: '0.5',
          amount: '0',
          displayQuantity: '0.5',
          remainQuantity: '0.3',
          orderType: 'LIMIT',
          triggerType: 'NONE',
          timeInForce: 'GTC',
          closedAt: expect.stringMatching(/^\d{13}$/),
        },
        {
          code: '40035',
          message: messages['40035'],
          submitted: false,
          orderId: '304384250571714215',
          clientOrderId: '0',
          marketCode,
          closedAt: expect.any(String),
        },
        expect.objectContaining({ code: '100006', submitted: false }),
        expect.objectContaining({ code: '20010', submitted: false }),
      ],
    });
    await socket.hears('OrderClosed', id);
  });

  test('ACK only hands it on', async () => {
    const venue = await start({}, order);
    const { json } = await cancel(venue, [{ marketCode, orderId: id }], { responseType: 'ACK' });
    expect(json).toEqual({
      success: true,
      data: [{ submitted: true, orderId: id, clientOrderId: '0', marketCode }],
    });
    await venue.book.waitFor(id, 'cancelled');
  });

  test.each<[object, OxFunError]>([
    [{ responseType: undefined }, '30001'],
    [{ responseType: 'full' }, '20001'],
    [{ timestamp: 'now' }, '20001'],
    [{ timestamp: Date.now() - 2000 }, '100015'],
    [{ timestamp: Date.now() - 2000, recvWindow: 500 }, '100015'],
    [{ orders: [] }, '20001'],
    [{ orders: Array.from({ length: 9 }, () => ({ marketCode, orderId: id })) }, '20001'],
  ])('cancel with %o: %s', async (more, code) => {
    const venue = await start({}, order);
    const answered = await cancel(venue, [{ marketCode, orderId: id }], more);
    expect(answered).toMatchObject({ status: 400, json: { success: false, code } });
    expect(venue.book.find(id)?.status).toBe('open');
  });

  test('a wider window takes an older timestamp', async () => {
    const venue = await start({}, order);
    const more = { timestamp: Date.now() - 2000, recvWindow: 200_000 };
    expect((await cancel(venue, [{ marketCode, orderId: id }], more)).status).toBe(200);
  });

  test.each([
    [{}, [id, '5'], []],
    [{ marketCode: 'OX-USDT' }, ['5'], [id]],
  ])('all, %o: queued, then done', async (body, cancelled, left) => {
    const venue = await start({}, order, { ...order, id: '5', symbol: 'OX-USDT' });
    const socket = await join(venue);
    const first = await remove(venue, '/v3/orders/cancel-all', body);
    expect(first.json).toEqual({
      success: true,
      data: { notice: 'Orders queued for cancelation' },
    });
    expect(JSON.parse(await socket.hears('"event":"CANCEL"'))).toMatchObject({ submitted: true });
    await Promise.all(cancelled.map((one) => venue.book.waitFor(one, 'cancelled')));
    expect(venue.book.open().map((one) => one.id)).toEqual(left);
    expect((await remove(venue, '/v3/orders/cancel-all', body)).json).toMatchObject({
      data: { notice: 'No working orders found' },
    });
  });

  test('all, of which one stays', async () => {
    const venue = await start({}, order, { ...order, id: '5' });
    venue.faults.add('cancel-all', { kind: 'leave-out', orderIds: [id] });
    await remove(venue, '/v3/orders/cancel-all', {});
    await venue.book.waitFor('5', 'cancelled');
    expect(venue.book.find(id)?.status).toBe('open');
  });

  test.each([
    ['', ['6', '5', id]],
    ['?marketCode=OX-USDT', ['6']],
    [`?orderId=${id}`, [id]],
    ['?clientOrderId=77', ['5']],
  ])('working%s, newest first', async (query, ids) => {
    const venue = await start(
      {},
      { ...order, filled: '0.2', ageMs: 9 },
      { ...order, id: '5', clientOrderId: '77', ageMs: 5, method: 'stop-limit', stopPrice: '5' },
      { ...order, id: '6', symbol: 'OX-USDT' },
      { ...order, id: '66', isForeign: true },
    );
    const { json } = await request(venue, { path: `/v3/orders/working${query}` });
    const { data } = json as { data: Record<string, unknown>[] };
    expect(data.map(({ orderId }) => orderId)).toEqual(ids);
    expect(data.find(({ orderId }) => orderId === id) ?? {}).toMatchObject(
      ids.includes(id)
        ? { status: 'PARTIALLY_FILLED', matchedQuantity: '0.2', clientOrderId: '0' }
        : {},
    );
    expect(data.find(({ orderId }) => orderId === '5') ?? {}).toMatchObject(
      ids.includes('5') ? { status: 'OPEN', orderType: 'STOP_LIMIT', isTriggered: false } : {},
    );
  });

  test.each<[OxFunOptions, number, object]>([
    [{}, 200, { success: true, data: [] }],
    [{ emptyList: '40001' }, 400, { code: '40001' }],
  ])('no working orders, %o', async (options, status, json) => {
    const answered = await request(await start(options), { path: '/v3/orders/working' });
    expect(answered).toMatchObject({ status, json });
  });

  test.each([
    [{}, 'OPEN'],
    [{ filled: '0.2' }, 'PARTIAL_FILL'],
    [{ filled: '0.5' }, 'FILLED'],
    [{ status: 'cancelled' }, 'CANCELED'],
  ] as const)('the status of %o is %s', async (more, status) => {
    const venue = await start({}, { ...order, clientOrderId: '77', ...more });
    for (const query of [`orderId=${id}`, 'clientOrderId=77'])
      expect((await request(venue, { path: `/v3/orders/status?${query}` })).json).toMatchObject({
        success: true,
        data: {
          orderId: id,
          status,
          totalQuantity: '0.5',
          cumulativeMatchedQuantity: 'filled' in more ? more.filled : '0',
          canceledAt: status === 'CANCELED' ? expect.any(String) : null,
        },
      });
  });

  test.each<[OxFunOptions, string, number, unknown]>([
    [{}, '/v3/orders/status?orderId=5', 400, { code: '20001' }],
    [{ unknownStatus: '40001' }, '/v3/orders/status?orderId=5', 400, { code: '40001' }],
    [{}, '/v3/orders/status', 400, { code: '30001' }],
    [{}, '/v3/account', 200, { success: true, data: [{ accountId: '106490' }] }],
    [{}, '/v3/time', 404, undefined],
  ])('%o %s: %d', async (options, path, status, json) => {
    const answered = await request(await start(options), { path });
    expect(answered).toMatchObject({ status, ...(json ? { json } : {}) });
  });

  test('100 requests a second', async () => {
    standStill();
    const venue = await start({ limits: true });
    const answers: Answered[] = [];
    while (answers.at(-1)?.status !== 429 && answers.length < 300)
      answers.push(await request(venue, { path: '/v3/account' }));
    expect(answers).toHaveLength(101);
    expect(answers.at(-1)?.json).toMatchObject({ success: false, code: '429' });
  });
});
