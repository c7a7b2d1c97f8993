import { UserError } from '#lib/domain/user-error.ts';
import type { VaultRecord } from '#lib/worker/vault/vault-key.ts';
import { database } from './database.ts';
import { hasMark, setMark } from './mark.ts';
import { t } from '#lib/words/text.ts';

/** `lost`: there was one, and it is there no more: what is left of the rest cannot be opened by anybody. */
export type VaultPresence = 'none' | 'there' | 'lost';

export async function findVault(): Promise<VaultRecord | undefined> {
  return (await database()).get('vault', 'vault');
}

/** Whether there is a vault. Where none is, the mark or what is left of its rows tells that there was one. */
export async function vaultPresence(): Promise<VaultPresence> {
  const db = await database();
  if ((await db.count('vault')) > 0) return 'there';
  const counts = await Promise.all([...db.objectStoreNames].map((table) => db.count(table)));
  const isLeft = counts.some((count) => count > 0);
  return isLeft || (await hasMark()) ? 'lost' : 'none';
}

/** Writes the first one. What is left of a vault that was lost goes: no key opens it. */
export async function addVault(record: VaultRecord): Promise<void> {
  const db = await database();
  const write = db.transaction(db.objectStoreNames, 'readwrite');
  if ((await write.objectStore('vault').count()) > 0) {
    throw new UserError('vault-exists', t('error.vault_exists'));
  }
  await Promise.all([
    ...[...db.objectStoreNames].map((table) => write.objectStore(table).clear()),
    write.objectStore('vault').put(record, 'vault'),
    write.done,
  ]);
  await setMark().catch(() => undefined);
}
