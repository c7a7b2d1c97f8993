import type { AccountId } from './account.ts';
import type { SweepId } from './cancellation.ts';
import type { OrderFilter } from './order-filter.ts';
import type { Trouble } from './refusal.ts';
import type { Note, Remark } from './remark.ts';
import { standingOf, type Standing, type Stated } from './standing.ts';

/**
 * One act of “Cancel all”: every open order that the filter means is cancelled, then each account is read and what is
 * left or new is cancelled too, until a reading is empty or the time is over. Times are Unix milliseconds.
 */
export interface Sweep {
  readonly id: SweepId;
  readonly filter: OrderFilter;
  /** Protective orders are meant too; they are kept unless the user asked. */
  readonly withProtective: boolean;
  readonly requestedAt: number;
  /** The user stopped it: what had not been sent then is not sent. */
  readonly stoppedAt?: number;
  readonly accounts: readonly AccountSweep[];
}

/** What has become of a sweep on one account. */
export interface AccountSweep {
  readonly accountId: AccountId;
  /** How many of its orders are in each state, by the latest cancellation of each. */
  readonly tally: Tally;
  readonly phase: SweepPhase;
  /** When its orders were read the first time after the cancelling; sweeping goes on for a while from then. */
  readonly sweepingSince?: number;
  /** The last reading of its open orders since the cancelling. */
  readonly reading?: SweepReading;
  /** Why the last attempt to read it failed, where none succeeded since. */
  readonly trouble?: { readonly reason: Trouble } & Remark;
  /** Why its orders were not cancelled. */
  readonly failure?: Note;
}

/** Stored with the sweep. What has lapsed counts among what was stopped. */
export type TallyKey = Exclude<Standing, 'lapsed'>;

export type Tally = Readonly<Partial<Record<TallyKey, number>>>;

/**
 * - `cancelling`: cancels are to be sent, answered or proven;
 * - `sweeping`: the account is read, and what is left or new is cancelled;
 * - `empty`: a reading showed no order that is meant;
 * - `left`: the time is over, and the last reading still showed some, or some that could not be read, or there was none;
 * - `stopped`: by the user.
 */
export type SweepPhase = 'cancelling' | 'sweeping' | 'empty' | 'left' | 'stopped';

interface SweepReading {
  /** When it was asked for. */
  readonly readAt: number;
  /** All open orders of the account. */
  readonly open: number;
  /** Those of them that are meant. */
  readonly meant: number;
  /** Those that the filter fits and that are kept because they are protective. */
  readonly kept: number;
  /** Listed in a form that cannot be read, so that they may be open; none unless given. */
  readonly unreadable?: number;
}

export function hasSweepEnded({ accounts }: Pick<Sweep, 'accounts'>): boolean {
  return accounts.every(({ phase }) => phase !== 'cancelling' && phase !== 'sweeping');
}

/** Where a cancellation is counted. */
export function tallyKey(cancellation: Stated): TallyKey {
  const standing = standingOf(cancellation);
  return standing === 'lapsed' ? 'stopped' : standing;
}

export function counts(tally: Tally): readonly (readonly [key: TallyKey, count: number])[] {
  return Object.entries(tally) as [TallyKey, number][];
}
