import type { LeakingLimit } from '#lib/venues/limits.ts';
import { isCancelKind, reserveOf, type Budget, type BudgetState } from './budget.ts';

/**
 * A limit that is no window: each request fills the bucket by its weight, and it leaks all the time. All there is to know is
 * when it will be empty. What a request weighs leaks out from its reply on, since the venue had counted it by then.
 */
export function createBucket(limit: LeakingLimit, state: BudgetState = []): Budget {
  const { most, leak, of, weights = {} } = limit;
  /** Milliseconds in which so much leaks out. */
  const timeOf = (weight: number) => (weight * 1000) / leak;
  const forReads = most - reserveOf(limit);
  let emptyAt = state[0]?.[0] ?? 0;

  const weightOf = (kind: (typeof of)[number]) => weights[kind] ?? 1;
  /** A clock that has been set back makes it no fuller than it can be. */
  function levelAt(now: number): number {
    emptyAt = Math.min(emptyAt, now + timeOf(most));
    return Math.max(0, ((emptyAt - now) * leak) / 1000);
  }

  return {
    limit,
    forReads,
    wait(kind, now, _isUrgent = false, isRepeat = false) {
      if (!of.includes(kind)) return 0;
      const weight = weightOf(kind);
      const room = isCancelKind(kind) && !isRepeat ? most : forReads;
      // What is heavier than the room goes when the bucket is empty.
      const over = levelAt(now) + Math.min(weight, room) - room;
      return over <= 0 ? 0 : timeOf(over);
    },
    take(kind, now) {
      if (!of.includes(kind)) return () => undefined;
      const time = timeOf(weightOf(kind));
      levelAt(now);
      emptyAt = Math.max(emptyAt, now) + time;
      return (repliedAt) => {
        if (repliedAt === undefined) emptyAt -= time;
        else emptyAt = Math.max(emptyAt, repliedAt + time);
      };
    },
    left(kind, now) {
      if (!of.includes(kind)) return Infinity;
      return Math.max(0, Math.floor((most - levelAt(now)) / weightOf(kind)));
    },
    learn(used, now) {
      emptyAt = Math.max(emptyAt, now + timeOf(used));
    },
    state: () => [[emptyAt, 0, 0]],
    copy: () => createBucket(limit, [[emptyAt, 0, 0]]),
  };
}
