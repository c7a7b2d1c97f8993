import { readBody } from './body.ts';
import { bounds } from '#lib/venues/bounds.ts';
import type { WireReply, WireRequest } from '#lib/venues/wire.ts';

/** How long a venue may take to answer before the outcome counts as unknown, in milliseconds. */
const patience = 10_000;

/**
 * Sends a request: the one place from which an HTTP request leaves this machine. No cookies, no cache, no referrer, and a
 * redirect is an error. Throws when there is no whole reply; the request may then have been acted on or not. `offset` is
 * by how much the venue's clock is ahead, in milliseconds, where that was measured; `most` how many bytes are read: a reply
 * that is longer comes without its text.
 */
export async function send(
  base: string,
  request: WireRequest,
  offset?: number,
  most: number = bounds.reply,
): Promise<WireReply> {
  const { method, path, query, headers, body } = request;
  const response = await fetch(base + path + (query === undefined ? '' : `?${query}`), {
    method,
    headers,
    ...(body !== undefined && { body }),
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
    signal: AbortSignal.timeout(patience),
  });
  const wait = response.headers.get('Retry-After')?.trim() || Number.NaN;
  const retryAfter = Number(wait);
  const retryAt = Number.isFinite(retryAfter) ? Number.NaN : Date.parse(String(wait));
  const date = Date.parse(response.headers.get('Date') ?? '');
  const text = await readBody(response, most);
  return {
    status: response.status,
    text: text ?? '',
    ...(text === undefined && { isTooLarge: true }),
    receivedAt: venueTime(offset, date),
    headers: response.headers,
    ...(Number.isFinite(retryAfter) && { retryAfter }),
    ...(Number.isFinite(retryAt) && { retryAt }),
    ...(Number.isFinite(date) && { date }),
  };
}

/** Where the clock was not measured, this machine's is taken, unless the header `Date` tells that it is wrong. */
function venueTime(offset: number | undefined, date: number): number {
  const now = Date.now();
  if (offset !== undefined) return now + offset;
  return Number.isFinite(date) ? Math.min(Math.max(now, date), date + 999) : now;
}
