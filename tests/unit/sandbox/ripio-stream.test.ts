import { afterEach, describe, expect, test, vi } from 'vitest';
import { startRipio, type RipioOptions, type RipioVenue } from '#tests/sandbox/ripio/ripio.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { PlainSocket } from './plain-socket.ts';
import { ripioRequest, send, type Answered } from './signed-requests.ts';

/** Written from fact sheet 2.8, with a client of its own. */

const key = 'test-token';
const secret = 'test-secret';
const id = 'F55E4E01-C39B-4AA7-848B-1C6A362C386E';
const order = { id, symbol: 'ETH_BRL', side: 'buy', price: '6', quantity: '4' } as const;

const running: RipioVenue[] = [];
const open: PlainSocket[] = [];

async function start(options: RipioOptions = {}, ...orders: NewOrder[]): Promise<RipioVenue> {
  const venue = await startRipio({ key, secret, limits: false, ...options });
  running.push(venue);
  for (const one of orders) venue.book.place(one);
  return venue;
}

afterEach(async () => {
  vi.useRealTimers();
  for (const socket of open.splice(0)) socket.cut();
  await Promise.all(running.splice(0).map((venue) => venue.stop()));
});

function connect({ url }: RipioVenue): Promise<PlainSocket> {
  const socket = new PlainSocket(url, '/');
  open.push(socket);
  return socket.opened();
}

const request = ({ url }: RipioVenue, method: string, path: string, body?: object) =>
  ripioRequest({ url, key, secret }, { method, path, ...(body && { body: JSON.stringify(body) }) });

const askForTicket = (venue: RipioVenue): Promise<Answered> =>
  request(venue, 'POST', '/trade/ticket');

const ticketIn = ({ json }: Answered): string => (json as { data: { ticket: string } }).data.ticket;

const subscription = (ticket: unknown) => ({
  method: 'subscribe',
  topics: ['order_status'],
  ticket,
});

async function join(venue: RipioVenue): Promise<PlainSocket> {
  const socket = await connect(venue);
  socket.send(subscription(ticketIn(await askForTicket(venue))));
  await socket.hears('subscribe');
  return socket;
}

interface Message {
  readonly id: number;
  readonly topic: string;
  readonly timestamp: number;
  readonly body: { readonly status?: string; readonly [field: string]: unknown };
}

const messages = ({ told }: PlainSocket): Message[] =>
  told.map((text) => JSON.parse(text) as Message).filter(({ topic }) => topic === 'order_status');

const amounts = (executed: number) => ({
  executed_amount: executed,
  remaining_amount: 4 - executed,
  average_execution_price: executed && 6,
});

/** The ids of all that came until an order that is placed last. */
async function allThatComes(venue: RipioVenue, socket: PlainSocket): Promise<string> {
  const { id: last } = venue.book.place({ ...order, id: undefined });
  await socket.hears(last);
  return messages(socket)
    .map(({ id: number, body }) => `${number}:${body.status ?? ''}`)
    .join(' ');
}

