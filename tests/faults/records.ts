import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import type { Sweep } from '#lib/domain/sweep.ts';
import type { SandboxVenueName } from '#tests/sandbox/sandbox.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { Fault, Schedule } from './schedule.ts';

/** All that a run leaves for the laws to be asked of. Moments are milliseconds since the run began, by nobody's clock. */
export interface Records {
  readonly schedule: Pick<Schedule, 'seed' | 'venues'> & { readonly faults: readonly OfAnyKind[] };
  readonly accounts: AccountRecord[];
  /** What has been asked for, in the order in which it was. */
  readonly wishes: Wish[];
  readonly shown: Shown[];
  readonly requests: RequestRecord[];
  /** The journal and history, as the pages get it; undefined where it could not be had. */
  history: readonly HistoryRow[] | undefined;
  /** Every Cancel all, as pages see it in the end. */
  sweeps: readonly Sweep[];
  /** Those that came to pass. */
  readonly injected: (OfAnyKind & { readonly at: number })[];
  /** What the venues' books say, by order id, and who has ended an order. */
  readonly endedElsewhere: Map<string, number>;
  /** All text that came out of the worker, but what it lays down for its next life. */
  readonly texts: string[];
  /** When the user has given the passphrase anew. */
  unlockedAt?: number;
  /** When the last of it had ended; undefined where something never did. */
  settledAt: number | undefined;
}

/** A browser has kinds of its own. */
type OfAnyKind = Omit<Fault, 'kind'> & { readonly kind: string };

export interface AccountRecord {
  readonly id: AccountId;
  readonly venue: SandboxVenueName;
  readonly key: string;
  readonly secret: string;
  /** As placed; how they stand is for the book to say. */
  readonly orders: readonly BookOrder[];
  readonly bookOf: (orderId: string) => BookOrder | undefined;
  removedAt: number | undefined;
}

interface Wish {
  readonly at: number;
  readonly account: AccountRecord;
  readonly orders: readonly BookOrder[];
  /** `none`: the page was not answered, and the wish may have been written down or not. Else an error's code. */
  answer: 'none' | 'taken' | (string & {});
  ids: readonly CancellationId[];
}

/** What pages could see of a cancellation, with what its order's book said in that moment. */
interface Shown {
  readonly at: number;
  readonly life: number;
  readonly cancellation: Cancellation;
  readonly order: BookOrder | undefined;
  /** Somebody else had ended it, at that moment. */
  readonly endedElsewhereAt: number | undefined;
}

interface HistoryRow {
  readonly row: number;
  readonly cancellation?: Cancellation;
}

export interface RequestRecord {
  readonly at: number;
  /** When the worker had its reply, or gave it up. */
  endedAt: number | undefined;
  readonly life: number;
  readonly account: AccountRecord | undefined;
  /** It bears a key. */
  readonly isSigned: boolean;
  readonly isCancel: boolean;
  /** The orders that it is to cancel; none where it is all of them. */
  readonly cancels: readonly string[];
  /** All of it. */
  readonly text: string;
}
