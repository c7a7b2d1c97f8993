/**
 * When an account's next request may go. A 429 to a read stops reads alone; a 429 to a cancel holds back both, for as
 * long as the venue says.
 */
export interface Lane {
  /** Milliseconds to wait before a request of this kind may be sent; 0 for at once. */
  wait(kind: 'cancel' | 'read', now: number): number;
  holdBack(kind: 'cancel' | 'read', retryAfter: number, now: number): void;
}

export function createLane(): Lane {
  let reads = 0;
  let cancels = 0;
  return {
    wait: (kind, now) => Math.max(0, (kind === 'cancel' ? cancels : reads) - now),
    holdBack(kind, retryAfter, now) {
      reads = Math.max(reads, now + retryAfter);
      if (kind === 'cancel') cancels = Math.max(cancels, now + retryAfter);
    },
  };
}
