import type { Account, AccountId } from '#lib/domain/account.ts';
import type { Order } from '#lib/domain/order.ts';
import type { Remark } from '#lib/domain/remark.ts';
import type { Trouble } from '#lib/domain/refusal.ts';
import type { Sweep } from '#lib/domain/sweep.ts';
import type { CancellationStore } from '#lib/worker/store/cancellations.ts';
import type { Venue } from '#lib/venues/venue.ts';
import type { Canceller } from '#lib/worker/cancel/canceller-contract.ts';

/** A sweep as it is written down, so that the worker's next life can go on with it. */
export interface SweepRecord {
  readonly sweep: Sweep;
  /** No cancellation of it stands in an older row. */
  readonly firstRow: number;
  /** The accounts whose cancellations have been written down. */
  readonly begun: readonly AccountId[];
}

/** What a sweep needs of the rest of the worker. */
export interface SweepNeeds {
  readonly canceller: Canceller;
  readonly cancellations: Pick<CancellationStore, 'since'>;
  readonly records: {
    all(): Promise<SweepRecord[]>;
    put(id: string, record: SweepRecord): Promise<void>;
    delete(id: string): Promise<void>;
  };
  accounts(): readonly Account[];
  venueOf(id: AccountId): Venue | undefined;
  /** The open orders as last read, and when that was asked for. */
  known(id: AccountId): KnownOrders;
  /** Reads the open orders by a request that is sent after this was called; urgent where cancels wait for it. */
  read(id: AccountId, isUrgent: boolean): Promise<KnownOrders | { readonly trouble: SweepTrouble }>;
  /** The sweeps as pages shall see them. */
  publish(sweeps: readonly Sweep[]): void;
  /** From now on there is a sweep under way, or none any more. */
  onUnfinished(unfinished: boolean): void;
}

export interface KnownOrders {
  readonly orders: readonly Order[];
  readonly readAt?: number;
  /** How many more were listed in a form that cannot be read; none unless given. */
  readonly unreadable?: number;
}

/** Why the orders could not be read. */
type SweepTrouble = { readonly reason: Trouble } & Remark;
