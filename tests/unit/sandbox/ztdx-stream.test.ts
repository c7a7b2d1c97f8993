import { afterEach, describe, expect, test } from 'vitest';
import { orderPushes } from '#tests/sandbox/ztdx/order-push.ts';
import type { ZtdxOptions, ZtdxVenue } from '#tests/sandbox/ztdx/ztdx.ts';
import { PlainSocket } from './plain-socket.ts';
import { send, signZtdx } from './signed-requests.ts';
import {
  key,
  order,
  request,
  secret,
  start,
  stopAll as stopVenues,
  type Sent,
} from './ztdx-world.ts';

const open: PlainSocket[] = [];

afterEach(async () => {
  for (const socket of open.splice(0)) socket.cut();
  await stopVenues();
});

const path = '/fapi/v1/listenKey';
const hour = 3_600_000;

const ask = (venue: ZtdxVenue, method: string, more: Partial<Sent> = {}) =>
  request(venue, { method, path, at: venue.clock.now(), ...more });

async function keyOf(venue: ZtdxVenue): Promise<string> {
  const { json } = await ask(venue, 'POST');
  return (json as { listenKey: string }).listenKey;
}

function connect({ url }: ZtdxVenue): Promise<PlainSocket> {
  const socket = new PlainSocket(url, '/ws');
  open.push(socket);
  return socket.opened();
}

/** Entered by the listen key, with the channel of orders. */
async function join(venue: ZtdxVenue): Promise<PlainSocket> {
  const socket = await connect(venue);
  socket.send({ type: 'auth', listenKey: await keyOf(venue) });
  expect(JSON.parse(await socket.hears('auth_result'))).toEqual({
    type: 'auth_result',
    success: true,
  });
  socket.send({ type: 'subscribe', channel: 'orders' });
  expect(JSON.parse(await socket.hears('subscribed'))).toEqual({
    type: 'subscribed',
    channel: 'orders',
  });
  return socket;
}

/** With a socket that listens, and an order of somebody else. */
async function live(options: ZtdxOptions) {
  const venue = await start(options, { ...order, id: '66', isForeign: true });
  return { venue, socket: await join(venue) };
}

/** All that was pushed until now. */
async function pushesTo(socket: PlainSocket): Promise<string[]> {
  socket.told.splice(0, socket.told.length, ...socket.told.filter((text) => !/pong/.test(text)));
  socket.send({ type: 'ping' });
  await socket.hears('"pong"');
  return socket.told.filter((text) => text.includes('"type":"order"'));
}

describe('the listen key', () => {
  test('is one for the user: asked for again it is the same, and good for an hour again', async () => {
    const venue = await start();
    const listenKey = await keyOf(venue);
    expect(listenKey).toMatch(/^[A-Za-z\d]{64}$/);
    venue.clock.driftBy(hour - 1000);
    expect(await keyOf(venue)).toBe(listenKey);
    venue.clock.driftBy(hour - 1000);
    expect((await ask(venue, 'PUT')).json).toEqual({ listenKey });
    venue.clock.driftBy(hour - 1000);
    expect(await keyOf(venue)).toBe(listenKey);
    venue.clock.driftBy(hour + 1000);
    expect(await keyOf(venue)).not.toBe(listenKey);
  });

  test('is not there before it was asked for, when it has run out, when it was revoked', async () => {
    const venue = await start();
    const none = {
      status: 400,
      json: { code: -1125, msg: 'This listenKey does not exist.' },
    };
    expect(await ask(venue, 'PUT')).toMatchObject(none);
    expect((await ask(venue, 'DELETE')).json).toEqual({});
    await keyOf(venue);
    venue.clock.driftBy(hour + 1000);
    expect(await ask(venue, 'PUT')).toMatchObject(none);
    await keyOf(venue);
    expect((await ask(venue, 'DELETE')).json).toEqual({});
    expect(await ask(venue, 'PUT')).toMatchObject(none);
  });

  test.each(['POST', 'PUT', 'DELETE'])('%s is signed', async (method) => {
    const venue = await start();
    expect(await ask(venue, method, { sign: () => 'ab' })).toMatchObject({
      json: { code: -1022 },
    });
    expect(await ask(venue, method, { at: null })).toMatchObject({ json: { code: -1102 } });
  });

  test('of a POST, the body is signed right behind the query', async () => {
    const venue = await start();
    const query = `timestamp=${Date.now()}`;
    const post = (signed: string) =>
      send(`${venue.url}${path}?${query}&signature=${signZtdx(secret, signed)}`, {
        method: 'POST',
        body: 'recvWindow=5000',
        headers: { 'x-mbx-apikey': key },
      });
    expect((await post(`${query}recvWindow=5000`)).status).toBe(200);
    expect((await post(query)).json).toMatchObject({ code: -1022 });
  });

  test('a key that may only read does; from another address none does', async () => {
    expect((await ask(await start({ rights: ['read'] }), 'POST')).status).toBe(200);
    expect((await ask(await start({ allowedIp: '203.0.113.7' }), 'POST')).status).toBe(401);
  });

  test('while a socket is open by it, it does not run out', async () => {
    const venue = await start({}, { ...order, id: '7' });
    const socket = await join(venue);
    const listenKey = await keyOf(venue);
    venue.clock.driftBy(3 * hour);
    venue.book.cancel('7');
    expect(await pushesTo(socket)).toHaveLength(1);
    expect((await ask(venue, 'PUT')).json).toEqual({ listenKey });
    venue.sockets.cut();
    await socket.closed;
    venue.clock.driftBy(hour + 1000);
    expect((await ask(venue, 'PUT')).status).toBe(400);
  });
});

