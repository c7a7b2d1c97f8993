import { once } from 'node:events';
import { request as httpRequest, type IncomingMessage } from 'node:http';
import { text as readText } from 'node:stream/consumers';
import { afterEach, describe, expect, test } from 'vitest';
import { startOxFun, type OxFunOptions, type OxFunVenue } from '../../sandbox/ox-fun/ox-fun.ts';
import { messages, type OxFunError } from '../../sandbox/ox-fun/replies.ts';
import type { NewOrder } from '../../sandbox/shared/order-book.ts';
import { loginMessage, oxFunRequest, OxFunSocket, signOxFun } from './ox-fun-client.ts';
import { send, type Answered, type Sent } from './signed-requests.ts';

const key = 'test-key';
const secret = 'test-secret';
const id = '3330802124194931673';
const marketCode = 'BTC-USD-SWAP-LIN';
const order = { id, symbol: marketCode, side: 'buy', price: '42600', quantity: '0.5' } as const;

const running: OxFunVenue[] = [];
const open: OxFunSocket[] = [];

async function start(options: OxFunOptions = {}, ...orders: NewOrder[]): Promise<OxFunVenue> {
  const venue = await startOxFun({ key, secret, limits: false, cancelDelayMs: 0, ...options });
  running.push(venue);
  for (const one of orders) venue.book.place(one);
  return venue;
}

afterEach(async () => {
  for (const socket of open.splice(0)) socket.cut();
  await Promise.all(running.splice(0).map((venue) => venue.stop()));
});

function connect({ url }: OxFunVenue): Promise<OxFunSocket> {
  const socket = new OxFunSocket(url);
  open.push(socket);
  return socket.opened();
}

/** Logged in, with the order channel. */
async function join(venue: OxFunVenue, channel = 'order:all'): Promise<OxFunSocket> {
  const socket = await connect(venue);
  expect(await socket.asks(loginMessage({ ...venue, key, secret }))).toMatchObject({
    success: true,
  });
  await socket.asks({ op: 'subscribe', args: [channel], tag: 'sub' });
  return socket;
}

const request = (venue: OxFunVenue, sent: Sent): Promise<Answered> =>
  oxFunRequest({ url: venue.url, key, secret }, sent);

const remove = (venue: OxFunVenue, path: string, body: object): Promise<Answered> =>
  request(venue, { method: 'DELETE', path, body: JSON.stringify(body) });

const cancel = (venue: OxFunVenue, orders: object[], more: object = {}): Promise<Answered> =>
  remove(venue, '/v3/orders/cancel', {
    responseType: 'FULL',
    timestamp: venue.clock.now(),
    orders,
    ...more,
  });

const cancelMessage = (orderId: unknown = id, more: object = {}) => ({
  op: 'cancelorder',
  tag: 456,
  data: { marketCode, orderId },
  ...more,
});

const batch = (...orderIds: string[]) => ({
  op: 'cancelorders',
  tag: 7,
  dataArray: orderIds.map((orderId) => ({ marketCode, orderId })),
});

const pushed = (text: string): Record<string, unknown> =>
  (JSON.parse(text) as { data: Record<string, unknown>[] }).data[0] ?? {};

const iso = (ms: number): string => new Date(Date.now() + ms).toISOString();

const isPush = (text: string): boolean => /"table"|"event":"CANCEL"/.test(text);

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

