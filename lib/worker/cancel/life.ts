import type { Cancellation } from '#lib/domain/cancellation.ts';

/** How long a wish may be without anybody to carry it on, and still be sent without being asked for again, in milliseconds. */
const longestGap = 60_000;
const pulse = 10_000;

/**
 * Whether nobody was there for the wish for too long. Of a clock that has been set back since nobody knows how long it was.
 * `aliveAt`: when the worker's last life was last heard of, Unix ms.
 */
export function wasAlone(
  { at, lastSent = 0 }: Cancellation,
  aliveAt: number,
  now: number,
): boolean {
  const lastLife = Math.max(aliveAt, at.requested, at.accepted ?? 0, lastSent);
  return Math.abs(now - lastLife) > longestGap;
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
