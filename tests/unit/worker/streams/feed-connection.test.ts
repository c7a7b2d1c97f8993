import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Feed } from '#lib/venues/feed.ts';
import { feed as binance } from '#lib/venues/binance/feed.ts';
import { feed as btcturk } from '#lib/venues/btcturk/feed.ts';
import { feed as habitTrade } from '#lib/venues/habit-trade/feed.ts';
import { feed as ripio } from '#lib/venues/ripio/feed.ts';
import { feed as ztdx } from '#lib/venues/ztdx/feed.ts';
import { openFeedConnection } from '#lib/worker/streams/feed-connection.ts';
import { fakeSockets, pass, signer, start } from './streams-world.ts';

beforeEach(() => vi.useFakeTimers({ now: start }));
afterEach(() => vi.useRealTimers());

const patience = 10_000;
const loggedIn = [114, { type: 114, ok: true }];
const looked = [423, { orderId: '7' }];

/** A connection that has just been asked for, and all that is told of it. */
function connectionOf(feed: Feed, index = 0) {
  const { openSocket, last } = fakeSockets();
  const told: string[] = [];
  const connection = openFeedConnection(
    feed,
    {
      open: (events) => openSocket('ws://venue', events),
      greeting: feed.greetings[index] ?? [],
      pass: 'the-pass',
      signer,
      venueNow: Date.now,
    },
    {
      onRunning: () => told.push('running'),
      onNews: (news, number) =>
        told.push(`${news.map(({ kind }) => kind).join()} ${number ?? ''}`.trim()),
      onOver: (refusal) => told.push(refusal ? `refused: ${refusal.kind}` : 'over'),
    },
  );
  return { connection, socket: last(), told };
}

