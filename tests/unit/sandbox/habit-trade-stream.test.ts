import { afterEach, describe, expect, test, vi } from 'vitest';
import {
  startHabitTrade,
  type HabitTradeOptions,
  type HabitTradeVenue,
} from '#tests/sandbox/habit-trade/habit-trade.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { PlainSocket } from './plain-socket.ts';
import { habitTradeRequest, send, signHabitTrade } from './signed-requests.ts';

const key = 'test-key';
const secret = 'test-secret';
const path = '/ws/trade/v1';
const id = '22000000022';
const order = { id, symbol: '00700', side: 'buy', price: '423.83', quantity: '1000' } as const;

const running: HabitTradeVenue[] = [];
const open: PlainSocket[] = [];

afterEach(async () => {
  vi.useRealTimers();
  for (const socket of open.splice(0)) socket.cut();
  await Promise.all(running.splice(0).map((venue) => venue.stop()));
});

async function start(
  options: HabitTradeOptions = {},
  ...orders: NewOrder[]
): Promise<HabitTradeVenue> {
  const venue = await startHabitTrade({ key, secret, cancelDelayMs: 0, ...options });
  running.push(venue);
  for (const one of orders) venue.book.place(one);
  return venue;
}

interface Handshake {
  readonly at?: number;
  readonly query?: string;
  /** What is signed in place of the query. */
  readonly signed?: string;
  readonly method?: string;
  readonly encoding?: 'base64' | 'hex';
  readonly headers?: Readonly<Record<string, string>>;
}

/** The headers of fact sheet 3.3. */
function headersOf(venue: HabitTradeVenue, handshake: Handshake): Record<string, string> {
  const { at = venue.clock.now(), query = '', signed = query, encoding = 'base64' } = handshake;
  const text = [handshake.method ?? 'CONNECT', path, at, signed].join('|');
  return {
    'x-api-key': key,
    'x-api-timestamp': String(at),
    'x-api-signature': signHabitTrade(secret, text, encoding),
    ...handshake.headers,
  };
}

function connect(venue: HabitTradeVenue, handshake: Handshake = {}): Promise<PlainSocket> {
  const query = handshake.query ? `?${handshake.query}` : '';
  const socket = new PlainSocket(venue.url, path + query, headersOf(venue, handshake));
  open.push(socket);
  return socket.opened();
}

interface Push {
  readonly type: string;
  readonly data: Readonly<Record<string, unknown>>;
}

/** All that was pushed, up to the first push of this order. */
async function pushesUntil(socket: PlainSocket, last: string): Promise<Push[]> {
  await socket.hears('"type":"order"', last);
  return socket.told.map((text) => JSON.parse(text) as Push);
}

describe('the handshake', () => {
  test('is signed as the known vector', () => {
    expect(signHabitTrade(secret, `CONNECT|${path}|1699999999999|`, 'base64')).toBe(
      'KoFpnq7bt3C7fyn5xnOhxlPfGpp+NxZnHGsqiBvrFuM=',
    );
  });

  test.each<[string, Handshake, HabitTradeOptions?]>([
    ['plain', {}],
    ['with a query', { query: 'a=1&b=2' }],
    ['where REST wants hex', {}, { signatureEncoding: 'hex' }],
    ['by a key that may only read', {}, { rights: ['read'] }],
  ])('is taken: %s', async (_, handshake, options) => {
    const venue = await start(options);
    await connect(venue, handshake);
    expect(venue.requests.of('connect')).toMatchObject([{ status: 101 }]);
  });

  test.each<[string, Handshake, number, HabitTradeOptions?]>([
    ['without a key', { headers: { 'x-api-key': '' } }, 401],
    ['without a signature', { headers: { 'x-api-signature': '' } }, 401],
    ['without a timestamp', { headers: { 'x-api-timestamp': '' } }, 401],
    ['by another key', { headers: { 'x-api-key': 'other' } }, 401],
    ['as a GET', { method: 'GET' }, 401],
    ['in hex', { encoding: 'hex' }, 401],
    ['in hex where REST wants it', { encoding: 'hex' }, 401, { signatureEncoding: 'hex' }],
    ['without its query', { query: 'a=1', signed: '' }, 401],
    ['long ago', { at: 1_699_999_999_999 }, 401],
    ['from another address', {}, 403, { allowedIp: '203.0.113.7' }],
  ])('is refused: %s', async (_, handshake, status, options) => {
    const venue = await start(options);
    await expect(connect(venue, handshake)).rejects.toThrow(String(status));
    open.pop();
    expect(venue.requests.of('connect')).toMatchObject([{ status }]);
    expect(venue.sockets.open).toEqual([]);
  });

  test('is refused on demand, as by a wrong key; a fault never hides a client’s own mistake', async () => {
    const venue = await start();
    venue.sockets.faults.add({ kind: 'refuse-login' });
    await expect(connect(venue, { method: 'GET' })).rejects.toThrow('401');
    await expect(connect(venue)).rejects.toThrow('401');
    open.splice(0);
    expect(venue.requests.of('connect').map(({ reply }) => reply)).toEqual([
      expect.stringContaining('10010008'),
      expect.stringContaining('Invalid API key'),
    ]);
    await connect(venue);
  });

  test('is a WebSocket’s alone', async () => {
    const venue = await start();
    const answered = await send(venue.url + path, { headers: headersOf(venue, {}) });
    expect(answered.status).toBe(404);
  });
});

