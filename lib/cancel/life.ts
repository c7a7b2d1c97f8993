import type { Cancellation } from '../domain/cancellation.ts';

/** How long a wish may be without anybody to carry it on, and still be sent without being asked for again, in milliseconds. */
export const longestGap = 60_000;
const pulse = 10_000;

/** When somebody was last there for the wish, Unix ms. `aliveAt`: as the worker's last life has left it. */
export function lastLife({ at, lastSent = 0 }: Cancellation, aliveAt: number): number {
  return Math.max(aliveAt, at.requested, at.accepted ?? 0, lastSent);
}

/**
 * Notices by this machine's clock that for too long nobody was there: the machine slept, or the clock was set. Timers alone
 * would go on as if nothing had been.
 */
export interface Life {
  /** There is something to carry on. */
  begin(): void;
  /** There is nothing any more. */
  end(): void;
  /** Before anything is done that must not come too late. */
  look(): void;
}

export function createLife(onGap: () => void, onAlive?: (now: number) => void): Life {
  let aliveAt = 0;
  let timer: ReturnType<typeof setInterval> | undefined;

  function look(): void {
    const now = Date.now();
    const isGap = now - aliveAt > longestGap;
    aliveAt = now;
    if (isGap) onGap();
  }

  return {
    begin() {
      if (timer !== undefined) return;
      aliveAt = Date.now();
      timer = setInterval(() => {
        look();
        onAlive?.(aliveAt);
      }, pulse);
    },
    end() {
      clearInterval(timer);
      timer = undefined;
    },
    look,
  };
}
