import { afterEach, describe, expect, test } from 'vitest';
import {
  startBtcTurk,
  type BtcTurkOptions,
  type BtcTurkVenue,
} from '#tests/sandbox/btcturk/btcturk.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { PlainSocket } from './plain-socket.ts';
import { btcTurkRequest, send, signBtcTurk } from './signed-requests.ts';

/** Written from fact sheet 1.8, with a client of its own. */

const key = 'test-public-key';
const secret = 'c2VjcmV0LWtleS1mb3ItdGVzdHM=';
const id = '26947521557';
const order = {
  id,
  symbol: 'HNTUSDT',
  side: 'sell',
  price: '5.7192',
  quantity: '174.84',
  clientOrderId: 'mine',
} as const;

const now = (): number => Date.now();

const running: BtcTurkVenue[] = [];
const open: PlainSocket[] = [];

async function start(options: BtcTurkOptions = {}, ...orders: NewOrder[]): Promise<BtcTurkVenue> {
  const venue = await startBtcTurk({ key, secret, cancelDelayMs: 0, ...options });
  running.push(venue);
  for (const one of orders) venue.book.place(one);
  return venue;
}

afterEach(async () => {
  for (const socket of open.splice(0)) socket.cut();
  await Promise.all(running.splice(0).map((venue) => venue.stop()));
});

function connect({ url }: BtcTurkVenue): Promise<PlainSocket> {
  const socket = new PlainSocket(url, '/');
  open.push(socket);
  return socket.opened();
}

const loginWith = (nonce: unknown = 3000, more: object = {}) => [
  114,
  {
    type: 114,
    publicKey: key,
    timestamp: Date.now(),
    nonce,
    signature: signBtcTurk(secret, key, String(nonce)),
    ...more,
  },
];

async function join(venue: BtcTurkVenue, nonce?: number): Promise<PlainSocket> {
  const socket = await connect(venue);
  socket.send(loginWith(nonce));
  expect(await socket.hears('[114')).toContain('"ok":true');
  return socket;
}

