import { expect } from 'vitest';
import {
  startBtcTurk,
  type BtcTurkOptions,
  type BtcTurkVenue,
} from '#tests/sandbox/btcturk/btcturk.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { PlainSocket } from './plain-socket.ts';
import { signBtcTurk } from './signed-requests.ts';

/** BtcTurk's WebSocket as its tests enter and hear it. */

export const key = 'test-public-key';
export const secret = 'c2VjcmV0LWtleS1mb3ItdGVzdHM=';
export const id = '26947521557';
export const order = {
  id,
  symbol: 'HNTUSDT',
  side: 'sell',
  price: '5.7192',
  quantity: '174.84',
  clientOrderId: 'mine',
} as const;

const running: BtcTurkVenue[] = [];
export const open: PlainSocket[] = [];

export async function start(
  options: BtcTurkOptions = {},
  ...orders: NewOrder[]
): Promise<BtcTurkVenue> {
  const venue = await startBtcTurk({ key, secret, cancelDelayMs: 0, ...options });
  running.push(venue);
  for (const one of orders) venue.book.place(one);
  return venue;
}

/** Ends what a test started; every file gives it to `afterEach`. */
export const stopAll = (): Promise<void[]> =>
  Promise.all(running.splice(0).map((venue) => venue.stop()));

export function connect({ url }: BtcTurkVenue): Promise<PlainSocket> {
  const socket = new PlainSocket(url, '/');
  open.push(socket);
  return socket.opened();
}

export const loginWith = (nonce: unknown = 3000, more: object = {}) => [
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

export async function join(venue: BtcTurkVenue, nonce?: number): Promise<PlainSocket> {
  const socket = await connect(venue);
  socket.send(loginWith(nonce));
  expect(await socket.hears('[114')).toContain('"ok":true');
  return socket;
}
