import type { Refusal } from '#tests/sandbox/shared/rate-limits.ts';
import { htmlReply, jsonReply, type Reply } from '#tests/sandbox/shared/reply.ts';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';

/** `{"error":[],"result":…}` (fact sheet, "Errors"). */
export const result = (value: unknown): Reply => jsonReply(200, { error: [], result: value });

/** Errors come with HTTP 200 mostly, and without a result. */
const refused = (message: string, status = 200): Reply => jsonReply(status, { error: [message] });

/** The documented texts, by themselves; what stands behind the second colon varies (fact sheet, "Errors"). */
export const errors = {
  'EAPI:Invalid key': refused('EAPI:Invalid key'),
  'EAPI:Invalid signature': refused('EAPI:Invalid signature'),
  'EAPI:Invalid nonce': refused('EAPI:Invalid nonce'),
  'EAPI:Rate limit exceeded': refused('EAPI:Rate limit exceeded'),
  'EAPI:Bad request': refused('EAPI:Bad request'),
  'EGeneral:Permission denied': refused('EGeneral:Permission denied'),
  'EGeneral:Invalid arguments': refused('EGeneral:Invalid arguments:txid'),
  'EGeneral:Unknown method': refused('EGeneral:Unknown method'),
  'EGeneral:Too many requests': refused('EGeneral:Too many requests'),
  'EGeneral:Temporary lockout': refused('EGeneral:Temporary lockout'),
  'EGeneral:Internal error': refused('EGeneral:Internal error'),
  'EOrder:Unknown order': refused('EOrder:Unknown order'),
  'EOrder:Invalid order': refused('EOrder:Invalid order'),
  'EOrder:Rate limit exceeded': refused('EOrder:Rate limit exceeded'),
  'EService:Unavailable': refused('EService:Unavailable'),
  'EService:Busy': refused('EService:Busy'),
  'EService:Timeout': refused('EService:Timeout'),
  'EService:Deadline elapsed': refused('EService:Deadline elapsed'),
  'EService:Market in post_only mode': refused('EService:Market in post_only mode'),
  'EDatabase:Internal error': refused('EDatabase:Internal error'),
  /** Some come with their status. */
  '503': refused('EService:Unavailable', 503),
  /** The page of what stands before the venue. */
  '520': htmlReply(520, 'Web server is returning an unknown error'),
} satisfies Record<string, Reply>;

export type KrakenError = keyof typeof errors;

/**
 * No header says how long (fact sheet, "Limits"). Where a test asked for the refusal, and so for its length, it is the one error
 * that tells a moment, in whole seconds.
 */
export function tooManyRequests(
  { retryAfterMs }: Refusal,
  asked: boolean,
  clock: VenueClock,
): Reply {
  if (!asked) return errors['EAPI:Rate limit exceeded'];
  return refused(`EService:Throttled: ${Math.ceil((clock.now() + retryAfterMs) / 1000)}`);
}

/** In the venue's envelope. */
export const refusal = (status: number, message: string): Reply =>
  refused(`EGeneral:${message}`, status);
