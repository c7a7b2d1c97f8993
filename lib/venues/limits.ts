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

/** So much of the limit over `per` milliseconds is used up. */
export interface Usage {
  readonly per: number;
  readonly used: number;
}
