import { UserError } from '#lib/domain/user-error.ts';
import { t } from '#lib/words/text.ts';

/** How the passphrase becomes a key; stored beside what that key seals. */
export interface DerivationParameters {
  readonly name: 'PBKDF2';
  readonly hash: 'SHA-256';
  readonly iterations: number;
  readonly salt: Uint8Array<ArrayBuffer>;
}

const shortest = 8;
/** OWASP asks for 600,000; about 120 ms on a small machine. */
const iterations = 1_200_000;
/** Bounds on what is read back: fewer would be a downgrade, more would hang. */
const fewestIterations = 1_000_000;
const mostIterations = 10_000_000;

export function expectGoodPassphrase(passphrase: string): void {
  if (passphrase.length >= shortest) return;
  throw new UserError(
    'passphrase-short',
    t('error.passphrase_short', { n: shortest }),
    'passphrase',
  );
}

export function freshParameters(): DerivationParameters {
  const salt = crypto.getRandomValues(new Uint8Array(16));
  return { name: 'PBKDF2', hash: 'SHA-256', iterations, salt };
}

/** The key that seals the vault key. Rejects parameters outside the bounds. */
export async function deriveKey(
  passphrase: string,
  parameters: DerivationParameters,
): Promise<CryptoKey> {
  const { iterations: count, name, hash, salt } = parameters;
  if (
    name !== 'PBKDF2' ||
    hash !== 'SHA-256' ||
    count < fewestIterations ||
    count > mostIterations
  ) {
    throw new UserError('vault-damaged', t('error.vault_parameters'));
  }
  const bytes = new TextEncoder().encode(passphrase.normalize('NFKC'));
  const material = await crypto.subtle.importKey('raw', bytes, 'PBKDF2', false, ['deriveKey']);
  return crypto.subtle.deriveKey(
    { name, hash, salt, iterations: count },
    material,
    { name: 'AES-GCM', length: 256 },
    false,
    ['encrypt', 'decrypt'],
  );
}
