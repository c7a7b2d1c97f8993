import type { Brand } from './brand.ts';
import type { Decimal } from './decimal.ts';
import type { Order, OrderId, OrderRef } from './order.ts';
import type { RefusalReason, Trouble } from './refusal.ts';
import type { Remark } from './remark.ts';
import type { Claim } from './reply.ts';

export type CancellationId = Brand<string, 'CancellationId'>;
/** One thing that the user did; it may have asked for several cancellations. */
export type ActId = Brand<string, 'ActId'>;
/** A “Cancel all”. */
export type SweepId = Brand<string, 'SweepId'>;

export interface Act {
  readonly id: ActId;
  /** It was done in the popup. */
  readonly inPopup?: true;
}

/** What a cancellation comes to when the venue has told what became of the order. */
export type EndState = 'cancelled' | 'filled' | 'was-cancelled' | 'not-found' | 'refused';

/** How far it has got with the venue. Where it stands, its end by other causes included, says `standingOf`. */
export type CancellationState = 'requested' | 'sent' | 'accepted' | 'unknown' | EndState;

/**
 * One wish to cancel one order, and all that came of it, with what was heard of it last. Times are Unix milliseconds by this
 * machine's clock.
 */
export interface Cancellation extends Remark {
  readonly id: CancellationId;
  readonly ref: OrderRef;
  /** The order as it was last known when the cancellation was asked for. */
  readonly order?: Order;
  readonly state: CancellationState;
  /** What asked for it. */
  readonly act?: Act;
  readonly at: {
    readonly requested: number;
    readonly sent?: number;
    readonly accepted?: number;
    readonly ended?: number;
  };
  /** What to do next and when; absent while a request is under way, and at the end. */
  readonly next?: Step;
  /** How often the cancel was handed to the network, and when last. */
  readonly sendings: number;
  readonly lastSent?: number;
  /** An earlier sending may have acted: what a later one is told is no proof by itself. */
  readonly inDoubt: boolean;
  /** Readings and failed look-ups that did not settle it; sets the pace of the next step. */
  readonly readings: number;
  /** Readings in a row in which the venue did not know the order. */
  readonly missing: number;
  /** Readings that have shown it open since it was last sent, or since the venue said something else of it. */
  readonly shownOpen?: number;
  /** What the venue said instead of cancelling, until a reading settles it. */
  readonly claim?: Claim;
  /** Why the venue could not be asked when it was last tried; absent once it could. */
  readonly trouble?: Trouble;
  /** The venue answers the cancel so, and shows the order as open all the same. */
  readonly contradiction?: Contradiction;
  /** This machine's clock may have been set since it was wished for, by nobody knows how much: the browser was closed meanwhile. */
  readonly unclocked?: true;
  /** The clock was set right once for this cancellation. */
  readonly clockCorrected?: true;
  readonly filled?: Decimal;
  readonly quantity?: Decimal;
  readonly reason?: RefusalReason;
  /** Orders that went with it, as the venue named them. */
  readonly others?: readonly OrderId[];
  /** The order whose cancelling took this one along: nothing was sent for it. */
  readonly parent?: OrderId;
  /** The account was removed before the end was proven: nobody can ask the venue any more. */
  readonly abandoned?: true;
  /** Part of this “Cancel all”. */
  readonly sweep?: SweepId;
  /** Asked for by itself too: it goes before the others of its sweep. */
  readonly first?: true;
  /** The sweep was stopped, but the worker's last life may have sent it: the order is read to see. */
  readonly stopping?: true;
  /** Nobody was there to carry it on for so long that it is only read: sending wants the user's word again. */
  readonly lapsing?: true;
  /** Nothing more is sent, and the order is open: the sweep was stopped before it was sent, or the wish has lapsed. */
  readonly stopped?: true;
  /** It was stopped because it was asked for too long ago. */
  readonly lapsed?: true;
}

interface Contradiction {
  readonly claim: Claim;
  /** The status with which it shows the order, where Pullcord does not know it. */
  readonly status?: string;
}

export interface Step {
  readonly step: 'send' | 'read';
  readonly at: number;
}

/** A new wish, to be written to the journal before anything is sent. */
export function requestCancellation(
  id: CancellationId,
  ref: OrderRef,
  order: Order | undefined,
  now: number,
  sweep?: SweepId,
  act?: Act,
): Cancellation {
  return {
    id,
    ref,
    ...(order && { order }),
    ...(sweep && { sweep }),
    ...(act && { act }),
    state: 'requested',
    at: { requested: now },
    next: { step: 'send', at: now },
    sendings: 0,
    inDoubt: false,
    readings: 0,
    missing: 0,
  };
}
