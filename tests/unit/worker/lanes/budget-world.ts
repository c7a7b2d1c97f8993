import type { Limit, RequestKind } from '#lib/venues/limits.ts';

/** Limits as budgets are tried on. */

export const all: readonly RequestKind[] = ['cancel', 'read', 'list'];
export const limit = (most: number, per = 1000, more: Partial<Limit> = {}): Limit => ({
  of: all,
  most,
  per,
  each: 'account',
  ...more,
});
