import { sessionItem, type LeftBehind } from '#lib/worker/browser/session-item.ts';

const kept = sessionItem<number>('alive');

/** When the worker was there for what is in flight. */
export interface Pulse {
  /** The last time, Unix ms; 0 where the browser has been closed since. */
  last(): number;
  note(now: number): void;
}

export function restorePulse(left: LeftBehind): Pulse {
  let last = kept.from(left) ?? 0;
  return {
    last: () => last,
    note(now) {
      last = now;
      // Where it cannot be written a wish is taken for older than it is: it is read before anything is sent.
      kept.set(now).catch(() => undefined);
    },
  };
}
