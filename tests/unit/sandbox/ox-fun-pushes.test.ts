import { afterEach, expect, test } from 'vitest';
import type { OxFunVenue } from '#tests/sandbox/ox-fun/ox-fun.ts';
import { loginMessage, type OxFunSocket } from './ox-fun-client.ts';
import {
  connect,
  id,
  join,
  key,
  marketCode,
  order,
  secret,
  start,
  stopAll,
} from './ox-fun-world.ts';
import { send } from './signed-requests.ts';

/** What the order channel tells of orders that nobody touches through this client (fact sheet 1.8). */

afterEach(stopAll);

/** All that was pushed until now: what is sent on a socket comes in its order. */
async function pushesTo(socket: OxFunSocket): Promise<Record<string, unknown>[]> {
  socket.send('ping');
  await socket.hears('pong');
  return socket.told
    .filter((text) => text.includes('"table"'))
    .flatMap((text) => (JSON.parse(text) as { data: Record<string, unknown>[] }).data);
}

const control = ({ url }: OxFunVenue, path: string, body: object) =>
  send(`${url}/sandbox/orders${path}`, { method: 'POST', body: JSON.stringify(body) });

test('placed, filled in part, filled: the last is FILLED, and nothing closes after it', async () => {
  const stop = { ...order, method: 'stop-limit', stopPrice: '43000' } as const;
  const venue = await start();
  const socket = await join(venue);
  venue.book.place(stop);
  venue.book.fill(id, '0.2');
  venue.book.fill(id);
  expect(await pushesTo(socket)).toMatchObject([
    {
      notice: 'OrderOpened',
      status: 'OPEN',
      orderType: 'STOP_LIMIT',
      limitPrice: '42600',
      stopPrice: '43000',
      isTriggered: 'false',
    },
    {
      notice: 'OrderMatched',
      status: 'PARTIAL_FILL',
      matchQuantity: '0.2',
      remainQuantity: '0.3',
      // Triggered, and no stop any more.
      orderType: 'LIMIT',
      isTriggered: 'true',
    },
    { notice: 'OrderMatched', status: 'FILLED', matchQuantity: '0.3', remainQuantity: '0' },
  ]);
});

test.each([
  'CANCELED_BY_MAKER_ONLY',
  'CANCELED_BY_FOK',
  'CANCELED_ALL_BY_IOC',
  'CANCELED_PARTIAL_BY_IOC',
  'CANCELED_BY_SELF_TRADE_PROTECTION',
])('ended by the venue with %s', async (status) => {
  const venue = await start({}, order);
  const socket = await join(venue);
  venue.book.end(id, 'expired', status);
  expect(await pushesTo(socket)).toMatchObject([
    { notice: 'OrderClosed', status, orderId: id, remainQuantity: '0.5' },
  ]);
});

test('changed: OrderModified under the same id', async () => {
  const venue = await start({}, { ...order, filled: '0.1' });
  const socket = await join(venue);
  venue.book.amend(id, { price: '42000', quantity: '0.4' });
  expect(await pushesTo(socket)).toMatchObject([
    {
      notice: 'OrderModified',
      orderId: id,
      status: 'PARTIAL_FILL',
      price: '42000',
      quantity: '0.4',
      remainQuantity: '0.3',
    },
  ]);
});

test('changed, as it was told before: closed by the change, and opened', async () => {
  const venue = await start({ amending: 'closed-and-opened' }, order);
  const socket = await join(venue);
  const { updatedAt } = venue.book.amend(id, { price: '42000' });
  expect(await pushesTo(socket)).toMatchObject([
    {
      notice: 'OrderClosed',
      orderId: id,
      status: 'CANCELED_BY_AMEND',
      price: '42600',
      timestamp: String(updatedAt),
    },
    { notice: 'OrderOpened', orderId: id, status: 'OPEN', price: '42000' },
  ]);
});

test('less than has been filled is no change', async () => {
  const venue = await start({}, { ...order, filled: '0.2' });
  expect(() => venue.book.amend(id, { quantity: '0.2' })).toThrow('filled already');
});

test('all of it asked for from another process', async () => {
  const venue = await start();
  const socket = await join(venue);
  const { symbol, side, price, quantity } = order;
  for (const one of [id, '5', '6'])
    await control(venue, '', { id: one, symbol, side, price, quantity });
  await control(venue, `/${id}/fill`, { quantity: '0.1' });
  await control(venue, `/${id}/amend`, { price: '42000' });
  await control(venue, `/${id}/cancel`, {});
  await control(venue, '/5/fill', {});
  await control(venue, '/6/end', { status: 'expired', reason: 'CANCELED_BY_FOK' });
  const pushes = await pushesTo(socket);
  expect(pushes.map(({ notice, orderId, status }) => [notice, orderId, status])).toEqual([
    ['OrderOpened', id, 'OPEN'],
    ['OrderOpened', '5', 'OPEN'],
    ['OrderOpened', '6', 'OPEN'],
    ['OrderMatched', id, 'PARTIAL_FILL'],
    ['OrderModified', id, 'PARTIAL_FILL'],
    ['OrderClosed', id, 'CANCELED_BY_USER'],
    ['OrderMatched', '5', 'FILLED'],
    ['OrderClosed', '6', 'CANCELED_BY_FOK'],
  ]);
  expect(pushes.every((each) => each['marketCode'] === marketCode)).toBe(true);
});

test('an order of another trader is nobody’s news', async () => {
  const venue = await start({}, { ...order, id: '66', isForeign: true });
  const socket = await join(venue);
  venue.book.amend('66', { price: '1' });
  venue.book.cancel('66');
  expect(await pushesTo(socket)).toEqual([]);
});

test('spoilt on demand, as every stream: the login refused once, a push that does not come', async () => {
  const venue = await start({}, order);
  venue.sockets.faults.add({ kind: 'refuse-login' });
  const refused = await connect(venue);
  expect(await refused.asks(loginMessage({ ...venue, key, secret }))).toMatchObject({
    success: false,
    code: '20025',
  });
  const socket = await join(venue);
  venue.sockets.faults.add({ kind: 'lost' }, { orderId: id });
  venue.book.fill(id, '0.1');
  venue.book.cancel(id);
  expect(await pushesTo(socket)).toMatchObject([{ notice: 'OrderClosed' }]);
});
