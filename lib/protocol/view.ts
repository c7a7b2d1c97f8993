import { defaultSettings, type Settings } from '#lib/domain/settings.ts';
import type { Account, AccountId, KeyTest } from '#lib/domain/account.ts';
import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import type { ClosedOrder, Order } from '#lib/domain/order.ts';
import type { KeyTrouble, Trouble } from '#lib/domain/refusal.ts';
import type { Remark } from '#lib/domain/remark.ts';
import type { RightSeen, Seen } from '#lib/domain/readiness.ts';
import type { StreamState } from '#lib/domain/stream.ts';
import type { Lookup } from '#lib/domain/lookup.ts';
import type { Sweep } from '#lib/domain/sweep.ts';
import type { AllHolds } from '#lib/domain/waiting.ts';

/**
 * What pages show, written by the worker alone to `storage.session` (memory only) and followed by
 * `storage.onChanged`. A page paints from it before the worker has woken.
 */
export interface View {
  readonly vault: VaultView;
  readonly settings: Settings;
  readonly accounts: readonly AccountView[];
  readonly orders: Readonly<Record<AccountId, OrdersView>>;
  /**
   * Unfinished cancellations and those that ended lately, by their id. Pages get them without the order where it stands in
   * `orders` under the id that the cancellation names.
   */
  readonly cancellations: Readonly<Record<CancellationId, Cancellation>>;
  /** Until when the venues have asked each account to wait. */
  readonly holds: AllHolds;
  /** What was seen of each account's venue, key, clock and limits, and when: by it a page tells whether a cancel would work. */
  readonly seen: Readonly<Record<AccountId, Seen>>;
  /** What the stream of each account's orders does; absent where there is none. */
  readonly streams: Readonly<Record<AccountId, StreamState>>;
  /** Every “Cancel all” under way, and those that ended and were not yet closed by the user; oldest first. */
  readonly sweeps: readonly Sweep[];
  /** Wishes from outside the popup, the latest few, oldest first. */
  readonly lookups: readonly Lookup[];
  /** What of the vault does not open. */
  readonly damage: DamageView;
  /** Sites on which the order id under a right-click is found, as match patterns: `https://kripto.btcturk.com/*`. */
  readonly sites: readonly string[];
  /** Where a popup that opens, or is open, is to go. It says `arrived` when it has. */
  readonly destination: Destination | null;
}

/** `at`: when the user asked for it, Unix milliseconds. */
export type Destination = { readonly at: number } & (
  | { readonly kind: 'cancel-all' }
  | { readonly kind: 'cancellation'; readonly id: CancellationId }
);

export type Unreadable = 'unreadable' | 'newer' | 'blocked';

export interface VaultView {
  /**
   * `none`: no vault has been created yet. `lost`: one was, and it is gone. `unreadable`: the browser does not give the
   * database. `newer`: a later Pullcord made it. `blocked`: something still holds it as an earlier one left it.
   */
  readonly state: 'none' | 'locked' | 'unlocked' | 'lost' | Unreadable;
  /**
   * While it is locked: how many cancels have not ended, and whether they are still being checked or wait for the unlock.
   * Only a number: which they are is sealed.
   */
  readonly waiting?: { readonly count: number; readonly isChecking: boolean };
}

/** Rows of the vault that do not open. */
export interface DamageView {
  /** The defaults are used. */
  readonly settings: boolean;
  /** The accounts that cannot even be named, by their ids. */
  readonly accounts: readonly AccountId[];
  /** How many Cancel alls are not gone on with. */
  readonly sweeps: number;
  /** How many cancels had not ended, and are not gone on with. */
  readonly cancellations: number;
}

export interface AccountView extends Account {
  /** Why its key cannot be used: it has to be entered again, or another one. */
  readonly keyTrouble?: KeyTrouble;
  readonly lastTest?: KeyTest;
  readonly right?: RightSeen;
}

/** The open orders of one account, as last read. */
export interface OrdersView {
  readonly orders: readonly Order[];
  /** How many more were listed in a form that cannot be read, so that they may be open: none unless given. */
  readonly unreadable?: number;
  /** When the reading was asked for, Unix ms; absent before the first one that succeeded. */
  readonly readAt?: number;
  /** A reading is under way. */
  readonly reading: boolean;
  /** How many orders have come of it, where it needs several pages: they are among `orders`, which may be more. */
  readonly coming?: number;
  /** Why the last reading failed; the orders are then those of the one before. */
  readonly trouble?: { readonly reason: Trouble; readonly at: number } & Remark;
  /** How orders ended that left the list lately, where that was told: oldest first. */
  readonly ended?: readonly EndedOrder[];
}

/** `at`: when that was known, Unix ms. */
export interface EndedOrder extends Pick<ClosedOrder, 'id' | 'filled' | 'quantity'> {
  /** Where it is known. */
  readonly symbol?: string;
  readonly status: 'filled' | 'cancelled';
  readonly at: number;
}

export const emptyView: View = {
  vault: { state: 'locked' },
  settings: defaultSettings,
  accounts: [],
  orders: {},
  cancellations: {},
  holds: {},
  seen: {},
  streams: {},
  sweeps: [],
  lookups: [],
  damage: { settings: false, accounts: [], sweeps: 0, cancellations: 0 },
  sites: [],
  destination: null,
};

/** What a page shows where the view cannot be read. */
export const unreadableView: View = { ...emptyView, vault: { state: 'unreadable' } };
