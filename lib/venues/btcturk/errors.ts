import * as v from 'valibot';
import type { Failure } from '#lib/domain/reply.ts';
import type { RefusalReason } from '#lib/domain/refusal.ts';
import { asksToWait, rateLimited, readStatus, unreadable, remark } from '#lib/venues/failure.ts';
import { parseJson } from '#lib/venues/json.ts';
import type { WireReply } from '#lib/venues/wire.ts';

/** Every answer but that of the clock. `success` is not to be trusted: refusals of a key bear `true`. */
export const envelope = v.object({
  success: v.optional(v.boolean()),
  message: v.nullish(v.string()),
  code: v.nullish(v.string()),
  /** Of a 429: “Please try again in 7 second(s).” */
  details: v.fallback(v.nullish(v.string()), undefined),
  data: v.optional(v.unknown()),
});
export type Envelope = v.InferOutput<typeof envelope>;

const successCodes: ReadonlySet<string> = new Set(['0', '', 'SUCCESS']);

/**
 * What went wrong, or undefined for a success. Refusals are told apart by their text, since the numbers have drifted.
 * Sources: docs.btcturk.com, Errors, Rate limits and FAQ; BTCTrader/broker-api-docs#147, #149, #236.
 */
export function readFailure(reply: WireReply): Failure | undefined {
  const parsed = v.safeParse(envelope, parseJson(reply.text));
  const { message, code, success, details } = parsed.success ? parsed.output : {};
  const heard = remark(reply.status, message, code);

  const text = [message, details].filter(Boolean).join(' ') || undefined;
  if (reply.status >= 500) return { kind: 'unknown', ...heard };
  if (message === 'TOO_MANY_REQUESTS' || asksToWait(reply, text)) {
    return rateLimited(reply, { limit: 1000 }, heard, text);
  }
  if (message && /invalid nonce|nonce must be/i.test(message))
    return { kind: 'invalid-time', ...heard };
  if (message === 'ORDER_CANCEL_BLOCKED')
    return { kind: 'refused', reason: 'maintenance', ...heard };
  // `{"message":"Forbidden"}` alone is what gateways say.
  const isOwn = success !== undefined || typeof code === 'string';
  const refused = readStatus(reply, isOwn, heard);
  if (refused !== undefined) return refused;
  if (reply.status === 401 || code === '1037') {
    return { kind: 'refused', reason: unauthorizedReason(message ?? ''), ...heard };
  }
  if (reply.status === 403) return { kind: 'refused', reason: 'unauthorized', ...heard };
  if (reply.status === 404 || reply.status === 405) {
    return { kind: 'refused', reason: 'unexpected', ...heard };
  }
  if (reply.status >= 400) return { kind: 'refused', reason: 'invalid-request', ...heard };
  if (reply.status >= 300 || !parsed.success) return unreadable(reply);
  if (success === false || (code !== undefined && code !== null && !successCodes.has(code))) {
    return { kind: 'refused', reason: 'invalid-request', ...heard };
  }
  // Neither field: not the venue's envelope.
  return success === undefined && code === undefined ? unreadable(reply) : undefined;
}

/** A missing right and a wrong address give the same bare 401 (docs.btcturk.com, FAQ). */
export function unauthorizedReason(message: string): RefusalReason {
  if (/invalid signature|invalid request/i.test(message)) return 'bad-signature';
  if (/public|private key/i.test(message)) return 'bad-key';
  return 'unauthorized';
}
