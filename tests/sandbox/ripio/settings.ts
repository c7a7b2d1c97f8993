import type { VenueParts } from '#tests/sandbox/shared/venue.ts';
import type { RipioRight } from './authorize.ts';
import type { ListSettings } from './order-lists.ts';
import type { RipioError } from './replies.ts';
import type { Tickets } from './tickets.ts';

export interface RipioSettings extends ListSettings {
  /** The answer for an id the venue does not know: not documented. */
  unknownId: '40400' | '40000';
  /** Refuse a signature sent before: not documented. */
  refuseReplays: boolean;
  /** How long a ticket may be used after it was given out, and whether once only: neither is documented. */
  ticketLifeMs: number;
  ticketSingleUse: boolean;
  /** What a ticket that is not taken comes to: an error in the REST API's envelope, or the end of the connection. */
  wrongTicket: 'error' | 'close';
  /** What a subscription is acknowledged by, which clients skip: what was asked for, or a status as on the venue's other socket. */
  acknowledges: 'echo' | 'status';
  /** "Some topics send a welcome message", with the id -1: whether this one does, and what its body is, is not documented. */
  welcome: 'none' | 'empty' | 'last-order';
  /** Where the ids of messages begin: the documents say that they may begin anew with each connection. */
  numbersFrom: 'connection' | 'user';
  /** A JSON ping is answered. */
  pongs: boolean;
  /** A connection on which its client says nothing for so long is closed, as on the venue's other socket. */
  idleMs: number;
}

/** What the venue's parts share. */
export interface Desk extends VenueParts<RipioRight, RipioError> {
  readonly settings: RipioSettings;
  readonly tickets: Tickets;
}
