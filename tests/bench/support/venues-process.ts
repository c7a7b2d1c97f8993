import { startSandbox, type Sandbox, type SandboxOptions } from '#tests/sandbox/sandbox.ts';
import type { VenueCall, VenueCalls, VenueName } from './venues.ts';

/** The sandbox as a process of its own: answers the bench, and ends with it. */

let sandbox: Sandbox | undefined;
let emptied: Promise<number> = Promise.resolve(0);

const clock = () => performance.timeOrigin + performance.now();
const expect = (venue: VenueName) => {
  if (!sandbox) throw new Error('the venues have not been started');
  return sandbox.venues[venue];
};
const all = () => Object.values(sandbox?.venues ?? {});

const calls: VenueCalls = {
  async start(options: SandboxOptions) {
    sandbox = await startSandbox(options);
    return sandbox.list;
  },
  place(venue, orders) {
    const { book } = expect(venue);
    return orders.map((order) => {
      const { id, symbol } = book.place(order);
      return { id, symbol };
    });
  },
  clear() {
    for (const { book, requests } of all()) {
      book.clear();
      requests.clear();
    }
  },
  async arrivalOf(venue, orderId) {
    const { arrivedAt } = await expect(venue).requests.waitFor(
      (record) => record.operation === 'cancel' && record.orderId === orderId,
    );
    return arrivedAt;
  },
  losePushes(venue, isLost) {
    const { faults } = expect(venue).sockets;
    if (isLost) faults.add({ kind: 'lost' }, { times: 'always' });
    else faults.clear();
  },
  endToldOf(venue, orderId) {
    const told = Promise.withResolvers<number>();
    // Behind the stream, which has listened since the venue's start and sends in the same turn.
    const stop = expect(venue).book.onChange(({ id, status }) => {
      if (id !== orderId || status === 'open') return;
      told.resolve(clock());
      stop();
    });
    return told.promise;
  },
  watchBooks() {
    let open = all().reduce((sum, { book }) => sum + book.open().length, 0);
    const gone = Promise.withResolvers<number>();
    const stops = all().map(({ book }) =>
      book.onChange(({ status }) => {
        if (status !== 'open' && --open === 0) gone.resolve(clock());
      }),
    );
    emptied = gone.promise.finally(() => {
      for (const stop of stops) stop();
    });
  },
  booksEmptied: () => emptied,
  requestCounts() {
    const counts: Record<string, number> = {};
    for (const { venue, requests } of all()) {
      for (const { operation, status } of requests.list) {
        const name = `${venue} ${operation}${status === 429 ? ' 429' : ''}`;
        counts[name] = (counts[name] ?? 0) + 1;
      }
    }
    return counts;
  },
};

async function answer({ id, method, parameters }: VenueCall): Promise<void> {
  const work = calls[method] as (...each: readonly unknown[]) => unknown;
  try {
    process.send?.({ id, result: await work(...parameters) });
  } catch (error) {
    process.send?.({ id, error: String(error) });
  }
}

process.on('message', (call: VenueCall) => void answer(call));
process.on('disconnect', () => process.exit());