describe('the greeting', () => {
  test('goes out when it is open, and once it is taken the stream runs', async () => {
    const { socket, told } = connectionOf(btcturk);
    await pass(0);
    expect(socket.sent).toEqual([]);
    socket.open();
    await pass(0);
    expect(socket.sent).toMatchObject([expect.stringContaining('"nonce":3000')]);
    // What the venue says by itself before is nothing.
    socket.say([991, { type: 991 }]);
    expect(told).toEqual([]);
    socket.say(loggedIn);
    expect(told).toEqual(['running']);
  });

  test('goes text by text, each once the one before has been taken', async () => {
    const { socket, told } = connectionOf(ztdx);
    socket.open();
    await pass(0);
    expect(socket.sent).toEqual(['{"type":"auth","listenKey":"the-pass"}']);
    socket.say({ type: 'auth_result', success: true });
    await pass(0);
    expect(socket.sent.slice(1)).toEqual(['{"type":"subscribe","channel":"orders"}']);
    expect(told).toEqual([]);
    socket.say({ type: 'subscribed', channel: 'orders' });
    expect(told).toEqual(['running']);
  });

  test('of which the venue says nothing is taken where news comes', async () => {
    const { socket, told } = connectionOf(btcturk);
    socket.open();
    await pass(0);
    socket.say(looked);
    expect(told).toEqual(['running', 'look']);
  });

  test('there is none: it runs as soon as it is open', () => {
    const { socket, told } = connectionOf(habitTrade);
    socket.open();
    expect(told).toEqual(['running']);
  });

  test('that is refused ends it, with what the venue said; once', async () => {
    const { socket, told } = connectionOf(btcturk);
    socket.open();
    await pass(0);
    const refused = [114, { type: 114, ok: false, message: 'Unauthorized - Invalid Request' }];
    socket.say(refused, refused, loggedIn);
    socket.cut();
    expect(told).toEqual(['refused: refused']);
    expect(socket.isClosed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a stream that the venue says is over ends the connection, so that another one opens', async () => {
    const { socket, told } = connectionOf(binance);
    socket.open();
    await pass(0);
    socket.say({ id: 'subscribe', status: 200, result: { subscriptionId: 0 } });
    socket.say({ subscriptionId: 0, event: { e: 'eventStreamTerminated', E: 1_728_973_001_334 } });
    expect(told).toEqual(['running', 'over']);
    expect(socket.isClosed).toBe(true);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('a refusal once it runs means nothing', async () => {
    const { socket, told } = connectionOf(btcturk);
    socket.open();
    await pass(0);
    socket.say(loggedIn, [114, { type: 114, ok: false, message: 'Already logged in' }], looked);
    expect(told).toEqual(['running', 'look']);
  });

  test('that cannot be signed ends it', async () => {
    const fails: Feed = { ...btcturk, greetings: [[() => Promise.reject(new Error('no key'))]] };
    const { socket, told } = connectionOf(fails);
    socket.open();
    await pass(0);
    expect(told).toEqual(['over']);
  });
});

describe('it is given up', () => {
  test('where it does not open', async () => {
    const { told, socket } = connectionOf(btcturk);
    await pass(patience - 1);
    expect(told).toEqual([]);
    await pass(1);
    expect(told).toEqual(['over']);
    expect(socket.isClosed).toBe(true);
  });

  test('where nothing comes for the greeting', async () => {
    const { told, socket } = connectionOf(btcturk);
    socket.say([991, { type: 991 }]);
    socket.open();
    await pass(patience);
    expect(told).toEqual(['over']);
  });

  test('but not where something has come that no document tells to be the answer', async () => {
    const { told, socket } = connectionOf(ripio);
    socket.open();
    await pass(0);
    socket.say({ method: 'pong' });
    await pass(patience);
    expect(told).toEqual(['running']);
  });

  test('nor where an earlier text waits for its answer in vain, whatever else comes', async () => {
    const { told, socket } = connectionOf(ztdx);
    socket.open();
    await pass(0);
    socket.say({ type: 'something' });
    await pass(patience);
    expect(told).toEqual(['over']);
  });

  test('where nothing has come for so long, of whatever kind', async () => {
    const { told, socket } = connectionOf(habitTrade);
    socket.open();
    await pass(74_999);
    socket.say('heartbeat');
    await pass(74_999);
    expect(told).toEqual(['running']);
    await pass(1);
    expect(told).toEqual(['running', 'over']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('where the venue closes it', async () => {
    const { told, socket } = connectionOf(btcturk);
    socket.open();
    await pass(0);
    socket.say(loggedIn);
    socket.cut();
    expect(told).toEqual(['running', 'over']);
    expect(vi.getTimerCount()).toBe(0);
  });
});

test('a silence from its opening on is noticed too', async () => {
  const { told, socket } = connectionOf(habitTrade);
  socket.open();
  await pass(75_000);
  expect(told).toEqual(['running', 'over']);
});

test('pings go out at the venue’s pace', async () => {
  const { socket } = connectionOf(ripio);
  socket.open();
  await pass(0);
  socket.say({ method: 'subscribe', topics: ['order_status'] });
  await pass(50_000);
  expect(socket.sent.slice(1)).toEqual(['{"method":"ping"}', '{"method":"ping"}']);
});

test('what is no text, or longer than any message, is nothing', async () => {
  const { socket, told } = connectionOf(btcturk);
  socket.open();
  await pass(0);
  socket.say(JSON.stringify([114, { type: 114, ok: true, message: ' '.repeat(300_000) }]));
  expect(told).toEqual([]);
});

test('closed by us nothing more is heard of it, and nothing remains', async () => {
  const { connection, socket, told } = connectionOf(ripio);
  socket.open();
  await pass(0);
  connection.close();
  socket.say({ method: 'subscribe', topics: ['order_status'] });
  socket.cut();
  expect(socket.isClosed).toBe(true);
  expect(told).toEqual([]);
  expect(vi.getTimerCount()).toBe(0);
});

const lookAt = (pad: string) => [423, { orderId: '7', pad }];

/** Of so many bytes. */
function padded(bytes: number): unknown {
  return lookAt('x'.repeat(bytes - JSON.stringify(lookAt('')).length));
}

describe('a message of any size or depth', () => {
  test.each<[what: string, message: unknown, reads: number, told: readonly string[]]>([
    ['of 256,000 bytes is read', padded(256_000), 1, ['look']],
    ['of 256,001 is not', padded(256_001), 0, []],
    ['of 50 MB is not', padded(50_000_000), 0, []],
    [
      'that names no order but a million digits',
      [423, { orderId: '9'.repeat(200_000) }],
      1,
      ['look'],
    ],
  ])('%s, and the stream goes on', async (_, message, reads, news) => {
    const read = vi.fn((text: string) => btcturk.read(text));
    const { socket, told } = connectionOf({ ...btcturk, read });
    socket.open();
    await pass(0);
    socket.say(loggedIn);
    read.mockClear();
    socket.say(message);
    expect(read).toHaveBeenCalledTimes(reads);
    expect(told).toEqual(['running', ...news]);
    socket.say(looked);
    expect(told).toEqual(['running', ...news, 'look']);
  });

  test.each([btcturk, habitTrade, ripio, ztdx])('nested 100,000 deep it says nothing', (feed) => {
    expect(feed.read('['.repeat(100_000))).toEqual({ kind: 'other' });
    expect(feed.read('{"type":'.repeat(30_000))).toEqual({ kind: 'other' });
    expect(feed.read('9'.repeat(256_000))).toEqual({ kind: 'other' });
  });
});
