import type { VenueParts } from '#tests/sandbox/shared/venue.ts';
import type { OxFunRight } from './authorize.ts';
import type { OxFunError } from './replies.ts';

export interface OxFunSettings {
  accountId: string;
  /** From `submitted: true`, or from "queued", to the end of the order. */
  cancelDelayMs: number;
  /** How far a timestamp may be off, either way: not documented. */
  toleranceMs: number;
  /** A socket without a `ping` for so long is closed. */
  idleMs: number;
  /** A new socket is sent a first message with a `nonce`; one family of the documents' samples waits for it. */
  greets: boolean;
  /** What no working orders look like: CoinFLEX answered 40001 for some lists. */
  emptyList: 'empty' | '40001';
  /** The answer for an order the venue does not know, asked for its status: not documented. */
  unknownStatus: 'result not found' | '40001';
  /**
   * What a change of an order is told by: OrderModified, or OrderClosed with CANCELED_BY_AMEND and an OrderOpened after it, as
   * the documents had it before they said that orders keep their ids.
   */
  amending: 'modified' | 'closed-and-opened';
  /** Takes a clientOrderId for an orderId in `cancelorder`: hinted at by 20010, not confirmed. */
  socketTakesClientOrderId: boolean;
}

/** What the venue's parts share. */
export interface Desk extends VenueParts<OxFunRight, OxFunError> {
  readonly settings: OxFunSettings;
}
