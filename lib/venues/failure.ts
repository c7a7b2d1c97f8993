import type { Failure } from '../domain/reply.ts';
import { toldWait } from './told-wait.ts';
import type { WireReply } from './venue.ts';

const shown = 200;

/** The venue's own code and text in one line, cut to what fits a row; never the whole body. */
export function venueWords(status: number, code?: string, message?: string): string {
  const said = [message, code].filter((part) => part !== undefined && part !== '').join(' · ');
  return (said === '' ? `HTTP ${status}, no text` : `${said} · HTTP ${status}`).slice(0, shown);
}

/** A reply that is none of the venue's documented ones: after it, anything may have happened. */
export function unreadable(reply: WireReply): Failure {
  const what =
    reply.text.trim() === '' ? 'an empty answer' : 'an answer that is not the venue’s JSON';
  return { kind: 'unknown', words: `${what} · HTTP ${reply.status}` };
}

const shortestWait = 250;
const longestWait = 86_400_000;

/** How long a ban is where nothing says so, in milliseconds. */
const banWait = 60_000;
const limitWords =
  /too (?:many|much) request|\bbanned (?:until|till|for)\b|rate.?limit|requests? (?:are )?too (?:fast|frequent)/i;

/** Whether a request was refused for want of patience: by its status, or by the venue's words beside another. */
export function asksToWait({ status }: WireReply, message = ''): boolean {
  return status === 429 || status === 418 || limitWords.test(message);
}

/**
 * The wait as told, by the header or in words (`message`, or a text that is no JSON), else the one given for a limit or
 * a ban (milliseconds); neither a tight loop nor for ever.
 */
export function rateLimited(
  reply: WireReply,
  { limit, ban = banWait }: { readonly limit: number; readonly ban?: number },
  words: string,
  message = /^\s*[<{[]/.test(reply.text) ? '' : reply.text,
): Failure {
  const isBan = reply.status === 418 || /\bban/i.test(message);
  const told = toldWait(reply, message) ?? (isBan ? ban : limit);
  const retryAfter = Math.min(Math.max(told, shortestWait), longestWait);
  return { kind: 'rate-limited', retryAfter, words };
}
