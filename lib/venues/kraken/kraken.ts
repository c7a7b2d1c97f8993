import { base64ToBytes, bytesToBase64 } from '#lib/domain/base64.ts';
import { UserError } from '#lib/domain/user-error.ts';
import { venueTraits } from '#lib/domain/venue-id.ts';
import { hmacKey, utf8 } from '#lib/venues/keys.ts';
import type { LeakingLimit } from '#lib/venues/limits.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { Sign } from '#lib/venues/wire.ts';
import { t } from '#lib/words/text.ts';
import { cancel, cancelBatch, listOpenOrders, readBatch, readOrder, readTime } from './calls.ts';
import { feed } from './feed.ts';
import { readRights } from './rights.ts';

/**
 * Signs the path and the SHA-256 of nonce and body, with the nonce put before what the body holds.
 * Source: docs.kraken.com, guides/rest/authentication.
 */
const signed: Sign = async (request, { apiKey, nonce, sign }) => {
  const number = await nonce();
  const { path, body = '', headers } = request;
  const numbered = body.startsWith('{')
    ? `{"nonce":"${number}",${body.slice(1)}`
    : `nonce=${number}${body && `&${body}`}`;
  const digest = await crypto.subtle.digest('SHA-256', utf8(number + numbered));
  const signature = await sign(new Uint8Array([...utf8(path), ...new Uint8Array(digest)]));
  return {
    ...request,
    headers: { ...headers, 'API-Key': apiKey, 'API-Sign': bytesToBase64(signature) },
    body: numbered,
  };
};

/** What every private key of Kraken is as bytes; an API key has 42. */
const isPrivateKey = (text: string) => base64ToBytes(text)?.length === 64;

/**
 * The counter of the lowest tier: which one applies cannot be asked. Cancels are not counted by it; how each pair's trading is, by the
 * age of its orders, is left to Kraken's word. Source: docs.kraken.com, guides/rest/ratelimits.
 */
const counter: LeakingLimit = {
  of: ['read', 'list'],
  most: 15,
  leak: 0.33,
  per: 45_455,
  each: 'account',
};

/** Kraken Spot: a nonce in place of a time, and a cancel whose reply tells a count, which its stream or a reading proves. */
export const kraken = {
  ...venueTraits.kraken,
  checkKey({ apiKey, apiSecret }) {
    // In the place of the API key it would go out in a header.
    if (isPrivateKey(apiKey)) {
      return new UserError('key-and-secret', t('error.key_and_secret'), 'apiSecret');
    }
    return isPrivateKey(apiSecret)
      ? undefined
      : new UserError('secret-not-kraken', t('error.kraken_secret'), 'apiSecret');
  },

  openKey: (secret) => hmacKey('SHA-512', base64ToBytes(secret) ?? new Uint8Array()),

  signatures: [signed],
  // Of two that overtake each other the one with the lower nonce is refused.
  atOnce: 1,
  cancel,
  cancelBatch,
  readOrder,
  readBatch,
  listOpenOrders,
  readRights,
  readTime,
  feed,
  // A lockout.
  longestWait: 900_000,
  limits: [counter],
} satisfies Venue;
