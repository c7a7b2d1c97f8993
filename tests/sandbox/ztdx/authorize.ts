import { permits, type KeyRing } from '#tests/sandbox/shared/key-ring.ts';
import type { Reply } from '#tests/sandbox/shared/reply.ts';
import { isSignatureOf } from '#tests/sandbox/shared/signature.ts';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import type { VenueRequest } from '#tests/sandbox/shared/venue.ts';
import type { Errors } from './replies.ts';

/** How rights are named is not documented; here trading includes reading. */
export type ZtdxRight = 'read' | 'trade';

export const allRights: readonly ZtdxRight[] = ['read', 'trade'];

const defaultWindowMs = 5000;
const maxWindowMs = 60_000;
const aheadMs = 1000;

/**
 * `signature`, appended, = hex(HMAC-SHA256(secret as text, the query before it)), as sent or else URL-decoded, with the body
 * of a POST or PUT right behind it; the timestamp in [server − recvWindow, server + 1000 ms] (docs.p99.world/auth; fact sheet 2.2). Which
 * of two faults in one request is named is not documented.
 */
export function authorizer(keys: KeyRing<ZtdxRight>, clock: VenueClock, errors: () => Errors) {
  return (
    { method, headers, query, rawQuery, body, address }: VenueRequest,
    right: ZtdxRight,
  ): Reply | undefined => {
    const key = headers['x-mbx-apikey'];
    if (!key) return errors()['-2014'];
    const apiKey = keys.find(key);
    if (!apiKey) return errors()['-2015'];
    const timestamp = query.get('timestamp');
    if (!timestamp || !query.get('signature')) return errors()['-1102'];
    const [, payload, signature] = /^(.*)&signature=([^&]*)$/.exec(rawQuery) ?? [];
    if (payload === undefined || signature === undefined) return errors()['-1022'];
    const more = method === 'POST' || method === 'PUT' ? body : '';
    const signed = [payload, decoded(payload)].map((text) => text && text + more);
    if (!signed.some((text) => isSigned(signature, apiKey.secret, text))) return errors()['-1022'];
    const windowMs = Number(query.get('recvWindow') ?? defaultWindowMs);
    if (!(windowMs >= 0 && windowMs <= maxWindowMs)) return errors()['-1130'];
    const ageMs = /^\d+$/.test(timestamp) ? clock.now() - Number(timestamp) : Infinity;
    if (ageMs > windowMs || ageMs < -aheadMs) return errors()['-1021'];
    const rights = apiKey.rights.includes('trade') ? allRights : apiKey.rights;
    return permits({ ...apiKey, rights }, right, address) ? undefined : errors()['-2015'];
  };
}

const isSigned = (signature: string, secret: string, text: string | undefined): boolean =>
  text !== undefined && isSignatureOf(signature, secret, text, 'hex');

function decoded(payload: string): string | undefined {
  try {
    return decodeURIComponent(payload);
  } catch {
    return undefined;
  }
}
