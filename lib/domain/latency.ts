import type { Environment } from './account.ts';
import type { Cancellation } from './cancellation.ts';
import { leavesTheBook } from './standing.ts';
import type { VenueId } from './venue-id.ts';

/** How long a cancel took, in milliseconds from the click, by this machine's clock alone; what is not known is left out. */
export interface CancelTimes {
  /** When it was clicked, Unix milliseconds. */
  readonly clicked: number;
  /** Until the venue had taken it. Where the reply is the proof, nothing is accepted first. */
  readonly accepted?: number;
  /** Until it was proven that the order is no longer open. */
  readonly proven?: number;
}

/** The cancels of a stretch of time, each with what its record tells. */
export interface Latencies {
  /** Each system on which there is an account, with its cancels, newest first. */
  readonly systems: readonly SystemLatencies[];
  /** How many went to accounts that were removed since: no record says where those were. */
  readonly removed: number;
  /** The newest of the stretch are so many that only these were read, back to here; Unix milliseconds. */
  readonly readBackTo?: number;
}

/** A venue's test system is another machine than its live one. */
export interface SystemLatencies {
  readonly venue: VenueId;
  readonly environment: Environment;
  readonly cancels: readonly CancelTimes[];
}

/** Undefined where nothing was sent for it, as far as its record tells: nobody has been waited for then. */
export function cancelTimes(cancellation: Cancellation): CancelTimes | undefined {
  const { requested, sent, accepted, ended } = cancellation.at;
  if (requested === undefined || sent === undefined) return undefined;
  const times = {
    accepted: since(requested, accepted),
    proven: leavesTheBook(cancellation) ? since(requested, ended) : undefined,
  };
  return {
    clicked: requested,
    ...(times.accepted !== undefined && { accepted: times.accepted }),
    ...(times.proven !== undefined && { proven: times.proven }),
  };
}

/** Undefined too where the clock was set back in between: nobody knows how long it was. */
function since(from: number, to: number | undefined): number | undefined {
  return to === undefined || to < from ? undefined : to - from;
}
