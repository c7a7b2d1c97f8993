import { Faults } from './faults.ts';
import { KeyRing } from './key-ring.ts';
import { OrderBook, type NewOrder, type OrderBookOptions } from './order-book.ts';
import { RateLimits, type RateRule } from './rate-limits.ts';
import { RequestLog } from './request-log.ts';
import { Timers } from './timers.ts';
import { VenueClock } from './venue-clock.ts';
import type { VenueOptions, VenueParts } from './venue.ts';

/** What of a venue's parts its documents tell. */
interface OwnParts<Right extends string> {
  /** What its ids are like. */
  readonly orders: Omit<OrderBookOptions, 'now'>;
  readonly newKey: () => { readonly key: string; readonly secret: string };
  readonly allRights: readonly Right[];
  readonly rateRules: readonly RateRule[];
  /** The lively set of orders. */
  readonly seed: () => readonly NewOrder[];
}

/** All that a venue is made of, with the key that it was started with and an empty book. */
export function venueParts<Right extends string, ErrorName extends string>(
  options: VenueOptions<Right>,
  { orders, newKey, allRights, rateRules, seed }: OwnParts<Right>,
): VenueParts<Right, ErrorName> {
  const clock = new VenueClock(options.skewMs);
  const book = new OrderBook({ ...orders, now: () => clock.now() });
  const keys = new KeyRing<Right>(() => ({ ...newKey(), rights: allRights }));
  keys.add(options);
  return {
    book,
    faults: new Faults<ErrorName>(),
    clock,
    keys,
    requests: new RequestLog(),
    limits: new RateLimits(rateRules, options.limits),
    timers: new Timers(),
    reseed: () => book.reseed(seed()),
  };
}
