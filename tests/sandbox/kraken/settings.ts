import type { VenueParts } from '#tests/sandbox/shared/venue.ts';
import type { KrakenRight } from './authorize.ts';
import type { Tier } from './limits.ts';
import type { KrakenError } from './replies.ts';
import type { Tokens } from './tokens.ts';

export interface KrakenSettings {
  /** Every key's tier. */
  tier: Tier;
  /** What the reply to a cancel says: how many went, or that they will. */
  cancels: 'count' | 'pending';
  /** How long a cancel that is pending takes. */
  pendingMs: number;
  /** What an id that no order can have is told, and one that no order has: neither is documented. */
  malformedId: 'EOrder:Unknown order' | 'EGeneral:Invalid arguments' | 'EOrder:Invalid order';
  /** What QueryOrders does with an id that no order has: not documented. */
  unknownInQuery: 'left-out' | 'EOrder:Unknown order' | 'EGeneral:Invalid arguments';
  /** What a batch does with one: not documented either. */
  unknownInBatch: 'left-out' | 'EOrder:Unknown order';
  /** How much lower than the highest one a nonce may be that has not been used: the key's own setting, in the nonce's unit. */
  nonceWindow: number;
  /** How many refused nonces lock the account out, for a quarter of an hour: how many is not documented. */
  lockoutAfter: number;
  /** The key's password or 2FA, which every body has to hold then. */
  otp: string | undefined;
  /** Whether cancels past the threshold of the pair are refused, or only count. */
  pairLimit: 'refuses' | 'counts';
  /** What a subscription with a token that is not known is told. */
  wrongToken: 'error' | 'close';
  /** Between two heartbeats. */
  heartbeatMs: number;
}

/** What the venue's parts share. */
export interface Desk extends VenueParts<KrakenRight, KrakenError> {
  readonly settings: KrakenSettings;
  readonly tokens: Tokens;
  /** Whole numbers that orders were placed with, by order id: several may share one. */
  readonly userrefs: Map<string, number>;
  /** The highest nonce of each key. */
  readonly nonces: Map<string, bigint>;
}
