import { bytesToBase64 } from '#lib/domain/base64.ts';
import { venueTraits } from '#lib/domain/venue-id.ts';
import { hmacKey, utf8 } from '#lib/venues/keys.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { Sign } from '#lib/venues/wire.ts';
import { cancel, listOpenOrders, readOrder, readTime } from './calls.ts';
import { feed } from './feed.ts';
import { cancelEvery, readBatch } from './several.ts';

/**
 * Signs timestamp, method, path (with the gateway's prefix, without query) and body, with nothing between.
 * Source: apidocs.ripio.com, Authentication; ruizemanuel/ripio-community-mcp for path parameters.
 */
const signed: Sign = async (request, { apiKey, timestamp, sign }) => {
  const { method, path, body = '' } = request;
  const signature = bytesToBase64(await sign(`${timestamp}${method}${path}${body}`));
  return {
    ...request,
    headers: {
      ...request.headers,
      Authorization: apiKey,
      Timestamp: String(timestamp),
      Signature: signature,
    },
  };
};

/** Ripio Trade on its current gateway: signed REST; the reply to a cancel is its proof. */
export const ripio = {
  ...venueTraits.ripio,

  /** The secret is used as the text it is. Source: ripio/trade, signing samples. */
  openKey: (secret) => hmacKey('SHA-256', utf8(secret)),

  signatures: [signed],
  cancel,
  cancelEvery,
  readOrder,
  readBatch,
  listOpenOrders,
  readTime,
  feed,
  /**
   * Of a user without approved documents; with them it is 3.5 a second. Which of the two applies cannot be asked, so the
   * lower one is taken. The day's limit is the same rate. Source: apidocs.ripiotrade.co, Limits.
   */
  limits: [{ of: ['cancel', 'read', 'list'], most: 1, per: 1000, each: 'account' }],
} satisfies Venue;
