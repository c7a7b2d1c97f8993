import { bytesToBase64 } from '#lib/domain/base64.ts';
import { venueTraits } from '#lib/domain/venue-id.ts';
import { hmacKey, utf8 } from '#lib/venues/keys.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { Sign } from '#lib/venues/wire.ts';
import { cancel, cancelBatch, listOpenOrders, readOrder, readTime } from './calls.ts';
import { feed } from './feed.ts';
import { socket } from './socket.ts';

/**
 * Six parts, a line feed between each two and none at the end; the payload is the query of a GET and the body of
 * anything else. Source: OX.FUN API documents, REST v3, Authentication.
 */
const signed: Sign = async (request, { apiKey, host, timestamp, sign }) => {
  const { method, path, query = '', body = '' } = request;
  // Whole seconds in UTC, without a letter for the zone.
  const time = new Date(timestamp).toISOString().slice(0, 19);
  const nonce = String(timestamp);
  const payload = method === 'GET' ? query : body;
  const signature = await sign([time, nonce, method, host, path, payload].join('\n'));
  return {
    ...request,
    headers: {
      ...request.headers,
      AccessKey: apiKey,
      Timestamp: time,
      Nonce: nonce,
      Signature: bytesToBase64(signature),
    },
  };
};

/** OX.FUN: cancels over an authenticated WebSocket, proven on the order channel; REST as the second way. */
export const oxFun = {
  ...venueTraits['ox-fun'],
  /** The secret is used as the text it is, although it looks like Base64. */
  openKey: (secret: string) => hmacKey('SHA-256', utf8(secret)),
  signatures: [signed],
  socket,
  feed,
  cancel,
  cancelBatch,
  readOrder,
  listOpenOrders,
  readTime,
  /** Source: oxfun-exchange-docs, introduction, Rate Limits: REST for the address, messages once logged in. */
  limits: [
    { of: ['cancel', 'read', 'list'], most: 100, per: 1000, each: 'address' },
    { of: ['cancel', 'read', 'list'], most: 2500, per: 300_000, each: 'address' },
    { of: ['message'], most: 50, per: 1000, each: 'account' },
  ],
} satisfies Venue;
