import type { AccountId } from '#lib/domain/account.ts';
import { requestCancellation, type CancellationId } from '#lib/domain/cancellation.ts';
import type { OrderId } from '#lib/domain/order.ts';
import { database } from '#lib/worker/store/database.ts';
import { createSealer, type Sealer } from '#lib/worker/vault/sealing.ts';

/** A sealer with a vault key of its own. */
export async function freshSealer(): Promise<Sealer> {
  const key = await crypto.subtle.generateKey({ name: 'AES-GCM', length: 256 }, false, [
    'encrypt',
    'decrypt',
  ]);
  return createSealer(key);
}

export async function emptyDatabase(): Promise<void> {
  const db = await database();
  await Promise.all([...db.objectStoreNames].map((store) => db.clear(store)));
}

/** What a copy of the profile would hold, as text. */
export async function everythingStored(): Promise<string> {
  const db = await database();
  const rows = await Promise.all([...db.objectStoreNames].map((store) => db.getAll(store)));
  const keys = await Promise.all([...db.objectStoreNames].map((store) => db.getAllKeys(store)));
  const latin1 = new TextDecoder('latin1');
  return JSON.stringify([keys, rows], (_, value: unknown) =>
    value instanceof ArrayBuffer || value instanceof Uint8Array ? latin1.decode(value) : value,
  );
}

export function wish(orderId: string) {
  const ref = { accountId: 'account' as AccountId, orderId: orderId as OrderId };
  return requestCancellation(
    `wish ${orderId}` as CancellationId,
    ref,
    undefined,
    1_700_000_000_000,
  );
}
