import type { Sign, Venue } from '../venue.ts';
import { cancelBatch } from './batch.ts';
import { cancel, listOpenOrders, readOrder, readTime } from './calls.ts';

/**
 * Signs the query string as sent, which the timestamp is part of; the signature goes last. The window in which a
 * timestamp is good is left at the venue's five seconds. Source: docs.p99.world, auth.
 */
const sign: Sign = async (request, { apiKey, timestamp, hmac }) => {
  const stamp = `timestamp=${timestamp}`;
  const query = request.query === undefined ? stamp : `${request.query}&${stamp}`;
  return {
    ...request,
    query: `${query}&signature=${hexOf(await hmac(query))}`,
    headers: { ...request.headers, 'X-MBX-APIKEY': apiKey },
  };
};

function hexOf(bytes: Uint8Array): string {
  return Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
}

/** ZTDX's futures, API as Binance's: signed REST; the reply to a single cancel is its proof, that to a batch is not. */
export const ztdx = {
  checkSecret: () => undefined,

  /** The secret is used as the text it is. Source: docs.p99.world, cancel-order, code examples. */
  secretBytes: (secret) => new TextEncoder().encode(secret),

  signatures: [sign],
  cancel,
  cancelBatch,
  readOrder,
  listOpenOrders,
  readTime,
  takesClientOrderId: true,
  needsSymbol: true,
  /** In the same transaction. Source: docs.p99.world, cancel-order, notes. */
  cascades: true,
} satisfies Venue;
