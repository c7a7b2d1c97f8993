import type { Budget } from '../../../lib/cancel/budget.ts';
import type { Limit } from '../../../lib/venues/venue.ts';

export { isCancelKind } from '../../../lib/cancel/budget.ts';

/** Stands in for the budgets of `lib/cancel/budget.ts`: there is room for every request, always. */
export function createBudget(limit: Limit): Budget {
  return {
    limit,
    wait: () => 0,
    take: () => () => undefined,
    learn: () => undefined,
    state: () => [],
    copy: () => createBudget(limit),
  };
}
