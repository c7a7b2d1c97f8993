// A function that runs elsewhere can take nothing along.
/* oxlint-disable unicorn/consistent-function-scoping */

import type { Sandbox } from '#tests/sandbox/sandbox.ts';
import type { PlacedOrder, VenueName } from './venues.ts';

/** A request to be signed where it is sent. `{stamp}` and `{signature}` stand for what is known only then. */
export interface SignedRequest {
  readonly url: string;
  readonly method: string;
  readonly headers: Readonly<Record<string, string>>;
  readonly body?: string;
  /** What the signature covers. */
  readonly text: string;
  readonly secret: readonly number[];
  readonly encoding: 'base64' | 'hex';
}

export interface SignedAnswer {
  readonly calledAt: number;
  readonly answeredAt: number;
  readonly status: number;
  readonly reply: string;
}

type Access = Sandbox['list'][number];

const json = { 'Content-Type': 'application/json' };
const text = (secret: string) => [...Buffer.from(secret)];

/** The cancel of one order as the venues' documents describe it, without Pullcord. */
export const bareCancels = {
  btcturk: ({ url, key, secret }, { id }) => ({
    url: `${url}/api/v1/order?id=${id}`,
    method: 'DELETE',
    headers: { ...json, 'X-PCK': key, 'X-Stamp': '{stamp}', 'X-Signature': '{signature}' },
    text: `${key}{stamp}`,
    secret: [...Buffer.from(secret, 'base64')],
    encoding: 'base64',
  }),
  'habit-trade': ({ url, key, secret }, { id }) => {
    const body = JSON.stringify({ order_no: id });
    return {
      url: `${url}/trade/v1/orders`,
      method: 'DELETE',
      headers: {
        ...json,
        'X-API-Key': key,
        'X-API-Signature': '{signature}',
        'X-API-Timestamp': '{stamp}',
      },
      body,
      text: `DELETE|/trade/v1/orders|{stamp}|${body}`,
      secret: text(secret),
      encoding: 'base64',
    };
  },
  'ox-fun': ({ url, key, secret }, { id, symbol }) => {
    const now = Date.now();
    const time = new Date(now).toISOString().slice(0, 19);
    const orders = [{ marketCode: symbol, orderId: id }];
    const body = JSON.stringify({
      timestamp: now,
      recvWindow: 20_000,
      responseType: 'FULL',
      orders,
    });
    return {
      url: `${url}/v3/orders/cancel`,
      method: 'DELETE',
      headers: {
        ...json,
        AccessKey: key,
        Timestamp: time,
        Nonce: id,
        Signature: '{signature}',
      },
      body,
      text: [time, id, 'DELETE', new URL(url).hostname, '/v3/orders/cancel', body].join('\n'),
      secret: text(secret),
      encoding: 'base64',
    };
  },
  ripio: ({ url, key, secret }, { id }) => {
    const body = JSON.stringify({ id });
    return {
      url: `${url}/trade/orders/cancel`,
      method: 'POST',
      headers: { ...json, Authorization: key, Timestamp: '{stamp}', Signature: '{signature}' },
      body,
      text: `{stamp}POST/trade/orders/cancel${body}`,
      secret: text(secret),
      encoding: 'base64',
    };
  },
  ztdx: ({ url, key, secret }, { id, symbol }) => {
    const query = `symbol=${symbol}&orderId=${id}&timestamp={stamp}`;
    return {
      url: `${url}/fapi/v1/order?${query}&signature={signature}`,
      method: 'DELETE',
      headers: { 'X-MBX-APIKEY': key },
      text: query,
      secret: text(secret),
      encoding: 'hex',
    };
  },
} satisfies Partial<Record<VenueName, (access: Access, order: PlacedOrder) => SignedRequest>>;

export type BareVenue = keyof typeof bareCancels;
export const bareVenues = Object.keys(bareCancels) as BareVenue[];

/**
 * Runs in a worker, as source text: signs with a key that is imported once, and fetches. The least that any extension
 * has to do to cancel an order.
 */
export async function signedFetch(request: SignedRequest): Promise<SignedAnswer> {
  const clock = () => performance.timeOrigin + performance.now();
  const calledAt = clock();
  const { url, method, headers, body, secret, encoding } = request;
  const name = `bench ${secret.join()}`;
  const kept = globalThis as unknown as Record<string, CryptoKey | undefined>;
  const key = (kept[name] ??= await crypto.subtle.importKey(
    'raw',
    new Uint8Array(secret),
    { name: 'HMAC', hash: 'SHA-256' },
    false,
    ['sign'],
  ));
  const stamp = String(Date.now());
  const signed = new TextEncoder().encode(request.text.replace('{stamp}', stamp));
  const bytes = new Uint8Array(await crypto.subtle.sign('HMAC', key, signed));
  const hex = () => Array.from(bytes, (byte) => byte.toString(16).padStart(2, '0')).join('');
  const signature = encoding === 'hex' ? hex() : btoa(String.fromCharCode(...bytes));
  const fill = (value: string) => value.replace('{stamp}', stamp).replace('{signature}', signature);
  const response = await fetch(fill(url), {
    method,
    headers: Object.fromEntries(
      Object.entries(headers).map(([each, value]) => [each, fill(value)]),
    ),
    ...(body !== undefined && { body }),
    credentials: 'omit',
    cache: 'no-store',
    redirect: 'error',
    referrerPolicy: 'no-referrer',
  });
  const reply = await response.text();
  return { calledAt, answeredAt: clock(), status: response.status, reply };
}
