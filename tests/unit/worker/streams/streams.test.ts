import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import type { VenueId } from '#lib/domain/venue-id.ts';
import type { View } from '#lib/protocol/view.ts';
import { venues } from '#lib/venues/venues.ts';
import type { OpenAccount } from '#lib/worker/accounts/open-accounts.ts';
import { createLane } from '#lib/worker/lanes/lane.ts';
import type { SocketSession } from '#lib/worker/network/socket-session.ts';
import { createStreams } from '#lib/worker/streams/streams.ts';
import { accountOf } from '#tests/unit/support/view-world.ts';
import { fakeSockets, pass, signer, start } from './streams-world.ts';

beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => vi.useRealTimers());

const [one, two] = ['one' as AccountId, 'two' as AccountId];
const loggedIn = [114, { type: 114, ok: true }];

interface Given {
  readonly venue?: VenueId;
  readonly socket?: SocketSession;
  /** Whether the browser can send headers with a handshake. */
  readonly canSendHeaders?: boolean;
}

/** Two accounts at most, whose venue the test plays. */
function world({ venue = 'btcturk', socket, canSendHeaders = false }: Given = {}) {
  const { sockets, last, openSocket, openSocketWithHeaders } = fakeSockets();
  const accounts = new Map<AccountId, OpenAccount>();
  const add = (id: AccountId) =>
    accounts.set(id, {
      account: accountOf(id, venue, id),
      client: { venue: venues[venue], signer, venueNow: Date.now, ...(socket && { socket }) },
      lane: createLane(),
    } as unknown as OpenAccount);
  add(one);
  const state = { isInFlight: false, isPopupOpen: false };
  const published: View['streams'][] = [];
  const told: string[] = [];
  const closed: AccountId[] = [];
  const streams = createStreams({
    accounts: () => accounts.entries(),
    transport: {
      send: () => Promise.reject(new Error('nothing is asked')),
      openSocket,
      ...(canSendHeaders && { openSocketWithHeaders }),
    },
    isInFlight: () => state.isInFlight,
    isPopupOpen: () => Promise.resolve(state.isPopupOpen),
    publish: (all) => published.push(all),
    onKept: (isKept) => told.push(isKept ? 'kept' : 'not kept'),
    onNews: (id, news) => told.push(...news.map(({ kind }) => `${id} ${kind}`)),
    onRunning: (id) => told.push(`${id} runs`),
    onLoss: (id) => told.push(`${id} loss`),
    onClosed: (id) => closed.push(id),
  });
  const open = () => sockets.filter(({ isClosed }) => !isClosed);
  return { streams, accounts, add, state, published, told, closed, sockets, last, open };
}

/** A session that the test opens, speaks on and ends. */
function fakeSession() {
  const openings: ((isReady: boolean) => void)[] = [];
  let rests = 0;
  let listener: Parameters<SocketSession['listen']>[0] | undefined;
  const socket: SocketSession = {
    cancel: () => Promise.resolve(undefined),
    open: () => new Promise((resolve) => openings.push(resolve)),
    follow: () => undefined,
    listen: (to) => (listener = to),
    rest: () => void rests++,
    close: () => undefined,
  };
  return {
    socket,
    openings,
    rests: () => rests,
    say: (message: object) => listener?.onText(JSON.stringify(message)),
    end: () => listener?.onOver(),
  };
}

describe('in use', () => {
  test('they open behind what they are used for, and tell how they stand', async () => {
    const { streams, sockets, published, told, last } = world();
    streams.use();
    streams.use();
    await pass(49);
    expect(sockets).toEqual([]);
    await pass(1);
    expect(sockets.map(({ url }) => url)).toEqual(['wss://ws-feed-pro.btcturk.com/']);
    last().open();
    await pass(0);
    last().say(loggedIn, [423, { orderId: '7' }]);
    expect(published).toEqual([{ [one]: 'connecting' }, { [one]: 'live' }]);
    expect(told).toEqual(['one runs', 'one look']);
  });

  test('a minute after the last use they are closed, and nothing remains', async () => {
    const { streams, published, open, last, closed } = world();
    streams.use();
    await pass(50);
    last().open();
    await pass(0);
    last().say(loggedIn);
    await pass(40_000);
    streams.use();
    await pass(59_000);
    expect(open()).toHaveLength(1);
    await pass(21_000);
    expect(open()).toEqual([]);
    expect(published.at(-1)).toEqual({});
    expect(closed).toEqual([one]);
    expect(vi.getTimerCount()).toBe(0);
    streams.use();
    await pass(50);
    expect(open()).toHaveLength(1);
  });

  test('also where the clock is set back meanwhile', async () => {
    const { streams, closed } = world();
    streams.use();
    await pass(50);
    vi.setSystemTime(Date.now() - 3_600_000);
    await pass(80_000);
    expect(closed).toEqual([one]);
    expect(vi.getTimerCount()).toBe(0);
  });

  test.each(['isInFlight', 'isPopupOpen'] as const)('they stay while %s', async (use) => {
    const { streams, state, open, last } = world();
    state[use] = true;
    streams.use();
    await pass(50);
    last().open();
    await pass(0);
    last().say(loggedIn);
    await pass(3_600_000);
    expect(open()).toHaveLength(1);
    state[use] = false;
    await pass(80_000);
    expect(open()).toEqual([]);
    expect(vi.getTimerCount()).toBe(0);
  });
});

