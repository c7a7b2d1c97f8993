import type { WireReply, WireRequest } from './venue.ts';

/** How long a venue may take to answer before the outcome counts as unknown, in milliseconds. */
const patience = 10_000;

/**
 * Sends a request: the one place from which an HTTP request leaves this machine. No cookies, no cache, no referrer, and a
 * redirect is an error. Throws when there is no whole reply; the request may then have been acted on or not.
 */
export async function send(base: string, request: WireRequest): Promise<WireReply> {
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
  const retryAfter = Number(response.headers.get('Retry-After') ?? Number.NaN);
  const date = Date.parse(response.headers.get('Date') ?? '');
  return {
    status: response.status,
    text: await response.text(),
    headers: response.headers,
    ...(Number.isFinite(retryAfter) && { retryAfter }),
    ...(Number.isFinite(date) && { date }),
  };
}
