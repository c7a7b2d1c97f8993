import type { AccountId } from '#lib/domain/account.ts';
import type { NonceHeight } from '#lib/worker/network/nonces.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import { sealedStore } from './sealed-store.ts';

/** Gives each account's height. A row that does not open counts as none: the clock is above it in all but a moment. */
export type NonceStore = (id: AccountId) => NonceHeight;

export function nonceStore(sealer: Sealer): NonceStore {
  const heights = sealedStore<number>('nonces', sealer);
  return (id) => ({
    read: async () => (await heights.get(id)) ?? 0,
    write: (height) => heights.put(id, height),
  });
}
