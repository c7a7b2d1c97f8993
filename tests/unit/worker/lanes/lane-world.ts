import { vi } from 'vitest';
import { createBudget } from '#lib/worker/lanes/create-budget.ts';
import { createLane, type Leave } from '#lib/worker/lanes/lane.ts';
import type { Limit, RequestKind } from '#lib/venues/limits.ts';

/** A lane in the test’s own time, and what comes to it. */

/** A whole number of every limit’s grains: nothing is rounded. */
export const start = 1_700_000_100_000;

export const shared = (most: number, per = 1000): Limit => ({
  of: ['cancel', 'message', 'read', 'list'],
  most,
  per,
  each: 'account',
});

/** A lane and what comes to it: `went` is in the order of going, with the milliseconds since the start. */
export function crowd(
  limits: readonly Limit[] = [],
  lane = createLane(limits.map((each) => createBudget(each))),
) {
  const went: string[] = [];
  const leaves = new Map<string, Leave>();
  const urgent = new Set<string>();
  async function enter(name: string, kind: RequestKind, replyAfter?: number): Promise<void> {
    const leave = await lane.enter(kind, () => urgent.has(name));
    went.push(`${name} ${Date.now() - start}`);
    leaves.set(name, leave);
    if (replyAfter !== undefined) setTimeout(leave, replyAfter);
  }
  return {
    lane,
    went,
    urgent,
    /** Where it replies, each request is replied to after so long. */
    come: (name: string, kind: RequestKind, replyAfter?: number): void => {
      void enter(name, kind, replyAfter);
    },
    leave: async (name: string): Promise<void> => {
      leaves.get(name)?.();
      await settle();
    },
    names: () => went.map((line) => line.split(' ')[0] ?? ''),
  };
}

export const settle = () => vi.advanceTimersByTimeAsync(0);
export const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);
export const numbers = (count: number) => Array.from({ length: count }, (_, index) => index);

export const own = (kind: RequestKind): Limit => ({
  of: [kind],
  most: 6,
  per: 1000,
  each: 'account',
});
