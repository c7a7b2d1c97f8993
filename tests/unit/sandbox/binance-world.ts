import {
  startBinance,
  type BinanceOptions,
  type BinanceVenue,
} from '#tests/sandbox/binance/binance.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { ztdxRequest, type Answered } from './signed-requests.ts';

/** Binance's sandbox as its tests start it, and what they ask of it. */

export const key = 'test-key';
export const secret = 'test-secret';
export const order = {
  symbol: 'BTCUSDT',
  side: 'buy',
  price: '64210.5',
  quantity: '0.5',
} as const;
export const symbol = '?symbol=BTCUSDT';

/** The limit order and the stop of an OCO, ids 11 and 12. */
export const oco: readonly NewOrder[] = [
  { ...order, id: '11', side: 'sell', price: '81900', clientOrderId: 'oco-limit' },
  {
    ...order,
    id: '12',
    side: 'sell',
    method: 'stop-limit',
    stopPrice: '62000',
    clientOrderId: 'oco-stop',
    parentId: '11',
  },
];

/** An OTO's first order, id 21, and the one that waits for it. */
export const oto: readonly NewOrder[] = [
  { ...order, id: '21' },
  { ...order, id: '22', side: 'sell', statusWord: 'PENDING_NEW', parentId: '21' },
];

export type Sent = Parameters<typeof ztdxRequest>[1];

const running: BinanceVenue[] = [];

export async function start(
  options: BinanceOptions = {},
  ...orders: readonly NewOrder[]
): Promise<BinanceVenue> {
  const venue = await startBinance({ key, secret, ...options });
  running.push(venue);
  for (const one of orders) venue.book.place(one);
  return venue;
}

/** Ends what a test started; every file gives it to `afterEach`. */
export const stopAll = (): Promise<void[]> =>
  Promise.all(running.splice(0).map((venue) => venue.stop()));

export const request = ({ url }: BinanceVenue, sent: Sent): Promise<Answered> =>
  ztdxRequest({ url, key, secret }, sent);

export const read = (venue: BinanceVenue, path: string): Promise<Answered> =>
  request(venue, { path: `/api/v3/${path}` });

export const remove = (venue: BinanceVenue, path: string): Promise<Answered> =>
  request(venue, { method: 'DELETE', path: `/api/v3/${path}` });

export const cancel = (venue: BinanceVenue, id: string): Promise<Answered> =>
  remove(venue, `order${symbol}&orderId=${id}`);
