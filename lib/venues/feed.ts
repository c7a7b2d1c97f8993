import type { Order, OrderId, OrderReading } from '#lib/domain/order.ts';
import type { Remark } from '#lib/domain/remark.ts';
import type { Failure } from '#lib/domain/reply.ts';
import type { Call } from './call.ts';
import type { Signer } from './wire.ts';

/**
 * A venue's stream of what becomes of an account's orders. Pure, like the calls: opening, waiting, renewing and closing is
 * done by the worker. No venue sends a list when its stream opens, so that is read after every opening.
 */
export interface Feed {
  /** At the stream's host of the environment (`about.ts`), with a leading `/`. */
  readonly path: string;
  /** What has to be fetched before it opens, by a signed request: a ticket, a listen key. */
  readonly pass?: FeedPass;
  /**
   * Ways to say who one is and what one wants, the likeliest first; the next is tried, on a new connection, when the venue
   * refuses one. Each is texts to send one after the other: the first once the connection is open, every other once the one
   * before has been taken (`step`). Without any, the stream runs as soon as it is open.
   */
  readonly greetings: readonly Greeting[];
  /** Headers of the handshake that prove the key, where nothing else does. Only a page can have them set. */
  readonly handshake?: (signer: Signer) => Promise<Readonly<Record<string, string>>>;
  /** What keeps it open, sent every so many milliseconds, where the venue wants that. */
  readonly ping?: { readonly text: string; readonly every: number };
  /**
   * A stream on which nothing has come for so long is dead, in milliseconds; where something comes by itself, or every ping is
   * answered.
   */
  readonly longestSilence?: number;
  /** `receivedAt` in Unix milliseconds by the venue's clock. Anything may come: what is not understood is `other`. */
  read(text: string, receivedAt?: number): FeedFrame;
}

export interface FeedPass {
  readonly fetch: Call<undefined, PassReply>;
  /**
   * Asked for every so many milliseconds while the stream is open. Where another pass than the one in use comes of it, that one
   * is dead, and so is the stream that was opened by it.
   */
  readonly renew?: { readonly call: Call<undefined, PassReply>; readonly every: number };
}

export type PassReply = { readonly kind: 'pass'; readonly pass: string } | Failure;

export type Greeting = readonly ((signer: Signer, pass: string | undefined) => Promise<string>)[];

export type FeedFrame =
  /**
   * The last text of the greeting has been taken; news says so too. Where none is waited for it says nothing: not every venue's
   * documents tell what such a reply looks like.
   */
  | { readonly kind: 'step' }
  /** A text of the greeting has been refused. Once the stream runs it means nothing. */
  | { readonly kind: 'refused'; readonly failure: Failure }
  /**
   * `number`: its place in the stream, where the venue counts: the first on a connection is any, each other one more than the
   * one before, and what is missing was lost.
   */
  | { readonly kind: 'news'; readonly news: readonly FeedNews[]; readonly number?: number }
  /** The stream tells nothing more on this connection, or soon will not: it is closed, and another one opened. */
  | { readonly kind: 'over' }
  | { readonly kind: 'other' };

export type FeedNews =
  /**
   * Placed, or changed and still open: as it is now, as far as it is told. Pushes tell less than lists: a time of creation or
   * a stop price that is absent is as it was known before. `changedAt`, in Unix milliseconds by the venue's clock where it is
   * told: pushes come twice and late, and what is older than what is known changes nothing. `symbol`: as of an end.
   */
  | {
      readonly kind: 'open';
      readonly order: Order;
      readonly changedAt?: number;
      readonly symbol?: string;
    }
  /** Its end, proven by this. */
  | ({ readonly kind: 'ended' } & End)
  /**
   * It left the book. Its end too, unless the same order is `open` again a moment later: a venue may tell of a change as
   * of an order that goes and comes. What it says had filled is the least that had: a fill of the last moment may be
   * missing. After a `look` at the same order a moment before, the end too is for a reading to tell.
   */
  | ({ readonly kind: 'removed' } & End)
  /** Something has happened, to this order or to any: only a reading tells what. */
  | { readonly kind: 'look'; readonly orderId?: OrderId };

/**
 * `said`: the words in which the venue told it, where it has any. `symbol`: where ids are counted for each, the order's; of another
 * one than the order that is known by that id it proves nothing of that.
 */
interface End extends Pick<Remark, 'said'> {
  readonly reading: EndReading;
  readonly symbol?: string;
}

export type EndReading = Extract<OrderReading, { status: 'filled' | 'cancelled' }>;
