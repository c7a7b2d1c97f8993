import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Feed } from '#lib/venues/feed.ts';
import { feed as btcturk } from '#lib/venues/btcturk/feed.ts';
import { feed as ripio } from '#lib/venues/ripio/feed.ts';
import { feed as ztdx } from '#lib/venues/ztdx/feed.ts';
import { createLane } from '#lib/worker/lanes/lane.ts';
import type { FeedEvents } from '#lib/worker/streams/feed-connection.ts';
import { reconnectPause } from '#lib/worker/streams/pauses.ts';
import { createStream } from '#lib/worker/streams/stream.ts';
import { fakeAccount, pass, start } from './streams-world.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: start });
  // The longest of each pause.
  vi.spyOn(Math, 'random').mockReturnValue(1);
});
afterEach(() => {
  vi.useRealTimers();
  vi.restoreAllMocks();
});

interface Attempt {
  /** With which of the greetings, and with which pass. */
  readonly greeting: number;
  readonly pass: string | undefined;
  /** How long after the beginning, in milliseconds. */
  readonly at: number;
  readonly events: FeedEvents;
  isClosed: boolean;
}

/** A stream whose connections are played by the test. */
function streamOf(feed: Feed, lane = createLane()) {
  const account = fakeAccount(lane);
  const attempts: Attempt[] = [];
  const told: string[] = [];
  const stream = createStream(
    feed,
    account.account,
    (greeting, given, events) => {
      const attempt = { greeting, pass: given, at: Date.now() - start, events, isClosed: false };
      attempts.push(attempt);
      return { close: () => void (attempt.isClosed = true) };
    },
    {
      onState: (state) => told.push(state),
      onRunning: () => told.push('read'),
      onNews: (news) => told.push(...news.map(({ kind }) => kind)),
      onLoss: () => told.push('loss'),
    },
  );
  const last = (): Attempt => {
    const attempt = attempts.at(-1);
    if (!attempt) throw new Error('nothing was opened');
    return attempt;
  };
  return { stream, attempts, told, last, ...account };
}

const look = [{ kind: 'look' }] as const;
const wrongKey = { kind: 'refused', reason: 'unauthorized' } as const;

test('it opens once, tells how it stands, has the list read when it runs, and hands on the news', async () => {
  const { stream, attempts, told, last } = streamOf(btcturk);
  stream.open();
  stream.open();
  await pass(0);
  last().events.onRunning();
  last().events.onNews(look);
  expect(attempts).toHaveLength(1);
  expect(told).toEqual(['connecting', 'live', 'read', 'look']);
});

test('closed nothing of it remains, and what comes late is not heard', async () => {
  const { stream, told, last } = streamOf(btcturk);
  stream.open();
  await pass(0);
  last().events.onRunning();
  stream.close();
  last().events.onNews(look);
  last().events.onOver();
  await pass(600_000);
  expect(last().isClosed).toBe(true);
  expect(told).toEqual(['connecting', 'live', 'read']);
  expect(vi.getTimerCount()).toBe(0);
});

test('opened again it begins anew', async () => {
  const { stream, attempts, told } = streamOf(btcturk);
  stream.open();
  stream.close();
  stream.open();
  await pass(0);
  expect(attempts.map(({ isClosed }) => isClosed)).toEqual([true, false]);
  expect(told).toEqual(['connecting', 'connecting']);
});

describe('a connection that ends', () => {
  test('is followed by another, soon; what was missed is a loss', async () => {
    const { stream, attempts, told, last } = streamOf(btcturk);
    stream.open();
    await pass(0);
    last().events.onRunning();
    await pass(60_000);
    last().events.onOver();
    expect(told.splice(0)).toEqual(['connecting', 'live', 'read', 'loss', 'connecting']);
    await pass(500);
    last().events.onRunning();
    expect(attempts).toHaveLength(2);
    expect(told).toEqual(['live', 'read']);
  });

  test('again and again is opened ever later, a minute at the longest, and is called down', async () => {
    const { stream, attempts, told, last } = streamOf(btcturk);
    stream.open();
    for (let count = 0; count < 9; count++) {
      await pass(0);
      last().events.onOver();
      await vi.runOnlyPendingTimersAsync();
    }
    expect(attempts.map(({ at }, index) => at - (attempts[index - 1]?.at ?? 0))).toEqual([
      0, 500, 1000, 2000, 4000, 8000, 16_000, 32_000, 60_000, 60_000,
    ]);
    expect(new Set(told.slice(2))).toEqual(new Set(['down']));
  });

  test('right after it came to run is no good one: the pause grows on', async () => {
    const { stream, attempts, last } = streamOf(btcturk);
    stream.open();
    for (let count = 0; count < 4; count++) {
      await pass(0);
      last().events.onRunning();
      await pass(1000);
      last().events.onOver();
      await vi.runOnlyPendingTimersAsync();
    }
    expect(attempts.map(({ at }) => at)).toEqual([0, 1500, 3500, 6500, 11_500]);
  });
});

test.each([0, 1, 2, 5, 7, 100])(
  'after %i failures the pause is no shorter than half, and never over a minute',
  (failures) => {
    fc.assert(
      fc.property(fc.double({ min: 0, max: 1, noNaN: true }), (random) => {
        const whole = Math.min(500 * 2 ** failures, 60_000);
        const pause = reconnectPause(failures, random);
        expect(pause).toBeGreaterThanOrEqual(whole / 2);
        expect(pause).toBeLessThanOrEqual(whole);
      }),
    );
  },
);

