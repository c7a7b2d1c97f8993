import { once } from '#lib/domain/once.ts';
import { UserError } from '#lib/domain/user-error.ts';
import { deriveKey, freshParameters, type DerivationParameters } from './passphrase.ts';
import { t } from '#lib/words/text.ts';

/** The vault key as it lies in the database: sealed by the key that the passphrase gives. */
export interface VaultRecord {
  readonly version: 1;
  readonly derivation: DerivationParameters;
  readonly iv: Uint8Array<ArrayBuffer>;
  readonly sealedKey: ArrayBuffer;
}

/** The raw bytes of an open vault key. Whoever holds them wipes them once imported. */
type VaultKeyBytes = Uint8Array<ArrayBuffer>;

const additionalData = once(() => new TextEncoder().encode('vault/key'));

export async function createVaultKey(
  passphrase: string,
): Promise<{ record: VaultRecord; bytes: VaultKeyBytes }> {
  const bytes = crypto.getRandomValues(new Uint8Array(32));
  const derivation = freshParameters();
  const key = await deriveKey(passphrase, derivation);
  const iv = crypto.getRandomValues(new Uint8Array(12));
  const sealedKey = await crypto.subtle.encrypt(
    { name: 'AES-GCM', iv, additionalData: additionalData() },
    key,
    bytes,
  );
  return { record: { version: 1, derivation, iv, sealedKey }, bytes };
}

/** Rejects with a sentence for the user when the passphrase is wrong. */
export async function openVaultKey(
  passphrase: string,
  record: VaultRecord,
): Promise<VaultKeyBytes> {
  expectWhole(record);
  const { derivation, iv, sealedKey } = record;
  const key = await deriveKey(passphrase, derivation);
  try {
    const opened = await crypto.subtle.decrypt(
      { name: 'AES-GCM', iv, additionalData: additionalData() },
      key,
      sealedKey,
    );
    return new Uint8Array(opened);
  } catch {
    throw new UserError('wrong-passphrase', t('error.wrong_passphrase'), 'passphrase');
  }
}

/** Whatever lies on the disk in its place. */
function expectWhole(record: Partial<VaultRecord>): void {
  const { version, derivation, iv, sealedKey } = record;
  if (typeof version === 'number' && version > 1) {
    throw new UserError('vault-newer', t('error.vault_newer', { version: String(version) }));
  }
  const isWhole =
    version === 1 &&
    derivation?.salt instanceof Uint8Array &&
    iv instanceof Uint8Array &&
    sealedKey instanceof ArrayBuffer;
  if (isWhole) return;
  throw new UserError('vault-damaged', t('error.vault_damaged'));
}

/** For use in this worker's life: it cannot be read out again. */
export function importVaultKey(bytes: VaultKeyBytes): Promise<CryptoKey> {
  return crypto.subtle.importKey('raw', bytes, 'AES-GCM', false, ['encrypt', 'decrypt']);
}
