import { venueTraits } from '#lib/domain/venue-id.ts';
import { readUsedWeight, signed } from '#lib/venues/binance-dialect.ts';
import { hmacKey, utf8 } from '#lib/venues/keys.ts';
import type { Venue } from '#lib/venues/venue.ts';
import { cancelBatch } from './batch.ts';
import { cancel, listOpenOrders, readOrder, readTime } from './calls.ts';
import { feed } from './feed.ts';

/** ZTDX's futures, API as Binance's: signed REST; the reply to a cancel is its proof, to a batch by the time of change. */
export const ztdx = {
  ...venueTraits.ztdx,

  /** The secret is used as the text it is. Source: docs.p99.world, cancel-order, code examples. */
  openKey: (secret) => hmacKey('SHA-256', utf8(secret)),

  /** Source: docs.p99.world, auth. */
  signatures: [signed],
  cancel,
  cancelBatch,
  readOrder,
  listOpenOrders,
  readTime,
  feed,
  /** By weight: a list of all symbols weighs 40. Source: docs.p99.world, exchange-info and open-orders. */
  limits: [
    {
      of: ['cancel', 'read', 'list'],
      most: 2400,
      per: 60_000,
      each: 'address',
      weights: { list: 40 },
    },
  ],
  /** Binance's practice, not documented for ZTDX. */
  readUsage: readUsedWeight,
} satisfies Venue;
