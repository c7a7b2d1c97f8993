import type { Limit, RequestKind } from '#lib/venues/limits.ts';
import { isCancelKind, reserveOf, type Budget, type BudgetState } from './budget.ts';

interface Asking {
  readonly kind: RequestKind;
  readonly isUrgent: boolean;
  readonly isRepeat: boolean;
}

/** Of a request that is not replied to, the venue is taken to have known after so long, in milliseconds. */
const slowWay = 1000;
/** Times are told apart this finely, so that the state stays small: a hundredth of the limit's own time. */
const grains = 100;

/**
 * So many requests in so long. A request counts from its sending until the limit's time has passed since its reply: the venue had
 * counted it by then, so that neither a window that slides nor one that starts with the first request is ever overfilled.
 */
export function createWindow(limit: Limit, state: BudgetState): Budget {
  const { most, per, of, weights = {} } = limit;
  const grain = per / grains;
  const reserve = reserveOf(limit);
  const forReads = most - reserve;
  const counts = new Map(state.map(([until, cancels, reads]) => [until, { cancels, reads }]));

  const weightOf = (kind: RequestKind) => weights[kind] ?? 1;
  const roundUp = (time: number) => Math.ceil(time / grain) * grain;

  function add(until: number, kind: RequestKind, weight: number): void {
    const count = counts.get(until) ?? { cancels: 0, reads: 0 };
    count[isCancelKind(kind) ? 'cancels' : 'reads'] += weight;
    if (count.cancels + count.reads > 0) counts.set(until, count);
    else counts.delete(until);
  }

  /** Until when a request of this moment counts at the longest. */
  const latest = (now: number) => roundUp(now + per + slowWay);

  function forgetPast(now: number): void {
    for (const [until, count] of counts) {
      if (until <= now) counts.delete(until);
      if (until <= latest(now)) continue;
      // The clock has been set back since: it counts for no longer than it could then.
      counts.delete(until);
      const others = counts.get(latest(now)) ?? { cancels: 0, reads: 0 };
      counts.set(latest(now), {
        cancels: others.cancels + count.cancels,
        reads: others.reads + count.reads,
      });
    }
  }

  function usedUp(): number {
    return [...counts.values()].reduce((sum, { cancels, reads }) => sum + cancels + reads, 0);
  }

  function hasRoom({ kind, isUrgent, isRepeat }: Asking, cancels: number, reads: number): boolean {
    const weight = weightOf(kind);
    if (isCancelKind(kind) && !isRepeat) {
      // Where the limit is too small to keep a reserve (one a second), a click must not wait for a reading all the same.
      return cancels + reads + weight <= most || (isUrgent && cancels + weight <= reserve);
    }
    return cancels + reads + weight <= forReads || (weight > forReads && cancels + reads === 0);
  }

  return {
    limit,
    forReads,
    wait(kind, now, isUrgent = false, isRepeat = false) {
      const asking = { kind, isUrgent, isRepeat };
      if (!of.includes(kind)) return 0;
      forgetPast(now);
      let cancels = 0;
      let reads = 0;
      for (const count of counts.values()) {
        cancels += count.cancels;
        reads += count.reads;
      }
      if (hasRoom(asking, cancels, reads)) return 0;
      for (const [until, count] of [...counts].toSorted(([a], [b]) => a - b)) {
        cancels -= count.cancels;
        reads -= count.reads;
        if (hasRoom(asking, cancels, reads)) return until - now;
      }
      return 0;
    },
    take(kind, now) {
      if (!of.includes(kind)) return () => undefined;
      const weight = weightOf(kind);
      const until = latest(now);
      add(until, kind, weight);
      return (repliedAt) => {
        // So late that it was forgotten: the venue may have counted it right before it replied.
        if (counts.has(until)) add(until, kind, -weight);
        if (repliedAt !== undefined) add(roundUp(repliedAt + per), kind, weight);
      };
    },
    left(kind, now) {
      if (!of.includes(kind)) return Infinity;
      forgetPast(now);
      return Math.max(0, Math.floor((most - usedUp()) / weightOf(kind)));
    },
    learn(used, now, until = now + per) {
      forgetPast(now);
      const known = usedUp();
      // As cancels, since what the venue calls used up is so for them too.
      const over = roundUp(Math.min(Math.max(until, now), now + per));
      if (used > known) add(over, of.find(isCancelKind) ?? 'read', used - known);
    },
    state: () => [...counts].map(([until, { cancels, reads }]) => [until, cancels, reads]),
    copy() {
      return createWindow(limit, this.state());
    },
  };
}
