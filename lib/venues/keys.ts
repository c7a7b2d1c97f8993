/** A key that signs what one account sends, and that nothing can read out again. */
export interface SigningKey {
  readonly kind: KeyKind;
  /** Over the bytes; over those of a text in UTF-8. */
  readonly sign: (data: string | Uint8Array<ArrayBuffer>) => Promise<Uint8Array<ArrayBuffer>>;
}

/** A keyed hash, or one of the two kinds of private key that the browser signs with. */
type KeyKind = 'hmac' | 'ed25519' | 'p256';

/** The keyed hash of most venues. The bytes of the secret are gone when it is there. */
export function hmacKey(
  hash: 'SHA-256' | 'SHA-512',
  secret: Uint8Array<ArrayBuffer>,
): Promise<SigningKey> {
  return opened('hmac', 'HMAC', importing('raw', secret, { name: 'HMAC', hash }));
}

/** From PKCS#8; a signature has 64 bytes. The bytes of the key are gone when it is there. Source: RFC 8032, RFC 8410. */
export function ed25519Key(pkcs8: Uint8Array<ArrayBuffer>): Promise<SigningKey> {
  return opened('ed25519', 'Ed25519', importing('pkcs8', pkcs8, { name: 'Ed25519' }));
}

/**
 * ECDSA over P-256 with SHA-256 (ES256), from PKCS#8; a signature is r and s of 32 bytes each. The bytes of the key are gone when
 * it is there. Source: RFC 7518, 3.4.
 */
export function p256Key(pkcs8: Uint8Array<ArrayBuffer>): Promise<SigningKey> {
  const algorithm = { name: 'ECDSA', namedCurve: 'P-256' };
  return opened('p256', { name: 'ECDSA', hash: 'SHA-256' }, importing('pkcs8', pkcs8, algorithm));
}

async function importing(
  format: 'raw' | 'pkcs8',
  bytes: Uint8Array<ArrayBuffer>,
  algorithm: HmacImportParams | EcKeyImportParams | Algorithm,
): Promise<CryptoKey> {
  try {
    return await crypto.subtle.importKey(format, bytes, algorithm, false, ['sign']);
  } finally {
    bytes.fill(0);
  }
}

async function opened(
  kind: KeyKind,
  algorithm: AlgorithmIdentifier | EcdsaParams,
  importingKey: Promise<CryptoKey>,
): Promise<SigningKey> {
  const key = await importingKey;
  return {
    kind,
    async sign(data) {
      const bytes = typeof data === 'string' ? utf8(data) : data;
      return new Uint8Array(await crypto.subtle.sign(algorithm, key, bytes));
    },
  };
}

/** The text's bytes as most venues take their secrets. */
export function utf8(text: string): Uint8Array<ArrayBuffer> {
  return new TextEncoder().encode(text);
}