describe('the socket', () => {
  test.each([true, false])('greets with a nonce: %s', async (greets) => {
    const socket = await connect(await start({ greets }));
    socket.send('ping');
    await socket.hears('pong');
    expect(socket.told.at(-1)).toBe('pong');
    expect(socket.told.length).toBe(greets ? 2 : 1);
    if (greets) expect(JSON.parse(socket.told[0] ?? '')).toHaveProperty('nonce');
  });

  test.each<[unknown, OxFunError, object?]>([
    ['{"op":', '20009', { success: false }],
    [{ op: 'placeorder', tag: 1 }, '20003', { event: 'placeorder', tag: '1' }],
    [{ ...cancelMessage(), tag: 'x'.repeat(32) }, '20034', { event: 'cancelorder' }],
    [{ ...cancelMessage(), data: { marketCode } }, '20010', { tag: '456', submitted: false }],
    [{ ...cancelMessage(), data: { orderId: id } }, '20011', { data: { orderId: id } }],
    [{ ...cancelMessage(), data: { marketCode: 'NO-SUCH', orderId: id } }, '20015'],
    [{ ...cancelMessage(), data: { marketCode: 'OX-USDT', orderId: id } }, '100005'],
    [cancelMessage('12x'), '20019', { data: { marketCode, orderId: '12x' } }],
    [cancelMessage('3330802124194931674'), '100005', { message: 'Open order not found with id' }],
    [cancelMessage('66'), '100006'],
    [{ op: 'cancelorders', tag: 1 }, '20002', { event: 'cancelorder' }],
    [batch(...Array.from({ length: 21 }, () => '5')), '20027'],
    [{ op: 'subscribe', tag: 1, args: ['order::BTC-USDT'] }, '20002', { success: false }],
  ])('%o: %s', async (message, code, more = {}) => {
    const venue = await start({}, order, { ...order, id: '66', isForeign: true });
    const socket = await join(venue);
    socket.send(message as object | string);
    const told: unknown = JSON.parse(await socket.hears(`"code":"${code}"`));
    expect(told).toMatchObject({ message: messages[code], timestamp: expect.any(String), ...more });
    expect(venue.book.find(id)?.status).toBe('open');
  });

  test.each([cancelMessage(), { op: 'subscribe', tag: 456, args: ['order:all'] }])(
    'before login %o is refused',
    async (message) => {
      const socket = await connect(await start({}, order));
      expect(await socket.asks(message)).toMatchObject({ code: '20026' });
    },
  );

  test.each(['filled', 'cancelled'] as const)(
    'an order that is %s is not found',
    async (status) => {
      const venue = await start({}, order);
      if (status === 'filled') venue.book.fill(id);
      else venue.book.cancel(id);
      expect(await (await join(venue)).asks(cancelMessage())).toMatchObject({ code: '100005' });
    },
  );

  test.each([
    ['text', JSON.stringify(cancelMessage()), undefined],
    [
      'a number',
      `{"op":"cancelorder","tag":456,"data":{"marketCode":"${marketCode}","orderId":${id}}}`,
      '1',
    ],
  ])(
    'cancels by an id that is %s, then says so on every order channel',
    async (_, message, clientOrderId) => {
      const venue = await start({}, { ...order, clientOrderId, filled: '0.2' });
      const [asking, other] = [await join(venue), await join(venue, 'order:OX-USDT')];
      asking.send(message);
      expect(JSON.parse(await asking.hears('cancelorder'))).toEqual({
        event: 'cancelorder',
        submitted: true,
        tag: '456',
        timestamp: expect.stringMatching(/^\d{13}$/),
        data: { marketCode, ...(clientOrderId && { clientOrderId }), orderId: id },
      });
      for (const socket of [asking, other])
        expect(pushed(await socket.hears('OrderClosed'))).toEqual({
          notice: 'OrderClosed',
          accountId: '106490',
          clientOrderId: clientOrderId ?? '0',
          orderId: id,
          price: '42600',
          quantity: '0.5',
          remainQuantity: '0.3',
          amount: '0',
          displayQuantity: '0.5',
          side: 'BUY',
          status: 'CANCELED_BY_USER',
          marketCode,
          timeInForce: 'GTC',
          timestamp: expect.stringMatching(/^\d{13}$/),
          orderType: 'LIMIT',
          isTriggered: 'false',
          triggerType: 'NONE',
        });
      const reply = asking.told.findIndex((text) => text.includes('cancelorder'));
      expect(reply).toBeLessThan(asking.told.findIndex((text) => text.includes('OrderClosed')));
    },
  );

  test('a socket that is not logged in, or not subscribed, hears of no order', async () => {
    const venue = await start({}, order);
    const [stranger, loggedIn, last] = [
      await connect(venue),
      await connect(venue),
      await join(venue),
    ];
    await loggedIn.asks(loginMessage({ ...venue, key, secret }));
    venue.book.cancel(id);
    await last.hears('OrderClosed');
    for (const socket of [stranger, loggedIn]) {
      socket.send('ping');
      await socket.hears('pong');
      expect(socket.told.join()).not.toContain('OrderClosed');
    }
  });

  test('a batch is answered one by one, all with its tag', async () => {
    const venue = await start({}, order, { ...order, id: '5' });
    const socket = await join(venue);
    socket.send(batch(id, '6', '5'));
    for (const orderId of [id, '6', '5'])
      expect(JSON.parse(await socket.hears('"tag":"7"', `"orderId":"${orderId}"`))).toMatchObject({
        event: 'cancelorder',
        submitted: orderId !== '6',
      });
    await Promise.all([id, '5'].map((one) => venue.book.waitFor(one, 'cancelled')));
    expect(venue.requests.of('cancel')).toMatchObject([
      { method: 'WS', orderId: `${id},6,5`, outcome: 'answered' },
    ]);
  });

  test.each([
    [false, '20010'],
    [true, undefined],
  ])('takes a client order id: %s', async (socketTakesClientOrderId, code) => {
    const clientOrderId = '9223372036854775807';
    const venue = await start({ socketTakesClientOrderId }, { ...order, clientOrderId });
    const socket = await join(venue);
    const message = cancelMessage(undefined, { data: { marketCode, clientOrderId } });
    expect((await socket.asks(message))['code']).toBe(code);
  });

  test.each<[unknown, OxFunError]>([
    ['x', '20014'],
    ['9223372036854775808', '20014'],
    [0, '20008'],
  ])('client order id %s: %s', async (clientOrderId, code) => {
    const socket = await join(await start({ socketTakesClientOrderId: true }));
    const message = cancelMessage(undefined, { data: { marketCode, clientOrderId } });
    expect(await socket.asks(message)).toMatchObject({ code });
  });

  test('fills are pushed; the last is FILLED, and nothing closes after it', async () => {
    const stop = { ...order, method: 'stop-limit', stopPrice: '43000' } as const;
    const venue = await start();
    const socket = await join(venue);
    venue.book.place(stop);
    venue.book.fill(id, '0.2');
    venue.book.fill(id);
    await socket.hears('"FILLED"');
    socket.send('ping');
    await socket.hears('pong');
    const pushes = socket.told.filter((text) => text.includes('"table"')).map(pushed);
    expect(pushes).toMatchObject([
      { notice: 'OrderOpened', orderType: 'STOP_LIMIT', limitPrice: '42600', stopPrice: '43000' },
      { notice: 'OrderMatched', status: 'PARTIAL_FILL', matchQuantity: '0.2' },
      { notice: 'OrderMatched', status: 'FILLED', matchQuantity: '0.3', remainQuantity: '0' },
    ]);
  });

  test('of two cancels sent fast the second fails late, its ids as exact numbers', async () => {
    const venue = await start(
      { cancelDelayMs: 20 },
      { ...order, clientOrderId: '18014398509481985' },
    );
    const socket = await join(venue);
    for (const tag of [1, 2])
      expect(await socket.asks(cancelMessage(id, { tag }))).toMatchObject({ submitted: true });
    const failed = await socket.hears('100004');
    expect(failed).toContain(`"orderId":${id}`);
    expect(failed).toContain('"clientOrderId":18014398509481985');
    expect(JSON.parse(failed)).toMatchObject({
      event: 'CANCEL',
      submitted: false,
      message: expect.stringMatching(/REJECT_CANCEL_ORDER_ID_NOT_FOUND$/),
      timestamp: '0',
    });
  });

  test('closes when no ping comes', async () => {
    const socket = await connect(await start({ idleMs: 5 }));
    expect(await socket.closed).toBe(1001);
  });

  test.each([
    [{ loggedIn: false }, 1],
    [{ loggedIn: true }, 49],
  ])('too many messages, %o: %d are served', async ({ loggedIn }, served) => {
    const venue = await start({ limits: true });
    const socket = await (loggedIn ? join(venue) : connect(venue));
    for (let turn = 0; turn <= served; turn++) socket.send(cancelMessage(id, { tag: `t${turn}` }));
    expect(JSON.parse(await socket.hears('20007'))).toMatchObject({
      event: 'cancelorder',
      submitted: false,
      tag: `t${served}`,
    });
    expect(socket.told.join()).toContain(`"tag":"t${served - 1}"`);
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
    const venue = await start({ limits: true });
    const answers: Answered[] = [];
    while (answers.at(-1)?.status !== 429 && answers.length < 300)
      answers.push(await request(venue, { path: '/v3/account' }));
    expect(answers.length).toBeGreaterThan(100);
    expect(answers.at(-1)?.json).toMatchObject({ success: false, code: '429' });
  });
});

