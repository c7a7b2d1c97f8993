import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { WebSocket as HeaderSocket } from 'ws';
import type { AccountId } from '#lib/domain/account.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import { venues } from '#lib/venues/venues.ts';
import type { OpenAccount } from '#lib/worker/accounts/open-accounts.ts';
import { readLeftBehind } from '#lib/worker/browser/session-item.ts';
import { createBudget } from '#lib/worker/lanes/create-budget.ts';
import { createCancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { createLane } from '#lib/worker/lanes/lane.ts';
import { createAccountClient } from '#lib/worker/network/account-client.ts';
import { browserTransport } from '#lib/worker/network/browser-transport.ts';
import { createClocks } from '#lib/worker/network/clock.ts';
import type { Socket, SocketEvents, Transport } from '#lib/worker/network/transport.ts';
import { hearOrders } from '#lib/worker/orders/hear-orders.ts';
import { createOpenOrders } from '#lib/worker/orders/open-orders.ts';
import { createPublisher } from '#lib/worker/publish/publisher.ts';
import { createStreams } from '#lib/worker/streams/streams.ts';
import { forTests, sandboxVenues, startSandbox, type Sandbox } from '#tests/sandbox/sandbox.ts';
import type { StreamFault } from '#tests/sandbox/shared/stream-faults.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { noNonces } from '#tests/unit/support/no-nonces.ts';

/** Streams, book and readings as the worker has them, with the sandbox's servers over real sockets. Time is the test’s own. */

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});
vi.mock('#lib/worker/store/sealed-store.ts', () => ({
  sealedStore: () => ({ get: () => Promise.resolve(), put: () => Promise.resolve() }),
}));

let sandbox: Sandbox;
const stops: (() => void)[] = [];

beforeEach(async () => {
  sandbox = await startSandbox(
    Object.fromEntries(sandboxVenues.map((venue) => [venue, { seed: false, keepAlive: false }])),
  );
  vi.useFakeTimers({
    toFake: ['Date', 'performance', 'setTimeout', 'clearTimeout', 'setInterval', 'clearInterval'],
    now: 1_700_000_000_000,
  });
  fake.clear();
  underWay.clear();
  // On a busy machine a signature takes longer than many turns.
  const sign = crypto.subtle.sign.bind(crypto.subtle);
  vi.spyOn(crypto.subtle, 'sign').mockImplementation((...signing) => onItsWay(sign(...signing)));
});
afterEach(async () => {
  for (const stop of stops.splice(0)) stop();
  vi.useRealTimers();
  vi.restoreAllMocks();
  await sandbox.stop();
});

/** As an extension page can send them. */
const openSocketWithHeaders: NonNullable<Transport['openSocketWithHeaders']> = (
  url,
  headers,
  events,
) => {
  const socket = new HeaderSocket(url, { headers });
  socket.on('open', events.onOpen);
  socket.on('message', (data: Buffer) => events.onMessage(data.toString()));
  socket.on('error', () => socket.terminate());
  socket.on('close', events.onClose);
  return {
    isOpen: () => socket.readyState === socket.OPEN,
    send: (text) => socket.send(text),
    close: () => socket.close(),
  };
};

/** Requests, openings of sockets and signatures that are on their way. */
const underWay = new Set<Promise<unknown>>();

function onItsWay<Result>(promise: Promise<Result>): Promise<Result> {
  underWay.add(promise);
  return promise.finally(() => underWay.delete(promise));
}

/** Tells what is on its way, until it is open or closed. */
function opening(open: (events: SocketEvents) => Socket, events: SocketEvents): Socket {
  const { promise, resolve } = Promise.withResolvers<void>();
  void onItsWay(promise);
  return open({
    ...events,
    onOpen() {
      resolve();
      events.onOpen();
    },
    onClose() {
      resolve();
      events.onClose();
    },
  });
}

const transport: Transport = {
  send: (...request) => onItsWay(browserTransport.send(...request)),
  openSocket: (url, events) => opening((own) => browserTransport.openSocket(url, own), events),
  openSocketWithHeaders: (url, headers, events) =>
    opening((own) => openSocketWithHeaders(url, headers, own), events),
};

/** An account on every venue. */
async function worker() {
  const publisher = createPublisher(await readLeftBehind());
  const accounts = new Map<AccountId, OpenAccount>();
  for (const { venue, url, key, secret } of sandbox.list) {
    const adapter = venues[venue as keyof typeof venues];
    const client = await createAccountClient(
      adapter,
      url,
      { apiKey: key, apiSecret: secret },
      {
        environment: 'sandbox',
        nonces: noNonces,
        transport,
        clocks: createClocks({}, () => undefined),
        signing: { chosen: 0, choose: () => undefined },
        onUsage: () => undefined,
      },
    );
    const lane = createLane(adapter.limits.map((limit) => createBudget(limit)));
    const id = venue as AccountId;
    const account = {
      id,
      venue: venue as keyof typeof venues,
      label: venue,
      environment: 'sandbox' as const,
      sandboxUrl: url,
      createdAt: 0,
    };
    accounts.set(id, { account, ...createCancelAccount(client, lane), client });
    stops.push(() => lane.stop());
  }
  const openOrders = createOpenOrders({} as Sealer, publisher, {
    onConsequence: (id, consequence) => hearing.follow(id, consequence),
  });
  const hearing = hearOrders({
    account: (id) => accounts.get(id),
    openOrders,
    onEnd: () => undefined,
    onLeft: () => undefined,
  });
  const streams = createStreams({
    accounts: () => accounts.entries(),
    transport,
    isInFlight: () => false,
    isPopupOpen: () => Promise.resolve(true),
    publish: (all) => publisher.set('streams', all),
    onKept: () => undefined,
    onNews: (id, news) => openOrders.hear(id, news),
    onRunning: (id) => hearing.lookAgain(id),
    onLoss: (id) => openOrders.hear(id, [{ kind: 'look' }]),
    onClosed: (id) => hearing.drop(id),
  });
  stops.push(() => {
    streams.shut();
    hearing.stop();
    for (const { client } of accounts.values()) client.socket?.close();
  });
  return { publisher, openOrders, streams };
}

