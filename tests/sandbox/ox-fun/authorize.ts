import { permits, type ApiKey, type KeyRing } from '#tests/sandbox/shared/key-ring.ts';
import type { Reply } from '#tests/sandbox/shared/reply.ts';
import { isSignatureOf } from '#tests/sandbox/shared/signature.ts';
import type { VenueRequest } from '#tests/sandbox/shared/venue.ts';
import { errors, type OxFunError } from './replies.ts';
import type { Desk } from './settings.ts';

/** "Can Trade" was ticked, or not (fact sheet 1.11). Trading includes reading. */
export type OxFunRight = 'read' | 'trade';

export const allRights: readonly OxFunRight[] = ['read', 'trade'];

export function mayDo(apiKey: ApiKey<OxFunRight>, right: OxFunRight, address: string): boolean {
  const rights = apiKey.rights.includes('trade') ? allRights : apiKey.rights;
  return permits({ ...apiKey, rights }, right, address);
}

/**
 * Signature = Base64(HMAC-SHA256(secret as text, Timestamp\nNonce\nVERB\nhost\npath\npayload)), the payload being a GET's
 * query as sent, else the body's text (oxfun-exchange-docs v3 "Authentication"; fact sheet 1.2). The documents' host
 * has no port; the sandbox, which must have one, takes it with or without.
 */
export function authorizer({ keys, clock, settings }: Pick<Desk, 'keys' | 'clock' | 'settings'>) {
  return (request: VenueRequest, right: OxFunRight): Reply | undefined => {
    const {
      accesskey = '',
      timestamp = '',
      signature = '',
      nonce = '',
      host = '',
    } = request.headers;
    const apiKey = keys.find(accesskey);
    if (!apiKey) return errors['20025'];
    if (timestamp === '') return errors['20023'];
    if (nonce === '') return errors['30001'];
    const isWritten = /^\d{4}-\d\d-\d\dT\d\d:\d\d:\d\d(\.\d+)?$/.test(timestamp);
    const offMs = isWritten ? Math.abs(clock.now() - Date.parse(`${timestamp}Z`)) : Infinity;
    if (!(offMs <= settings.toleranceMs)) return errors['20024'];
    const { method, path, rawQuery, body, address } = request;
    const payload = method === 'GET' ? rawQuery : body;
    const isSigned = [host.replace(/:\d+$/, ''), host].some((name) =>
      isSignatureOf(
        signature,
        apiKey.secret,
        [timestamp, nonce, method, name.toLowerCase(), path, payload].join('\n'),
      ),
    );
    if (!isSigned) return errors['20000'];
    return mayDo(apiKey, right, address) ? undefined : errors['05001'];
  };
}

/** As read from an exactly parsed message, where the timestamp is text in either form. */
interface LoginData {
  apiKey?: unknown;
  timestamp?: unknown;
  signature?: unknown;
}

/** The key a socket logs in with: its signature covers ms and `GET/auth/self/verify` (fact sheet 1.3). */
export function logIn(
  { apiKey, timestamp, signature }: LoginData,
  { keys, clock, settings }: { keys: KeyRing<OxFunRight> } & Pick<Desk, 'clock' | 'settings'>,
): ApiKey<OxFunRight> | OxFunError {
  const found = keys.find(String(apiKey));
  if (!found) return '20025';
  if (timestamp === undefined) return '20023';
  const at = typeof timestamp === 'string' ? timestamp : '';
  const offMs = /^\d+$/.test(at) ? Math.abs(clock.now() - Number(at)) : Infinity;
  if (!(offMs <= settings.toleranceMs)) return '20024';
  const isSigned = isSignatureOf(String(signature), found.secret, `${at}GET/auth/self/verify`);
  return isSigned ? found : '20000';
}