describe('the socket', () => {
  test.each<[string, (listenKey: string) => object]>([
    ['another key', () => ({ listenKey: 'x'.repeat(64) })],
    ['no key', () => ({})],
    ['a number', () => ({ listenKey: 5 })],
    ['the key as a token', (token) => ({ type: 'auth_token', token })],
  ])('refuses %s, and stays open', async (_, fields) => {
    const venue = await start();
    const socket = await connect(venue);
    socket.send({ type: 'auth', ...fields(await keyOf(venue)) });
    expect(JSON.parse(await socket.hears('auth_result'))).toMatchObject({ success: false });
    socket.send({ type: 'auth', listenKey: await keyOf(venue) });
    await socket.hears('auth_result', 'true');
  });

  test('refuses a key that has run out', async () => {
    const venue = await start();
    const listenKey = await keyOf(venue);
    venue.clock.driftBy(hour + 1000);
    const socket = await connect(venue);
    socket.send({ type: 'auth', listenKey });
    await socket.hears('auth_result', 'false');
  });

  test.each([
    [{ type: 'subscribe', channel: 'order' }, 'INVALID_CHANNEL'],
    [{ type: 'subscribe' }, 'INVALID_CHANNEL'],
    [{ type: 'subscribe', channel: 'orders' }, 'UNAUTHORIZED'],
    [{ type: 'place', channel: 'orders' }, 'INVALID_MESSAGE'],
    ['{"type":', 'INVALID_MESSAGE'],
  ])('%j is an error, %s', async (message, code) => {
    const socket = await connect(await start());
    socket.send(message);
    expect(JSON.parse(await socket.hears('error'))).toMatchObject({ type: 'error', code });
    socket.send({ type: 'ping' });
    expect(JSON.parse(await socket.hears('pong'))).toEqual({ type: 'pong' });
  });

  test.each(['positions', 'balance', 'balances', 'ticker:BTCUSDT'])(
    'takes %s too, and pushes nothing there',
    async (channel) => {
      const venue = await start({}, { ...order, id: '7' });
      const socket = await connect(venue);
      socket.send({ type: 'auth', listenKey: await keyOf(venue) });
      socket.send({ type: 'subscribe', channel });
      await socket.hears('subscribed', channel);
      venue.book.cancel('7');
      expect(await pushesTo(socket)).toEqual([]);
    },
  );

  test('tells nothing any more once unsubscribed', async () => {
    const venue = await start({}, { ...order, id: '7' });
    const socket = await join(venue);
    socket.send({ type: 'unsubscribe', channel: 'orders' });
    await socket.hears('unsubscribed');
    venue.book.cancel('7');
    expect(await pushesTo(socket)).toEqual([]);
  });

  test.each([
    ['closed', 1000],
    ['mute', 'open'],
  ] as const)('whose key is revoked is %s', async (revokedStream, end) => {
    const venue = await start({ revokedStream }, { ...order, id: '7' });
    const socket = await join(venue);
    await ask(venue, 'DELETE');
    if (end !== 'open') expect(await socket.closed).toBe(end);
    venue.book.cancel('7');
    if (end === 'open') expect(await pushesTo(socket)).toEqual([]);
  });

  test('messages are in the log, without a status', async () => {
    const venue = await start();
    await join(venue);
    expect(venue.requests.of('pass')).toMatchObject([{ method: 'POST', status: 200 }]);
    expect(venue.requests.of('login')).toMatchObject([{ method: 'WS', outcome: 'answered' }]);
    expect(venue.requests.of('subscribe')).toMatchObject([{ status: undefined }]);
  });
});

