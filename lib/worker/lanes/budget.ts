import type { Limit, RequestKind } from '#lib/venues/limits.ts';

/** What counts against one limit now: until when (Unix ms), how much of it are cancels, how much reads. Of a bucket: when it is empty. */
export type BudgetState = readonly (readonly [until: number, cancels: number, reads: number])[];

/** One of a venue's limits, and how much of it is used up. What shares an internet address shares the budget. */
export interface Budget {
  readonly limit: Limit;
  /** How much of it readings may use up: what is not kept for cancels. 0 where it is too small to be parted. */
  readonly forReads: number;
  /**
   * Milliseconds until a request of this kind has room; 0 for at once. An urgent cancel does not count the readings; one that
   * has come to nothing again and again leaves alone what is kept for cancels, as readings do.
   */
  wait(kind: RequestKind, now: number, isUrgent?: boolean, isRepeat?: boolean): number;
  /** Counts a request that may go now. Call what is returned when it was replied to; without a time: it was not sent. */
  take(kind: RequestKind, now: number): (repliedAt?: number) => void;
  /** How many such requests have room; Infinity where it does not count them. */
  left(kind: RequestKind, now: number): number;
  /** The venue says that so much is used up; until a moment of this clock where it says that too. */
  learn(used: number, now: number, until?: number): void;
  state(): BudgetState;
  /** A budget that stands as this one does, to try things on. */
  copy(): Budget;
}

export function isCancelKind(kind: RequestKind): boolean {
  return kind === 'cancel' || kind === 'message';
}

/** How much of a limit is kept for cancels: reads leave it alone. One that counts no cancels has nothing to keep. */
export function reserveOf({ of, most }: Limit): number {
  return of.some(isCancelKind) ? Math.max(1, Math.floor(most / 5)) : 0;
}
