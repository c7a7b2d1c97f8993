import {
  startHabitTrade,
  type HabitTradeOptions,
  type HabitTradeVenue,
} from '#tests/sandbox/habit-trade/habit-trade.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { habitTradeRequest, type Answered } from './signed-requests.ts';

/** Habit Trade's sandbox as its tests start it, and what they ask of it. */

export const key = 'test-key';
export const secret = 'test-secret';
export const order = {
  symbol: 'DODO-USDT',
  side: 'buy',
  price: '0.0412',
  quantity: '100',
} as const;

export type Sent = Parameters<typeof habitTradeRequest>[1];

const running: HabitTradeVenue[] = [];

export async function start(
  options: HabitTradeOptions = {},
  ...orders: NewOrder[]
): Promise<HabitTradeVenue> {
  const venue = await startHabitTrade({ key, secret, cancelDelayMs: 0, ...options });
  running.push(venue);
  for (const one of orders) venue.book.place(one);
  return venue;
}

/** Ends what a test started; every file gives it to `afterEach`. */
export const stopAll = (): Promise<void[]> =>
  Promise.all(running.splice(0).map((venue) => venue.stop()));

export const request = ({ url }: HabitTradeVenue, sent: Sent): Promise<Answered> =>
  habitTradeRequest({ url, key, secret }, sent);

export const list = (
  venue: HabitTradeVenue,
  query = 'page_index=1&page_size=100',
): Promise<Answered> => request(venue, { path: `/trade/v1/orders?${query}` });

export const cancel = (venue: HabitTradeVenue, named: object | string): Promise<Answered> =>
  request(venue, {
    method: 'DELETE',
    path: '/trade/v1/orders',
    body: typeof named === 'string' ? named : JSON.stringify(named),
  });
