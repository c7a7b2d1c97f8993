import type { Budget } from '#lib/worker/lanes/budget.ts';
import type { Limit } from '#lib/venues/limits.ts';

export { isCancelKind } from '#lib/worker/lanes/budget.ts';

/** Stands in for the budgets of `lib/worker/lanes/budget.ts`: there is room for every request, always. */
export function createBudget(limit: Limit): Budget {
  return {
    limit,
    forReads: limit.most,
    wait: () => 0,
    take: () => () => undefined,
    left: () => limit.most,
    learn: () => undefined,
    state: () => [],
    copy: () => createBudget(limit),
  };
}