/** The same numbers for the same seed (mulberry32). */
function randomFrom(seed: number) {
  let state = seed;
  return () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed ^= mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed);
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 2 ** 32;
  };
}

const turn = () => new Promise((resolve) => setImmediate(resolve));

/** In milliseconds of the test’s time. */
const step = 200;

/**
 * Lets so much of the test’s time pass; it stands still while anything is on its way, since stamps would grow old, and until
 * what was sent on a WebSocket has come: some turns after the last. Each step passes in one turn: what came from a socket in
 * the midst of one could set a timer for a moment that has passed when the step ends, and such a timer never rings.
 */
async function pass(milliseconds: number): Promise<void> {
  for (let left = milliseconds; left > 0; left -= step) {
    for (let calm = 0; calm < 3; calm++) {
      if (underWay.size > 0) calm = 0;
      await Promise.allSettled(underWay);
      await turn();
    }
    vi.advanceTimersByTime(Math.min(left, step));
  }
}

/** A quarter of an hour of the test’s time at most is waited for: what was refused is left alone for five minutes. */
async function until(check: () => void): Promise<void> {
  for (let tries = 0; tries < 2250; tries++) {
    try {
      return check();
    } catch {
      await pass(400);
    }
  }
  check();
}

const venueOf = (name: (typeof sandboxVenues)[number]) => sandbox.venues[name];

const shown = (orders: readonly { id: string; remaining?: string | undefined }[]) =>
  orders.map(({ id, remaining }) => `${id.toLowerCase()} ${Number(remaining)}`).toSorted();

const standing = (name: (typeof sandboxVenues)[number]) =>
  shown(
    venueOf(name)
      .book.open()
      .map(({ id, quantity, filled }) => ({
        id,
        remaining: String(Number((Number(quantity) - Number(filled)).toFixed(8))),
      })),
  );

const faults: readonly StreamFault[] = [
  { kind: 'drop' },
  { kind: 'silence' },
  { kind: 'lost' },
  { kind: 'duplicate' },
  { kind: 'out-of-order' },
  { kind: 'garbage' },
  { kind: 'refuse-login' },
  { kind: 'full' },
  { kind: 'full', how: 'closed' },
];

const seeds = (process.env['STREAM_SEEDS'] ?? '1').split(',').map(Number);

test.each(seeds)(
  'an hour of streams with whatever trouble leaves list and books as the venues’ (seed %i)',
  async (seed) => {
    const random = randomFrom(seed);
    const pick = <Item>(items: readonly Item[]): Item | undefined =>
      items[Math.floor(random() * items.length)];
    const { publisher, openOrders, streams } = await worker();
    const isLive = () =>
      expect(publisher.view.streams).toEqual(
        Object.fromEntries(sandboxVenues.map((name) => [name, 'live'])),
      );
    streams.use();
    await until(isLive);

    const end = Date.now() + 3_600_000;
    while (Date.now() < end) {
      const name = pick(sandboxVenues);
      if (name === undefined) break;
      const { book, sockets } = venueOf(name);
      const order = pick(book.open());
      const chance = random();
      if (chance < 0.15) {
        const fault = pick(faults);
        if (fault) sockets.faults.add(fault);
      } else if (chance < 0.18) sockets.cut();
      else if (chance < 0.2) sockets.silence();
      else if (!order || chance < 0.5) book.place({ ...forTests(name).order, quantity: '8' });
      else if (chance < 0.65) book.fill(order.id, Number(order.filled) < 6 ? '1' : undefined);
      else if (chance < 0.75)
        book.amend(order.id, { quantity: String(Number(order.quantity) + 1) });
      else if (chance < 0.9) book.cancel(order.id);
      else book.fill(order.id);
      // Often right after one another, sometimes with a rest between.
      await pass(random() < 0.7 ? 100 : 20_000 * random());
    }

    // Once more cut off, for long enough that what happens then is told by nobody.
    for (const name of sandboxVenues) {
      const { sockets } = venueOf(name);
      sockets.faults.clear();
      sockets.faults.add({ kind: 'full' }, { times: 'always' });
      sockets.cut();
    }
    await pass(20_000);
    for (const name of sandboxVenues) {
      const { book } = venueOf(name);
      for (const { id } of book.open().slice(0, 2)) book.cancel(id);
      book.place({ ...forTests(name).order, quantity: '8' });
    }
    await pass(1000);

    // Calm again, each comes back by itself, and with it whatever was missed.
    for (const name of sandboxVenues) venueOf(name).sockets.faults.clear();
    await until(isLive);
    await until(() => {
      for (const name of sandboxVenues) {
        const id = name as string as AccountId;
        expect(shown(openOrders.known(id).orders), name).toEqual(standing(name));
        expect(shown(publisher.view.orders[id]?.orders ?? []), name).toEqual(standing(name));
      }
    });

    streams.shut();
    await until(() => {
      for (const name of sandboxVenues) expect(venueOf(name).sockets.open).toEqual([]);
    });
  },
  120_000,
);
