import { htmlReply, jsonReply, type Reply } from '#tests/sandbox/shared/reply.ts';
import type { Refusal } from '#tests/sandbox/shared/rate-limits.ts';

/** `{"error_code":null,"message":null,"data":…,"timestamp":ms}` (apidocs.ripio.com; fact sheet 2.3). */
export const data = (value: unknown, timestamp: number): Reply =>
  jsonReply(200, { error_code: null, message: null, data: value, timestamp });

const refused = (status: number, code: number, message: string): Reply =>
  jsonReply(status, { error_code: code, message, data: null });

/**
 * The documented errors by their codes, those of one code by their message (fact sheet 2.3). Known wordings are "Order
 * already canceled." (WebSocket API), the three of 401 and "Too many requests"; the others are the error list's.
 */
export const errors = {
  '40000': refused(400, 40000, 'Invalid parameters'),
  '40020': refused(400, 40020, 'Order already canceled.'),
  '40021': refused(400, 40021, 'Order executed completely.'),
  'No orders to cancel': refused(400, 40021, 'No orders to cancel'),
  '40090': refused(400, 40090, 'Unsupported operation'),
  '40100': refused(401, 40100, 'Not authorized'),
  'Invalid timestamp': refused(401, 40100, 'Invalid timestamp'),
  'Invalid token': refused(401, 40100, 'Invalid token'),
  'Invalid signature': refused(401, 40100, 'Invalid signature'),
  'Blocked token': refused(401, 40100, 'Blocked token'),
  '40300': refused(403, 40300, 'Forbidden'),
  '40400': refused(404, 40400, 'Not found'),
  '42900': refused(429, 42900, 'Too many requests'),
  '50000': refused(500, 50000, 'Internal error'),
  '50001': refused(500, 50001, 'Data error'),
  '50002': refused(500, 50002, 'External communication error'),
  '50003': refused(500, 50003, 'Internal communication error'),
  '503': refused(503, 503, 'Maintenance'),
  /** Some 404s are pages (community-mcp errors.ts). */
  'html-404': htmlReply(404, 'Not Found'),
} satisfies Record<string, Reply>;

export type RipioError = keyof typeof errors;

const day = 86_400_000;

/**
 * 429 with nothing but a message; the day's limit has its own (apidocs.ripiotrade.co; fact sheet 2.7). No Retry-After
 * is documented: it is sent only where a test asked for the refusal and so for its length.
 */
export function tooManyRequests({ rule, retryAfterMs }: Refusal, asked: boolean): Reply {
  const message = rule?.periodMs === day && !asked ? 'Limit Exceeded' : 'Too many requests';
  const reply = jsonReply(429, { message });
  if (!asked) return reply;
  const seconds = String(Math.ceil(retryAfterMs / 1000));
  return { ...reply, headers: { ...reply.headers, 'retry-after': seconds } };
}

/** In the venue's envelope. */
export const refusal = (status: number, message: string): Reply =>
  refused(status, status * 100, message);
