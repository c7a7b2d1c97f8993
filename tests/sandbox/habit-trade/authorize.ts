import { permits, type KeyRing } from '#tests/sandbox/shared/key-ring.ts';
import type { Reply } from '#tests/sandbox/shared/reply.ts';
import { isSignatureOf } from '#tests/sandbox/shared/signature.ts';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import type { VenueRequest } from '#tests/sandbox/shared/venue.ts';
import type { Errors } from './replies.ts';

/** How rights are named is not documented; here trading includes reading. */
export type HabitTradeRight = 'read' | 'trade';

export const allRights: readonly HabitTradeRight[] = ['read', 'trade'];

export interface SigningSettings {
  /** The documents show both, and the venue takes one of them. */
  signatureEncoding: 'base64' | 'hex';
}

export const streamPath = '/ws/trade/v1';

/** Plus or minus around the venue's time (fact sheet 3.2). */
const toleranceMs = 5 * 60_000;

/**
 * X-API-Signature = HMAC-SHA256(secret as text, METHOD|path|ms|params), `params` being the query as sent of a GET and the
 * body of any other (docs.habittrade.com http-https-authentication; fact sheet 3.2). Of a DELETE nothing is said: as of a
 * POST. A WebSocket's handshake is CONNECT|path|ms|query, in Base64 (websocket-authentication; fact sheet 3.3). Which of two
 * faults in one request is named is not documented.
 */
export function authorizer(
  keys: KeyRing<HabitTradeRight>,
  clock: VenueClock,
  settings: SigningSettings,
  errors: () => Errors,
) {
  return (request: VenueRequest, right: HabitTradeRight): Reply | undefined => {
    const { headers, method, path, rawQuery, body, address } = request;
    const {
      'x-api-key': key,
      'x-api-signature': signature,
      'x-api-timestamp': timestamp,
    } = headers;
    if (!key || !signature || !timestamp) return errors()['headers-missing'];
    const apiKey = keys.find(key);
    if (!apiKey) return errors()['unknown-key'];
    if (!/^\d+$/.test(timestamp) || Math.abs(clock.now() - Number(timestamp)) > toleranceMs)
      return errors()['timestamp-expired'];
    const isHandshake = path === streamPath;
    const verb = isHandshake ? 'CONNECT' : method;
    const signed = [verb, path, timestamp, method === 'GET' ? rawQuery : body].join('|');
    const encoding = isHandshake ? 'base64' : settings.signatureEncoding;
    if (!isSignatureOf(signature, apiKey.secret, signed, encoding)) return errors()['10010008'];
    const rights = apiKey.rights.includes('trade') ? allRights : apiKey.rights;
    return permits({ ...apiKey, rights }, right, address) ? undefined : errors()['no-permission'];
  };
}
