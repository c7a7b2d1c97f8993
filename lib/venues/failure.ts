import type { Failure } from '../domain/reply.ts';
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

/** A 429, with the wait as told, else the one given (milliseconds); neither a tight loop nor for ever. */
export function rateLimited(reply: WireReply, otherwise: number, words: string): Failure {
  const told = reply.retryAfter === undefined ? otherwise : reply.retryAfter * 1000;
  const retryAfter = Math.min(Math.max(told, shortestWait), longestWait);
  return { kind: 'rate-limited', retryAfter, words };
}
