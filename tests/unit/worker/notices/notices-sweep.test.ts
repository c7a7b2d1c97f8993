import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { SweepId } from '#lib/domain/cancellation.ts';
import type { Notifications } from '#lib/domain/settings.ts';
import type { Sweep, SweepPhase, Tally } from '#lib/domain/sweep.ts';
import { now } from '#tests/unit/support/view-world.ts';
import { account, life, settle } from './notices-world.ts';

beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => vi.useRealTimers());

function sweep(phase: SweepPhase, tally: Tally = { cancelled: 2 }): Sweep {
  return {
    id: 'sweep' as SweepId,
    filter: {},
    withProtective: false,
    requestedAt: now,
    accounts: [{ accountId: account.id, tally, phase }],
  };
}

describe('a “Cancel all”', () => {
  const words = 'Cancel all has ended. Open Pullcord to see each account.';

  test('is told once, when it has ended', async () => {
    const { notices, news } = life();
    for (const phase of ['cancelling', 'sweeping'] as const) notices.noteSweeps([sweep(phase)]);
    await settle();
    expect(news()).toEqual([]);
    for (let times = 0; times < 3; times++) notices.noteSweeps([sweep('empty')]);
    await settle();
    expect(news()).toEqual([`sweep: All cancelled | ${words}`]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(news()).toEqual([]);
  });

  test('one that had ended before this life is not told of', async () => {
    const { notices, news } = life();
    notices.noteSweeps([sweep('empty')]);
    await settle();
    expect(news()).toEqual([]);
  });

  test('each of several by itself', async () => {
    const { notices, news } = life();
    const other = { ...sweep('cancelling'), id: 'other' as SweepId };
    notices.noteSweeps([sweep('cancelling'), other]);
    notices.noteSweeps([sweep('left'), other]);
    await settle();
    expect(news()).toEqual([`sweep: 2 of 2 cancelled | ${words}`]);
    notices.noteSweeps([sweep('left'), { ...other, accounts: sweep('empty').accounts }]);
    await settle();
    expect(news()).toEqual([`other: All cancelled | ${words}`]);
  });

  test('not while a popup is open', async () => {
    const { notices, news, popup } = life();
    popup.isOpen = true;
    notices.noteSweeps([sweep('cancelling')]);
    notices.noteSweeps([sweep('left')]);
    await settle();
    expect(news()).toEqual([]);
  });

  test.each<[notifications: Notifications, phase: SweepPhase, tally: Tally, told: number]>([
    ['off', 'left', { cancelled: 1, refused: 1 }, 0],
    ['all', 'empty', { cancelled: 2 }, 1],
    ['all', 'empty', {}, 1],
    ['trouble', 'empty', { cancelled: 2 }, 0],
    ['trouble', 'empty', { cancelled: 2, 'was-cancelled': 1, refused: 0 }, 0],
    ['trouble', 'empty', { cancelled: 2, filled: 1 }, 1],
    ['trouble', 'empty', { cancelled: 2, unknown: 1 }, 1],
    ['trouble', 'empty', { stopped: 1 }, 1],
    ['trouble', 'left', { cancelled: 2 }, 1],
    ['trouble', 'stopped', { cancelled: 2 }, 1],
  ])('%s: %s, %j', async (notifications, phase, tally, told) => {
    const { notices, news } = life({}, notifications);
    notices.noteSweeps([sweep('cancelling', {})]);
    notices.noteSweeps([sweep(phase, tally)]);
    await settle();
    expect(news()).toHaveLength(told);
  });
});
