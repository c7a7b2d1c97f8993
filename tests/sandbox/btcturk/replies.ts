import { emptyReply, jsonReply, type Reply } from '#tests/sandbox/shared/reply.ts';
import type { Refusal } from '#tests/sandbox/shared/rate-limits.ts';

/** `{"data":…,"success":true,"message":"SUCCESS","code":0}` (README-pro.md; fact sheet 1.3). */
export const data = (value: unknown): Reply =>
  jsonReply(200, { data: value, success: true, message: 'SUCCESS', code: 0 });

/** A cancel's reply has no data and does not echo the id (docs cancel-order; fact sheet 1.4). */
export const cancelAccepted: Reply = jsonReply(200, {
  success: true,
  message: 'SUCCESS',
  code: 0,
});

const refused = (message: string, code: number): Reply =>
  jsonReply(400, { success: false, message, code });

/** `success` is true on a 401, as users have seen it (fact sheet 1.2, "401 bodies"). */
const unauthorized = (message: string): Reply =>
  jsonReply(401, { success: true, message, code: 1037 });

/**
 * The documented errors by their own names (fact sheet 1.2 to 1.5). The integer codes are unstable at the venue. That of
 * ORDER_CANCEL_BLOCKED, and its status, are not documented: both are made up here.
 */
export const errors = {
  NO_ORDER_MATCHES_YOUR_REQUEST: refused('NO_ORDER_MATCHES_YOUR_REQUEST', 1052),
  ORDER_COULD_NOT_BE_CANCELED: refused('ORDER_COULD_NOT_BE_CANCELED', 1050),
  ORDER_CANCEL_BLOCKED: refused('ORDER_CANCEL_BLOCKED', 1053),
  'Order not found': refused('Order not found', 1152),
  'Unauthorized - Invalid Nonce': unauthorized('Unauthorized - Invalid Nonce'),
  'Unauthorized - Invalid Request': unauthorized('Unauthorized - Invalid Request'),
  'Unauthorized - Headers are missing': unauthorized('Unauthorized - Headers are missing'),
  'Invalid Signature': unauthorized('Invalid Signature'),
  'Invalid Public/Private key': unauthorized('Invalid Public/Private key'),
  /** Missing right and wrong address alike (FAQ; api-access-permissions). */
  'bare-401': emptyReply(401),
  '404': emptyReply(404),
  '405': emptyReply(405),
  '500': emptyReply(500),
  '503': emptyReply(503),
} satisfies Record<string, Reply>;

export type BtcTurkError = keyof typeof errors;

const period = (ms: number): string => (ms % 60_000 === 0 ? `${ms / 60_000}m` : `${ms / 1000}s`);

/** 429 with Retry-After in whole seconds (docs.btcturk.com/rate-limits; fact sheet 1.7). */
export function tooManyRequests({ rule, retryAfterMs }: Refusal): Reply {
  const seconds = Math.ceil(retryAfterMs / 1000);
  const limit = String(rule?.max ?? 10);
  const per = period(rule?.periodMs ?? 1000);
  const again = `[Please try again in ${seconds} second(s).]`;
  const reply = jsonReply(429, {
    message: 'TOO_MANY_REQUESTS',
    success: false,
    code: 429,
    details: `Quota exceeded. Maximum allowed: ${limit} per ${per}. ${again}`,
    limit,
    period: per,
    policy: rule?.policy ?? 'ip',
  });
  return { ...reply, headers: { ...reply.headers, 'retry-after': String(seconds) } };
}

/** In the venue's envelope. */
export const refusal = (status: number, message: string): Reply =>
  jsonReply(status, { success: false, message, code: status });
