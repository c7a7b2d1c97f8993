import { startBtcTurk, type BtcTurkOptions, type BtcTurkVenue } from './btcturk/btcturk.ts';
import { startRipio, type RipioOptions, type RipioVenue } from './ripio/ripio.ts';

export interface SandboxOptions {
  /** The venues take this port and those after it where they are free; any free ones unless given. */
  firstPort?: number | undefined;
  btcturk?: BtcTurkOptions;
  ripio?: RipioOptions;
}

/** What a client needs in order to use a venue. */
interface VenueAccess {
  venue: string;
  url: string;
  key: string;
  secret: string;
}

export interface Sandbox {
  readonly venues: { readonly btcturk: BtcTurkVenue; readonly ripio: RipioVenue };
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
  const venues = { btcturk, ripio };
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
