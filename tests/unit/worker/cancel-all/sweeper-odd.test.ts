import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { accountSweepWords, sweepHeadline } from '#lib/words/sweep-words.ts';
import { start, untilIdle, mine } from '#tests/unit/worker/cancel/cancel-world.ts';
import { begun, plain } from './sweeper-world.ts';

/** “Cancel all” where the list has orders that cannot be read. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

test('what can be read is cancelled, and the account is not called empty', async () => {
  const { sweeper, sweep, book } = begun({ unreadable: () => 1 });
  await sweeper.begin({ accountId: mine }, false);
  await untilIdle(sweeper);
  expect(book()).toEqual([]);
  const [account] = sweep().accounts;
  expect(account).toMatchObject({
    phase: 'left',
    tally: { cancelled: 3 },
    reading: { open: 0, meant: 0, unreadable: 1 },
  });
  if (!account) throw new Error('no account');
  const words = accountSweepWords(account, 'Mine', Date.now());
  expect(words).toMatch(/^1 order could not be read on Mine, it may be open/);
  expect(words).not.toContain('0 open');
  expect(sweepHeadline(sweep())).toBe('3 of 3 cancelled, 1 order could not be read');
});

test('nothing that could be read was open: not “Nothing was open”', async () => {
  const { sweeper, sweep } = begun({ unreadable: () => 2 }, []);
  await sweeper.begin({ accountId: mine }, false);
  await untilIdle(sweeper);
  expect(sweep().accounts[0]?.phase).toBe('left');
  expect(sweepHeadline(sweep())).toBe('Nothing was cancelled, 2 orders could not be read');
});

test('odd only in the list it began with: the last reading counts', async () => {
  const { sweeper, sweep } = begun({ unreadable: (time) => (time < 0 ? 1 : 0) });
  await sweeper.begin({ accountId: mine }, false);
  await untilIdle(sweeper);
  expect(sweep().accounts[0]).toMatchObject({ phase: 'empty', reading: { open: 0 } });
  expect(sweep().accounts[0]?.reading).not.toHaveProperty('unreadable');
});

test.each([
  ['protective orders are kept: what cannot be read may be one', false, 0],
  ['protective orders are meant too', true, 1],
])('every order at once, where %s', async (_, withProtective, times) => {
  const { sweeper, requests, book } = begun({ takesEvery: true, unreadable: () => 1 });
  await sweeper.begin({}, withProtective);
  await untilIdle(sweeper);
  expect(book()).toEqual([]);
  expect(requests('every')).toBe(times);
});

test('the plan shown before is the one that is followed', () => {
  const { sweeper } = begun({ takesEvery: true, unreadable: () => 1 }, plain('a', 'b', 'c'));
  expect(sweeper.plan({}, false, mine).map(({ kind }) => kind)).not.toContain('every');
  expect(sweeper.plan({}, true, mine).map(({ kind }) => kind)).toEqual(['every']);
});
