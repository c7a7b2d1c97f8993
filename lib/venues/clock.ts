import type { ClockReading } from '../domain/clock.ts';
import type { Failure } from '../domain/reply.ts';
import { send } from './send.ts';
import type { Venue } from './venue.ts';

/** The venues' clocks as measured since the browser started, by the base of the API. */
export interface Clocks {
  get(base: string): ClockReading | undefined;
  /** Reads the venue's clock. Rejects when there is no whole reply. */
  measure(venue: Venue, base: string): Promise<ClockReading | Failure>;
}

/** `keep` is told every change, so that the next life of the worker can begin with it. */
export function createClocks(
  known: Readonly<Record<string, ClockReading>>,
  keep: (clocks: Readonly<Record<string, ClockReading>>) => void,
): Clocks {
  let clocks = known;
  return {
    get: (base) => clocks[base],
    async measure(venue, base) {
      const reading = await readClock(venue, base);
      if ('kind' in reading) return reading;
      clocks = { ...clocks, [base]: reading };
      keep(clocks);
      return reading;
    },
  };
}

/** The middle of the round trip is taken for the moment at which the venue looked at its clock. */
async function readClock(venue: Venue, base: string): Promise<ClockReading | Failure> {
  const before = Date.now();
  const started = performance.now();
  const reply = await send(base, venue.readTime.request(undefined, before));
  const half = (performance.now() - started) / 2;
  const time = venue.readTime.read(reply, undefined);
  if (time.kind !== 'time') return time;
  const { resolution = 1 } = time;
  return {
    // A coarse clock shows the beginning of its tick: in the mean it is half a tick further.
    offset: Math.round(time.time + (resolution - 1) / 2 - (before + half)),
    uncertainty: Math.ceil(half + (resolution - 1) / 2) + 1,
  };
}
