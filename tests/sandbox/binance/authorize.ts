import { createPublicKey, verify } from 'node:crypto';
import { permits, type ApiKey, type KeyRing } from '#tests/sandbox/shared/key-ring.ts';
import { isSignatureOf } from '#tests/sandbox/shared/signature.ts';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import type { VenueRequest } from '#tests/sandbox/shared/venue.ts';
import type { BinanceError } from './replies.ts';

/** The boxes of a key beside the two that count here, as the venue names them (fact sheet 1.2). */
export const otherBoxes = [
  'enableWithdrawals',
  'enableInternalTransfer',
  'permitsUniversalTransfer',
  'enableMargin',
  'enableFutures',
  'enableVanillaOptions',
  'enablePortfolioMarginTrading',
  'enableFixApiTrade',
  'enableFixReadOnly',
] as const;

/** Reading is always on; placing and cancelling are one right (fact sheet 1.2). */
export type BinanceRight = 'read' | 'trade' | (typeof otherBoxes)[number];

/** What a key is made with here. */
export const allRights: readonly BinanceRight[] = ['read', 'trade'];

const defaultWindowMs = 5000;
const maxWindowMs = 60_000;
const aheadMs = 1000;

/** A signed text: what was signed, by what, and when. */
interface Signed {
  readonly apiKey: string | undefined;
  readonly payload: string | undefined;
  readonly signature: string | undefined;
  readonly timestamp: string | null | undefined;
  readonly recvWindow: string | null | undefined;
  readonly address: string;
}

/** What is wrong with it, if anything. Which of two faults in one request is named is not documented. */
export function authorizer(keys: KeyRing<BinanceRight>, clock: VenueClock) {
  return (signed: Signed, right: BinanceRight): BinanceError | undefined => {
    if (!signed.apiKey) return '-2014';
    const apiKey = keys.find(signed.apiKey);
    if (!apiKey) return '-2015';
    const { payload, signature, timestamp } = signed;
    if (!timestamp || signature === '') return '-1102';
    if (payload === undefined || signature === undefined) return '-1022';
    if (!isSignedBy(apiKey, payload, signature)) return '-1022';
    const windowMs = Number(signed.recvWindow ?? defaultWindowMs);
    if (!(windowMs > 0 && windowMs <= maxWindowMs)) return '-1131';
    const ageMs = clock.now() - milliseconds(timestamp);
    // `timestamp < server + 1000 && server - timestamp <= recvWindow`, also of what is no number.
    if (!(ageMs <= windowMs && ageMs > -aheadMs)) return '-1021';
    const rights = new Set<BinanceRight>(['read', ...apiKey.rights]);
    return permits({ ...apiKey, rights: [...rights] }, right, signed.address) ? undefined : '-2015';
  };
}

/**
 * The query, as sent and so percent-encoded, directly followed by the body; the signature is the last parameter (fact sheet 1.3).
 */
export function signedQuery({ headers, query, rawQuery, body, address }: VenueRequest): Signed {
  const [, before, signature] = /^(?:(.*)&)?signature=([^&]*)$/.exec(rawQuery) ?? [];
  return {
    apiKey: headers['x-mbx-apikey'],
    payload: before === undefined ? undefined : before + body,
    signature:
      signature === undefined
        ? query.get('signature')
          ? undefined
          : ''
        : (query.get('signature') ?? ''),
    timestamp: query.get('timestamp'),
    recvWindow: query.get('recvWindow'),
    address,
  };
}

/** All parameters of a message but the signature, sorted by name (fact sheet 1.9). */
export function signedParameters(
  params: Readonly<Record<string, unknown>>,
  address: string,
): Signed {
  const text = (name: string): string | undefined => {
    const value = params[name];
    return typeof value === 'string' || typeof value === 'number' ? String(value) : undefined;
  };
  const names = Object.keys(params).filter((name) => name !== 'signature');
  return {
    apiKey: text('apiKey'),
    payload: names
      .toSorted()
      .map((name) => `${name}=${text(name) ?? ''}`)
      .join('&'),
    signature: text('signature') ?? '',
    timestamp: text('timestamp'),
    recvWindow: text('recvWindow'),
    address,
  };
}

/** Microseconds are taken too. */
const milliseconds = (timestamp: string): number =>
  /^\d{13}$/.test(timestamp)
    ? Number(timestamp)
    : /^\d{16}$/.test(timestamp)
      ? Number(timestamp) / 1000
      : NaN;

/** HMAC-SHA256 in hex of either case; of a key whose public half the venue was given, Base64 of Ed25519. */
function isSignedBy({ secret }: ApiKey<BinanceRight>, payload: string, signature: string): boolean {
  if (!secret.startsWith('-----BEGIN PUBLIC KEY-----')) {
    return isSignatureOf(signature.toLowerCase(), secret, payload, 'hex');
  }
  const given = Buffer.from(signature, 'base64');
  const isStandard = given.toString('base64') === signature;
  return isStandard && verify(null, Buffer.from(payload), createPublicKey(secret), given);
}
