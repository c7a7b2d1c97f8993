/** A key that signs what one account sends, and that nothing can read out again. */
export interface SigningKey {
  /** Over the bytes; over those of a text in UTF-8. */
  readonly sign: (data: string | Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
}

/** The keyed hash of most venues. The bytes of the secret are gone when it is there. */
export async function hmacKey(
  hash: 'SHA-256',
  secret: Uint8Array<ArrayBuffer>,
): Promise<SigningKey> {
  const key = await crypto.subtle.importKey('raw', secret, { name: 'HMAC', hash }, false, ['sign']);
  secret.fill(0);
  return {
    async sign(data) {
      const bytes = typeof data === 'string' ? utf8(data) : data;
      return new Uint8Array(await crypto.subtle.sign('HMAC', key, bytes));
    },
  };
}

/** The text's bytes as most venues take their secrets. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