/** What came after the login, by type and object. */
const pushes = ({ told }: PlainSocket): [number, Record<string, unknown>][] =>
  told
    .filter((text) => !/^\[(991|114)/.test(text))
    .map((text) => JSON.parse(text) as [number, Record<string, unknown>]);

const types = (socket: PlainSocket): string =>
  pushes(socket)
    .map(([type]) => type)
    .join(' ');

/** An order that is placed last, so that what came before it has all come. */
async function allThatComes(venue: BtcTurkVenue, socket: PlainSocket): Promise<string> {
  venue.book.place({ ...order, id: '99', clientOrderId: 'the last' });
  await socket.hears('the last');
  return types(socket);
}

describe('login', () => {
  test('takes the known vector, after a greeting', async () => {
    const signature = 'mnF6OXRndk4j2+sXFut4vRW1iNOSgv/4lk3EoCYtE8s=';
    const venue = await start();
    const socket = await connect(venue);
    socket.send(loginWith(3000, { signature }));
    await socket.hears('114');
    expect(socket.told.map((text) => JSON.parse(text) as unknown)).toEqual([
      [991, { type: 991, current: '6.0.0', min: '2.3.0' }],
      [114, { type: 114, id: expect.any(Number), ok: true, message: null }],
    ]);
    expect(venue.requests.of('login')).toMatchObject([{ method: 'WS', outcome: 'answered' }]);
  });

  test('may be the first that is said', async () => {
    const socket = await join(await start({ greets: false }));
    expect(socket.told).toHaveLength(1);
  });

  test.each<[string, BtcTurkOptions, () => unknown, string?]>([
    ['the nonce as text', {}, () => loginWith('3000')],
    ['an old timestamp', {}, () => loginWith(3000, { timestamp: 1 })],
    ['the library’s nonce', {}, () => loginWith(15_000), 'Invalid Request'],
    ['a nonce of milliseconds', {}, () => loginWith(now()), 'Invalid Request'],
    ['the library’s nonce, taken', { loginNonce: '15000' }, () => loginWith(15_000)],
    ['the documented nonce, not taken', { loginNonce: '15000' }, () => loginWith(), 'Invalid Req'],
    ['a tolerance', { loginNonce: 'tolerance' }, () => loginWith(5000)],
    [
      'a timestamp within it',
      { loginNonce: 'tolerance' },
      () => loginWith(15_000, { timestamp: now() - 14_000 }),
    ],
    [
      'a timestamp beyond it',
      { loginNonce: 'tolerance' },
      () => loginWith(3000, { timestamp: now() + 4000 }),
      'Invalid Request',
    ],
    ['no timestamp', {}, () => loginWith(3000, { timestamp: undefined }), 'Invalid Nonce'],
    ['another key', {}, () => loginWith(3000, { publicKey: 'x' }), 'Invalid Public key'],
    [
      'another signature',
      {},
      () => loginWith(3000, { signature: signBtcTurk(secret, key, '1') }),
      'Invalid Request',
    ],
    ['no object', {}, () => [114], 'Invalid Nonce'],
    ['no right', { rights: ['trade'] }, () => loginWith(), 'Invalid Request'],
    ['another address', { allowedIp: '203.0.113.7' }, () => loginWith(), 'Invalid Request'],
  ])('with %s', async (_, options, message, refusal) => {
    const socket = await connect(await start(options));
    socket.send(JSON.stringify(message()));
    expect(JSON.parse(await socket.hears('[114'))).toEqual([
      114,
      {
        type: 114,
        id: refusal === undefined ? expect.any(Number) : 0,
        ok: refusal === undefined,
        message:
          refusal === undefined ? null : expect.stringContaining(`Unauthorized - ${refusal}`),
      },
    ]);
  });

  test('is taken once on a connection, and again on the next', async () => {
    const venue = await start();
    const socket = await join(venue);
    socket.send(loginWith());
    expect(await socket.hears('"ok":false')).toContain('Already logged in');
    await join(venue);
  });

  test('is refused on demand, by either kind of fault', async () => {
    const venue = await start();
    venue.sockets.faults.add({ kind: 'refuse-login' });
    const socket = await connect(venue);
    socket.send(loginWith());
    expect(await socket.hears('[114')).toContain('Unauthorized - Invalid Request');
    venue.faults.add('login', { kind: 'refuse', error: 'Unauthorized - Invalid Nonce' });
    socket.send(loginWith());
    await socket.hears('Unauthorized - Invalid Nonce');
    socket.send(loginWith());
    await socket.hears('"ok":true');
  });

  test('what is no login is not answered', async () => {
    const venue = await start({}, order);
    const socket = await connect(venue);
    for (const text of ['', '[114', '[151,{"type":151}]', '{}', '"114"']) socket.send(text);
    socket.send(loginWith());
    await socket.hears('114');
    expect(socket.told).toHaveLength(2);
    expect(venue.requests.list.map(({ outcome }) => outcome).join(' ')).toBe(
      'answered pending pending pending pending pending answered',
    );
  });

  test('sixteen connections in a minute are one too many', async () => {
    const venue = await start();
    for (let count = 0; count < 15; count++) await connect(venue);
    await expect(connect(venue)).rejects.toThrow('429');
    open.pop();
  });
});

describe('what is told', () => {
  test('nothing before login, nothing without the right', async () => {
    const venue = await start({ withoutRight: 'mute' });
    venue.keys.add({ key, secret, rights: ['trade'] });
    const [stranger, mute] = [await connect(venue), await join(venue)];
    venue.keys.add({ key, secret });
    const listening = await join(venue);
    expect(await allThatComes(venue, listening)).toBe('451');
    venue.sockets.close();
    await Promise.all([stranger.closed, mute.closed]);
    expect([types(stranger), types(mute)]).toEqual(['', '']);
  });

  test('an order that is placed, part filled and cancelled elsewhere', async () => {
    const venue = await start();
    const socket = await join(venue);
    venue.book.place({ ...order, method: 'stop-limit', stopPrice: '6' });
    venue.book.fill(id, '34.94');
    venue.book.cancel(id);
    expect(await allThatComes(venue, socket)).toBe('451 441 423 452 451');
    const fields = {
      pairId: expect.any(Number),
      symbol: 'HNTUSDT',
      id: Number(id),
      method: 2,
      userId: expect.any(Number),
      orderType: 1,
      newOrderClientId: 'mine',
    };
    const [inserted, matched, traded, deleted] = pushes(socket);
    expect(inserted).toEqual([
      451,
      {
        type: 451,
        ...fields,
        price: '5.7192',
        amount: '174.84',
        numLeft: '174.84',
        denomLeft: '999.944928',
      },
    ]);
    expect(matched).toEqual([
      441,
      {
        type: 441,
        id: Number(id),
        user: expect.any(Number),
        isBid: false,
        method: 2,
        pair: expect.any(Number),
        symbol: 'HNTUSDT',
        amount: '34.9400000000',
        price: '5.7192000000',
        clientId: 'mine',
        timestamp: expect.stringMatching(/^\d{13}$/),
      },
    ]);
    expect(traded).toEqual([
      423,
      {
        id: expect.any(Number),
        orderId: Number(id),
        timestamp: expect.any(Number),
        numeratorSymbol: 'HNT',
        denominatorSymbol: 'USDT',
        amount: '-34.94',
        fee: '0',
        tax: '0',
        price: '5.7192',
        orderType: 'sell',
        orderClientId: 'mine',
        preciseAmount: -34.94,
      },
    ]);
    expect(deleted).toEqual([
      452,
      {
        type: 452,
        ...fields,
        price: '5.7192000000000000',
        amount: '174.8400000000000000',
        numLeft: '139.9000000000000000',
        denomLeft: '800.11608',
      },
    ]);
  });

  test('an id beyond 2^53 keeps every digit', async () => {
    const venue = await start();
    const socket = await join(venue);
    venue.book.place({ ...order, id: '9007199254740993', side: 'buy' });
    expect(await socket.hears('451')).toMatch(/"id":9007199254740993,.*"orderType":0/);
  });

  test('to every connection that is logged in', async () => {
    const venue = await start({}, order);
    const [one, other] = [await join(venue), await join(venue)];
    venue.book.cancel(id);
    for (const socket of [one, other]) await socket.hears('[452');
  });

  test.each<[string, BtcTurkOptions, string, object]>([
    ['a match', {}, '441 423 451', { amount: '174.8400000000' }],
    ['a match and a deletion', { fullFill: 'match-and-delete' }, '441 423 452 451', {}],
    [
      'a match that tells what is left',
      { matchModel: '2019' },
      '441 423 451',
      { numTotal: '174.84', numLeft: '0', denomLeft: '0', amount: '174.8400000000' },
    ],
  ])('a full fill by %s', async (_, options, sequence, fields) => {
    const venue = await start(options, order);
    const socket = await join(venue);
    venue.book.fill(id);
    expect(await allThatComes(venue, socket)).toBe(sequence);
    expect(pushes(socket)[0]?.[1]).toMatchObject(fields);
    const deletion = pushes(socket).find(([type]) => type === 452);
    if (deletion) expect(deletion[1]).toMatchObject({ numLeft: '0.0000000000000000' });
  });

  test('a part of it is never followed by a deletion', async () => {
    const venue = await start({ fullFill: 'match-and-delete' }, order);
    const socket = await join(venue);
    venue.book.fill(id, '1');
    expect(await allThatComes(venue, socket)).toBe('441 423 451');
  });

  test('an order that stands in an emptied book again is a new one', async () => {
    const venue = await start({}, order);
    const socket = await join(venue);
    venue.book.clear();
    venue.book.place({ ...order, filled: '1' });
    expect(await allThatComes(venue, socket)).toBe('451 451');
  });

  test.each<[BtcTurkOptions, string]>([
    [{}, '139.9000000000000000'],
    [{ deletedLeft: 'stale' }, '174.8400000000000000'],
  ])('%o: a fill between the cancel and its end leaves %s', async (options, numLeft) => {
    const venue = await start({ ...options, cancelDelayMs: 1000 }, order);
    const socket = await join(venue);
    const request = { method: 'DELETE', path: `/api/v1/order?id=${id}` };
    const answered = await btcTurkRequest({ url: venue.url, key, secret }, request);
    expect(answered.status).toBe(200);
    venue.book.fill(id, '34.94');
    await socket.hears('[452', `"numLeft":"${numLeft}"`);
    expect(types(socket)).toBe('441 423 452');
  });

  test('of a cancel that comes to nothing, nothing', async () => {
    const venue = await start({}, order);
    const socket = await join(venue);
    venue.faults.add('cancel', { kind: 'accept-and-forget' });
    await btcTurkRequest(
      { url: venue.url, key, secret },
      { method: 'DELETE', path: `/api/v1/order?id=${id}` },
    );
    expect(await allThatComes(venue, socket)).toBe('451');
  });

  test.each<[BtcTurkOptions, string]>([
    [{}, '452 451'],
    [{ amendSends: 'update' }, '453'],
  ])('%o: a change by %s, under the same id', async (options, sequence) => {
    const venue = await start(options, order);
    const socket = await join(venue);
    venue.book.amend(id, { price: '6' });
    expect(await allThatComes(venue, socket)).toBe(`${sequence} 451`);
    const told = pushes(socket).slice(0, -1);
    expect(told.every(([, fields]) => fields['id'] === Number(id))).toBe(true);
    expect(told.at(-1)?.[1]).toMatchObject({ price: '6', numLeft: '174.84' });
    if (told.length > 1) expect(told[0]?.[1]).toMatchObject({ price: '5.7192000000000000' });
  });

  test('orders of the lively set are known', async () => {
    const venue = await start({ seed: true });
    const socket = await join(venue);
    venue.book.fill('26947521102', '0.01');
    expect(await allThatComes(venue, socket)).toBe('441 423 451');
    expect(pushes(socket)[0]?.[1]).toMatchObject({ amount: '0.0100000000' });
  });

  test('with the trouble that was asked for, also from another process', async () => {
    const venue = await start({}, order);
    const socket = await join(venue);
    const body = JSON.stringify({ fault: { kind: 'duplicate' }, orderId: 'mine' });
    await send(`${venue.url}/sandbox/sockets/faults`, { method: 'POST', body });
    await send(`${venue.url}/sandbox/orders/${id}/cancel`, { method: 'POST' });
    expect(await allThatComes(venue, socket)).toBe('452 452 451');
  });
});
