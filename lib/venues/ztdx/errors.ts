import * as v from 'valibot';
import type { Claim, Failure } from '#lib/domain/reply.ts';
import type { RefusalReason } from '#lib/domain/refusal.ts';
import { asksToWait, rateLimited, readStatus, unreadable, remark } from '#lib/venues/failure.ts';
import { parseJson } from '#lib/venues/json.ts';
import type { WireReply } from '#lib/venues/wire.ts';

const text = v.fallback(v.nullish(v.string()), undefined);

/** `{code: -2011, msg}` as Binance has it; `{error, code: "UPPER_SNAKE", details}` on ZTDX's web and spot API. */
const body = v.object({ code: text, msg: text, message: text, error: text });

/** What an answer, or one element of a batch's answer, says beside orders. */
export interface Said {
  readonly code?: string | undefined;
  readonly message?: string | undefined;
  /** A negative or a worded code; a plain number (`{"code":200,"msg":"…done."}`) may be a success. */
  readonly isError: boolean;
}

export function readSaid(value: unknown): Said {
  const parsed = v.safeParse(body, value);
  if (!parsed.success) return { isError: false };
  const { msg, message, error } = parsed.output;
  const code = parsed.output.code ?? undefined;
  return {
    code,
    message: msg ?? message ?? error ?? undefined,
    isError: code === undefined ? typeof error === 'string' : !/^\d*$/.test(code),
  };
}

/** Numbers as Binance has them: ZTDX’s pages use those. Of codes in words, only the three below are documented. */
const reasons = new Map<string, RefusalReason>([
  ['-1002', 'unauthorized'],
  ['-1011', 'address'],
  ['-1016', 'maintenance'],
  ['-1020', 'invalid-request'],
  ['-1022', 'bad-signature'],
  ['-1121', 'unknown-symbol'],
  ['-2014', 'bad-key'],
  // Key, address or right: the text names all three.
  ['-2015', 'unauthorized'],
]);
const wrongTimes: ReadonlySet<string> = new Set(['-1021', 'INVALID_TIMESTAMP']);
const limits: ReadonlySet<string> = new Set(['-1003', '-1015']);
/** Time-outs and failures inside the venue: whether it acted is not known. */
const unknowns: ReadonlySet<string> = new Set([
  '-1000',
  '-1001',
  '-1006',
  '-1007',
  'ENGINE_BUSY',
  'ENGINE_RESTARTING',
]);

/** Neither limits nor waits are documented: short for traffic shaping; a ban of Binance's lasts two minutes and more. */
export const waits = { limit: 5000, ban: 120_000 };

/** What went wrong with the request, or with one element of a batch; undefined where nothing is said to have. */
export function readFailure(
  reply: WireReply,
  said: Said = readSaid(parseJson(reply.text)),
): Failure | undefined {
  const { status } = reply;
  const { code = '', message } = said;
  const heard = remark(status, message, code);
  if (status >= 500 || status === 408 || unknowns.has(code)) return { kind: 'unknown', ...heard };
  if (limits.has(code) || (isBad(status, said) && asksToWait(reply, message))) {
    return rateLimited(reply, waits, heard, message);
  }
  if (status >= 300 && status < 400) return unreadable(reply);
  const refused = readStatus(reply, isOwn(said), heard);
  if (refused !== undefined) return refused;
  if (wrongTimes.has(code)) return { kind: 'invalid-time', ...heard };
  return isBad(status, said)
    ? { kind: 'refused', reason: refusalReason(status, said), ...heard }
    : undefined;
}

/** Every documented error bears a code; `{"message":"Forbidden"}` alone is what gateways say, who know no orders. */
function isOwn(said: Said): boolean {
  return said.code !== undefined || claimOf(said) !== undefined;
}

function isBad(status: number, { isError }: Said): boolean {
  return status >= 400 || isError;
}

function refusalReason(status: number, said: Said): RefusalReason {
  const { code = '', message = '' } = said;
  const known = reasons.get(code);
  if (known !== undefined) return known;
  if (/^-11\d\d$/.test(code)) return 'invalid-request';
  if (/invalid symbol/i.test(message)) return 'unknown-symbol';
  if (/not[ _](the[ _])?(own|your|belong)/i.test(`${message} ${code}`)) return 'no-right';
  switch (status) {
    case 401:
      return 'unauthorized';
    case 403:
      return 'unauthorized';
    case 400:
      return said.isError ? 'unexpected' : 'invalid-request';
    default:
      return 'unexpected';
  }
}

/** Refused by the venue itself, for a reason that is none of the known ones: the order may be why. */
export function isUnexplained({ status }: WireReply, failure: Failure, said: Said): boolean {
  const isItsWord = said.isError && (status < 300 || isOwn(said));
  return isItsWord && failure.kind === 'refused' && failure.reason === 'unexpected';
}

/**
 * What an error says of the order, or undefined where it says nothing of it. Trigger orders fail in four ways with
 * "distinct error codes", none of which is documented: they are told apart by words where the words tell.
 */
export function claimOf({ code = '', message = '' }: Said): Claim | undefined {
  const words = `${message} ${code}`;
  // A trigger order that has triggered is a market order now: filled or about to be.
  if (/already.{0,8}trigger/i.test(words)) return 'not-cancellable';
  if (/already.{0,8}cancel/i.test(words)) return 'was-cancelled';
  if (/already.{0,8}(fill|execut)/i.test(words)) return 'filled';
  // A trigger order dies with its position.
  if (/position.{0,20}clos/i.test(words)) return 'was-cancelled';
  // "Unknown order sent" is said of filled and cancelled orders too, and of those on another market.
  if (code === '-2013' || /unknown.?order|order.{0,12}(not exist|not.?found)/i.test(words)) {
    return 'not-found';
  }
  return code === '-2011' || code === '-4000' ? 'not-cancellable' : undefined;
}
