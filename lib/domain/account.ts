import type { Brand } from './brand.ts';
import type { Trouble } from './refusal.ts';
import type { Remark } from './remark.ts';
import type { VenueId } from './venue-id.ts';

export type AccountId = Brand<string, 'AccountId'>;

/** Live, the venue's own test systems (a `demo` has the prices of live), or a sandbox venue on this machine (sandbox build only). */
export type Environment = 'live' | 'test' | 'demo' | 'sandbox';

/** A user's key at a venue, without the key. */
export interface Account {
  readonly id: AccountId;
  readonly venue: VenueId;
  readonly label: string;
  readonly environment: Environment;
  /** The sandbox's base, e.g. `http://127.0.0.1:4101`; only with environment `sandbox`. */
  readonly sandboxUrl?: string;
}

/** The key itself: sealed in the store, opened only in the worker. */
export interface Credentials {
  readonly apiKey: string;
  readonly apiSecret: string;
  /** What some venues have beside the two: a passphrase. */
  readonly extra?: string;
}

/**
 * What a key may do; `ends`: read what became of orders, where that is a right of its own; `money`: withdraw, deposit or transfer; `other`:
 * whatever else, named by the venue's documents or not.
 */
export type KeyRight = 'look' | 'ends' | 'cancel' | 'trade' | 'money' | 'other';

/** How the last test of an account's key ended. `rights`: all it has, where the venue tells. */
export interface KeyTest {
  /** Unix milliseconds. */
  readonly at: number;
  readonly result:
    | {
        readonly ok: true;
        readonly openOrders: number;
        readonly unreadable?: number;
        readonly rights?: readonly KeyRight[];
      }
    | ({ readonly ok: false; readonly reason: Trouble } & Remark);
}
