import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { VenueParts } from '#tests/sandbox/shared/venue.ts';
import type { BtcTurkRight } from './authorize.ts';
import type { BtcTurkError } from './replies.ts';

export interface BtcTurkSettings {
  /** From the reply to a cancel until the order is cancelled: the venue works asynchronously (changelog, 1 April 2024). */
  cancelDelayMs: number;
  /** Refuse a stamp a key has used before, whatever it was used for: FAQ.md says it may be. */
  refuseReplays: boolean;
  /** The stream speaks first, with 991: the manual says that it does not, users see that it does. */
  greets: boolean;
  /** Which nonce a login may have: the documents' samples, support's library, or any, as milliseconds that the timestamp may be off. */
  loginNonce: '3000' | '15000' | 'tolerance';
  /** Without the right "WebSocket" a login is refused, or taken and nothing of the user's is ever told. */
  withoutRight: 'refused' | 'mute';
  /** What 441 tells: the manual's amounts and what is left, or what users see since 2020. */
  matchModel: '2019' | '2024';
  /** Whether a 452 follows the 441 that fills an order. */
  fullFill: 'match' | 'match-and-delete';
  /** What 452 says is left: what is, or what was when the cancel was queued (staff, broker-api-docs#503). */
  deletedLeft: 'fresh' | 'stale';
  /** A change is told by 452 and 451 (staff, broker-api-docs#569), or by the documented 453. */
  amendSends: 'delete-and-insert' | 'update';
}

/** What the venue's parts share. */
export interface Desk extends VenueParts<BtcTurkRight, BtcTurkError> {
  readonly settings: BtcTurkSettings;
  /** Orders as they stood when their cancel was queued, by id. */
  readonly queued: Map<string, BookOrder>;
}
