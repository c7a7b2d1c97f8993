import { startKraken, type KrakenOptions, type KrakenVenue } from '#tests/sandbox/kraken/kraken.ts';
import { krakenRequest, type Answered, type Sent } from './signed-requests.ts';

/** Kraken's sandbox as its tests start it, and what they ask of it. */

export const key = 'test-key';
export const secret =
  'kQH5HW/8p1uGOVjbgWA7FunAmGO8lsSUXNsu3eow76sz84Q18fWxnyRzBHCd3pd5nE9qa99HAZtuZuj6F1huXg==';
export const id = 'OP5V2Y-RYKVL-ET3V3B';
export const otherId = 'OP5V2Y-7YKVL-ET3V3B';
export const clientOrderId = '6d1b345e-2821-40e2-ad83-4ecb18a06876';
export const order = {
  id,
  clientOrderId,
  symbol: 'XBTUSD',
  side: 'buy',
  price: '37500',
  quantity: '1.25',
} as const;

const running: KrakenVenue[] = [];

export async function start(options: KrakenOptions = {}): Promise<KrakenVenue> {
  const venue = await startKraken({ key, secret, limits: false, ...options });
  running.push(venue);
  return venue;
}

/** Ends what a test started; every file gives it to `afterEach`. */
export const stopAll = (): Promise<void[]> =>
  Promise.all(running.splice(0).map((venue) => venue.stop()));

export const ask = (
  { url }: KrakenVenue,
  name: string,
  body = '',
  more: Partial<Sent> = {},
): Promise<Answered> =>
  krakenRequest({ url, key, secret }, { path: `/0/private/${name}`, body, ...more });

export const refusal = (message: string) => ({ error: [message] });
export const told = (result: unknown) => ({ error: [], result });
