import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { startZtdx, type ZtdxOptions, type ZtdxVenue } from '#tests/sandbox/ztdx/ztdx.ts';
import { ztdxRequest, type Answered } from './signed-requests.ts';

/** ZTDX's sandbox as its tests start it, and what they ask of it. */

export const key = 'test-key';
export const secret = 'test-secret';
export const uuid = '3fa42833-9508-4061-8d80-b68563dcd521';
export const order = {
  symbol: 'BTCUSDT',
  side: 'buy',
  price: '70168.52',
  quantity: '0.5',
} as const;
export const symbol = '?symbol=BTCUSDT';

export type Sent = Parameters<typeof ztdxRequest>[1];

const running: ZtdxVenue[] = [];

export async function start(options: ZtdxOptions = {}, ...orders: NewOrder[]): Promise<ZtdxVenue> {
  const venue = await startZtdx({ key, secret, ...options });
  running.push(venue);
  for (const one of orders) venue.book.place(one);
  return venue;
}

/** Ends what a test started; every file gives it to `afterEach`. */
export const stopAll = (): Promise<void[]> =>
  Promise.all(running.splice(0).map((venue) => venue.stop()));

export const request = ({ url }: ZtdxVenue, sent: Sent): Promise<Answered> =>
  ztdxRequest({ url, key, secret }, sent);

export const read = (venue: ZtdxVenue, path: string): Promise<Answered> =>
  request(venue, { path: `/fapi/v1/${path}` });

export const remove = (venue: ZtdxVenue, path: string): Promise<Answered> =>
  request(venue, { method: 'DELETE', path: `/fapi/v1/${path}` });

export const cancel = (venue: ZtdxVenue, id: string): Promise<Answered> =>
  remove(venue, `order${symbol}&orderId=${id}`);

export const batch = (venue: ZtdxVenue, ids: string): Promise<Answered> =>
  remove(venue, `batchOrders${symbol}&orderIdList=${ids}`);
