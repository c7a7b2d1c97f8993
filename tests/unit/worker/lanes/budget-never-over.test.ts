import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import { createBudget } from '#lib/worker/lanes/create-budget.ts';
import type { Budget } from '#lib/worker/lanes/budget.ts';
import type { Limit, RequestKind } from '#lib/venues/limits.ts';
import { RateLimits, type RateRule } from '#tests/sandbox/shared/rate-limits.ts';
import { limit } from './budget-world.ts';

describe('no venue ever counts more than it allows', () => {
  interface Asked {
    readonly kind: RequestKind;
    readonly gap: number;
    /** From the sending to the reply. */
    readonly latency: number;
    /** Where between the two the venue counts it. */
    readonly share: number;
    /** The worker’s next life has the state alone, and hears no reply to what its last life sent. */
    readonly dies: boolean;
  }
  interface Counted {
    readonly at: number;
    readonly weight: number;
  }

  /** Sends each as soon as the budget lets it; returns when the venue counted what. */
  function run(rule: Limit, asked: readonly Asked[]): Counted[] {
    let budget = createBudget(rule);
    let replies: { readonly at: number; readonly replied: (at: number) => void }[] = [];
    let now = 0;
    const counted: Counted[] = [];

    function hear(): void {
      for (const { at, replied } of replies) if (at <= now) replied(at);
      replies = replies.filter(({ at }) => at > now);
    }

    for (const { kind, gap, latency, share, dies } of asked) {
      if (dies) {
        budget = createBudget(
          rule,
          JSON.parse(JSON.stringify(budget.state())) as ReturnType<Budget['state']>,
        );
        replies = [];
      }
      const from = now + gap;
      for (;;) {
        const reply = Math.min(...replies.map(({ at }) => at));
        const wait = now < from ? from - now : budget.wait(kind, now);
        if (wait === 0) break;
        now = Math.min(now + wait, reply);
        hear();
      }
      replies = [...replies, { at: now + latency, replied: budget.take(kind, now) }].toSorted(
        (a, b) => a.at - b.at,
      );
      hear();
      counted.push({ at: now + Math.floor(latency * share), weight: rule.weights?.[kind] ?? 1 });
    }
    return counted.toSorted((a, b) => a.at - b.at);
  }

  const rules = fc
    .record({
      most: fc.integer({ min: 2, max: 40 }),
      per: fc.constantFrom(1000, 10_000, 60_000, 300_000),
      list: fc.integer({ min: 1, max: 8 }),
    })
    .map(({ most, per, list }): Limit => {
      // A read that is heavier than all that reads may take goes all the same.
      const forReads = most - Math.max(1, Math.floor(most / 5));
      return limit(most, per, { weights: { list: Math.min(list, forReads) } });
    });
  const requests = fc.array(
    fc.record({
      kind: fc.constantFrom<RequestKind>('cancel', 'read', 'list'),
      gap: fc.oneof(
        { weight: 5, arbitrary: fc.constant(0) },
        { weight: 2, arbitrary: fc.nat(300) },
        { weight: 1, arbitrary: fc.nat(70_000) },
      ),
      latency: fc.nat(1000),
      share: fc.double({ min: 0, max: 1, noNaN: true }),
      dies: fc.nat(19).map((each) => each === 0),
    }),
    { maxLength: 150 },
  );

  test('in windows that start with the first request', () => {
    fc.assert(
      fc.property(rules, requests, (rule, asked) => {
        let now = 0;
        const window: RateRule = {
          operations: ['cancel'],
          max: rule.most,
          periodMs: rule.per,
          policy: 'account',
        };
        const venue = new RateLimits([window], true, () => now);
        for (const { at, weight } of run(rule, asked)) {
          now = at;
          expect(venue.check('cancel', { account: 'one', ip: 'one' }, weight)).toBeUndefined();
        }
      }),
    );
  });

  test('in a window that slides', () => {
    fc.assert(
      fc.property(rules, requests, (rule, asked) => {
        const counted = run(rule, asked);
        for (const { at: end } of counted) {
          const within = counted.filter(({ at }) => at <= end && at > end - rule.per);
          expect(within.reduce((sum, { weight }) => sum + weight, 0)).toBeLessThanOrEqual(
            rule.most,
          );
        }
      }),
    );
  });

  test('nor is more than a fifth and the rounding lost where replies come at once', () => {
    fc.assert(
      fc.property(rules, fc.integer({ min: 1, max: 300 }), ({ most, per }, count) => {
        const rule = limit(most, per, { of: ['cancel'] });
        const cancel = { kind: 'cancel', gap: 0, latency: 0, share: 0, dies: false } as const;
        const last =
          run(
            rule,
            Array.from({ length: count }, () => cancel),
          ).at(-1)?.at ?? 0;
        const windows = Math.ceil(count / most) - 1;
        expect(last).toBeGreaterThanOrEqual(windows * per);
        expect(last).toBeLessThanOrEqual(windows * per * 1.01);
      }),
    );
  });
});
