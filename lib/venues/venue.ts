import type { Credentials, KeyRight } from '#lib/domain/account.ts';
import type { ClientOrderId, Order, OrderReading } from '#lib/domain/order.ts';
import type { CancelReply, Failure, ReadReply } from '#lib/domain/reply.ts';
import type { UserError } from '#lib/domain/user-error.ts';
import type { VenueTraits } from '#lib/domain/venue-id.ts';
import type { Call } from './call.ts';
import type { Feed } from './feed.ts';
import type { SigningKey } from './keys.ts';
import type { LeakingLimit, Limit, Usage } from './limits.ts';
import type { SocketProtocol } from './socket-protocol.ts';
import type { BatchName, OrderName, Sign } from './wire.ts';

/**
 * The contract that every venue fulfils. All of it is pure: what to send is built from its arguments, what came back
 * is read from text. Time, key and signer are handed in; sending is done elsewhere: `send.ts`, and
 * `socket-session.ts` where a venue has a WebSocket.
 */
export interface Venue extends VenueTraits {
  /**
   * Undefined, or what is wrong with the key as the user pasted it (its parts are trimmed, and none but `extra` is empty); the error
   * names the field. Without it any text will do.
   */
  readonly checkKey?: (credentials: Credentials) => UserError | undefined;
  /** The key that the secret stands for. */
  openKey(secret: string): Promise<SigningKey>;
  /**
   * The ways to sign, the likeliest first. Where the documents leave it open, the next is tried when the venue calls a
   * signature wrong, and the one that worked is remembered for the account.
   */
  readonly signatures: readonly [Sign, ...Sign[]];
  /** At most one request of an account may be under way, since one that overtakes another makes it fail. */
  readonly atOnce?: 1;

  /** Cancels one order. */
  readonly cancel: Call<OrderName, CancelReply>;
  /** The venue's WebSocket, where cancels go over it; `cancel` and `cancelBatch` are then the second way. */
  readonly socket?: SocketProtocol;
  /** Its stream of what becomes of orders, where it has one. */
  readonly feed?: Feed;
  /** Cancels several orders with one request, where the venue can. */
  readonly cancelBatch?: BatchCall;
  /** Cancels every open order with one request, where the venue can and names each. */
  readonly cancelEvery?: CancelEveryCall;
  /** Reads several orders with one request, where the venue can. */
  readonly readBatch?: ReadBatchCall;
  /** Reads one order, open or closed. Absent where the venue only has lists: `listOpenOrders` then tells `closed` too. */
  readonly readOrder?: Call<OrderName, ReadReply>;
  /** Reads one page of all open orders; begins without a cursor. */
  readonly listOpenOrders: Call<string | undefined, OpenOrdersReply>;
  /** Reads what the key may do, where the venue tells. */
  readonly readRights?: Call<undefined, RightsReply>;
  /** Reads the venue's clock, unsigned. */
  readonly readTime: Call<undefined, TimeReply>;

  /** How many requests the venue allows, as documented; none where no number is. */
  readonly limits: readonly (Limit | LeakingLimit)[];
  /** The longest that its documents know of being told to wait, in milliseconds; five minutes are assumed where none is. */
  readonly longestWait?: number;
  /** How much of its limits the venue says has been used, where its replies tell. */
  readonly readUsage?: (headers: Headers) => readonly Usage[];
}

/** A cancel of several orders, each named by the venue's id. */
export interface BatchCall extends Call<readonly BatchName[], BatchReply> {
  /** How many orders one request may name. */
  readonly most: number;
  /** Whether all of them must be of one symbol. */
  readonly oneSymbol: boolean;
}

/** A cancel of every order that it takes: of the symbol that is asked for, or of the account. */
export interface CancelEveryCall extends Call<string | undefined, CancelEveryReply> {
  /** What one request can be about: a symbol alone, or the account too. */
  readonly of: 'symbol' | 'account';
  /** Orders that guard a position (stops and the like) are among those that it takes. */
  readonly takesProtective: boolean;
  /**
   * It is used only where those are meant too: one by one is about as quick here, and takes no stop along that was placed since
   * the reading.
   */
  readonly onlyWithProtective?: true;
}

/** The reply to a cancel of every order: one for each order it names, by `orderIdKey`. */
export type CancelEveryReply =
  | { readonly kind: 'every'; readonly replies: ReadonlyMap<string, CancelReply> }
  | Failure;

/** A reading of several orders, each named by the venue's id. */
export interface ReadBatchCall extends Call<readonly BatchName[], ReadBatchReply> {
  readonly most: number;
  readonly oneSymbol: boolean;
}

/** What the venue told of each order, by `orderIdKey`; of one that is left out it told nothing. */
export type ReadBatchReply =
  | { readonly kind: 'readings'; readonly readings: ReadonlyMap<string, OrderReading> }
  | Failure;

/** A reply to each order, in the order in which they were named; or what became of the request as a whole. */
export type BatchReply =
  | { readonly kind: 'batch'; readonly replies: readonly CancelReply[] }
  | Failure;

export type OpenOrdersReply =
  | {
      readonly kind: 'page';
      readonly orders: readonly Order[];
      /** How many elements of the list have not even an id: they may be open orders. None unless given. */
      readonly unreadable?: number;
      /** Orders that are no longer open, where the venue's list has them too. */
      readonly closed?: readonly ClosedListing[];
      readonly cursor?: string;
    }
  | Failure;

export type ClosedListing = Extract<OrderReading, { status: 'filled' | 'cancelled' }> & {
  readonly clientOrderId?: ClientOrderId;
};

/** All rights that the key has, of those that matter here. */
export type RightsReply =
  | { readonly kind: 'rights'; readonly rights: readonly KeyRight[] }
  | Failure;

/** `time` in Unix milliseconds; `resolution` is what it is told in, 1 ms unless given. */
export type TimeReply =
  | { readonly kind: 'time'; readonly time: number; readonly resolution?: number }
  | Failure;
