import { createHmac } from 'node:crypto';
import { PlainSocket } from './plain-socket.ts';
import { send, type Answered, type Sent, type Target } from './signed-requests.ts';

/** A client of OX.FUN written from fact sheet 1.2 and 1.3. */

export const signOxFun = (secret: string, text: string): string =>
  createHmac('sha256', secret).update(text).digest('base64');

/** Whole seconds, as the documents' table has them. */
const isoSeconds = (at: number): string => new Date(at).toISOString().slice(0, 19);

export function oxFunRequest(
  target: Target,
  { method = 'GET', path, body, headers, at = Date.now() }: Sent,
): Promise<Answered> {
  const [address, query = ''] = path.split('?');
  const timestamp = headers?.['timestamp'] ?? isoSeconds(at);
  const payload = method === 'GET' ? query : (body ?? '');
  const host = headers?.['x-signed-host'] ?? new URL(target.url).hostname;
  const signed = [timestamp, String(at), method, host, address, payload].join('\n');
  return send(target.url + path, {
    method,
    ...(body !== undefined && { body }),
    headers: {
      'content-type': 'application/json',
      accesskey: target.key,
      timestamp,
      nonce: String(at),
      signature: signOxFun(target.secret, signed),
      ...headers,
    },
  });
}

export class OxFunSocket extends PlainSocket {
  constructor(url: string) {
    super(url, '/v2/websocket');
  }

  /** Sends it, and gives the first reply with its tag. */
  async asks(message: {
    tag: string | number;
    [field: string]: unknown;
  }): Promise<Record<string, unknown>> {
    this.send(message);
    return JSON.parse(await this.hears(`"tag":"${message.tag}"`)) as Record<string, unknown>;
  }
}

export function loginMessage(
  { key, secret }: Target,
  at: number | string = Date.now(),
  tag: number | string = 'login',
): { op: string; tag: number | string; data: Record<string, unknown> } {
  const signature = signOxFun(secret, `${at}GET/auth/self/verify`);
  return { op: 'login', tag, data: { apiKey: key, timestamp: at, signature } };
}
