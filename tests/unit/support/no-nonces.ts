import type { Nonces } from '#lib/worker/network/nonces.ts';

/** For accounts whose requests have no numbers. */
export const noNonces: Nonces = async (now) => String(now);
