import { bytesToBase64 } from '#lib/domain/base64.ts';
import { bytesToHex } from '#lib/domain/hex.ts';
import type { ErrorTable } from './error-table.ts';
import type { Usage } from './limits.ts';
import type { OrderForm, State } from './order-form.ts';
import type { Fields } from './requests.ts';
import type { OrderName, Sign, Signer } from './wire.ts';

/**
 * What those have in common whose API is written after Binance's: they sign the query, name orders, number errors and count weight
 * alike. What each has of its own stands in its folder. Source: `docs/venues/binance.md` and the documents named there.
 */

/** HMAC in hex, Ed25519 in Base64. */
export async function signatureOf(text: string, { kind, sign }: Signer): Promise<string> {
  const bytes = await sign(text);
  return kind === 'hmac' ? bytesToHex(bytes) : bytesToBase64(bytes);
}

/**
 * Signs the query as it is sent, percent-encoded, which the timestamp is part of; the signature goes last. The window in which a
 * timestamp is good is left at the venue's five seconds.
 */
export const signed: Sign = async (request, signer) => {
  const stamp = `timestamp=${signer.timestamp}`;
  const query = request.query === undefined ? stamp : `${request.query}&${stamp}`;
  const signature = encodeURIComponent(await signatureOf(query, signer));
  return {
    ...request,
    query: `${query}&signature=${signature}`,
    headers: { ...request.headers, 'X-MBX-APIKEY': signer.apiKey },
  };
};

/** By exactly one of the ids: an empty other one makes the venue find nothing (python-binance#601). */
export function nameOf(order: OrderName): Fields {
  const { symbol } = order;
  return 'orderId' in order
    ? { symbol, orderId: order.orderId }
    : { symbol, origClientOrderId: order.clientOrderId };
}

/** Of orders that guard a position, in small letters. */
export const protective = /^(?:stop|take_profit|trailing)/;

/** In lists, readings and replies to cancels. `time` is absent in the last. */
export const fields = {
  id: 'orderId',
  clientOrderId: 'clientOrderId',
  symbol: 'symbol',
  side: 'side',
  type: 'type',
  status: 'status',
  price: 'price',
  stopPrice: 'stopPrice',
  quantity: 'origQty',
  filled: 'executedQty',
  createdAt: 'time',
  updatedAt: 'updateTime',
} satisfies OrderForm['fields'];

export const statuses = {
  new: 'untouched',
  partially_filled: 'open',
  filled: 'filled',
  canceled: 'cancelled',
  expired: 'ended',
  rejected: 'ended',
} satisfies Record<string, State>;

/** Of requests; before what a venue has of its own. */
export const requestErrors: ErrorTable['rows'] = [
  ['-1000', 'unknown'],
  // "Internal error; unable to process your request": whether it was is not said.
  ['-1001', 'unknown'],
  ['-1006', 'unknown'],
  ['-1007', 'unknown'],
  ['-1002', 'unauthorized'],
  ['-1003', 'rate-limited'],
  ['-1015', 'rate-limited'],
  ['-1016', 'maintenance'],
  ['-1021', 'invalid-time'],
  ['-1022', 'bad-signature'],
  ['-1121', 'unknown-symbol'],
  [/^-11\d\d$/, 'invalid-request'],
  ['-2014', 'bad-key'],
  // Key, address or right: the text names all three.
  ['-2015', 'unauthorized'],
];

/** Of orders; after what a venue has of its own, which may tell more. */
export const orderErrors: ErrorTable['rows'] = [
  // Said of filled and cancelled orders too, and of those of another symbol or on another market.
  [/unknown.?order/i, 'not-found'],
  ['-2013', 'not-found'],
  ['-2011', 'not-cancellable'],
];

const units: Readonly<Record<string, number>> = {
  s: 1000,
  m: 60_000,
  h: 3_600_000,
  d: 86_400_000,
};

/** `X-MBX-USED-WEIGHT-1M: 41`, one for each interval. */
export function readUsedWeight(headers: Headers): Usage[] {
  return [...headers].flatMap(([name, value]) => {
    const [, count, letter = ''] = /^x-mbx-used-weight-(\d+)([smhd])$/.exec(name) ?? [];
    const unit = units[letter];
    return unit !== undefined && /^\d+$/.test(value)
      ? [{ per: Number(count) * unit, used: Number(value) }]
      : [];
  });
}
