import { venueTraits } from '#lib/domain/venue-id.ts';
import { readUsedWeight, signed } from '#lib/venues/binance-dialect.ts';
import { ed25519Key, hmacKey, utf8 } from '#lib/venues/keys.ts';
import { readPem } from '#lib/venues/pem.ts';
import type { Venue } from '#lib/venues/venue.ts';
import { listOpenOrders, readOrder, readTime } from './calls.ts';
import { cancel, cancelEvery } from './cancelling.ts';
import { checkKey } from './check-key.ts';
import { feed } from './feed.ts';
import { readRights } from './rights.ts';

/** Binance's Spot: signed REST; the reply to a cancel is its proof, and names the orders that went along. */
export const binance = {
  ...venueTraits.binance,
  checkKey,

  /** An HMAC key is used as the text it is. Source: rest-api, request security. */
  openKey(secret) {
    const pem = readPem(secret);
    return pem ? ed25519Key(pem.bytes) : hmacKey('SHA-256', utf8(secret));
  },

  signatures: [signed],
  cancel,
  cancelEvery,
  readOrder,
  listOpenOrders,
  readRights,
  readTime,
  feed,
  /** By weight, of which a cancel that succeeds takes none: it is counted all the same. Source: enums, rest-api. */
  limits: [
    {
      of: ['cancel', 'read', 'list'],
      most: 6000,
      per: 60_000,
      each: 'address',
      weights: { read: 4, list: 80 },
    },
  ],
  /** Three days, for a ban. Source: rest-api, IP limits. */
  longestWait: 259_200_000,
  readUsage: readUsedWeight,
} satisfies Venue;
