import type { RateRule } from '#tests/sandbox/shared/rate-limits.ts';

const requests = (max: number, periodMs: number): RateRule => ({
  operations: ['cancel', 'cancel-all', 'open-orders', 'order', 'balances'],
  max,
  periodMs,
  policy: 'ip',
});

/** 100 a second and 2500 in five minutes for REST, 200 sockets a minute, each of an address (fact sheet 1.11). */
export const rateRules: readonly RateRule[] = [
  requests(100, 1000),
  requests(2500, 300_000),
  { operations: ['connect'], max: 200, periodMs: 60_000, policy: 'ip' },
];

const messages = (max: number): RateRule => ({
  operations: ['cancel', 'login', 'subscribe'],
  max,
  periodMs: 1000,
  policy: 'account',
});

/** Messages on one socket: 50 a second once logged in, 1 before (fact sheet 1.11). */
export const messageRules = { loggedIn: [messages(50)], unknown: [messages(1)] };
