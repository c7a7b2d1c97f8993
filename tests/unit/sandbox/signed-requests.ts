import { createHash, createHmac } from 'node:crypto';

/** What the tests know of a venue: signing is written here once more, from the fact sheets, not taken from anywhere. */
export interface Target {
  url: string;
  key: string;
  secret: string;
}

export interface Sent {
  method?: string;
  path: string;
  body?: string;
  /** Overrides, to get something wrong. */
  headers?: Record<string, string>;
  /** The timestamp or stamp; the machine's time unless given. */
  at?: number;
}

export interface Answered {
  status: number;
  headers: Headers;
  text: string;
  json: unknown;
}

export async function send(url: string, init: RequestInit): Promise<Answered> {
  const response = await fetch(url, { redirect: 'manual', ...init });
  const text = await response.text();
  let json: unknown;
  try {
    json = JSON.parse(text);
  } catch {
    json = undefined;
  }
  return { status: response.status, headers: response.headers, text, json };
}

let lastStamp = 0;

/** Strictly increasing, as fact sheet 1.2 advises. */
function nextStamp(): number {
  lastStamp = Math.max(lastStamp + 1, Date.now());
  return lastStamp;
}

export function signBtcTurk(secret: string, key: string, stamp: string): string {
  return createHmac('sha256', Buffer.from(secret, 'base64'))
    .update(`${key}${stamp}`)
    .digest('base64');
}

export function btcTurkRequest(
  target: Target,
  { method = 'GET', path, body, headers, at = nextStamp() }: Sent,
): Promise<Answered> {
  return send(target.url + path, {
    method,
    ...(body !== undefined && { body }),
    headers: {
      'x-pck': target.key,
      'x-stamp': String(at),
      'x-signature': signBtcTurk(target.secret, target.key, String(at)),
      'content-type': 'application/json',
      ...headers,
    },
  });
}

type SignedQuery = Omit<Sent, 'at'> & {
  at?: number | string | null;
  sign?: (query: string) => string;
};

/** The query as it is to be signed and sent, timestamp included unless `at` is null: ZTDX's way, and Binance's. */
export function ztdxRequest(
  target: Target,
  {
    method = 'GET',
    path,
    headers,
    at = Date.now(),
    sign = (query) => signZtdx(target.secret, query),
  }: SignedQuery,
): Promise<Answered> {
  const [base = '', asked = ''] = path.split('?');
  const query = [asked, at === null ? '' : `timestamp=${at}`].filter(Boolean).join('&');
  return send(`${target.url}${base}?${query}&signature=${sign(query)}`, {
    method,
    headers: { 'x-mbx-apikey': target.key, ...headers },
  });
}

/** `params` of a GET is its query, of any other its body. */
export function habitTradeRequest(
  target: Target,
  {
    method = 'GET',
    path,
    body,
    headers,
    at = Date.now(),
    encoding = 'base64',
  }: Sent & { encoding?: 'base64' | 'hex' },
): Promise<Answered> {
  const [base = '', query = ''] = path.split('?');
  const signed = [method, base, at, method === 'GET' ? query : (body ?? '')].join('|');
  return send(target.url + path, {
    method,
    ...(body !== undefined && { body }),
    headers: {
      'x-api-key': target.key,
      'x-api-timestamp': String(at),
      'x-api-signature': signHabitTrade(target.secret, signed, encoding),
      'content-type': 'application/json',
      ...headers,
    },
  });
}

export function signHabitTrade(secret: string, text: string, encoding: 'base64' | 'hex'): string {
  return createHmac('sha256', secret).update(text).digest(encoding);
}

export function signZtdx(secret: string, query: string): string {
  return createHmac('sha256', secret).update(query).digest('hex');
}

export function signRipio(secret: string, text: string): string {
  return createHmac('sha256', secret).update(text).digest('base64');
}

export function ripioRequest(
  target: Target,
  { method = 'GET', path, body, headers, at = Date.now() }: Sent,
): Promise<Answered> {
  const signed = `${at}${method}${path.split('?')[0]}${body ?? ''}`;
  return send(target.url + path, {
    method,
    ...(body !== undefined && { body }),
    headers: {
      authorization: target.key,
      timestamp: String(at),
      signature: signRipio(target.secret, signed),
      'content-type': 'application/json',
      ...headers,
    },
  });
}

export function signKraken(secret: string, path: string, nonce: string, body: string): string {
  return createHmac('sha512', Buffer.from(secret, 'base64'))
    .update(path)
    .update(
      createHash('sha256')
        .update(nonce + body)
        .digest(),
    )
    .digest('base64');
}

/** A form unless `body` is JSON; the nonce is put before all else. */
export function krakenRequest(
  target: Target,
  { path, body = '', headers, at = nextStamp() }: Sent,
): Promise<Answered> {
  const isJson = body.startsWith('{');
  const sent = isJson
    ? `{"nonce":"${at}"${body === '{}' ? '' : ','}${body.slice(1)}`
    : `nonce=${at}${body && `&${body}`}`;
  return send(target.url + path, {
    method: 'POST',
    body: sent,
    headers: {
      'api-key': target.key,
      'api-sign': signKraken(target.secret, path, String(at), sent),
      'content-type': isJson ? 'application/json' : 'application/x-www-form-urlencoded',
      ...headers,
    },
  });
}