describe('a ticket', () => {
  test('is a UUID in an envelope without error_code', async () => {
    const venue = await start();
    const answered = await askForTicket(venue);
    expect(answered).toMatchObject({ status: 200 });
    expect(answered.json).toEqual({
      message: null,
      data: { ticket: expect.stringMatching(/^[\da-f]{8}(-[\da-f]{4}){3}-[\da-f]{12}$/) },
    });
    expect(venue.requests.of('pass')).toHaveLength(1);
  });

  test.each<[string, RipioOptions, number]>([
    ['with Read alone', { rights: ['read'] }, 200],
    ['with no right', { rights: [] }, 403],
    ['from another address', { allowedIp: '203.0.113.7' }, 403],
  ])('%s: %o %d', async (_, options, status) => {
    expect(await askForTicket(await start(options))).toMatchObject({ status });
  });

  test('is signed as any request, and counts as one', async () => {
    const venue = await start({ limits: true, requestsPerSecond: 1 });
    const target = { url: venue.url, key, secret: 'other' };
    expect((await ripioRequest(target, { method: 'POST', path: '/trade/ticket' })).status).toBe(
      401,
    );
    expect((await askForTicket(venue)).status).toBe(429);
  });

  test.each<[string, RipioOptions, number, 'taken' | 'refused']>([
    ['twice', {}, 0, 'refused'],
    ['twice, where that is taken', { ticketSingleUse: false }, 0, 'taken'],
    ['too late', { ticketSingleUse: false, ticketLifeMs: 1000 }, 1500, 'refused'],
    ['just in time', { ticketSingleUse: false, ticketLifeMs: 5000 }, 1500, 'taken'],
  ])('used %s is %s', async (_, options, laterMs, outcome) => {
    const venue = await start(options);
    const ticket = ticketIn(await askForTicket(venue));
    const [first, second] = [await connect(venue), await connect(venue)];
    first.send(subscription(ticket));
    await first.hears('subscribe');
    venue.clock.skewMs += laterMs;
    second.send(subscription(ticket));
    await second.hears(outcome === 'taken' ? 'subscribe' : 'Invalid token');
  });

  test.each([undefined, 7, 'd90a9a10-06af-44af-8592-baf866dd1503'])(
    '%s is none',
    async (ticket) => {
      const venue = await start();
      const socket = await connect(venue);
      socket.send(subscription(ticket));
      expect(JSON.parse(await socket.hears('40100'))).toEqual({
        error_code: 40100,
        message: 'Invalid token',
        data: null,
      });
      venue.settings.wrongTicket = 'close';
      socket.send(subscription(ticket));
      expect(await socket.closed).toBe(1008);
    },
  );
});

describe('a subscription', () => {
  test.each<[RipioOptions, unknown[]]>([
    [
      {},
      [
        { method: 'subscribe', topics: ['order_status'] },
        { id: -1, topic: 'order_status', timestamp: expect.any(Number), body: {} },
      ],
    ],
    [{ acknowledges: 'status', welcome: 'none' }, [{ status: 200, message: 'subscribed' }]],
    [
      { welcome: 'last-order' },
      [
        expect.anything(),
        expect.objectContaining({ id: -1, body: expect.objectContaining({ id }) }),
      ],
    ],
  ])('%o: %o', async (options, told) => {
    const venue = await start(options, { ...order, id: undefined, ageMs: 1000 }, order);
    const socket = await join(venue);
    await allThatComes(venue, socket);
    expect(socket.told.slice(0, -1).map((text) => JSON.parse(text) as unknown)).toEqual(told);
  });

  test('ends on demand', async () => {
    const venue = await start();
    const [gone, staying] = [await join(venue), await join(venue)];
    gone.send({ method: 'unsubscribe', topics: ['order_status'] });
    await gone.hears('unsubscribe');
    await allThatComes(venue, staying);
    venue.sockets.close();
    await gone.closed;
    expect(messages(gone).filter(({ id: number }) => number > 0)).toEqual([]);
  });

  test('is refused on demand, by either kind of fault', async () => {
    const venue = await start();
    venue.sockets.faults.add({ kind: 'refuse-login' });
    const socket = await connect(venue);
    const ask = async (told: string) => {
      socket.send(subscription(ticketIn(await askForTicket(venue))));
      await socket.hears(told);
    };
    await ask('Invalid token');
    venue.faults.add('subscribe', { kind: 'refuse', error: '40300' });
    await ask('Forbidden');
    venue.faults.add('subscribe', { kind: 'close', code: 4001 });
    socket.send(subscription('x'));
    expect(await socket.closed).toBe(4001);
    venue.faults.add('pass', { kind: 'refuse', error: '503' });
    expect((await askForTicket(venue)).status).toBe(503);
  });

  test.each<[unknown, string]>([
    ['{"method":', '40000'],
    ['"ping"', '40000'],
    [{ method: 'subscribe', topics: ['balance'] }, '40000'],
    [{ method: 'unsubscribe' }, '40000'],
    [{ method: 'ping' }, '"method":"pong"'],
  ])('%o: %s', async (message, told) => {
    const socket = await connect(await start());
    socket.send(message as object);
    await socket.hears(told);
  });

  test('a connection on which nothing is said is closed, and a ping is something, answered or not', async () => {
    vi.useFakeTimers({ toFake: ['setTimeout', 'clearTimeout'] });
    const venue = await start({ pongs: false });
    const [quiet, lively] = [await connect(venue), await connect(venue)];
    vi.advanceTimersByTime(50_000);
    lively.send({ method: 'ping' });
    await venue.requests.waitFor(({ body }) => body.includes('ping'));
    vi.advanceTimersByTime(50_000);
    expect(await quiet.closed).toBe(1001);
    lively.send({ method: 'x' });
    await lively.hears('40000');
    expect(lively.told).toHaveLength(1);
  });
});

