import { bytesToBase64 } from '#lib/domain/base64.ts';
import { bytesToHex } from '#lib/domain/hex.ts';
import type { Sign, Signer } from '#lib/venues/wire.ts';

/** HMAC in hex, Ed25519 in Base64. Source: rest-api, request security. */
export async function signatureOf(text: string, { kind, sign }: Signer): Promise<string> {
  const bytes = await sign(text);
  return kind === 'hmac' ? bytesToHex(bytes) : bytesToBase64(bytes);
}

/**
 * Signs the query as it is sent, percent-encoded; the signature goes last. The window in which a timestamp is good is left at the
 * venue's five seconds.
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
