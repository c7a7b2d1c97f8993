import type { NonceHeight } from '#lib/worker/network/nonces.ts';

/** For accounts whose requests have no numbers, and lives that leave nothing behind. */
export const noHeight: NonceHeight = { read: async () => 0, write: async () => undefined };
