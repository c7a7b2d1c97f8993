import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CancelReply } from '#lib/domain/reply.ts';
import {
  accepted,
  mine,
  pass,
  settle,
  start,
  untilIdle,
} from '#tests/unit/worker/cancel/cancel-world.ts';
import { begun, plain } from './sweeper-world.ts';

/** The machine sleeps during a “Cancel all”: the wish is then an hour old, and nothing more is sent for it. */

beforeEach(() => {
  vi.useFakeTimers({
    now: start,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  });
});
afterEach(() => {
  vi.useRealTimers();
});

/** Timers stand still meanwhile. */
const sleep = () => vi.setSystemTime(Date.now() + 3_600_000);
/** The venue takes it, and does not do it. */
const idle = (): CancelReply => accepted;

test('while its orders wait for their turn', async () => {
  const { sweeper, sweep, requests, lane } = begun();
  lane?.holdBack('cancel', 5000, start);
  await sweeper.begin({ accountId: mine }, false);
  await settle();
  sleep();
  await untilIdle(sweeper);
  expect(requests('cancel')).toBe(0);
  expect(sweep().accounts[0]).toMatchObject({ phase: 'left', reading: { meant: 3 } });
});

test.each([
  ['before the answers', 100, 200],
  ['while its orders are read', 700, 0],
  ['between two looks at what is left', 3000, 0],
])('%s', async (_, after, latency) => {
  const { sweeper, sweep, requests, place } = begun({ cancel: idle, latency });
  await sweeper.begin({ accountId: mine }, false);
  await pass(after);
  const sent = requests('cancel');
  place(mine, ...plain('new'));
  sleep();
  await untilIdle(sweeper);
  expect(sent).toBeGreaterThan(0);
  expect(requests('cancel')).toBe(sent);
  expect(sweep().accounts[0]).toMatchObject({ phase: 'left', reading: { meant: 4 } });
});

test('awake all the time, it takes as long as it takes, and then sweeps', async () => {
  const { sweeper, book, lane, place } = begun();
  lane?.holdBack('cancel', 200_000, start);
  await sweeper.begin({ accountId: mine }, false);
  await pass(100_000);
  place(mine, ...plain('new'));
  await untilIdle(sweeper);
  expect(book()).toEqual([]);
});
