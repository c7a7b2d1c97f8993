import type { Failure } from '#lib/domain/reply.ts';
import type { Note, Remark } from '#lib/domain/remark.ts';
import { head, shownPieces } from './safe-text.ts';
import { toldWait } from './told-wait.ts';
import type { WireReply } from './wire.ts';

/** What is shown of these texts of a reply, and its status; never the whole body. */
export function remark(status: number, ...texts: readonly (string | null | undefined)[]): Remark {
  const heard = saying(...texts);
  return { ...heard, note: { code: heard.said ? 'http' : 'no-text', status } };
}

/** The same without the status. */
export function saying(...texts: readonly (string | null | undefined)[]): Pick<Remark, 'said'> {
  const said = shownPieces(texts);
  return said.length === 0 ? {} : { said };
}

/** A reply that is none of the venue's documented ones: after it, anything may have happened. */
export function unreadable(reply: WireReply): Failure {
  const code = reply.text.trim() === '' ? 'empty-answer' : 'not-json';
  return { kind: 'unknown', note: { code, status: reply.status } };
}

/**
 * A reply of which more came than is read: whatever it said, it is not known. Only that it asks for patience is told by the
 * status alone.
 */
export function unread(reply: WireReply): Failure | undefined {
  return reply.isTooLarge && !asksToWait(reply) ? tooLarge(reply) : undefined;
}

export function tooLarge({ status }: WireReply): Failure {
  return { kind: 'unknown', note: { code: 'too-large', status } };
}

/** A time-out, and a client that was taken to have gone: the venue may have acted, whoever says so. */
const timeouts: ReadonlySet<number> = new Set([408, 499]);
/** Of something on the way these may be said of a request that the venue has. */
const uncertain: ReadonlySet<number> = new Set([409, 425]);

/**
 * What a refusal by status alone comes to; undefined where the adapter can tell more. `isOwn`: the body is the venue's own,
 * its documented envelope, and says something. What is not has come from something on the way: of key, id and order it
 * says nothing, and the venue has not seen the request.
 */
export function readStatus(reply: WireReply, isOwn: boolean, heard: Remark): Failure | undefined {
  const { status } = reply;
  if (status < 400 || status >= 500) return undefined;
  const isEmpty = reply.text.trim() === '';
  const notOwn: Note = { code: 'not-own', status };
  const told: Remark = isOwn || isEmpty ? heard : { note: notOwn };
  // Half of what may be the venue's own: it may say of the order what the other half would have said.
  const isCut = !isOwn && /^\s*[{[]/.test(reply.text) && !/[}\]]\s*$/.test(reply.text.slice(-100));
  if (timeouts.has(status) || (uncertain.has(status) && !isOwn) || isCut) {
    return { kind: 'unknown', ...told };
  }
  if (status === 451) return { kind: 'refused', reason: 'legal', ...told };
  // Wrong paths and methods, which a venue's own gateway answers by pages. Without a text the status is all that is said;
  // venues send some alone, but none documents that of 403, which firewalls do.
  const isPlain = status === 404 || status === 405 || (isEmpty && status !== 403);
  return isOwn || isPlain ? undefined : { kind: 'refused', reason: 'blocked', ...told };
}

const shortestWait = 250;
const longestWait = 86_400_000;

/** How long a ban is where nothing says so, in milliseconds. */
const banWait = 60_000;
const limitWords =
  /too (?:many|much) request|\bbanned (?:until|till|for)\b|rate.?limit|requests? (?:are )?too (?:fast|frequent)/i;

/** Whether a request was refused for want of patience: by its status, or by the venue's words beside another. */
export function asksToWait({ status }: WireReply, message = ''): boolean {
  return status === 429 || status === 418 || limitWords.test(head(message));
}

/**
 * The wait as told, by the header or in words (`told`, or a text that is no JSON), else the one given for a limit or
 * a ban (milliseconds); neither a tight loop nor for ever.
 */
export function rateLimited(
  reply: WireReply,
  { limit, ban = banWait }: { readonly limit: number; readonly ban?: number },
  heard: Remark,
  told = /^\s*[<{[]/.test(reply.text) ? '' : reply.text,
): Extract<Failure, { kind: 'rate-limited' }> {
  const message = head(told);
  const isBan = reply.status === 418 || /\bban/i.test(message);
  const wait = toldWait(reply, message) ?? (isBan ? ban : limit);
  const retryAfter = Math.min(Math.max(wait, shortestWait), longestWait);
  return { kind: 'rate-limited', retryAfter, ...heard };
}
