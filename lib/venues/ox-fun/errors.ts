import * as v from 'valibot';
import type { CancelReply, Claim, Failure } from '#lib/domain/reply.ts';
import type { Remark } from '#lib/domain/remark.ts';
import type { RefusalReason } from '#lib/domain/refusal.ts';
import {
  asksToWait,
  rateLimited,
  readStatus,
  saying,
  unreadable,
  remark,
} from '#lib/venues/failure.ts';
import { parseJson } from '#lib/venues/json.ts';
import { optional } from '#lib/venues/order-schema.ts';
import type { WireReply } from '#lib/venues/wire.ts';

/** Source: OX.FUN API documents, error codes of the WebSocket and general codes of REST; the former wins where they clash. */
const claims = new Map<string, Claim>([
  ['20001', 'not-cancellable'],
  ['20002', 'not-cancellable'],
  ['20015', 'not-cancellable'],
  ['20019', 'not-cancellable'],
  ['40001', 'not-cancellable'],
  ['40035', 'not-found'],
  ['100004', 'not-found'],
  ['100005', 'not-found'],
  ['100006', 'not-found'],
]);

const refusals = new Map<string, RefusalReason>([
  ['05001', 'no-right'],
  ['20000', 'bad-signature'],
  ['20025', 'bad-key'],
  ['20026', 'unauthorized'],
  ['300001', 'suspended'],
  ['20031', 'maintenance'],
  ['200050', 'maintenance'],
  ['20011', 'unknown-symbol'],
  ['20015', 'unknown-symbol'],
  // Of how the request is written: neither id nor key are why.
  ['20003', 'unexpected'],
  ['20009', 'unexpected'],
  ['20027', 'unexpected'],
  ['20034', 'unexpected'],
  ['30001', 'unexpected'],
]);

const wrongTimes: ReadonlySet<string> = new Set(['20023', '20024', '100015']);
const tooFast: ReadonlySet<string> = new Set(['429', '20007']);
/** Time-outs and failures inside the venue: whether it acted is not known. */
const unknowns: ReadonlySet<string> = new Set([
  '20032',
  '10001',
  '50001',
  '710001',
  '000101',
  '000201',
]);

/** Codes are text: some begin with zeros, and one library has them with a minus. */
export function normalise(code: string): string {
  return code.replace(/^-/, '');
}

const waits = { limit: 1000 };

/** Where a code came over the WebSocket, which has no status of HTTP. */
const noStatus = 0;

/** What came over the WebSocket, as a reply. */
export function socketReply(receivedAt: number | undefined): WireReply {
  return { status: noStatus, text: '', ...optional('receivedAt', receivedAt) };
}

function heardOf(status: number, code: string, message: string | undefined): Remark {
  if (status !== noStatus) return remark(status, message, code);
  return { ...saying(message, code), note: { code: 'socket' } };
}

/** What a code on a cancel means. */
export function cancelError(
  reply: WireReply,
  code: string,
  message: string | undefined,
): CancelReply {
  const claim = claims.get(normalise(code));
  const heard = heardOf(reply.status, code, message);
  return claim === undefined ? failure(reply, code, message) : { kind: 'claimed', claim, ...heard };
}

/**
 * What a code on a cancel of several as a whole means. A word on an order is then none on each of them: they are read
 * one by one.
 */
export function batchError(reply: WireReply, code: string, message: string | undefined): Failure {
  return claims.has(normalise(code))
    ? { kind: 'unknown', ...heardOf(reply.status, code, message) }
    : failure(reply, code, message);
}

export function failure(reply: WireReply, code: string, message: string | undefined): Failure {
  const known = normalise(code);
  const heard = heardOf(reply.status, code, message);
  if (unknowns.has(known)) return { kind: 'unknown', ...heard };
  if (tooFast.has(known) || asksToWait(reply, message)) {
    return rateLimited(reply, waits, heard, message);
  }
  if (wrongTimes.has(known)) return { kind: 'invalid-time', ...heard };
  return { kind: 'refused', reason: refusals.get(known) ?? 'invalid-request', ...heard };
}

export const envelope = v.object({
  success: v.nullish(v.boolean()),
  code: v.nullish(v.string()),
  message: v.nullish(v.string()),
  data: v.optional(v.unknown()),
});
export type Envelope = v.InferOutput<typeof envelope>;

/**
 * The reply's envelope, or what went wrong with the request as a whole, by `errorOf` where the venue gives a code. A
 * code beside `success: true` is no failure.
 */
export function readEnvelope<Outcome extends CancelReply = Failure>(
  reply: WireReply,
  errorOf: (
    reply: WireReply,
    code: string,
    message: string | undefined,
  ) => Outcome | Failure = failure,
): Envelope | Outcome | Failure {
  const parsed = v.safeParse(envelope, parseJson(reply.text));
  const { code, message, success } = parsed.success ? parsed.output : {};
  const heard = remark(reply.status, message, code);
  if (reply.status >= 500) return { kind: 'unknown', ...heard };
  if (reply.status >= 300 && reply.status < 400) return unreadable(reply);
  if (success !== true && asksToWait(reply, message ?? undefined)) {
    return rateLimited(reply, waits, heard, message ?? undefined);
  }
  const isOwn = Boolean(code) || typeof success === 'boolean';
  const refused = readStatus(reply, isOwn, heard);
  if (refused !== undefined) return refused;
  if (code && success !== true) return errorOf(reply, code, message ?? undefined);
  if (reply.status >= 400) {
    const reason = reply.status === 401 || reply.status === 403 ? 'unauthorized' : 'unexpected';
    return { kind: 'refused', reason, ...heard };
  }
  if (!parsed.success || success !== true) return unreadable(reply);
  return parsed.output;
}
