import { afterEach, describe, expect, test } from 'vitest';
import { startKraken, type KrakenOptions, type KrakenVenue } from '#tests/sandbox/kraken/kraken.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { PlainSocket } from './plain-socket.ts';
import { krakenRequest } from './signed-requests.ts';

/** Written from the fact sheet's chapter on the stream, with a client of its own. */

const key = 'test-key';
const secret = Buffer.alloc(64, 7).toString('base64');
const id = 'OP5V2Y-RYKVL-ET3V3B';
const order = {
  id,
  clientOrderId: 'ladder-1',
  symbol: 'XBTUSD',
  side: 'buy',
  price: '37500',
  quantity: '4',
} as const;

const running: KrakenVenue[] = [];
const open: PlainSocket[] = [];

async function start(options: KrakenOptions = {}, ...orders: NewOrder[]): Promise<KrakenVenue> {
  const venue = await startKraken({ key, secret, limits: false, ...options });
  running.push(venue);
  for (const one of orders) venue.book.place(one);
  return venue;
}

afterEach(async () => {
  for (const socket of open.splice(0)) socket.cut();
  await Promise.all(running.splice(0).map((venue) => venue.stop()));
});

function connect({ url }: KrakenVenue): Promise<PlainSocket> {
  const socket = new PlainSocket(url, '/v2');
  open.push(socket);
  return socket.opened();
}

async function tokenOf({ url }: KrakenVenue): Promise<string> {
  const path = '/0/private/GetWebSocketsToken';
  const { json } = await krakenRequest({ url, key, secret }, { path });
  expect(json).toMatchObject({ error: [], result: { expires: 900 } });
  return (json as { result: { token: string } }).result.token;
}

const subscription = (token: string, more: object = {}) => ({
  method: 'subscribe',
  params: { channel: 'executions', token, ...more },
  req_id: 3,
});

async function join(venue: KrakenVenue, more: object = {}): Promise<PlainSocket> {
  const socket = await connect(venue);
  socket.send(subscription(await tokenOf(venue), more));
  await socket.hears('snapshot', 'sequence');
  return socket;
}

interface Message {
  readonly channel: string;
  readonly type: string;
  readonly sequence: number;
  readonly data: readonly Readonly<Record<string, unknown>>[];
}

const messages = ({ told }: PlainSocket): Message[] =>
  told.map((text) => JSON.parse(text) as Message).filter(({ channel }) => channel === 'executions');

/** What has been told of the order until another that is placed last. */
async function allThatComes(venue: KrakenVenue, socket: PlainSocket): Promise<string> {
  const { id: last } = venue.book.place({ ...order, id: undefined, clientOrderId: 'last' });
  await socket.hears(last);
  return messages(socket)
    .filter(({ type }) => type === 'update')
    .flatMap(({ data }) => data)
    .filter((each) => each['order_id'] === id)
    .map((each) => `${String(each['exec_type'])}:${String(each['order_status'])}`)
    .join(' ');
}

test('a connection is greeted, answered and beaten', async () => {
  const venue = await start({ heartbeatMs: 5 });
  const socket = await connect(venue);
  await socket.hears('"channel":"status"', '"online"');
  socket.send({ method: 'ping', req_id: 9 });
  await socket.hears('"method":"pong"', '"req_id":9');
  socket.send(subscription(await tokenOf(venue)));
  await socket.hears('"method":"subscribe"', '"req_id":3', '"success":true');
  await socket.hears('{"channel":"heartbeat"}');
});

test.each<[object, string[]]>([
  [{}, [id]],
  [{ snap_orders: false }, []],
])('with %o, the snapshot holds %j', async (more, ids) => {
  const venue = await start({}, order, { ...order, id: 'OZZZZZ-ZZZZZ-ZZZZZZ', isForeign: true });
  const [first] = messages(await join(venue, more));
  expect(first).toMatchObject({ type: 'snapshot', sequence: 1 });
  expect(first?.data.map((each) => each['order_id'])).toEqual(ids);
  const whole = { symbol: 'BTC/USD', order_qty: 4, cum_qty: 0, order_type: 'limit', side: 'buy' };
  if (ids.length > 0) expect(first?.data[0]).toMatchObject(whole);
});

describe('each change is told, numbered', () => {
  test.each<[string, (venue: KrakenVenue) => void, string]>([
    ['cancelled', ({ book }) => book.cancel(id), 'canceled:canceled'],
    ['filled', ({ book }) => book.fill(id), 'trade:partially_filled filled:filled'],
    ['filled in part', ({ book }) => book.fill(id, '1'), 'trade:partially_filled'],
    ['expired', ({ book }) => book.end(id, 'expired'), 'expired:expired'],
    ['rejected', ({ book }) => book.end(id, 'rejected', 'Cannot post'), 'canceled:canceled'],
    ['amended', ({ book }) => book.amend(id, { quantity: '5' }), 'amended:new'],
  ])('%s', async (_, change, expected) => {
    const venue = await start({}, order);
    const socket = await join(venue);
    change(venue);
    expect(await allThatComes(venue, socket)).toBe(expected);
    const numbers = messages(socket).map(({ sequence }) => sequence);
    expect(numbers).toEqual(numbers.map((_each, at) => at + 1));
  });

  test('an end tells what had filled, and names neither pair nor side', async () => {
    const venue = await start({}, { ...order, filled: '1.5' });
    const socket = await join(venue);
    venue.book.cancel(id);
    await allThatComes(venue, socket);
    const end = messages(socket)
      .flatMap(({ data }) => data)
      .find((each) => each['exec_type'] === 'canceled');
    expect(end).toEqual({
      order_id: id,
      cl_ord_id: 'ladder-1',
      timestamp: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:]{8}\.\d{6}Z$/),
      exec_type: 'canceled',
      order_status: 'canceled',
      cum_qty: 1.5,
      cum_cost: 56_250,
      avg_price: 37_500,
      reason: 'User requested',
      cancel_reason: 'User requested',
    });
  });

  test('a new one is pending first', async () => {
    const venue = await start();
    const socket = await join(venue);
    venue.book.place(order);
    expect(await allThatComes(venue, socket)).toBe('pending_new:pending_new new:new');
  });
});

describe('a token', () => {
  test('may be used for a quarter of an hour, by several', async () => {
    const venue = await start();
    const token = await tokenOf(venue);
    for (const [age, success] of [
      [0, true],
      [899_000, true],
      [901_000, false],
    ] as const) {
      venue.clock.skewMs = age;
      const socket = await connect(venue);
      socket.send(subscription(token));
      await socket.hears('"method":"subscribe"', `"success":${success}`);
    }
  });

  test('that is not known ends the connection where that is asked for', async () => {
    const venue = await start({ wrongToken: 'close' });
    const socket = await connect(venue);
    socket.send(subscription('what'));
    expect(await socket.closed).toBe(1008);
  });
});

test('what is unsubscribed is told nothing more, and what is not known is refused', async () => {
  const venue = await start({}, order);
  const socket = await join(venue);
  socket.send({ method: 'unsubscribe', params: { channel: 'executions' } });
  await socket.hears('"method":"unsubscribe"', '"success":true');
  venue.book.cancel(id);
  socket.send({ method: 'what' });
  await socket.hears('"method":"what"', '"success":false');
  expect(messages(socket)).toHaveLength(1);
});
