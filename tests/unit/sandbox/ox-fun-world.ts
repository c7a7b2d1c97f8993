import { expect } from 'vitest';
import { startOxFun, type OxFunOptions, type OxFunVenue } from '#tests/sandbox/ox-fun/ox-fun.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { loginMessage, oxFunRequest, OxFunSocket } from './ox-fun-client.ts';
import type { Answered, Sent } from './signed-requests.ts';

/** OX.FUN's sandbox as its tests start it, with one order, and what they ask of it. */

export const key = 'test-key';
export const secret = 'test-secret';
export const id = '3330802124194931673';
export const marketCode = 'BTC-USD-SWAP-LIN';
export const order = {
  id,
  symbol: marketCode,
  side: 'buy',
  price: '42600',
  quantity: '0.5',
} as const;

export const running: OxFunVenue[] = [];
export const open: OxFunSocket[] = [];

export async function start(
  options: OxFunOptions = {},
  ...orders: NewOrder[]
): Promise<OxFunVenue> {
  const venue = await startOxFun({ key, secret, limits: false, cancelDelayMs: 0, ...options });
  running.push(venue);
  for (const one of orders) venue.book.place(one);
  return venue;
}

/** Ends what a test opened and started; every file gives it to `afterEach`. */
export async function stopAll(): Promise<void> {
  for (const socket of open.splice(0)) socket.cut();
  await Promise.all(running.splice(0).map((venue) => venue.stop()));
}

export function connect({ url }: OxFunVenue): Promise<OxFunSocket> {
  const socket = new OxFunSocket(url);
  open.push(socket);
  return socket.opened();
}

/** Logged in, with the order channel. */
export async function join(venue: OxFunVenue, channel = 'order:all'): Promise<OxFunSocket> {
  const socket = await connect(venue);
  expect(await socket.asks(loginMessage({ ...venue, key, secret }))).toMatchObject({
    success: true,
  });
  await socket.asks({ op: 'subscribe', args: [channel], tag: 'sub' });
  return socket;
}

export const request = (venue: OxFunVenue, sent: Sent): Promise<Answered> =>
  oxFunRequest({ url: venue.url, key, secret }, sent);

export const remove = (venue: OxFunVenue, path: string, body: object): Promise<Answered> =>
  request(venue, { method: 'DELETE', path, body: JSON.stringify(body) });

export const cancel = (venue: OxFunVenue, orders: object[], more: object = {}): Promise<Answered> =>
  remove(venue, '/v3/orders/cancel', {
    responseType: 'FULL',
    timestamp: venue.clock.now(),
    orders,
    ...more,
  });

export const cancelMessage = (orderId: unknown = id, more: object = {}) => ({
  op: 'cancelorder',
  tag: 456,
  data: { marketCode, orderId },
  ...more,
});

export const batch = (...orderIds: string[]) => ({
  op: 'cancelorders',
  tag: 7,
  dataArray: orderIds.map((orderId) => ({ marketCode, orderId })),
});
