import type { RateRule } from '#tests/sandbox/shared/rate-limits.ts';

const rule = (max: number, periodMs: number): RateRule => ({
  operations: ['cancel', 'cancel-all', 'open-orders', 'order', 'balances', 'pass'],
  max,
  periodMs,
  policy: 'account',
});

/**
 * One limit over all signed requests of a user: 3.5 a second with approved documents, 1 without, and a day's worth of it
 * (apidocs.ripiotrade.co; fact sheet 2.7). How 3.5 is counted is not documented; here: 4 in a second, 7 in two.
 */
export function rateRules(perSecond = 3.5): RateRule[] {
  return [
    rule(Math.ceil(perSecond), 1000),
    rule(Math.ceil(perSecond * 2), 2000),
    rule(Math.floor(perSecond * 86_400), 86_400_000),
  ];
}