describe('what is pushed', () => {
  const id = '2254222045';

  test.each(orderPushes)(
    'as %s: placed, filled in part, changed, filled, cancelled',
    async (form) => {
      const { venue, socket } = await live({ orderPush: form });
      venue.book.place({ ...order, id });
      venue.book.place({ ...order, id: '8', reduceOnly: true });
      venue.book.fill(id, '0.2');
      venue.book.amend(id, { price: '70000' });
      venue.book.fill(id);
      venue.book.cancel('8');
      venue.book.cancel('66');
      const pushes = await pushesTo(socket);
      expect(pushes).toHaveLength(6);
      for (const push of pushes) expect(JSON.parse(push)).toMatchObject({ type: 'order' });
      const namesOne = (text = ''): boolean => text.includes(id);
      expect(pushes.map(namesOne)).toEqual(
        form === 'bare' ? Array(6).fill(false) : [true, false, true, true, true, false],
      );
      if (form === 'bare') return;
      const words = pushes.map((text) => /"(?:status|X)":"(\w+)"/.exec(text)?.[1]?.toUpperCase());
      const fresh = form === 'spot' ? 'OPEN' : 'NEW';
      const part = 'PARTIALLY_FILLED';
      expect(words).toEqual([fresh, fresh, part, part, 'FILLED', 'CANCELED']);
    },
  );

  test('as REST has it: exact ids and amounts', async () => {
    const { venue, socket } = await live({ orderPush: 'data' });
    const long = '9007199254740993123';
    venue.book.place({ ...order, id: long });
    const [push = ''] = await pushesTo(socket);
    expect(push).toContain(`"orderId":${long},`);
    expect(push).toContain('"origQty":"0.500000000000000000"');
  });

  test('as spot’s: a fill has an id of its own', async () => {
    const { venue, socket } = await live({ orderPush: 'spot', idForm: 'uuid' });
    const placed = venue.book.place(order);
    venue.book.fill(placed.id, '0.1');
    const [, fill = ''] = await pushesTo(socket);
    const { data } = JSON.parse(fill) as {
      data: { id: string; last_fill: { trade_id: string; quantity: string } };
    };
    expect(data).toMatchObject({ id: placed.id, last_fill: { quantity: '0.1' } });
    expect(data.last_fill.trade_id).not.toBe(placed.id);
  });

  test('a cancel over REST, and what goes with its order', async () => {
    const { venue, socket } = await live({});
    venue.book.place({ ...order, id });
    venue.book.place({ ...order, id: '9', parentId: id, method: 'stop-market', stopPrice: '1' });
    await request(venue, { method: 'DELETE', path: `/fapi/v1/order?symbol=BTCUSDT&orderId=${id}` });
    const [, , ...pushes] = await pushesTo(socket);
    expect(pushes.map((text) => JSON.parse(text) as object)).toMatchObject([
      { data: { orderId: Number(id), status: 'CANCELED' } },
      { data: { orderId: 9, status: 'CANCELED' } },
    ]);
  });
});

describe('faults', () => {
  test('the login is refused once', async () => {
    const venue = await start();
    venue.sockets.faults.add({ kind: 'refuse-login' });
    const socket = await connect(venue);
    const listenKey = await keyOf(venue);
    socket.send({ type: 'auth', listenKey });
    await socket.hears('auth_result', 'false');
    socket.send({ type: 'auth', listenKey });
    await socket.hears('auth_result', 'true');
  });

  test('a push is lost, and the next one comes', async () => {
    const venue = await start({}, { ...order, id: '7' });
    const socket = await join(venue);
    venue.sockets.faults.add({ kind: 'lost' });
    venue.book.fill('7', '0.1');
    venue.book.cancel('7');
    expect(await pushesTo(socket)).toMatchObject([expect.stringContaining('CANCELED')]);
  });

  test('the login is never answered, the listen key is refused', async () => {
    const venue = await start();
    venue.faults.add('login', { kind: 'no-reply' });
    venue.faults.add('pass', { kind: 'refuse', error: '-2015' });
    expect(await ask(venue, 'POST')).toMatchObject({ json: { code: -2015 } });
    const socket = await connect(venue);
    socket.send({ type: 'auth', listenKey: await keyOf(venue) });
    socket.send({ type: 'ping' });
    await socket.hears('pong');
    expect(socket.told.join()).not.toContain('auth_result');
  });
});
