import * as v from 'valibot';
import type { CancelReply, Failure } from '#lib/domain/reply.ts';
import type { Remark } from '#lib/domain/remark.ts';
import type { RefusalReason } from '#lib/domain/refusal.ts';
import { asksToWait, rateLimited, readStatus, unreadable, remark } from '#lib/venues/failure.ts';
import type { WireReply } from '#lib/venues/wire.ts';
import { findField, parseLenientJson } from './lenient-json.ts';

/** What a reply, or the result of one order of a batch, says. Errors bear `details` too (the page on cancelling). */
export const envelope = v.object({
  code: v.fallback(v.optional(v.pipe(v.string(), v.regex(/^\d+$/))), undefined),
  message: v.fallback(v.nullish(v.string()), undefined),
  details: v.fallback(v.nullish(v.string()), undefined),
  data: v.optional(v.unknown()),
});
export type Envelope = v.InferOutput<typeof envelope>;

/** Undefined for a text that is not the venue's. */
export function readEnvelope({ status, text }: WireReply): Envelope | undefined {
  const parsed = v.safeParse(envelope, parseLenientJson(text));
  if (parsed.success) return parsed.output;
  // By pattern alone nothing may count as a success, and in the ruins of one the first code may be that of an order.
  const code = status >= 400 ? findField(text, 'code') : undefined;
  if (code === undefined || !/^\d+$/.test(code)) return undefined;
  return { code, message: findField(text, 'message'), details: findField(text, 'details') };
}

/** Nothing else is a success: a reply without a code proves nothing. */
export function isSuccess({ code }: Envelope): boolean {
  return code === '0';
}

export function heardOf(status: number, said: Envelope | undefined): Remark {
  return remark(status, said?.message, said?.details, said?.code);
}

function textOf({ message, details }: Envelope): string {
  return [message, details].filter(Boolean).join(' · ');
}

/** 418 is a ban for having gone on after 429. Neither limits nor bans are told in numbers. */
const waits = { limit: 1000, ban: 60_000 };

/**
 * What went wrong, or undefined for a success. Sources: docs.habittrade.com, HTTP Return Codes, HTTP Authentication and
 * Trade Error Code, of which the greater part could not be read.
 */
export function readFailure(reply: WireReply): Failure | undefined {
  const { status } = reply;
  const said = readEnvelope(reply);
  const heard = heardOf(status, said);
  // 409 stands for "partial success": something may have been done.
  if (status >= 500 || status === 409) return { kind: 'unknown', ...heard };
  if (status >= 300 && status < 400) return unreadable(reply);
  const text = said && (textOf(said) || undefined);
  if (!(said && isSuccess(said)) && asksToWait(reply, text)) {
    return rateLimited(reply, waits, heard, text);
  }
  if (status < 300) {
    if (said?.code === undefined) return unreadable(reply);
    if (isSuccess(said)) return undefined;
  }
  const refused = readStatus(reply, said?.code !== undefined, heard);
  if (refused !== undefined) return refused;
  if (said?.code !== signatureCode && isUnauthorized(status, said) && speaksOfTime(said)) {
    return { kind: 'invalid-time', ...heard };
  }
  return { kind: 'refused', reason: refusalReason(status, said), ...heard };
}

const signatureCode = '10010008';

/** The other codes of authentication could not be read: only their neighbourhood is known. */
function isUnauthorized(status: number, said: Envelope | undefined): boolean {
  return status === 401 || /^100100\d\d$/.test(said?.code ?? '');
}

function speaksOfTime(said: Envelope | undefined): boolean {
  const text = said ? textOf(said) : '';
  return /time ?stamp|(?<!at this )\btime\b|clock|request (?:has |is )?expired/i.test(text);
}

function refusalReason(status: number, said: Envelope | undefined): RefusalReason {
  if (said?.code === signatureCode) return 'bad-signature';
  // Documented for barred addresses; a missing right is the other usual meaning.
  if (status === 403) return 'right-or-address';
  if (isUnauthorized(status, said)) return 'unauthorized';
  return status === 400 || said?.code !== undefined ? 'invalid-request' : 'unexpected';
}

/**
 * A cancel that was not taken. The codes of orders that have filled or were cancelled before could not be read, so
 * whatever is or may be said of the order is settled by reading it: all of the cancel's own errors (110302xx, also
 * printed as 030202), and all texts that speak of an order's state.
 */
export function notTaken(said: Envelope | undefined, heard: Remark): CancelReply {
  const isOfCancel = /^(?:11)?0?302\d\d$/.test(said?.code ?? '');
  const isOfState =
    /fill|execut|cancel|status|state|complete|final|closed|expired|found|exist/i.test(
      said ? textOf(said) : '',
    );
  return isOfCancel || isOfState
    ? { kind: 'claimed', claim: 'not-cancellable', ...heard }
    : { kind: 'refused', reason: 'invalid-request', ...heard };
}
