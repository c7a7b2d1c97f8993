/** What proves the key: the same headers on a request and on a WebSocket's handshake. Source: docs.habittrade.com, Authentication. */
export function proof(
  apiKey: string,
  timestamp: number,
  signature: string,
): Readonly<Record<string, string>> {
  return {
    'X-API-Key': apiKey,
    'X-API-Signature': signature,
    'X-API-Timestamp': String(timestamp),
  };
}
