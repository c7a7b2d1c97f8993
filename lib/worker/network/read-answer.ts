import type { WireReply } from '#lib/venues/wire.ts';
import type { Answer } from './transport.ts';

/**
 * What has just come back, as venues read it. `offset`: by how much the venue's clock is ahead, in milliseconds, where that was
 * measured.
 */
export function readAnswer({ status, headers, text }: Answer, offset?: number): WireReply {
  const wait = headers.get('Retry-After')?.trim() || Number.NaN;
  const retryAfter = Number(wait);
  const retryAt = Number.isFinite(retryAfter) ? Number.NaN : Date.parse(String(wait));
  const date = Date.parse(headers.get('Date') ?? '');
  return {
    status,
    text: text ?? '',
    ...(text === undefined && { isTooLarge: true }),
    receivedAt: venueTime(offset, date),
    headers,
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
