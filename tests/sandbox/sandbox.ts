import { startBinance } from '#tests/sandbox/binance/binance.ts';
import { forTests as binance } from '#tests/sandbox/binance/for-tests.ts';
import { startBtcTurk } from '#tests/sandbox/btcturk/btcturk.ts';
import { forTests as btcturk } from '#tests/sandbox/btcturk/for-tests.ts';
import { forTests as habitTrade } from '#tests/sandbox/habit-trade/for-tests.ts';
import { startHabitTrade } from '#tests/sandbox/habit-trade/habit-trade.ts';
import { forTests as kraken } from '#tests/sandbox/kraken/for-tests.ts';
import { startKraken } from '#tests/sandbox/kraken/kraken.ts';
import { forTests as oxFun } from '#tests/sandbox/ox-fun/for-tests.ts';
import { startOxFun } from '#tests/sandbox/ox-fun/ox-fun.ts';
import { forTests as ripio } from '#tests/sandbox/ripio/for-tests.ts';
import { startRipio } from '#tests/sandbox/ripio/ripio.ts';
import type { ForTests } from '#tests/sandbox/shared/for-tests.ts';
import type { Faults } from '#tests/sandbox/shared/faults.ts';
import { forTests as ztdx } from '#tests/sandbox/ztdx/for-tests.ts';
import { startZtdx } from '#tests/sandbox/ztdx/ztdx.ts';

/** Every venue: how it is started, and what tests have to know of it. */
const registered = {
  binance: { start: startBinance, forTests: binance },
  btcturk: { start: startBtcTurk, forTests: btcturk },
  'habit-trade': { start: startHabitTrade, forTests: habitTrade },
  kraken: { start: startKraken, forTests: kraken },
  'ox-fun': { start: startOxFun, forTests: oxFun },
  ripio: { start: startRipio, forTests: ripio },
  ztdx: { start: startZtdx, forTests: ztdx },
};

type Registered = typeof registered;
export type SandboxVenueName = keyof Registered;

export const sandboxVenues = Object.keys(registered) as SandboxVenueName[];

/** The documented errors of all venues, by the venues' own names. */
export type SandboxError =
  Sandbox['venues'][SandboxVenueName]['faults'] extends Faults<infer Name> ? Name : never;

export function forTests(venue: SandboxVenueName): ForTests<SandboxError> {
  return registered[venue].forTests;
}

export type SandboxOptions = {
  readonly [Name in SandboxVenueName]?: Parameters<Registered[Name]['start']>[0];
} & {
  /** The venues take this port and those after it where they are free; any free ones unless given. */
  readonly firstPort?: number | undefined;
};

/** What a client needs in order to use a venue. */
interface VenueAccess {
  venue: string;
  url: string;
  key: string;
  secret: string;
}

export interface Sandbox {
  readonly venues: {
    readonly [Name in SandboxVenueName]: Awaited<ReturnType<Registered[Name]['start']>>;
  };
  readonly list: readonly VenueAccess[];
  stop(): Promise<void>;
}

/** Every venue, each with its lively set of orders unless told otherwise. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { firstPort } = options;
  const started: AnyVenue[] = [];
  for (const [index, name] of sandboxVenues.entries()) {
    const start = registered[name].start as (each: object) => Promise<AnyVenue>;
    const venue = await onPort(firstPort && firstPort + index, (port) =>
      start({ seed: true, port, ...options[name] }),
    );
    started.push(venue);
  }
  return {
    venues: Object.fromEntries(started.map((venue) => [venue.venue, venue])) as Sandbox['venues'],
    list: started.flatMap(({ venue, url, keys }) =>
      keys.list.slice(0, 1).map(({ key, secret }) => ({ venue, url, key, secret })),
    ),
    stop: async () => {
      await Promise.all(started.map((venue) => venue.stop()));
    },
  };
}

type AnyVenue = Sandbox['venues'][SandboxVenueName];

/** On the port wished for, or on any where that one is taken. */
async function onPort<V>(
  port: number | undefined,
  start: (port: number | undefined) => Promise<V>,
): Promise<V> {
  try {
    return await start(port);
  } catch (error) {
    const isTaken = error instanceof Error && 'code' in error && error.code === 'EADDRINUSE';
    if (!isTaken || port === undefined) throw error;
    return start(undefined);
  }
}
