import type { ClockReading } from './clock.ts';
import type { KeyTrouble, Trouble } from './refusal.ts';
import type { StreamState } from './stream.ts';

/** Whether a cancel would work now, as far as it has been seen. Pure: facts with their times in, a verdict out. */

/** What has been seen of an account on the way of its requests. All times in Unix milliseconds, by this machine's clock. */
export interface Seen {
  /** When the venue last answered a signed request as it answers a key that it takes. */
  readonly workedAt?: number;
  /** Why the last signed request had no such answer; absent where it had. */
  readonly trouble?: { readonly reason: Trouble; readonly at: number };
  /** How long the last few requests took until their answers were there, in milliseconds, and when the last of them was. */
  readonly roundTrips?: { readonly took: readonly number[]; readonly at: number };
  readonly clock?: ClockReading & { readonly at: number };
  readonly room?: Room;
}

/** What is left to cancels of the limit of which least is left: so many of so many in so many milliseconds. */
export interface Room {
  readonly left: number;
  readonly most: number;
  readonly per: number;
  /** From when on a cancel may go; absent where at once. */
  readonly freeAt?: number;
  readonly at: number;
}

/** Whether the venue has let this key cancel, when that was last seen. */
export interface RightSeen {
  readonly has: boolean;
  readonly at: number;
}

/** All that is known of an account, and when. */
export interface Facts extends Seen {
  /** Why the key cannot be used. */
  readonly keyTrouble?: KeyTrouble;
  /** The browser does not let the venue be reached. */
  readonly isBarred?: boolean;
  readonly right?: RightSeen;
  /** Whom the venue lets list orders it lets cancel them. */
  readonly readersMayCancel?: boolean;
  /** When the open orders were last read to their end. */
  readonly readAt?: number;
  /** Why the last reading of them failed. */
  readonly readTrouble?: { readonly reason: Trouble; readonly at: number };
  /** Until when the venue has asked to wait with cancels. */
  readonly heldUntil?: number;
  readonly stream?: StreamState;
}

/**
 * - `good`: a cancel would work, by what was seen within the last minute;
 * - `unknown`: nothing speaks against it, and not all of it was seen lately;
 * - `warn`: it would work, but not as it should;
 * - `bad`: it would not.
 */
export type Light = 'good' | 'unknown' | 'warn' | 'bad';

export type Verdict =
  | { readonly light: 'good'; readonly roundTrip: number }
  /** `since`: when the oldest of what is too old was seen; absent where something never was. */
  | { readonly light: 'unknown'; readonly why: 'unchecked'; readonly since?: number }
  | { readonly light: 'unknown'; readonly why: 'right-unseen' }
  | { readonly light: 'warn'; readonly why: 'held' | 'limit'; readonly until: number }
  | { readonly light: 'warn'; readonly why: 'clock'; readonly clock: ClockReading }
  | { readonly light: 'warn'; readonly why: 'slow'; readonly roundTrip: number }
  | { readonly light: 'warn'; readonly why: 'stream-down' }
  | { readonly light: 'bad'; readonly why: KeyTrouble | 'barred' | 'no-right' }
  | { readonly light: 'bad'; readonly why: 'trouble'; readonly reason: Trouble };

/** How old what is seen may be for a verdict, in milliseconds. */
export const freshFacts = 60_000;
/** This machine's clock was set back where something was seen later than now by more than this. */
const setBack = 5000;
/** A clock that is certainly off by more is told of, although requests are stamped by the venue's. */
const clockMargin = 1000;
const slow = 3000;
/** A limit that is used up for no longer than this is no matter. */
const shortWait = 2000;

function isFreshFact(at: number, now: number): boolean {
  return now - at < freshFacts && at - now < setBack;
}

export function judge(facts: Facts, now: number): Verdict {
  return wrongIn(facts, now) ?? missingIn(facts, now) ?? goodBy(facts);
}

/** What is wrong, the worst first. */
function wrongIn(facts: Facts, now: number): Verdict | undefined {
  if (facts.keyTrouble) return { light: 'bad', why: facts.keyTrouble };
  if (facts.isBarred) return { light: 'bad', why: 'barred' };
  const trouble = [facts.trouble, facts.readTrouble].find(
    (each) => each && each.reason !== 'rate-limited' && isFreshFact(each.at, now),
  );
  if (trouble) return { light: 'bad', why: 'trouble', reason: trouble.reason };
  if (facts.right?.has === false) return { light: 'bad', why: 'no-right' };
  const { heldUntil = 0, room, clock, stream } = facts;
  if (heldUntil > now) return { light: 'warn', why: 'held', until: heldUntil };
  const freeAt = room?.freeAt ?? 0;
  if (freeAt - now > shortWait) return { light: 'warn', why: 'limit', until: freeAt };
  if (clock && isFreshFact(clock.at, now) && isClockOff(clock)) {
    const { offset, uncertainty } = clock;
    return { light: 'warn', why: 'clock', clock: { offset, uncertainty } };
  }
  const roundTrip = medianRoundTrip(facts);
  const isRecent = facts.roundTrips !== undefined && isFreshFact(facts.roundTrips.at, now);
  if (isRecent && roundTrip >= slow) return { light: 'warn', why: 'slow', roundTrip };
  return stream === 'down' ? { light: 'warn', why: 'stream-down' } : undefined;
}

/** What was not seen, or not lately. */
function missingIn(facts: Facts, now: number): Verdict | undefined {
  const { workedAt, readAt, clock, roundTrips, right, readersMayCancel } = facts;
  const seen = [workedAt, readAt, clock?.at, roundTrips?.at];
  const times = seen.filter((at) => at !== undefined);
  if (times.length < seen.length) return { light: 'unknown', why: 'unchecked' };
  if (!times.every((at) => isFreshFact(at, now))) {
    return { light: 'unknown', why: 'unchecked', since: Math.min(...times) };
  }
  // A right does not wear off by the minute: it counts until the venue says otherwise.
  return right || readersMayCancel ? undefined : { light: 'unknown', why: 'right-unseen' };
}

function goodBy(facts: Facts): Verdict {
  return { light: 'good', roundTrip: medianRoundTrip(facts) };
}

/** Off by more than the margin, however wrong the reading may be. */
function isClockOff({ offset, uncertainty }: ClockReading): boolean {
  return Math.abs(offset) - uncertainty > clockMargin;
}

/** In milliseconds; 0 where nothing was asked. */
export function medianRoundTrip({ roundTrips }: Seen): number {
  const sorted = [...(roundTrips?.took ?? [])].toSorted((a, b) => a - b);
  const middle = (sorted.length - 1) / 2;
  const [lower = 0, upper = 0] = [sorted[Math.floor(middle)], sorted[Math.ceil(middle)]];
  return (lower + upper) / 2;
}
