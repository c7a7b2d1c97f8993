import type { ClockReading } from '#lib/domain/clock.ts';
import type { Failure } from '#lib/domain/reply.ts';
import { unreadClockMargin } from '#lib/domain/who-cancelled.ts';
import { bounds } from '#lib/venues/bounds.ts';
import { unread } from '#lib/venues/failure.ts';
import { readAnswer } from './read-answer.ts';
import type { Transport } from './transport.ts';
import type { Venue } from '#lib/venues/venue.ts';

/** The venues' clocks as measured since the browser started, by the base of the API. */
export interface Clocks {
  get(base: string): MeasuredClock | undefined;
  /**
   * For telling a venue's times apart from a time of this machine (Unix ms): all that the offset may have been since then. A clock that was
   * set in between shows in readings that differ, this machine's own also beside the time since its start, which nobody sets.
   */
  since(base: string, time: number): ClockReading | undefined;
  /** Whether it has been measured lately, or within so many milliseconds, and this machine's clock has not been set since. */
  isFresh(base: string, within?: number): boolean;
  /** Reads the venue's clock. Rejects when there is no whole reply. */
  measure(
    venue: Venue,
    base: string,
    transport: Pick<Transport, 'send'>,
  ): Promise<ClockReading | Failure>;
}

/** `at`: by this machine's clock, Unix ms. */
interface MeasuredClock extends ClockReading {
  readonly at: number;
}

/** The newest last. */
export type KnownClocks = Readonly<Record<string, readonly MeasuredClock[]>>;

/** How many readings of a clock are kept: those of half an hour at the closest. */
const most = 40;
/** How old a reading may be to be relied on, in milliseconds. */
const freshness = 600_000;
/** A clock that is put right by the network moves less between two looks; one that is set moves by more. */
const smallestJump = 250;

/** This machine's clock was set: until when it went as before, and by how much it was moved. In milliseconds. */
interface Jump {
  readonly until: number;
  readonly by: number;
}

/** `keep` is told every change, so that the next life of the worker can begin with it. */
export function createClocks(known: KnownClocks, keep: (clocks: KnownClocks) => void): Clocks {
  let clocks = known;
  const jumps: Jump[] = [];
  let start = Date.now() - performance.now();

  function look(): void {
    const until = start + performance.now();
    const by = Date.now() - until;
    if (Math.abs(by) < smallestJump) return;
    jumps.push({ until, by });
    start += by;
  }

  const readingsOf = (base: string) => clocks[base] ?? [];

  return {
    get: (base) => readingsOf(base).at(-1),
    since(base, time) {
      look();
      const readings = readingsOf(base);
      if (readings.length === 0) return undefined;
      // What held at that time, or has come after it: the true offset lay between the outermost of these. Where the clock was set
      // back between two readings, in an earlier life perhaps, nobody knows which of them the time came before.
      const setBack = readings.findLastIndex(
        ({ at }, index) => at < (readings[index - 1]?.at ?? 0),
      );
      const held = readings.filter(
        (_, index) => index < setBack || (readings[index + 1]?.at ?? Infinity) >= time,
      );
      const lowest = Math.min(...held.map(({ offset, uncertainty }) => offset - uncertainty));
      const highest = Math.max(...held.map(({ offset, uncertainty }) => offset + uncertainty));
      // A reading from before this machine's clock was set tells less by as much; the venue's may have been set too since.
      const oldest = Math.min(time, held[0]?.at ?? time);
      const set = jumps
        .filter(({ until }) => until >= oldest)
        .reduce((sum, { by }) => sum + Math.abs(by), 0);
      // Of how the clocks stood before the first reading nothing is known.
      const unread = (readings[0]?.at ?? 0) > time ? unreadClockMargin : 0;
      return { offset: (lowest + highest) / 2, uncertainty: (highest - lowest) / 2 + set + unread };
    },
    isFresh(base, within = freshness) {
      look();
      const last = readingsOf(base).at(-1);
      const age = last ? Date.now() - last.at : Infinity;
      return (
        age >= 0 && age < within && jumps.every(({ until, by }) => until + by <= (last?.at ?? 0))
      );
    },
    async measure(venue, base, transport) {
      const reading = await readClock(venue, base, transport);
      if ('kind' in reading) return reading;
      look();
      const measured = [...readingsOf(base), { ...reading, at: Date.now() }].slice(-most);
      clocks = { ...clocks, [base]: measured };
      keep(clocks);
      return reading;
    },
  };
}

/** The middle of the round trip is taken for the moment at which the venue looked at its clock. */
async function readClock(
  venue: Venue,
  base: string,
  { send }: Pick<Transport, 'send'>,
): Promise<ClockReading | Failure> {
  const before = Date.now();
  const started = performance.now();
  const request = venue.readTime.request(undefined, before);
  const reply = readAnswer(await send(base, request, bounds.reply));
  const half = (performance.now() - started) / 2;
  const time = unread(reply) ?? venue.readTime.read(reply, undefined);
  if (time.kind !== 'time') return time;
  const { resolution = 1 } = time;
  return {
    // A coarse clock shows the beginning of its tick: in the mean it is half a tick further.
    offset: Math.round(time.time + (resolution - 1) / 2 - (before + half)),
    uncertainty: Math.ceil(half + (resolution - 1) / 2) + 1,
  };
}
