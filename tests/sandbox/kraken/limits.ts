import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { RateRule } from '#tests/sandbox/shared/rate-limits.ts';

export type Tier = 'starter' | 'intermediate' | 'pro';

/** Most, and how much of it leaks away in a second (fact sheet, "Limits"). */
const rest = {
  starter: { max: 15, leak: 0.33 },
  intermediate: { max: 20, leak: 0.5 },
  pro: { max: 20, leak: 1 },
} as const satisfies Record<Tier, Pick<RateRule, 'max' | 'leak'>>;

/** The REST counter of a key. Cancels are not counted by it. */
export function rateRules(tier: Tier): RateRule[] {
  const { max, leak } = rest[tier];
  return [
    {
      operations: ['open-orders', 'order', 'pass', 'rights'],
      max,
      leak,
      periodMs: Math.ceil((max / leak) * 1000),
      policy: 'account',
    },
  ];
}

const pairs = {
  starter: { max: 60, leak: 1 },
  intermediate: { max: 125, leak: 2.34 },
  pro: { max: 180, leak: 3.75 },
} as const;

/** Up to which age of the order, in seconds, its cancel costs so much. */
const costs = [
  [5, 8],
  [10, 6],
  [15, 5],
  [45, 4],
  [90, 2],
  [300, 1],
] as const;

function costOfCancel({ createdAt }: BookOrder, now: number): number {
  const seconds = (now - createdAt) / 1000;
  return costs.find(([age]) => seconds < age)?.[1] ?? 0;
}

/** The trading counter of each pair. */
export class PairCounters {
  readonly #levels = new Map<string, { at: number; level: number }>();

  /** Counts them all; where any pair's threshold would not be kept, none, unless they only count. */
  count(orders: readonly BookOrder[], tier: Tier, now: number, onlyCounts: boolean): boolean {
    const { max, leak } = pairs[tier];
    const levels = [...Map.groupBy(orders, ({ symbol }) => symbol)].map(([pair, of]) => {
      const before = this.#levels.get(pair) ?? { at: now, level: 0 };
      const left = Math.max(0, before.level - ((now - before.at) / 1000) * leak);
      return { pair, level: of.reduce((sum, order) => sum + costOfCancel(order, now), left) };
    });
    const keeps = onlyCounts || levels.every(({ level }) => level <= max);
    if (keeps) for (const { pair, level } of levels) this.#levels.set(pair, { at: now, level });
    return keeps;
  }
}
