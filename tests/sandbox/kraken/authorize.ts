import { createHash, createHmac, timingSafeEqual } from 'node:crypto';
import { permits, type KeyRing } from '#tests/sandbox/shared/key-ring.ts';
import type { Reply } from '#tests/sandbox/shared/reply.ts';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import type { VenueRequest } from '#tests/sandbox/shared/venue.ts';
import { fieldsOf } from './body.ts';
import { errors } from './replies.ts';
import type { KrakenSettings } from './settings.ts';

/** As GetApiKeyInfo tells them; `any` is what a request needs that every key may make, `query-trades` either of two. */
export const allRights = [
  'query-funds',
  'add-funds',
  'withdraw-funds',
  'earn-funds',
  'query-open-trades',
  'query-closed-trades',
  'modify-trades',
  'close-trades',
  'query-ledger',
  'export-data',
  'create-ws-token',
  'add-withdraw-address',
  'update-withdraw-address',
] as const;

export type KrakenRight = (typeof allRights)[number] | 'query-trades' | 'any';

/** Either does, where two are named (the endpoints' pages). */
const alsoBy: Partial<Record<KrakenRight, readonly KrakenRight[]>> = {
  'close-trades': ['modify-trades'],
  'query-trades': ['query-open-trades', 'query-closed-trades'],
};

const lockoutMs = 15 * 60_000;
const maxNonce = 2n ** 64n;

interface Seen {
  refused: number;
  lockedUntil: number;
  readonly used: Set<bigint>;
}

/**
 * API-Sign = Base64(HMAC-SHA512(the secret's bytes, path + SHA-256(nonce + body))), body as sent; the nonce is in it and always rises,
 * for each key (fact sheet, "Signing"). Which of two faults in one request is named is not documented; a nonce is used up by
 * what is signed well.
 */
export function authorizer(
  keys: KeyRing<KrakenRight>,
  clock: VenueClock,
  nonces: Map<string, bigint>,
  settings: KrakenSettings,
) {
  const seen = new Map<string, Seen>();
  return (request: VenueRequest, right: KrakenRight): Reply | undefined => {
    const { headers, path, body, address } = request;
    const apiKey = keys.find(headers['api-key'] ?? '');
    if (!apiKey) return errors['EAPI:Invalid key'];
    const of = seen.get(apiKey.key) ?? { refused: 0, lockedUntil: 0, used: new Set() };
    seen.set(apiKey.key, of);
    if (of.lockedUntil > clock.now()) return errors['EGeneral:Temporary lockout'];
    const { nonce = '', otp } = fieldsOf(request);
    if (!isSigned(headers['api-sign'] ?? '', apiKey.secret, path, nonce + body)) {
      return errors['EAPI:Invalid signature'];
    }
    if (!takes(nonce, apiKey.key, of.used)) {
      of.refused += 1;
      if (of.refused >= settings.lockoutAfter) of.lockedUntil = clock.now() + lockoutMs;
      return errors['EAPI:Invalid nonce'];
    }
    // How a missing password is refused is not documented.
    if (settings.otp !== undefined && otp !== settings.otp) {
      return errors['EGeneral:Permission denied'];
    }
    const rights: readonly KrakenRight[] = [...apiKey.rights, 'any'];
    const isAllowed = [right, ...(alsoBy[right] ?? [])].some((each) =>
      permits({ ...apiKey, rights }, each, address),
    );
    return isAllowed ? undefined : errors['EGeneral:Permission denied'];
  };

  function takes(text: string, key: string, used: Set<bigint>): boolean {
    if (!/^\d{1,20}$/.test(text)) return false;
    const nonce = BigInt(text);
    const highest = nonces.get(key) ?? -1n;
    if (nonce >= maxNonce || used.has(nonce)) return false;
    if (nonce <= highest - BigInt(settings.nonceWindow)) return false;
    used.add(nonce);
    if (nonce > highest) nonces.set(key, nonce);
    return true;
  }
}

/** Compared in constant time. */
function isSigned(given: string, secret: string, path: string, signed: string): boolean {
  const expected = createHmac('sha512', Buffer.from(secret, 'base64'))
    .update(path)
    .update(createHash('sha256').update(signed).digest())
    .digest();
  const bytes = Buffer.from(given, 'base64');
  return bytes.length === expected.length && timingSafeEqual(bytes, expected);
}
