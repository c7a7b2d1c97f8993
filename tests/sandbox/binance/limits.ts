import type { RateLimits, RateRule } from '#tests/sandbox/shared/rate-limits.ts';
import type { VenueRequest } from '#tests/sandbox/shared/venue.ts';

/** REQUEST_WEIGHT: 6000 a minute and IP; 300 connections in five minutes (fact sheet 1.8, 1.9). */
export const rateRules: readonly RateRule[] = [
  {
    operations: ['cancel', 'cancel-all', 'open-orders', 'order', 'time'],
    max: 6000,
    periodMs: 60_000,
    policy: 'ip',
  },
  { operations: ['connect'], max: 300, periodMs: 300_000, policy: 'ip' },
];

const [weightRule] = rateRules;

/** How much of the minute's weight has been counted for the address. */
export function usedWeight(limits: RateLimits, address: string): number {
  const rule = limits.rules.find(({ operations }) => operations.includes('order')) ?? weightRule;
  return rule ? limits.counted(rule, { account: '', ip: address }) : 0;
}

/** On every reply (fact sheet 1.8). */
export const weightHeaders = (
  limits: RateLimits,
  { address }: VenueRequest,
): Readonly<Record<string, string>> => ({
  'x-mbx-used-weight': String(usedWeight(limits, address)),
  'x-mbx-used-weight-1m': String(usedWeight(limits, address)),
});
