import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CancellationState } from '#lib/domain/cancellation.ts';
import type { Notifications } from '#lib/domain/settings.ts';
import { now } from '#tests/unit/support/view-world.ts';
import { click, in_, life, one, wish } from './notices-world.ts';

/** Which of them the user is told, where, and what of them while Pullcord is locked. */

beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => vi.useRealTimers());

describe('what the user has chosen to hear of', () => {
  type Row = [notifications: Notifications, state: CancellationState, late: boolean, told: number];
  test.each<Row>([
    ['all', 'cancelled', false, 1],
    ['all', 'refused', false, 1],
    ['all', 'cancelled', true, 2],
    ['trouble', 'cancelled', false, 0],
    ['trouble', 'was-cancelled', false, 0],
    ['trouble', 'filled', false, 1],
    ['trouble', 'refused', false, 1],
    ['trouble', 'not-found', false, 1],
    // That it takes long is trouble; then the end is news, whatever it is.
    ['trouble', 'cancelled', true, 2],
    ['trouble', 'filled', true, 2],
    ['off', 'cancelled', false, 0],
    ['off', 'refused', false, 0],
    ['off', 'refused', true, 0],
  ])('%s: %s, late: %s', async (notifications, state, isLate, told) => {
    const { note, news } = life({}, notifications);
    await note(in_('sent', '1'));
    if (isLate) await vi.advanceTimersByTimeAsync(10_000);
    await note(in_(state, '1'));
    expect(news()).toHaveLength(told);
  });

  test('one in trouble among several is told with all of them', async () => {
    const { note, news } = life({}, 'trouble');
    await note(wish('1'), wish('2'), in_('cancelled', '1'), in_('filled', '2'));
    expect(news()).toHaveLength(1);
  });

  test('what ends without being sent is trouble', async () => {
    const { note, news } = life({}, 'trouble');
    await note({ ...wish('1'), abandoned: true });
    expect(news()).toEqual([`act: Not sent: the account was removed | ${one('1')}`]);
  });
});

describe('what was asked for in the popup', () => {
  test.each([
    [true, 0],
    [false, 1],
  ])('a popup is open: %s', async (isOpen, told) => {
    const { note, news, popup } = life();
    popup.isOpen = isOpen;
    await note(in_('cancelled', '1', click));
    expect(news()).toHaveLength(told);
  });

  test('is told only after the popup has closed', async () => {
    const { note, news, popup } = life();
    popup.isOpen = true;
    await note(wish('1', click));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(news()).toEqual([]);
    popup.isOpen = false;
    await note(in_('cancelled', '1', click));
    expect(news()).toHaveLength(1);
  });

  test('what was asked for elsewhere is told beside an open popup too', async () => {
    const { note, news, popup } = life();
    popup.isOpen = true;
    await note(in_('cancelled', '1'));
    expect(news()).toHaveLength(1);
  });
});

describe('while Pullcord is locked', () => {
  test('the end is told, and not of what', async () => {
    const { note, news, view } = life();
    await note(wish('1'), wish('2'));
    Object.assign(view, { vault: { state: 'locked' } });
    await note(in_('cancelled', '1'), { ...in_('refused', '2'), said: ['SECRET'] });
    expect(news()).toEqual([
      'act: 1 cancelled, 1 refused | Pullcord is locked. Unlock it to see which.',
    ]);
  });

  test('that it takes long too', async () => {
    const { note, news } = life({ vault: { state: 'locked' } });
    await note(in_('unknown', '1'));
    await vi.advanceTimersByTimeAsync(10_000);
    expect(news()).toEqual([
      'act: 1 unknown, checking | Pullcord is locked. Unlock it to see which.',
    ]);
  });
});
