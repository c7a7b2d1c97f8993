import { permits, type KeyRing } from '#tests/sandbox/shared/key-ring.ts';
import type { Reply } from '#tests/sandbox/shared/reply.ts';
import { isSignatureOf, UsedSignatures } from '#tests/sandbox/shared/signature.ts';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import type { VenueRequest } from '#tests/sandbox/shared/venue.ts';
import { errors } from './replies.ts';

/** The venue's own names for what a key may do (docs.btcturk.com/api-access-permissions). */
export type BtcTurkRight = 'total-funds' | 'trade' | 'account' | 'websocket';

export const allRights: readonly BtcTurkRight[] = ['total-funds', 'trade', 'account', 'websocket'];

/** Plus or minus around the venue's time (FAQ.md; fact sheet 1.2). */
const toleranceMs = 5000;

/**
 * X-Signature = Base64(HMAC-SHA256(base64-decoded private key, public key + stamp)): neither method nor path is signed
 * (docs authentication-v1; fact sheet 1.2). Which of two faults in one request is named is not documented.
 */
export function authorizer(
  keys: KeyRing<BtcTurkRight>,
  clock: VenueClock,
  settings: { refuseReplays: boolean },
) {
  const used = new UsedSignatures(2 * toleranceMs);
  return ({ headers, address }: VenueRequest, right: BtcTurkRight): Reply | undefined => {
    const { 'x-pck': key, 'x-stamp': stamp, 'x-signature': signature } = headers;
    if (!key || !stamp || !signature) return errors['Unauthorized - Headers are missing'];
    const now = clock.now();
    if (!/^\d+$/.test(stamp) || Math.abs(now - Number(stamp)) > toleranceMs)
      return errors['Unauthorized - Invalid Nonce'];
    const apiKey = keys.find(key);
    if (!apiKey) return errors['Invalid Public/Private key'];
    if (!isSignatureOf(signature, Buffer.from(apiKey.secret, 'base64'), key + stamp))
      return errors['Unauthorized - Invalid Request'];
    if (settings.refuseReplays && !used.isFirstUse(key + stamp, now))
      return errors['Unauthorized - Invalid Nonce'];
    if (!permits(apiKey, right, address)) return errors['bare-401'];
    return undefined;
  };
}