describe('what is told', () => {
  test('an order that is placed, executed in part and completely, as documented', async () => {
    const venue = await start();
    const socket = await join(venue);
    venue.book.place(order);
    venue.book.fill(id, '2.5');
    venue.book.fill(id);
    expect(await allThatComes(venue, socket)).toBe(
      '-1: 1:open 2:executed_partially 3:executed_completely 4:open',
    );
    const [, placed, partly, completely] = messages(socket);
    const same = {
      id,
      type: 'limit',
      side: 'buy',
      pair: 'ETH_BRL',
      price: 6,
      amount: 4,
      external_id: null,
      user_id: expect.any(String),
      created_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
      updated_at: expect.stringMatching(/^\d{4}-\d\d-\d\dT[\d:.]+Z$/),
    };
    expect(placed).toEqual({
      id: 1,
      topic: 'order_status',
      timestamp: expect.any(Number),
      body: { ...same, ...amounts(0), status: 'open' },
    });
    expect(partly?.body).toEqual({ ...same, ...amounts(2.5), status: 'executed_partially' });
    expect(completely?.body).toEqual({ ...same, ...amounts(4), status: 'executed_completely' });
  });

  test.each<[string, (venue: RipioVenue) => unknown]>([
    ['elsewhere', ({ book }) => book.cancel(id)],
    ['by REST', (venue) => request(venue, 'POST', '/trade/orders/cancel', { id })],
    ['with all others', (venue) => request(venue, 'DELETE', '/trade/orders/all')],
    [
      'by another process',
      ({ url }) => send(`${url}/sandbox/orders/${id}/cancel`, { method: 'POST' }),
    ],
  ])('an order that is cancelled %s', async (_, cancel) => {
    const stop = { method: 'stop-limit', stopPrice: '5.5', clientOrderId: 'mine' } as const;
    const venue = await start({}, { ...order, ...stop, filled: '1' });
    const sockets = [await join(venue), await join(venue)];
    await cancel(venue);
    for (const socket of sockets) {
      const { body } = JSON.parse(await socket.hears('canceled')) as Message;
      expect(body).toMatchObject({
        id,
        type: 'stop_limit',
        stop_price: 5.5,
        executed_amount: 1,
        remaining_amount: 3,
        external_id: 'mine',
      });
    }
  });

  test('a change, with the new amounts, and nothing of what is placed as ended', async () => {
    const venue = await start({ openStatus: 'waiting' }, order);
    const socket = await join(venue);
    venue.book.amend(id, { price: '7', quantity: '5' });
    venue.book.place({ ...order, id: undefined, status: 'cancelled' });
    expect(await allThatComes(venue, socket)).toBe('-1: 1:waiting 2:waiting');
    expect(messages(socket)[1]?.body).toMatchObject({ price: 7, amount: 5, remaining_amount: 5 });
  });

  test('numbers begin anew with each connection, or are the user’s', async () => {
    const venue = await start({}, order);
    const first = await join(venue);
    venue.book.fill(id, '1');
    const second = await join(venue);
    expect(await allThatComes(venue, second)).toBe('-1: 1:open');
    await first.hears('"id":2,');
    venue.settings.numbersFrom = 'user';
    venue.book.fill(id, '1');
    const told = [
      await first.hears('"executed_amount":2'),
      await second.hears('"executed_amount":2'),
    ];
    expect(told[0]).toBe(told[1]);
    const before = (JSON.parse(told[0] ?? '') as Message).id;
    first.cut();
    second.cut();
    venue.book.fill(id, '1');
    const third = await join(venue);
    expect(await allThatComes(venue, third)).toBe(`-1: ${before + 2}:open`);
  });

  test('a lost one leaves a gap in the numbers', async () => {
    const venue = await start({}, order);
    const socket = await join(venue);
    venue.sockets.faults.add({ kind: 'lost' }, { orderId: id });
    venue.book.cancel(id);
    expect(await allThatComes(venue, socket)).toBe('-1: 2:open');
  });
});
