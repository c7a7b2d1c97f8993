import type { Operation } from '#tests/sandbox/shared/operation.ts';
import type { RateRule } from '#tests/sandbox/shared/rate-limits.ts';

const second = 1000;
const minute = 60_000;

function rules(operation: Operation, policy: RateRule['policy'], ...max: [number, number][]) {
  return max.map(([count, periodMs]): RateRule => ({
    operations: [operation],
    max: count,
    periodMs,
    blockMs: periodMs,
    policy,
  }));
}

/** The table of docs.btcturk.com/rate-limits (fact sheet 1.7). "Account and ip" is counted by each, separately. */
export const rateRules: readonly RateRule[] = [
  ...rules('cancel', 'account', [10, second], [300, minute]),
  ...rules('cancel', 'ip', [10, second], [300, minute]),
  ...rules('order', 'account', [30, second], [900, minute]),
  ...rules('order', 'ip', [30, second], [900, minute]),
  ...rules('open-orders', 'ip', [300, minute]),
  ...rules('balances', 'ip', [120, minute]),
  ...rules('connect', 'ip', [15, minute]),
];