describe('faults of a socket', () => {
  test.each(Object.keys(messages) as OxFunError[])('refused with %s', async (error) => {
    const venue = await start({}, order);
    const socket = await join(venue);
    venue.faults.add('cancel', { kind: 'refuse', error });
    expect(await socket.asks(cancelMessage())).toEqual({
      event: 'cancelorder',
      submitted: false,
      tag: '456',
      message: messages[error],
      code: error,
      timestamp: expect.any(String),
      data: { marketCode, orderId: id },
    });
    expect(await socket.asks(cancelMessage(id, { tag: 2 }))).toMatchObject({ submitted: true });
  });

  test.each([
    [{ kind: 'drop', when: 'before-acting' }, 1006, 'open'],
    [{ kind: 'drop', when: 'after-acting' }, 1006, 'cancelled'],
    [{ kind: 'close' }, 1000, 'open'],
    [{ kind: 'close', code: 1011, when: 'after-acting' }, 1011, 'cancelled'],
  ] as const)('%o: closed with %d, the order is %s', async (fault, code, status) => {
    const venue = await start({}, order);
    const [socket, other] = [await join(venue), await join(venue)];
    venue.faults.add('cancel', fault);
    socket.send(cancelMessage());
    expect(await socket.closed).toBe(code);
    expect(socket.told.join()).not.toContain('cancelorder');
    if (status === 'cancelled') await other.hears('OrderClosed');
    expect(venue.book.find(id)?.status).toBe(status);
    expect(venue.requests.of('cancel')).toMatchObject([{ outcome: 'dropped', orderId: id }]);
  });

  test.each([
    [{ kind: 'garbage' }, '{"succ', 'open'],
    [{ kind: 'garbage', when: 'after-acting' }, '{"succ', 'cancelled'],
    [{ kind: 'empty', when: 'after-acting' }, '', 'cancelled'],
    [{ kind: 'no-reply' }, undefined, 'open'],
    [{ kind: 'no-reply', when: 'after-acting' }, undefined, 'cancelled'],
  ] as const)('%o: told %o, the order is %s', async (fault, told, status) => {
    const venue = await start({ greets: false }, order);
    const socket = await join(venue);
    const before = socket.told.length;
    venue.faults.add('cancel', fault);
    socket.send(cancelMessage());
    if (status === 'cancelled') await socket.hears('OrderClosed');
    socket.send('ping');
    await socket.hears('pong');
    const replies = socket.told.slice(before).filter((text) => !/OrderClosed|pong/.test(text));
    expect(replies).toEqual(told === undefined ? [] : [told]);
    expect(venue.book.find(id)?.status).toBe(status);
    expect(venue.requests.of('cancel')).toMatchObject([
      { outcome: told === undefined ? 'pending' : 'answered' },
    ]);
  });

  test.each([
    [{ kind: 'accept-then-fill', delayMs: 0 }, ['"FILLED"', '100004'], 'filled'],
    [{ kind: 'accept-then-fill', quantity: '0.2' }, ['PARTIAL_FILL', 'OrderClosed'], 'cancelled'],
    [{ kind: 'accept-then-cancel', delayMs: 1 }, ['OrderClosed'], 'cancelled'],
    [{ kind: 'accept-and-forget' }, [], 'open'],
    [{ kind: 'late-failure', delayMs: 0 }, ['100004'], 'open'],
    [{ kind: 'push-before-reply' }, ['OrderClosed'], 'cancelled'],
    [{ kind: 'duplicate-push' }, ['OrderClosed', 'OrderClosed'], 'cancelled'],
    [{ kind: 'out-of-order-push' }, ['OrderClosed', 'OrderOpened'], 'cancelled'],
    [{ kind: 'lost-push' }, [], 'cancelled'],
  ] as const)('%o: submitted, then %o, the order is %s', async (fault, pushes, status) => {
    const venue = await start({}, order);
    const socket = await join(venue);
    venue.faults.add('cancel', fault);
    expect(await socket.asks(cancelMessage())).toMatchObject({ submitted: true });
    for (const push of pushes) await socket.hears(push);
    await venue.book.waitFor(id, status);
    socket.send('ping');
    await socket.hears('pong');
    const told = socket.told.filter((text) => isPush(text));
    expect(told.length).toBe(pushes.length);
    for (const [turn, push] of pushes.entries()) expect(told[turn]).toContain(push);
    const [reply, push] = [
      socket.told.findIndex((text) => text.includes('cancelorder')),
      socket.told.findIndex((text) => isPush(text)),
    ];
    if (push !== -1) expect(push < reply).toBe(fault.kind === 'push-before-reply');
  });

  test('half a batch is refused', async () => {
    const venue = await start({}, order, { ...order, id: '5' });
    const socket = await join(venue);
    venue.faults.add('cancel', { kind: 'refuse', error: '20032' }, { orderId: '5' });
    socket.send(batch(id, '5'));
    expect(await socket.hears('cancelorder', id)).toContain('"submitted":true');
    expect(await socket.hears('cancelorder', '"5"')).toContain('20032');
  });

  test('held, it lets others pass, and the order can fill meanwhile', async () => {
    const venue = await start({}, order, { ...order, id: '5' });
    const socket = await join(venue);
    const hold = venue.faults.hold('cancel', { orderId: id });
    socket.send(cancelMessage());
    await hold.arrived;
    expect(await socket.asks(cancelMessage('5', { tag: 2 }))).toMatchObject({ submitted: true });
    venue.book.fill(id);
    hold.release();
    expect(JSON.parse(await socket.hears('"456"'))).toMatchObject({ code: '100005' });
  });

  test('a rate limit asked for lasts, on this socket', async () => {
    const venue = await start({}, order);
    const socket = await join(venue);
    venue.faults.add('cancel', { kind: 'rate-limit', seconds: 7 });
    for (const tag of [1, 2])
      expect(await socket.asks(cancelMessage(id, { tag }))).toMatchObject({ code: '20007' });
    expect(await (await join(venue)).asks(cancelMessage())).toMatchObject({ submitted: true });
  });

  test('login and subscription meet faults too', async () => {
    const venue = await start();
    venue.faults.add('login', { kind: 'refuse', error: '20001' });
    venue.faults.add('subscribe', { kind: 'refuse', error: '20001' });
    const socket = await connect(venue);
    const login = loginMessage({ ...venue, key, secret });
    expect(await socket.asks(login)).toMatchObject({ event: 'login', code: '20001' });
    expect(await socket.asks({ ...login, tag: 2 })).toMatchObject({ success: true });
    const subscribe = { op: 'subscribe', args: ['order:all'], tag: 3 };
    expect(await socket.asks(subscribe)).toMatchObject({ event: 'subscribe', code: '20001' });
    expect(await socket.asks({ ...subscribe, tag: 4 })).toMatchObject({ channel: 'order:all' });
  });

  test.each([
    [{ kind: 'status', status: 503 }, /503/],
    [{ kind: 'html', status: 403 }, /403/],
    [{ kind: 'refuse', error: '429' }, /429/],
    [{ kind: 'drop', when: 'before-acting' }, /hang up|reset/],
  ] as const)('no socket: %o, while REST serves', async (fault, seen) => {
    const venue = await start({}, order);
    venue.faults.add('connect', fault, { times: 'always' });
    await expect(connect(venue)).rejects.toThrow(seen);
    open.pop();
    expect((await cancel(venue, [{ marketCode, orderId: id }])).status).toBe(200);
    expect(venue.requests.of('connect')).toHaveLength(1);
  });

  test.each([
    ['', 1000],
    ['?cut', 1006],
  ])('closed on demand, also from another process%s: %d', async (how, code) => {
    const venue = await start();
    const [one, two] = [await connect(venue), await connect(venue)];
    await send(`${venue.url}/sandbox/sockets${how}`, { method: 'DELETE' });
    expect([await one.closed, await two.closed]).toEqual([code, code]);
    const third = await connect(venue);
    venue.sockets.close(4000);
    expect(await third.closed).toBe(4000);
    const opened = await send(`${venue.url}/sandbox/sockets`, {});
    expect(opened.json).toEqual({ open: 0 });
  });

  test('asked for from another process', async () => {
    const venue = await start({}, order);
    const socket = await join(venue);
    const fault = { operation: 'cancel', fault: { kind: 'late-failure', delayMs: 0 } };
    const body = JSON.stringify(fault);
    expect((await send(`${venue.url}/sandbox/faults`, { method: 'POST', body })).status).toBe(200);
    socket.send(cancelMessage());
    await socket.hears('100004');
  });

  test('stops at once, with sockets open and upgrades held', async () => {
    const venue = await start();
    const socket = await connect(venue);
    const hold = venue.faults.hold('connect');
    const held = connect(venue).catch(() => 'refused');
    await hold.arrived;
    await venue.stop();
    expect(await held).toBe('refused');
    expect(await socket.closed).toBe(1006);
    running.pop();
  });
});

