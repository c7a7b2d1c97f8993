import type { WireRequest } from '#lib/venues/wire.ts';
import { readBody } from './body.ts';
import type { Answer } from './transport.ts';

/** How long a venue may take to answer before the outcome counts as unknown, in milliseconds. */
const patience = 10_000;

/**
 * Sends a request: the one place from which an HTTP request leaves this machine. No cookies, no cache, no referrer, and a
 * redirect is an error.
 */
export async function send(base: string, request: WireRequest, most: number): Promise<Answer> {
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
  return {
    status: response.status,
    headers: response.headers,
    text: await readBody(response, most),
  };
}
