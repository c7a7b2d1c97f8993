import { permits, type KeyRing } from '#tests/sandbox/shared/key-ring.ts';
import type { Reply } from '#tests/sandbox/shared/reply.ts';
import { isSignatureOf, UsedSignatures } from '#tests/sandbox/shared/signature.ts';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import type { VenueRequest } from '#tests/sandbox/shared/venue.ts';
import { errors } from './replies.ts';

/** Lists need Read, cancels Buy/Sell, which includes Read (fact sheet 2.2). */
export type RipioRight = 'read' | 'buy-sell';

export const allRights: readonly RipioRight[] = ['read', 'buy-sell'];

const defaultToleranceMs = 5000;
const maxToleranceMs = 60_000;
/** Not documented; somewhat more than a clock that is kept in step can be off. */
const aheadMs = 1000;

/**
 * Signature = Base64(HMAC-SHA256(secret as text, timestamp + METHOD + path + body)): the path with its prefix, without
 * the query (apidocs.ripio.com authentication; fact sheet 2.2). Which of two faults in one request is named is not documented.
 */
export function authorizer(
  keys: KeyRing<RipioRight>,
  clock: VenueClock,
  settings: { refuseReplays: boolean },
) {
  const used = new UsedSignatures(maxToleranceMs + aheadMs);
  return (request: VenueRequest, right: RipioRight): Reply | undefined => {
    const { headers, method, path, body, address } = request;
    const { authorization = '', timestamp = '', signature = '' } = headers;
    const apiKey = keys.find(authorization);
    if (!apiKey) return errors['Invalid token'];
    const now = clock.now();
    const ageMs = /^\d+$/.test(timestamp) ? now - Number(timestamp) : Infinity;
    if (ageMs > tolerance(headers['timestamp-tolerance']) || ageMs < -aheadMs)
      return errors['Invalid timestamp'];
    if (!isSignatureOf(signature, apiKey.secret, timestamp + method + path + body))
      return errors['Invalid signature'];
    if (settings.refuseReplays && !used.isFirstUse(authorization + signature, now))
      return errors['Invalid signature'];
    const rights = apiKey.rights.includes('buy-sell') ? allRights : apiKey.rights;
    return permits({ ...apiKey, rights }, right, address) ? undefined : errors['40300'];
  };
}

/** ms after the timestamp during which the request is valid: what was asked for, at most 60000. */
function tolerance(asked: string | undefined): number {
  return asked && /^\d+$/.test(asked)
    ? Math.min(Number(asked), maxToleranceMs)
    : defaultToleranceMs;
}
