import { fork } from 'node:child_process';
import { join } from 'node:path';
import type { Sandbox, SandboxOptions, SandboxVenueName } from '#tests/sandbox/sandbox.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';

export type VenueName = SandboxVenueName;

export interface PlacedOrder {
  readonly id: string;
  readonly symbol: string;
}

/** What the bench asks of the venues. Times are `performance.timeOrigin + performance.now()` of their process. */
export interface VenueCalls {
  start(options: SandboxOptions): Promise<Sandbox['list']>;
  place(venue: VenueName, orders: readonly NewOrder[]): readonly PlacedOrder[];
  /** Empties every book and forgets what was received. */
  clear(): void;
  /** When the request to cancel this order came in. */
  arrivalOf(venue: VenueName, orderId: string): Promise<number>;
  /** From now on the venue's stream tells nothing of orders, or again. */
  losePushes(venue: VenueName, isLost: boolean): void;
  /** When its stream has told that this order has ended, or would have; to be asked before it does. */
  endToldOf(venue: VenueName, orderId: string): Promise<number>;
  /** From now on watches the books for the moment in which none has an open order any more. */
  watchBooks(): void;
  booksEmptied(): Promise<number>;
  /** How many requests of each kind came in, refused ones by themselves. */
  requestCounts(): Record<string, number>;
}

export interface VenueCall {
  readonly id: number;
  readonly method: keyof VenueCalls;
  readonly parameters: readonly unknown[];
}

interface VenueAnswer {
  readonly id: number;
  readonly result?: unknown;
  readonly error?: string;
}

type Remote<Calls> = {
  [Name in keyof Calls]: Calls[Name] extends (...each: infer Parameters) => infer Result
    ? (...each: Parameters) => Promise<Awaited<Result>>
    : never;
};

export interface Venues extends Remote<Omit<VenueCalls, 'start'>> {
  readonly list: Sandbox['list'];
  access(venue: VenueName): Sandbox['list'][number];
  stop(): void;
}

/**
 * The sandbox in a process of its own. Its replies and arrival stamps would otherwise wait for whatever the bench is
 * doing (parsing what the browser says, collecting garbage), and a venue too is another machine.
 */
export async function startVenues(options: SandboxOptions): Promise<Venues> {
  const child = fork(join(import.meta.dirname, 'venues-process.ts'));
  const waiting = new Map<number, PromiseWithResolvers<unknown>>();
  let lastId = 0;
  child.on('message', ({ id, result, error }: VenueAnswer) => {
    if (error === undefined) waiting.get(id)?.resolve(result);
    else waiting.get(id)?.reject(new Error(error));
    waiting.delete(id);
  });
  child.on('exit', () => {
    for (const { reject } of waiting.values()) reject(new Error('the venues have gone'));
  });

  const ask =
    <Name extends keyof VenueCalls>(method: Name) =>
    (...parameters: Parameters<VenueCalls[Name]>) => {
      const id = ++lastId;
      const answer = Promise.withResolvers<unknown>();
      waiting.set(id, answer);
      child.send({ id, method, parameters } satisfies VenueCall);
      return answer.promise as Promise<Awaited<ReturnType<VenueCalls[Name]>>>;
    };

  const list = await ask('start')(options);
  return {
    list,
    access(venue) {
      const found = list.find((each) => each.venue === venue);
      if (!found) throw new Error(`the sandbox has no ${venue}`);
      return found;
    },
    place: ask('place'),
    clear: ask('clear'),
    arrivalOf: ask('arrivalOf'),
    losePushes: ask('losePushes'),
    endToldOf: ask('endToldOf'),
    watchBooks: ask('watchBooks'),
    booksEmptied: ask('booksEmptied'),
    requestCounts: ask('requestCounts'),
    stop: () => child.disconnect(),
  };
}
