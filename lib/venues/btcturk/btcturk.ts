import { UserError } from '#lib/domain/user-error.ts';
import { base64ToBytes, bytesToBase64 } from '#lib/domain/base64.ts';
import { venueTraits } from '#lib/domain/venue-id.ts';
import { hmacKey } from '#lib/venues/keys.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { Sign } from '#lib/venues/wire.ts';
import { cancel, listOpenOrders, readOrder, readTime } from './calls.ts';
import { feed } from './feed.ts';
import { t } from '#lib/words/text.ts';

/**
 * The signature covers key and stamp and nothing of the request, so it is never logged and never used twice.
 * Source: docs.btcturk.com, Authentication V1.
 */
const signed: Sign = async (request, { apiKey, timestamp, sign }) => {
  const signature = bytesToBase64(await sign(`${apiKey}${timestamp}`));
  return {
    ...request,
    headers: {
      ...request.headers,
      'X-PCK': apiKey,
      'X-Stamp': String(timestamp),
      'X-Signature': signature,
    },
  };
};

/** BtcTurk, API v1: signed REST; a cancel is asynchronous, and proven by reading the order or by the stream. */
export const btcturk = {
  ...venueTraits.btcturk,
  checkKey({ apiSecret }) {
    const bytes = base64ToBytes(apiSecret);
    if (bytes !== undefined && bytes.length > 0) return undefined;
    return new UserError('secret-not-base64', t('error.secret_not_base64'), 'apiSecret');
  },

  openKey: (secret) => hmacKey('SHA-256', base64ToBytes(secret) ?? new Uint8Array()),

  signatures: [signed],
  cancel,
  readOrder,
  listOpenOrders,
  readTime,
  feed,
  /**
   * Cancels and readings are counted for account and address alike: for the address covers both.
   * Source: docs.btcturk.com, rate-limits.
   */
  longestWait: 60_000,
  limits: [
    { of: ['cancel'], most: 10, per: 1000, each: 'address' },
    { of: ['cancel'], most: 300, per: 60_000, each: 'address' },
    { of: ['read'], most: 30, per: 1000, each: 'address' },
    { of: ['read'], most: 900, per: 60_000, each: 'address' },
    { of: ['list'], most: 300, per: 60_000, each: 'address' },
  ],
} satisfies Venue;
