import { afterEach, describe, expect, test } from 'vitest';
import type { BinanceOptions, BinanceVenue } from '#tests/sandbox/binance/binance.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import {
  cancel,
  key,
  oco,
  order,
  remove,
  secret,
  start,
  stopAll,
  symbol,
} from './binance-world.ts';
import { PlainSocket } from './plain-socket.ts';
import { signZtdx as hmac } from './signed-requests.ts';

const sockets: PlainSocket[] = [];

afterEach(async () => {
  for (const socket of sockets.splice(0)) socket.cut();
  await stopAll();
});

const method = 'userDataStream.subscribe.signature';

function parameters(more: Record<string, string | number> = {}, by = secret) {
  const params: Record<string, string | number> = { apiKey: key, timestamp: Date.now(), ...more };
  const sorted = Object.keys(params).toSorted();
  return {
    ...params,
    signature: hmac(by, sorted.map((name) => `${name}=${params[name]}`).join('&')),
  };
}

async function connect({ url }: BinanceVenue): Promise<PlainSocket> {
  const socket = new PlainSocket(url, '/ws-api/v3');
  sockets.push(socket);
  return socket.opened();
}

async function asked(socket: PlainSocket, id: string, message: object) {
  socket.send({ id, ...message });
  return JSON.parse(await socket.hears(`"id":"${id}"`)) as Record<string, unknown>;
}

async function live(options: BinanceOptions = {}, ...orders: readonly NewOrder[]) {
  const venue = await start(options, ...orders);
  const socket = await connect(venue);
  expect(await asked(socket, 'in', { method, params: parameters() })).toMatchObject({
    status: 200,
    result: { subscriptionId: 0 },
  });
  return { venue, socket };
}

type Event = { subscriptionId?: number; event: Record<string, unknown> };

/** All events until now. */
async function events(socket: PlainSocket): Promise<Event[]> {
  await asked(socket, `ping-${socket.told.length}`, { method: 'ping' });
  return socket.told.map((text) => JSON.parse(text) as Event).filter(({ event }) => event);
}

describe('subscribing', () => {
  test('the known vector: parameters sorted by name', () => {
    const apiKey = 'vmPUZE6mv9SD5VNHk4HlWFsOr6aKE2zvsw0MuIgwCIPy6utIco14y7Ju91duEh8A';
    const by = 'NhqPtmdSJYdKjVHjA7PZj4Mge3R5YNiP1e3UZjInClVN65XAbvqqM6A7H5fATj0j';
    expect(parameters({ timestamp: 1_645_423_376_532, apiKey }, by).signature).toBe(
      '74448608dc93596b10b1c8c9cf871d140884b9e1463ab9371dcc47de69b39531',
    );
  });

  test.each<[string, () => object, number, number]>([
    ['another secret', () => parameters({}, 'other'), 400, -1022],
    ['an unknown key', () => parameters({ apiKey: 'other' }), 401, -2015],
    ['six seconds old', () => parameters({ timestamp: Date.now() - 6000 }), 400, -1021],
    ['without a signature', () => ({ apiKey: key, timestamp: Date.now() }), 400, -1102],
    ['nothing', () => ({}), 401, -2014],
  ])('%s', async (_, params, status, code) => {
    const socket = await connect(await start());
    expect(await asked(socket, '1', { method, params: params() })).toMatchObject({
      id: '1',
      status,
      error: { code },
    });
  });

  test('a longer window may be asked for', async () => {
    const socket = await connect(await start());
    const params = parameters({ timestamp: Date.now() - 6000, recvWindow: 10_000 });
    expect(await asked(socket, '1', { method, params })).toMatchObject({ status: 200 });
  });

  test('refused by a fault, and too fast: a moment tells until when', async () => {
    const venue = await start();
    const socket = await connect(venue);
    venue.sockets.faults.add({ kind: 'refuse-login' });
    expect(await asked(socket, '1', { method, params: parameters() })).toMatchObject({
      error: { code: -2015 },
    });
    venue.faults.add('login', { kind: 'rate-limit', seconds: 1 });
    const told = await asked(socket, '2', { method, params: parameters() });
    expect(told).toMatchObject({ status: 429, error: { code: -1003 } });
    const { data } = told.error as { data: { serverTime: number; retryAfter: number } };
    expect(data.retryAfter).toBeGreaterThan(data.serverTime);
  });

  test('pings, and what is not known', async () => {
    const socket = await connect(await start());
    expect(await asked(socket, '1', { method: 'ping' })).toMatchObject({ status: 200, result: {} });
    expect(await asked(socket, '2', { method: 'nothing' })).toMatchObject({ status: 400 });
  });
});

