import type { Cancellation, CancellationState } from './cancellation.ts';

/**
 * Where a cancellation stands: the one answer that everything else is asked of. It waits (`requested`), is under way (`sent`,
 * `accepted`) or in doubt (`unknown`), or has one of the ends that the venue proves; or its end is one of the wish alone:
 *
 * - `stopped`: nothing more is sent, since the user stopped the sweep;
 * - `lapsed`: nothing more is sent, since it was asked for too long ago;
 * - `abandoned`: the account was removed, and nobody can ask the venue any more.
 *
 * A table or a switch over it does not compile while it leaves one out.
 */
export type Standing = CancellationState | 'stopped' | 'lapsed' | 'abandoned';

/** What of a cancellation tells where it stands. */
export type Stated = Pick<Cancellation, 'state'> &
  Partial<Pick<Cancellation, 'stopped' | 'lapsed' | 'abandoned'>>;

export function standingOf({ state, stopped, lapsed, abandoned }: Stated): Standing {
  if (abandoned) return 'abandoned';
  if (stopped) return lapsed ? 'lapsed' : 'stopped';
  return state;
}

interface Meaning {
  /** Nothing more is done for it. */
  readonly hasEnded: boolean;
  /** The end proves that the order is no longer open. */
  readonly leavesTheBook: boolean;
  /** It came to nothing, and the order is open as before. */
  readonly mayBeAskedAgain: boolean;
  /** All but what was wished for: that the order is no longer open, and has not filled instead. */
  readonly isTrouble: boolean;
}

const going = { hasEnded: false, leavesTheBook: false, mayBeAskedAgain: false, isTrouble: true };
const closed = { hasEnded: true, leavesTheBook: true, mayBeAskedAgain: false, isTrouble: false };
const inVain = { hasEnded: true, leavesTheBook: false, mayBeAskedAgain: true, isTrouble: true };

export const meanings: Readonly<Record<Standing, Meaning>> = {
  requested: going,
  sent: going,
  accepted: going,
  unknown: going,
  cancelled: closed,
  'was-cancelled': closed,
  filled: { ...closed, isTrouble: true },
  'not-found': { ...closed, isTrouble: true },
  refused: inVain,
  stopped: inVain,
  lapsed: inVain,
  // Whether the order is open nobody knows.
  abandoned: { hasEnded: true, leavesTheBook: false, mayBeAskedAgain: false, isTrouble: true },
};

export function hasEnded(cancellation: Stated): boolean {
  return meanings[standingOf(cancellation)].hasEnded;
}

export function leavesTheBook(cancellation: Stated): boolean {
  return meanings[standingOf(cancellation)].leavesTheBook;
}

export function mayBeAskedAgain(cancellation: Stated): boolean {
  return meanings[standingOf(cancellation)].mayBeAskedAgain;
}

export function isTrouble(cancellation: Stated): boolean {
  return meanings[standingOf(cancellation)].isTrouble;
}
