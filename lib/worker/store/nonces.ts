import type { NonceHeight } from '#lib/worker/network/nonces.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import { sealedStore } from './sealed-store.ts';

/** A row that does not open counts as none: the clock is above it in all but a moment. */
export function nonceHeight(sealer: Sealer): NonceHeight {
  const heights = sealedStore<number>('nonces', sealer);
  return {
    read: async () => (await heights.get('height')) ?? 0,
    write: (height) => heights.put('height', height),
  };
}
