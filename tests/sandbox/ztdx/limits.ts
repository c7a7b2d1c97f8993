import type { RateRule } from '../shared/rate-limits.ts';

/** REQUEST_WEIGHT of exchangeInfo's sample: 2400 a minute and IP (fact sheet 2.7). ORDERS counts placing, which is not served. */
export const rateRules: readonly RateRule[] = [
  {
    operations: ['cancel', 'cancel-batch', 'cancel-all', 'open-orders', 'order', 'time'],
    max: 2400,
    periodMs: 60_000,
    policy: 'ip',
  },
];
