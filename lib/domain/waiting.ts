import type { AccountId } from './account.ts';
import type { Cancellation } from './cancellation.ts';
import { hasEnded, type Stated } from './standing.ts';

/** Until when a venue has asked an account to wait with cancels and with readings, Unix ms by this machine's clock. */
export interface Holds {
  readonly cancels: number;
  readonly reads: number;
  /** From then on the venue is asked once in a while whether it still means it: it is longer than it says it ever does. */
  readonly doubtAt?: number;
}

export type AllHolds = Readonly<Record<AccountId, Holds>>;

/** For how many whole seconds more the venue's word holds up the next step; undefined where it does not. */
export function secondsToWait(
  cancellation: Pick<Cancellation, 'ref' | 'next'> & Stated,
  holds: AllHolds,
  now: number,
): number | undefined {
  const { next, ref } = cancellation;
  const held = holds[ref.accountId];
  if (!held || !next || hasEnded(cancellation)) return undefined;
  return secondsUntil(next.step === 'send' ? held.cancels : held.reads, now);
}

export function secondsUntil(time: number, now: number): number | undefined {
  return time > now ? Math.ceil((time - now) / 1000) : undefined;
}
