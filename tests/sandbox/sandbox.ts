import {
  startBtcTurk,
  type BtcTurkOptions,
  type BtcTurkVenue,
} from '#tests/sandbox/btcturk/btcturk.ts';
import {
  startHabitTrade,
  type HabitTradeOptions,
  type HabitTradeVenue,
} from '#tests/sandbox/habit-trade/habit-trade.ts';
import { startOxFun, type OxFunOptions, type OxFunVenue } from '#tests/sandbox/ox-fun/ox-fun.ts';
import { startRipio, type RipioOptions, type RipioVenue } from '#tests/sandbox/ripio/ripio.ts';
import { startZtdx, type ZtdxOptions, type ZtdxVenue } from '#tests/sandbox/ztdx/ztdx.ts';

export interface SandboxOptions {
  /** The venues take this port and those after it where they are free; any free ones unless given. */
  firstPort?: number | undefined;
  btcturk?: BtcTurkOptions;
  ripio?: RipioOptions;
  'ox-fun'?: OxFunOptions;
  ztdx?: ZtdxOptions;
  'habit-trade'?: HabitTradeOptions;
}

/** What a client needs in order to use a venue. */
interface VenueAccess {
  venue: string;
  url: string;
  key: string;
  secret: string;
}

export interface Sandbox {
  readonly venues: {
    readonly btcturk: BtcTurkVenue;
    readonly ripio: RipioVenue;
    readonly 'ox-fun': OxFunVenue;
    readonly ztdx: ZtdxVenue;
    readonly 'habit-trade': HabitTradeVenue;
  };
  readonly list: readonly VenueAccess[];
  stop(): Promise<void>;
}

/** Every venue, each with its lively set of orders unless told otherwise. */
export async function startSandbox(options: SandboxOptions = {}): Promise<Sandbox> {
  const { firstPort } = options;
  const btcturk = await onPort(firstPort, (port) =>
    startBtcTurk({ seed: true, port, ...options.btcturk }),
  );
  const ripio = await onPort(firstPort && firstPort + 1, (port) =>
    startRipio({ seed: true, port, ...options.ripio }),
  );
  const oxFun = await onPort(firstPort && firstPort + 2, (port) =>
    startOxFun({ seed: true, port, ...options['ox-fun'] }),
  );
  const ztdx = await onPort(firstPort && firstPort + 3, (port) =>
    startZtdx({ seed: true, port, ...options.ztdx }),
  );
  const habitTrade = await onPort(firstPort && firstPort + 4, (port) =>
    startHabitTrade({ seed: true, port, ...options['habit-trade'] }),
  );
  const venues = { btcturk, 'habit-trade': habitTrade, 'ox-fun': oxFun, ripio, ztdx };
  return {
    venues,
    list: Object.values(venues).flatMap(({ venue, url, keys }) =>
      keys.list.slice(0, 1).map(({ key, secret }) => ({ venue, url, key, secret })),
    ),
    stop: async () => {
      await Promise.all(Object.values(venues).map((venue) => venue.stop()));
    },
  };
}

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