describe('a greeting that is refused', () => {
  test('is followed by the next, on a new connection, which is kept to', async () => {
    const { stream, attempts, last } = streamOf(btcturk);
    stream.open();
    await pass(0);
    last().events.onOver(wrongKey);
    await pass(0);
    last().events.onRunning();
    await pass(60_000);
    last().events.onOver();
    await pass(500);
    expect(attempts.map(({ greeting }) => greeting)).toEqual([0, 1, 1]);
  });

  test('where all are, it is left alone for five minutes', async () => {
    const { stream, attempts, told, last } = streamOf(btcturk);
    stream.open();
    for (let count = 0; count < 2; count++) {
      await pass(0);
      last().events.onOver(wrongKey);
    }
    expect(told.at(-1)).toBe('down');
    await pass(299_999);
    expect(attempts).toHaveLength(2);
    await pass(1);
    expect(attempts).toHaveLength(3);
  });

  test('for the time has the venue’s clock read first', async () => {
    const { stream, attempts, last, clockReadings } = streamOf(btcturk);
    stream.open();
    await pass(0);
    last().events.onOver({ kind: 'invalid-time' });
    await pass(1000);
    expect(attempts).toHaveLength(1);
    clockReadings[0]?.();
    await pass(500);
    expect(attempts).toHaveLength(2);
  });

  test('for coming too often waits as long as it is told', async () => {
    const { stream, attempts, last } = streamOf(btcturk);
    stream.open();
    await pass(0);
    last().events.onOver({ kind: 'rate-limited', retryAfter: 30_000 });
    await pass(29_999);
    expect(attempts).toHaveLength(1);
    await pass(1);
    expect(attempts.map(({ greeting }) => greeting)).toEqual([0, 0]);
  });
});

describe('a pass', () => {
  const ticket = { kind: 'pass', pass: 'one' } as const;

  test('is fetched before each connection, by the lane', async () => {
    const { stream, attempts, asked, answers, last } = streamOf(ripio);
    stream.open();
    await pass(0);
    expect(asked).toEqual(['POST /trade/ticket']);
    expect(attempts).toEqual([]);
    answers[0]?.(ticket);
    await pass(0);
    expect(last().pass).toBe('one');
    last().events.onRunning();
    last().events.onOver();
    await pass(500);
    answers[1]?.({ ...ticket, pass: 'two' });
    await pass(0);
    expect(last().pass).toBe('two');
  });

  test('is not asked for while the venue has asked to wait, nor once the stream is closed', async () => {
    const lane = createLane();
    const { stream, asked } = streamOf(ripio, lane);
    lane.holdBack('read', 5000, start);
    stream.open();
    await pass(4999);
    expect(asked).toEqual([]);
    await pass(1);
    expect(asked).toHaveLength(1);
    const { stream: other, asked: others } = streamOf(ripio, lane);
    // Two readings are under way at most: this one waits.
    void lane.enter('read');
    other.open();
    other.close();
    await pass(60_000);
    expect(others).toEqual([]);
  });

  test('that is refused leaves the stream alone; told to wait, readings wait too', async () => {
    const lane = createLane();
    const { stream, told, answers, asked } = streamOf(ripio, lane);
    stream.open();
    await pass(0);
    answers[0]?.({ kind: 'rate-limited', retryAfter: 2000 });
    await pass(0);
    expect(lane.told('read', Date.now())).toBe(2000);
    expect(lane.told('cancel', Date.now())).toBe(0);
    await pass(2000);
    answers[1]?.(wrongKey);
    await pass(299_999);
    expect(told.at(-1)).toBe('down');
    expect(asked).toHaveLength(2);
    await pass(1);
    expect(asked).toHaveLength(3);
  });

  test('is renewed while it runs, and where it is another, so is the connection', async () => {
    const { stream, attempts, answers, told, asked, last } = streamOf(ztdx);
    stream.open();
    await pass(0);
    answers[0]?.(ticket);
    await pass(0);
    last().events.onRunning();
    await pass(1_800_000);
    answers[1]?.(ticket);
    await pass(1_800_000);
    answers[2]?.({ kind: 'unknown' });
    expect(attempts).toHaveLength(1);
    await pass(1_800_000);
    told.splice(0);
    answers[3]?.({ ...ticket, pass: 'two' });
    await pass(0);
    expect(asked).toHaveLength(4);
    expect(attempts.map(({ pass: given, isClosed }) => [given, isClosed])).toEqual([
      ['one', true],
      ['two', false],
    ]);
    expect(told).toEqual(['loss', 'connecting']);
  });
});

describe('where the venue counts', () => {
  test.each([
    { numbers: [5, 6, 7], losses: 0 },
    { numbers: [5, 7], losses: 1 },
    { numbers: [5, 5, 6], losses: 0 },
    // The late one fills the gap too late.
    { numbers: [5, 7, 6, 8], losses: 1 },
    { numbers: [5, 7, 9], losses: 2 },
  ])('$numbers: $losses', async ({ numbers, losses }) => {
    const { stream, answers, told, last } = streamOf(ripio);
    stream.open();
    await pass(0);
    answers[0]?.({ kind: 'pass', pass: 'one' });
    await pass(0);
    last().events.onRunning();
    for (const number of numbers) last().events.onNews(look, number);
    expect(told.filter((each) => each === 'look')).toHaveLength(numbers.length);
    expect(told.filter((each) => each === 'loss')).toHaveLength(losses);
  });
});

test('where none can be opened it is tried again', async () => {
  const { account } = fakeAccount();
  let tries = 0;
  const stream = createStream(
    btcturk,
    account,
    () => {
      tries++;
      throw new Error('forbidden');
    },
    { onState: () => {}, onRunning: () => {}, onNews: () => {}, onLoss: () => {} },
  );
  stream.open();
  await pass(500);
  expect(tries).toBe(2);
  stream.close();
  expect(vi.getTimerCount()).toBe(0);
});
