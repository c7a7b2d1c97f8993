import { startRipio, type RipioOptions, type RipioVenue } from '#tests/sandbox/ripio/ripio.ts';
import { ripioRequest, type Answered, type Sent } from './signed-requests.ts';

/** Ripio Trade's sandbox as its tests start it, and what they ask of it. */

export const key = 'test-token';
export const secret = 'test-secret';
export const id = '7155ED34-9EC4-4733-8B32-1E4319CB662F';
export const externalId = '0F4A8504-21FB-4BE6-9771-25DCF5F68F87';
export const order = {
  id,
  clientOrderId: externalId,
  symbol: 'BTC_BRL',
  side: 'buy',
  price: '42600.00',
  quantity: '0.12347418',
} as const;

export const now = (): number => Date.now();

const running: RipioVenue[] = [];

export async function start(options: RipioOptions = {}): Promise<RipioVenue> {
  const venue = await startRipio({ key, secret, limits: false, ...options });
  running.push(venue);
  return venue;
}

/** Ends what a test started; every file gives it to `afterEach`. */
export const stopAll = (): Promise<void[]> =>
  Promise.all(running.splice(0).map((venue) => venue.stop()));

export const request = ({ url }: RipioVenue, sent: Sent): Promise<Answered> =>
  ripioRequest({ url, key, secret }, sent);

export const cancel = (venue: RipioVenue, body = JSON.stringify({ id })): Promise<Answered> =>
  request(venue, { method: 'DELETE', path: '/trade/orders', body });
