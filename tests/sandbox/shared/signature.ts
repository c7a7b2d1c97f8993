import { createHmac, timingSafeEqual } from 'node:crypto';

/** Is this the HMAC-SHA256 of the text, in standard Base64 or lower-case hex? Compared in constant time. */
export function isSignatureOf(
  signature: string,
  secret: string | Buffer,
  text: string,
  encoding: 'base64' | 'hex' = 'base64',
): boolean {
  const expected = createHmac('sha256', secret).update(text).digest();
  const given = Buffer.from(signature, encoding);
  const isStandard = given.toString(encoding) === signature;
  return isStandard && given.length === expected.length && timingSafeEqual(given, expected);
}

/** Remembers what was signed for as long as it could be sent again. */
export class UsedSignatures {
  readonly #usedAt = new Map<string, number>();
  readonly #rememberMs: number;

  constructor(rememberMs: number) {
    this.#rememberMs = rememberMs;
  }

  /** True the first time. `now` in ms on the venue's clock. */
  isFirstUse(signature: string, now: number): boolean {
    for (const [used, at] of this.#usedAt)
      if (Math.abs(now - at) > this.#rememberMs) this.#usedAt.delete(used);
    if (this.#usedAt.has(signature)) return false;
    this.#usedAt.set(signature, now);
    return true;
  }
}
