import type { AccountId } from '#lib/domain/account.ts';
import { createBudget } from './create-budget.ts';
import type { Budget, BudgetState } from './budget.ts';
import { createLane, type Lane } from './lane.ts';
import type { AllHolds, Holds } from '#lib/domain/waiting.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { LeakingLimit, Limit } from '#lib/venues/limits.ts';
import { afterSending } from '#lib/worker/after-sending.ts';
import { sessionItem, type LeftBehind } from '#lib/worker/browser/session-item.ts';

/** The lanes of all accounts; accounts that share a limit share its budget. */
export interface Lanes {
  /** `base`: where the venue's API stands, to tell its environments apart. */
  open(id: AccountId, venue: Venue, base: string): Lane;
  /** Tells what the venues have asked to wait with, now and at each change. */
  follow(listener: (holds: AllHolds) => void): void;
}

interface KeptLanes {
  readonly budgets: Readonly<Record<string, BudgetState>>;
  readonly holds: Readonly<Record<string, Holds>>;
}

const keptLanes = sessionItem<KeptLanes>('lanes');

/** The lanes as the worker's last life left them, kept for the next one in `storage.session`. */
export function restoreLanes(left: LeftBehind): Lanes {
  const kept = keptLanes.from(left);
  const budgets = new Map<string, Budget>();
  let holds: Readonly<Record<string, Holds>> = { ...kept?.holds };
  let isDue = false;
  let listener: ((holds: AllHolds) => void) | undefined;

  /** Once for all changes of a moment, and after it: the request that goes out now does not wait for it. */
  function keep(): void {
    if (isDue) return;
    isDue = true;
    afterSending(() => {
      isDue = false;
      const states = [...budgets].map(([key, budget]) => [key, budget.state()]);
      void keptLanes.set({ budgets: Object.fromEntries(states), holds });
    });
  }

  function budgetFor(
    id: AccountId,
    base: string,
    limit: Limit | LeakingLimit,
    index: number,
  ): Budget {
    const key = `${limit.each === 'account' ? id : base} ${index}`;
    const budget = budgets.get(key) ?? createBudget(limit, kept?.budgets[key]);
    budgets.set(key, budget);
    return budget;
  }

  return {
    open(id, { limits, longestWait, atOnce }, base) {
      const own = limits.map((limit, index) => budgetFor(id, base, limit, index));
      return createLane(
        own,
        holds[id],
        (held) => {
          keep();
          const { cancels = 0, reads = 0, doubtAt } = holds[id] ?? {};
          const isSame = held.cancels === cancels && held.reads === reads;
          if (isSame && held.doubtAt === doubtAt) return;
          holds = { ...holds, [id]: held };
          listener?.(holds);
        },
        longestWait,
        atOnce,
      );
    },
    follow(tell) {
      listener = tell;
      tell(holds);
    },
  };
}