test('a heartbeat comes every 30 s, by the venue’s clock, until the end', async () => {
  vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
  const venue = await start({ skewMs: 90_000 });
  const socket = await connect(venue);
  vi.advanceTimersByTime(29_999);
  expect(socket.told).toEqual([]);
  const asked = venue.clock.now();
  vi.advanceTimersByTime(1);
  const { type, data } = JSON.parse(await socket.hears('heartbeat')) as Push;
  expect(type).toBe('heartbeat');
  expect(data['timestamp']).toBeGreaterThanOrEqual(asked);
  vi.advanceTimersByTime(30_000);
  venue.book.place(order);
  await socket.hears('"type":"order"');
  expect(socket.told).toHaveLength(3);
  venue.sockets.cut();
  await socket.closed;
  vi.advanceTimersByTime(30_000);
  // Nobody is there for the next one.
  expect(vi.getTimerCount()).toBe(0);
});

describe('what is pushed', () => {
  test('a cancel, as the page’s example', async () => {
    const venue = await start({}, order);
    const socket = await connect(venue);
    await habitTradeRequest(
      { url: venue.url, key, secret },
      { method: 'DELETE', path: '/trade/v1/orders', body: JSON.stringify({ order_no: id }) },
    );
    const { createdAt, updatedAt } = await venue.book.waitFor(id, 'cancelled');
    expect(await pushesUntil(socket, id)).toEqual([
      {
        type: 'order',
        data: {
          market: 'hkex',
          order_type: 'enhanced_limit_order',
          symbol: '00700',
          name: 'TENCENT',
          order_side: 'buy',
          account_code: '80114138',
          order_no: id,
          order_status: 'can',
          price: 423.83,
          qty: 1000,
          outstand_qty: 0,
          execute_qty: 0,
          execute_amount: 0,
          charge: 0,
          charge_base_currency: 'HKD',
          base_currency: 'HKD',
          reference_id: '',
          portfolio_id: '',
          reject_reason: '',
          update_time: Math.floor(updatedAt / 1000),
          create_time: Math.floor(createdAt / 1000),
        },
      },
    ]);
  });

  test('with the fields of its table alone, where asked for', async () => {
    const venue = await start({ pushFields: 'table' }, order);
    const socket = await connect(venue);
    venue.book.fill(id, '200');
    const [push] = await pushesUntil(socket, id);
    expect(Object.keys(push?.data ?? {})).toEqual([
      'market',
      'order_type',
      'symbol',
      'name',
      'order_side',
      'account_code',
      'order_no',
      'order_status',
      'price',
      'qty',
      'reference_id',
      'portfolio_id',
      'update_time',
      'create_time',
    ]);
  });

  test('what happens elsewhere, to every socket; of somebody else nothing', async () => {
    const venue = await start({}, { ...order, id: '66', isForeign: true });
    const sockets = [await connect(venue), await connect(venue)];
    venue.book.place(order);
    venue.book.place({ ...order, id: '5' });
    venue.book.place({ ...order, id: '6', statusWord: 'pnd' });
    venue.book.cancel('66');
    venue.book.fill(id, '200');
    venue.book.fill(id);
    venue.book.end('5', 'rejected', 'No money');
    venue.book.cancel('6');
    for (const socket of sockets) {
      await socket.hears('"6"', '"can"');
      expect(
        (await pushesUntil(socket, '"6"')).map(({ data }) => [
          data['order_no'],
          data['order_status'],
          data['execute_qty'],
          data['reject_reason'],
        ]),
      ).toEqual([
        [id, 'new', 0, ''],
        ['5', 'new', 0, ''],
        ['6', 'pnd', 0, ''],
        [id, 'pfil', 200, ''],
        [id, 'fil', 1000, ''],
        ['5', 'rej', 0, 'No money'],
        ['6', 'can', 0, ''],
      ]);
    }
  });

  test('doubled, on demand', async () => {
    const venue = await start({}, order);
    const socket = await connect(venue);
    venue.sockets.faults.add({ kind: 'duplicate' });
    venue.book.fill(id, '200');
    venue.book.cancel(id);
    await socket.hears('"can"');
    expect(socket.told).toHaveLength(3);
  });

  test('whatever a client says is logged, and not answered', async () => {
    const venue = await start({}, order);
    const socket = await connect(venue);
    socket.send({ type: 'subscribe', channel: 'orders' });
    await venue.requests.waitFor(({ method }) => method === 'WS');
    venue.book.cancel(id);
    expect(await pushesUntil(socket, id)).toHaveLength(1);
  });
});
