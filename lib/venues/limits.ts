/** What a request is to a venue's limits; `message`: a cancel on its WebSocket. */
export type RequestKind = 'cancel' | 'message' | 'read' | 'list';

/** So many requests in so long. */
export interface Limit {
  /** Those that are counted together. */
  readonly of: readonly RequestKind[];
  readonly most: number;
  /** Milliseconds. */
  readonly per: number;
  /** Counted for the account, or for all that comes from one internet address. */
  readonly each: 'account' | 'address';
  /** How much a request counts, where that is not 1. */
  readonly weights?: Partial<Record<RequestKind, number>>;
}

/** A limit that is no window: a bucket of `most` that leaks so much a second. `per` is the time in which a full one empties. */
export interface LeakingLimit extends Limit {
  readonly leak: number;
}

/** So much of the limit over `per` milliseconds is used up, or left; until a moment (Unix ms, by the venue's clock) where it is told. */
export type Usage = { readonly per: number; readonly until?: number } & (
  | { readonly used: number }
  | { readonly left: number }
);
