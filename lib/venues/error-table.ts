import type { CancelReply, Claim, Failure, ReadReply } from '#lib/domain/reply.ts';
import type { RefusalReason } from '#lib/domain/refusal.ts';
import { remarkOf } from '#lib/domain/remark.ts';
import type { Said } from './envelope.ts';
import { asksToWait, rateLimited, readStatus, remark, unreadable } from './failure.ts';
import { head } from './safe-text.ts';
import type { WireReply } from './wire.ts';

/**
 * What a venue's errors mean: a refusal, after which it has done nothing; a claim on the order, which is settled by reading it;
 * or one of those that are neither. `not-cancellable` is a claim. `too-many-orders` asks to wait by a limit that counts each order that a
 * request names: of those that are refused together fewer may pass.
 */
type Meaning =
  | RefusalReason
  | Claim
  | 'invalid-time'
  | 'invalid-nonce'
  | 'rate-limited'
  | 'too-many-orders'
  | 'unknown';

type Row = readonly [of: string | RegExp, means: Meaning, wait?: number];

export interface ErrorTable {
  /**
   * The first row that fits counts, so what is exact stands before what is broad. A text is a code, to the letter; a pattern is
   * looked for in code and messages, each by itself. Codes of time-outs and of failures inside the venue are `unknown`. One that asks
   * to wait may have a wait of its own.
   */
  readonly rows: readonly Row[];
  /** How long to wait where the reply does not say, in milliseconds: for a limit, and for a ban. */
  readonly waits: { readonly limit: number; readonly ban?: number };
}

/** What went wrong, before it is known of which call it is. */
export interface Problem {
  /** What it comes to where no order is asked for. */
  readonly failure: Failure;
  /** What it says of the order. */
  readonly claim?: Claim;
  /** A claim, or an error of the venue's own that no row explains: the order may be why. */
  readonly mayBeOfOrder: boolean;
}

/**
 * What went wrong with a request, or with one element of a batch; undefined where nothing is said to have. Besides the table it
 * knows what all venues have in common: 5xx and 408 (unknown), 429, 418 and words that ask to wait, redirections, and what comes
 * from something on the way: pages, empty replies, JSON that is cut off (`readStatus`). A reply that is too long never comes so far.
 */
export function readProblem(
  { rows, waits }: ErrorTable,
  reply: WireReply,
  said: Said,
): Problem | undefined {
  const { status } = reply;
  const { message, others = [], isError } = said;
  const heard = remark(status, message, ...others, said.code);
  const isBad = status >= 400 || isError;
  const [, means, limit = waits.limit] = (isBad && rowOf(rows, said)) || [];
  if (status >= 500 || status === 408 || means === 'unknown') {
    return ofRequest({ kind: 'unknown', ...heard });
  }
  if (means === 'too-many-orders') {
    return ofRequest({
      ...rateLimited(reply, { ...waits, limit }, heard, message),
      ofOrders: true,
    });
  }
  if (means === 'rate-limited' || (isBad && asksToWait(reply, message))) {
    return ofRequest(rateLimited(reply, { ...waits, limit }, heard, message));
  }
  if (status >= 300 && status < 400) return ofRequest(unreadable(reply));
  const isOwn = said.isOwn || isClaim(means);
  const refused = readStatus(reply, isOwn, heard);
  if (refused !== undefined) return ofRequest(refused);
  if (said.isUnclear) return ofRequest({ ...heard, ...unreadable(reply) });
  if (!isBad) return undefined;
  if (means === 'invalid-time') return ofRequest({ kind: 'invalid-time', ...heard });
  if (means === 'invalid-nonce') {
    return ofRequest({ kind: 'invalid-time', of: 'nonce', ...heard });
  }
  const reason = means === undefined || isClaim(means) ? reasonBy(status, isError) : means;
  const mayBeOfOrder =
    reason !== means && reason === 'unexpected' && isError && (status < 300 || isOwn);
  return {
    failure: { kind: 'refused', reason, ...heard },
    ...(mayBeOfOrder && isClaim(means) && { claim: means }),
    mayBeOfOrder,
  };
}

/** To a call that asks for no order. */
export function toFailure({ failure }: Problem): Failure {
  return failure;
}

/** To a cancel. What the venue does not explain is settled by reading the order. */
export function toCancel({ failure, claim, mayBeOfOrder }: Problem): CancelReply {
  return mayBeOfOrder
    ? { kind: 'claimed', claim: claim ?? 'not-cancellable', ...remarkOf(failure) }
    : failure;
}

/** To a reading of one order. */
export function toReading({ failure, claim }: Problem): ReadReply {
  return claim === 'not-found'
    ? { kind: 'read', reading: { status: 'not-found', ...remarkOf(failure) } }
    : failure;
}

/** To a cancel of several as a whole: what is, or may be, said of one of the orders, but not of which. Each is read. */
export function toBatch({ failure, mayBeOfOrder }: Problem): Failure {
  const isOfAnOrder = mayBeOfOrder || (failure.kind === 'refused' && failure.reason === 'no-right');
  return isOfAnOrder ? { kind: 'unknown', ...remarkOf(failure) } : failure;
}

function ofRequest(failure: Failure): Problem {
  return { failure, mayBeOfOrder: false };
}

function rowOf(rows: ErrorTable['rows'], { code = '', message = '', others = [] }: Said) {
  const texts = [message, ...others, code].map(head);
  return rows.find(([of]) =>
    typeof of === 'string' ? of === code : texts.some((text) => of.test(text)),
  );
}

const claims: ReadonlySet<Meaning> = new Set([
  'filled',
  'was-cancelled',
  'not-found',
  'not-cancellable',
] satisfies Claim[]);

function isClaim(means: Meaning | undefined): means is Claim {
  return means !== undefined && claims.has(means);
}

function reasonBy(status: number, isError: boolean): RefusalReason {
  if (status === 401 || status === 403) return 'unauthorized';
  return status === 400 && !isError ? 'invalid-request' : 'unexpected';
}