describe('kept live', () => {
  test('they open with the vault and stay, until it is no longer wanted and they are of no use', async () => {
    const { streams, open, told, last } = world();
    streams.keepLive(true);
    await pass(50);
    last().open();
    await pass(0);
    last().say(loggedIn);
    await pass(3_600_000);
    expect(open()).toHaveLength(1);
    streams.keepLive(false);
    await pass(80_000);
    expect(open()).toEqual([]);
    expect(told).toEqual(['kept', 'one runs', 'not kept']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('with a popup open, the worker’s start opens them', async () => {
    const { streams, state, open } = world();
    state.isPopupOpen = true;
    streams.keepLive(false);
    await pass(100);
    expect(open()).toHaveLength(1);
  });

  test('not wanted, the vault’s opening alone opens nothing', async () => {
    const { streams, sockets, told } = world();
    streams.keepLive(false);
    await pass(3_600_000);
    expect(sockets).toEqual([]);
    expect(told).toEqual([]);
  });
});

describe('closed at once', () => {
  test('when the vault locks: nothing opens them until it is open again', async () => {
    const { streams, state, sockets, open, published } = world();
    state.isInFlight = true;
    streams.keepLive(true);
    await pass(50);
    streams.shut();
    expect(open()).toEqual([]);
    expect(published.at(-1)).toEqual({});
    expect(vi.getTimerCount()).toBe(0);
    streams.use();
    await pass(600_000);
    expect(sockets).toHaveLength(1);
    streams.keepLive(false);
    streams.use();
    await pass(50);
    expect(open()).toHaveLength(1);
  });

  test('also between a use and the opening', async () => {
    const { streams, sockets } = world();
    streams.use();
    streams.shut();
    await pass(600_000);
    expect(sockets).toEqual([]);
  });

  test('when the account is removed; the others stay', async () => {
    const { streams, accounts, add, open, published } = world();
    add(two);
    streams.use();
    await pass(50);
    expect(open()).toHaveLength(2);
    accounts.delete(one);
    streams.drop(one);
    expect(open()).toHaveLength(1);
    expect(published.at(-1)).toEqual({ [two]: 'connecting' });
  });

  test('when its key is another, which has a stream of its own from then on', async () => {
    const { streams, add, sockets, open } = world();
    streams.use();
    await pass(50);
    add(one);
    streams.drop(one);
    streams.use();
    await pass(50);
    expect(sockets).toHaveLength(2);
    expect(open()).toHaveLength(1);
  });
});

describe('headers of the handshake', () => {
  test('are sent where the browser can', async () => {
    const { streams, last } = world({ venue: 'habit-trade', canSendHeaders: true });
    streams.use();
    await pass(50);
    expect(last().url).toBe('wss://api.habittrade.com/ws/trade/v1');
    expect(last().headers).toMatchObject({ 'X-API-Key': 'key' });
  });

  test('where it cannot there is no stream', async () => {
    const { streams, sockets, published } = world({ venue: 'habit-trade' });
    streams.use();
    await pass(600_000);
    expect(sockets).toEqual([]);
    expect(published).toEqual([]);
  });
});

describe('on the WebSocket that cancels use', () => {
  const login = { event: 'login', success: true };
  const subscribed = { event: 'subscribe', success: true };
  const closedPush = {
    table: 'order',
    data: [{ notice: 'OrderClosed', status: 'CANCELED_BY_USER', orderId: '7' }],
  };

  test('it runs once both the login and the subscription have been taken', async () => {
    const session = fakeSession();
    const { streams, published, told, sockets } = world({ venue: 'ox-fun', ...session });
    streams.use();
    await pass(50);
    session.say(login);
    session.openings[0]?.(true);
    await pass(0);
    expect(published.at(-1)).toEqual({ [one]: 'connecting' });
    session.say(subscribed);
    expect(published.at(-1)).toEqual({ [one]: 'live' });
    expect(told).toEqual(['one runs']);
    expect(sockets).toEqual([]);
  });

  test('it runs at once where a cancel has opened it; what is told before is heard', async () => {
    const session = fakeSession();
    const { streams, published, told } = world({ venue: 'ox-fun', ...session });
    streams.use();
    session.say(login);
    session.say(subscribed);
    session.say(closedPush);
    expect(told).toEqual(['one ended']);
    await pass(50);
    session.openings[0]?.(true);
    await pass(0);
    expect(published.at(-1)).toEqual({ [one]: 'live' });
  });

  test('where it ends another is opened; of no use any more it is left to the cancels', async () => {
    const session = fakeSession();
    const { streams, told } = world({ venue: 'ox-fun', ...session });
    streams.use();
    await pass(50);
    session.openings[0]?.(true);
    session.say(login);
    session.say(subscribed);
    session.end();
    expect(told).toEqual(['one runs', 'one loss']);
    await pass(500);
    expect(session.openings).toHaveLength(2);
    expect(session.rests()).toBe(0);
    await pass(80_000);
    expect(session.rests()).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a stream that is refused on it keeps it from being closed no longer than it is of use', async () => {
    const session = fakeSession();
    const { streams, published } = world({ venue: 'ox-fun', ...session });
    streams.use();
    await pass(50);
    session.openings[0]?.(true);
    session.say(login);
    session.say({ event: 'subscribe', success: false, code: '20001', message: 'No right' });
    await pass(0);
    expect(published.at(-1)).toEqual({ [one]: 'down' });
    expect(session.rests()).toBe(0);
    await pass(80_000);
    expect(session.rests()).toBe(1);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a login that is refused is not tried again soon', async () => {
    const session = fakeSession();
    const { streams, state, published } = world({ venue: 'ox-fun', ...session });
    state.isPopupOpen = true;
    streams.use();
    await pass(50);
    session.say({ event: 'login', success: false, code: '20000', message: 'Signature is invalid' });
    session.end();
    session.openings[0]?.(false);
    await pass(0);
    expect(published.at(-1)).toEqual({ [one]: 'down' });
    await pass(299_000);
    expect(session.openings).toHaveLength(1);
    await pass(2000);
    expect(session.openings).toHaveLength(2);
  });
});
