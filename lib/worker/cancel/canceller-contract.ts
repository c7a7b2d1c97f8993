import type { AccountId } from '#lib/domain/account.ts';
import type { Act, Cancellation, CancellationId, SweepId } from '#lib/domain/cancellation.ts';
import type { Order, OrderId, OrderRef } from '#lib/domain/order.ts';
import type { Remark } from '#lib/domain/remark.ts';
import type { EndReading } from '#lib/venues/feed.ts';
import type { LateFailure } from '#lib/worker/network/socket-session.ts';
import type { EveryGroup } from '#lib/worker/lanes/sender.ts';

/** What can be asked of `canceller.ts`, and what it tells. */
export interface Canceller {
  /**
   * Takes up what the journal holds unfinished. What has found nobody to carry it on for a minute is only read. `aliveAt`:
   * when the last life was last heard of, Unix ms.
   */
  resume(aliveAt?: number): Promise<void>;
  /** Resolves once the wish stands in the journal. The same order twice is one cancellation. */
  request(ref: OrderRef, order: Order | undefined, act?: Act): Promise<CancellationId>;
  /**
   * The same for several, none of which is sent before all are written down, so that they can go together. They go in this
   * order; those of a sweep behind all that is asked for by itself.
   */
  requestAll(wishes: readonly CancelWish[], sweep?: SweepId): Promise<readonly CancellationId[]>;
  /** What has not been sent of the sweep is not sent any more. Resolves when that is written down. */
  stopSweep(sweep: SweepId): Promise<void>;
  /** The oldest row of the journal that is in flight, or the one that a new wish would get. */
  oldestRow(): number;
  /** The venue has told by itself what became of an order, or that its cancel failed after all. */
  hear(accountId: AccountId, told: OrderTold): void;
  /** The venue has told something of the order that proves nothing: the reading that confirms is made at once. */
  lookAt(accountId: AccountId, orderId: OrderId): void;
  /** The account's venue answers, or may do so again: what waits because it could not be asked goes on at once. */
  wake(accountId: AccountId): void;
  /** The venue no longer asks the account to wait: what was told to goes on at once. */
  release(accountId: AccountId): void;
  /** Sends what waits at the venue's word all the same, once: the user has the last word. */
  sendNow(id: CancellationId): void;
  /** Calls back with each cancellation that has come to another state, or is new. */
  follow(listener: (cancellation: Cancellation) => void): void;
  /** Gives up what is under way for an account that is being removed. */
  abandon(accountId: AccountId): Promise<void>;
  /** Resolves when nothing is unfinished any more. */
  idle(): Promise<void>;
  /** Takes no further step; the journal holds what is left. */
  stop(): void;
}

/** What became of an order, in the venue's words where it has any; or that its cancel, which had been taken, failed after all. */
export type OrderTold =
  | (Pick<Remark, 'said'> & {
      readonly kind: 'ended';
      readonly reading: EndReading;
      readonly symbol?: string;
    })
  | LateFailure;

/** An order to cancel: its name, and the order itself where it is known. */
export interface CancelWish {
  readonly ref: OrderRef;
  readonly order: Order | undefined;
  /** What the user did to ask for it. */
  readonly act?: Act | undefined;
  /** It may go with all others of its group as one request. */
  readonly group?: EveryGroup;
}

export interface Listeners {
  /** From now on there is something in flight, or nothing any more. */
  readonly onUnfinished: (unfinished: boolean) => void;
  /** Every few seconds while there is anything in flight, for the next life. */
  readonly onAlive?: (now: number) => void;
  /** Until then no reply is heard: whoever is to be told of it is not there yet. */
  readonly canHear?: Promise<unknown>;
}
