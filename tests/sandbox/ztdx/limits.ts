import type { RateLimits, RateRule } from '#tests/sandbox/shared/rate-limits.ts';
import type { VenueRequest } from '#tests/sandbox/shared/venue.ts';

/** REQUEST_WEIGHT of exchangeInfo's sample: 2400 a minute and IP (fact sheet 2.7). ORDERS counts placing, which is not served. */
export const rateRules: readonly RateRule[] = [
  {
    operations: ['cancel', 'cancel-batch', 'cancel-all', 'open-orders', 'order', 'time', 'pass'],
    max: 2400,
    periodMs: 60_000,
    policy: 'ip',
  },
];

/** `X-MBX-USED-WEIGHT-(n)(letter)`, with what the limits have counted for the address (fact sheet 2.7). */
export function usedWeight(
  limits: RateLimits,
  { address }: VenueRequest,
): Readonly<Record<string, string>> {
  return Object.fromEntries(
    limits.rules.map((rule) => {
      const seconds = rule.periodMs / 1000;
      const interval = seconds % 60 === 0 ? `${seconds / 60}m` : `${seconds}s`;
      const used = limits.counted(rule, { account: '', ip: address });
      return [`x-mbx-used-weight-${interval}`, String(used)];
    }),
  );
}
