import { afterEach, describe, expect, test } from 'vitest';
import type { BtcTurkOptions, BtcTurkVenue } from '#tests/sandbox/btcturk/btcturk.ts';
import type { PlainSocket } from './plain-socket.ts';
import { btcTurkRequest, send } from './signed-requests.ts';
import {
  connect,
  id,
  join,
  key,
  open,
  order,
  stopAll,
  secret,
  start,
} from './btcturk-stream-world.ts';

/** Written from fact sheet 1.8, with a client of its own. */

afterEach(async () => {
  for (const socket of open.splice(0)) socket.cut();
  await stopAll();
});

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