describe('events', () => {
  test('a new order, a part of it filled, changed, filled', async () => {
    const { venue, socket } = await live();
    const { id } = venue.book.place({ ...order, clientOrderId: 'mine' });
    venue.book.fill(id, '0.1');
    venue.book.amend(id, { quantity: '0.4' });
    venue.book.fill(id);
    expect((await events(socket)).map(({ event: { x, X, z, c } }) => [x, X, z, c])).toEqual([
      ['NEW', 'NEW', '0.00000000', 'mine'],
      ['TRADE', 'PARTIALLY_FILLED', '0.10000000', 'mine'],
      ['REPLACED', 'PARTIALLY_FILLED', '0.10000000', 'mine'],
      ['TRADE', 'FILLED', '0.40000000', 'mine'],
    ]);
  });

  test('a cancel bears its own client id, and the order’s as the original one', async () => {
    const { venue, socket } = await live({}, { ...order, id: '7', clientOrderId: 'mine' });
    await remove(venue, `order${symbol}&orderId=7&newClientOrderId=pulled`);
    expect(await events(socket)).toMatchObject([
      {
        subscriptionId: 0,
        event: { e: 'executionReport', i: 7, x: 'CANCELED', X: 'CANCELED', c: 'pulled', C: 'mine' },
      },
    ]);
  });

  test('the venue ends one', async () => {
    const { venue, socket } = await live({}, { ...order, id: '7' });
    venue.book.end('7', 'expired');
    expect(await events(socket)).toMatchObject([{ event: { x: 'EXPIRED', X: 'EXPIRED', C: '' } }]);
  });

  test('a list: each leg, then the list', async () => {
    const { venue, socket } = await live({}, ...oco);
    await cancel(venue, '12');
    expect(await events(socket)).toMatchObject([
      { event: { e: 'executionReport', i: 12, x: 'CANCELED', g: 1929 } },
      { event: { e: 'executionReport', i: 11, x: 'CANCELED', g: 1929 } },
      { event: { e: 'listStatus', g: 1929, L: 'ALL_DONE', O: [{ i: 11 }, { i: 12 }] } },
    ]);
  });

  test('nothing before the subscription, nor after its end', async () => {
    const venue = await start({}, { ...order, id: '7' }, { ...order, id: '8', isForeign: true });
    const socket = await connect(venue);
    venue.book.fill('7', '0.1');
    await asked(socket, 'in', { method, params: parameters() });
    venue.book.fill('8');
    venue.terminate();
    venue.book.fill('7');
    expect(await events(socket)).toMatchObject([
      { subscriptionId: 0, event: { e: 'eventStreamTerminated' } },
    ]);
  });

  test('a shutdown is told on every connection', async () => {
    const { venue, socket } = await live();
    venue.shutDown();
    expect(await events(socket)).toMatchObject([{ event: { e: 'serverShutdown' } }]);
  });

  test('faults of pushes', async () => {
    const { venue, socket } = await live({}, { ...order, id: '7' }, { ...order, id: '8' });
    venue.sockets.faults.add({ kind: 'lost' });
    venue.sockets.faults.add({ kind: 'duplicate' });
    await cancel(venue, '7');
    await cancel(venue, '8');
    expect((await events(socket)).map(({ event }) => event.i)).toEqual([8, 8]);
  });
});
