import { bytesToBase64 } from '#lib/domain/base64.ts';
import { bytesToHex } from '#lib/domain/hex.ts';
import { venueTraits } from '#lib/domain/venue-id.ts';
import { hmacKey, utf8 } from '#lib/venues/keys.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { Sign } from '#lib/venues/wire.ts';
import { cancel, cancelBatch, listOpenOrders, readTime } from './calls.ts';
import { feed } from './feed.ts';
import { proof } from './proof.ts';

/**
 * Signs method, path, timestamp and what is asked: the query of a GET, the body of a POST, as sent. A DELETE with a body
 * is not spoken of; it is signed like a POST. Source: docs.habittrade.com, HTTP/HTTPS Authentication.
 */
function signer(encode: (mac: Uint8Array) => string): Sign {
  return async (request, { apiKey, timestamp, sign }) => {
    const { method, path, query = '', body = '' } = request;
    const params = method === 'GET' ? query : body;
    const mac = await sign(`${method}|${path}|${timestamp}|${params}`);
    return {
      ...request,
      headers: { ...request.headers, ...proof(apiKey, timestamp, encode(mac)) },
    };
  };
}

/** Habit Trade: signed REST; a cancel is asynchronous and proven by reading the list of orders, the only one there is. */
export const habitTrade = {
  ...venueTraits['habit-trade'],
  openKey: (secret) => hmacKey('SHA-256', utf8(secret)),

  /** Base64 in the chapter on WebSockets, which calls REST similar; the header's example there looks like hex. */
  signatures: [signer(bytesToBase64), signer(bytesToHex)],
  cancel,
  cancelBatch,
  listOpenOrders,
  readTime,
  feed,
  /** There are limits (429), but no page tells their numbers. Source: docs.habittrade.com, HTTP Return Codes. */
  limits: [],
} satisfies Venue;