describe('faults of REST', () => {
  const named = [{ marketCode, orderId: id }];

  test.each(Object.keys(messages) as OxFunError[])('refused with %s', async (error) => {
    const venue = await start({}, order);
    venue.faults.add('cancel', { kind: 'refuse', error });
    const { json, status } = await cancel(venue, named);
    expect(json).toMatchObject({ success: false, code: error });
    expect(status).toBeGreaterThanOrEqual(400);
    expect((await cancel(venue, named)).status).toBe(200);
  });

  test.each([
    [{ kind: 'accept-then-fill' }, { code: '40035', submitted: false }, 'filled'],
    [{ kind: 'accept-then-fill', quantity: '0.2' }, { remainQuantity: '0.3' }, 'cancelled'],
    [{ kind: 'accept-then-cancel', delayMs: 0 }, { submitted: true }, 'cancelled'],
    [{ kind: 'accept-and-forget' }, { submitted: true }, 'open'],
    [{ kind: 'leave-out', orderIds: [id] }, { code: '40035', submitted: false }, 'open'],
    [{ kind: 'leave-out', orderIds: [id], error: '20031' }, { code: '20031' }, 'open'],
  ] as const)('%o: %o, the order is %s', async (fault, element, status) => {
    const venue = await start({}, order);
    venue.faults.add('cancel', fault);
    expect((await cancel(venue, named)).json).toMatchObject({ success: true, data: [element] });
    await venue.book.waitFor(id, status);
  });

  test('a fault of messages passes requests by, and one of requests messages', async () => {
    const venue = await start({}, order, { ...order, id: '5' });
    venue.faults.add('cancel', { kind: 'late-failure' });
    venue.faults.add('cancel', { kind: 'status', status: 500 });
    const socket = await join(venue);
    expect((await cancel(venue, named)).status).toBe(500);
    socket.send(cancelMessage('5'));
    await socket.hears('100004');
  });
});
