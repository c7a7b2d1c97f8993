import type { LeakingLimit, Limit } from '#lib/venues/limits.ts';
import { createBucket } from './bucket.ts';
import type { Budget, BudgetState } from './budget.ts';
import { createWindow } from './window.ts';

/** What counts against the limit, as it was left. */
export function createBudget(limit: Limit | LeakingLimit, state: BudgetState = []): Budget {
  return 'leak' in limit ? createBucket(limit, state) : createWindow(limit, state);
}
