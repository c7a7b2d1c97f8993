import type { AccountId } from './account.ts';
import type { Brand } from './brand.ts';
import type { IdKind, Order, OrderReading } from './order.ts';
import type { Trouble } from './refusal.ts';
import type { Remark } from './remark.ts';

export type LookupId = Brand<string, 'LookupId'>;

/**
 * A wish to cancel that names no row of the popup: ids under a right-click or in the address bar, or “the newest order”.
 * Which open order is meant has to be looked up first. Times are Unix milliseconds.
 */
export interface Lookup {
  readonly id: LookupId;
  readonly askedAt: number;
  readonly wish: LookupWish;
  readonly stage: LookupStage;
  /** Open orders that may be meant. */
  readonly orders: readonly FoundOrder[];
  /** Ids that no open order bears. */
  readonly unknown: readonly UnknownId[];
  /** Accounts that could not be read again when it mattered: what is open there may be more. */
  readonly unread: readonly AccountId[];
}

export type LookupWish =
  | {
      readonly kind: 'ids';
      /** As they stood in the text, at most 50. */
      readonly ids: readonly string[];
      /** There were more of them. */
      readonly more: boolean;
      /** What looks like an id and is not understood as one. */
      readonly doubtful?: readonly string[];
      /** Long numbers as a sheet shows them, without their last digits. */
      readonly rounded?: readonly string[];
      /** The beginning of the text, to show the user what was looked at. */
      readonly text: string;
      /** Why the user may not have seen what the ids were found in. */
      readonly unseen?: Unseen;
    }
  | { readonly kind: 'newest' };

/**
 * Where ids were found that the user may not have seen: in a selection of which the menu shows only a part, or in a
 * link's address, which the page can change as the button goes down. They cancel nothing before the user has looked.
 */
export type Unseen = 'selection' | 'link';

/**
 * - `reading`: the accounts are read again;
 * - `choosing`: the user has to say what is meant, or there is nothing to choose from;
 * - `taken`: exactly one order was meant and is being cancelled;
 * - `expired`: Pullcord was locked for too long after the wish: nothing was sent.
 */
type LookupStage = 'reading' | 'choosing' | 'taken' | 'expired';

export interface FoundOrder {
  readonly accountId: AccountId;
  /** The id in the text by which it was found: the venue's or the client's; absent where “the newest” was wished for. */
  readonly soughtId?: string;
  /**
   * Why it may be another order that is meant: the id is only a piece of what stands in the text, or it is a short one
   * among other words; of “the newest”, the venue tells a time for it that has not come yet.
   */
  readonly doubt?: 'piece' | 'short' | 'future';
  readonly order: Order;
}

export interface UnknownId {
  readonly id: string;
  /** The accounts whose ids have this form. */
  readonly accountIds: readonly AccountId[];
}

/** What a venue says when asked for an order by an id from a text, and which kind of id that was to it. */
export type OrderAnswer =
  | { readonly kind: 'read'; readonly idKind: IdKind; readonly reading: OrderReading }
  /** The venue finds an order by id and symbol together. */
  | { readonly kind: 'symbol-needed'; readonly idKind: IdKind }
  | ({ readonly kind: 'failed'; readonly reason: Trouble } & Remark);

/** How old a wish may be when Pullcord is unlocked, to be carried out all the same. */
export const lookupPatience = 60_000;
