import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  requestCancellation,
  type Act,
  type ActId,
  type Cancellation,
  type CancellationId,
  type CancellationState,
  type SweepId,
} from '#lib/domain/cancellation.ts';
import type { Notifications } from '#lib/domain/settings.ts';
import type { Sweep, SweepPhase, Tally } from '#lib/domain/sweep.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { createNotices } from '#lib/worker/notices/notices.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

const account = accountOf('a', 'btcturk', 'Turkish lira');
const act: Act = { id: 'act' as ActId };
const click: Act = { id: 'click' as ActId, inPopup: true };

beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => vi.useRealTimers());

/** A worker’s life: what it shows, in which order. */
function life(more: Partial<View> = {}, notifications: Notifications = 'all') {
  const view: View = {
    ...emptyView,
    vault: { state: 'unlocked' },
    accounts: [account],
    settings: { ...emptyView.settings, notifications },
    ...more,
  };
  const shown: string[] = [];
  const popup: { isOpen: boolean; ask: () => Promise<boolean> } = {
    isOpen: false,
    ask: () => Promise.resolve(popup.isOpen),
  };
  const notices = createNotices({
    view,
    show: (id, { title, message }) =>
      shown.push(`${id}: ${title} | ${message.split('\n').join(' / ')}`),
    isPopupOpen: () => popup.ask(),
  });
  const note = (...cancellations: readonly Cancellation[]) => {
    for (const each of cancellations) notices.note(each);
    return settle();
  };
  /** What was shown since it was last asked. */
  const news = () => shown.splice(0);
  return { notices, note, news, popup, shown, view };
}

function settle(): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(0);
}

function wish(id: string, asked: Act | undefined = act, requested = now): Cancellation {
  const order = orderOf(id);
  const ref = { accountId: account.id, orderId: order.id };
  return requestCancellation(id as CancellationId, ref, order, requested, undefined, asked);
}

function in_(state: CancellationState, id: string, asked?: Act): Cancellation {
  return { ...wish(id, asked), state };
}

function sweep(phase: SweepPhase, tally: Tally = { cancelled: 2 }): Sweep {
  return {
    id: 'sweep' as SweepId,
    filter: {},
    withProtective: false,
    requestedAt: now,
    accounts: [{ accountId: account.id, tally, phase }],
  };
}

/** The view as a life of the worker finds it. */
const cancellations = (...all: readonly Cancellation[]) => ({
  cancellations: Object.fromEntries(all.map((each) => [each.id, each])),
});

const one = (id: string) => `Buy 1 BTCTRY, Turkish lira (BtcTurk), ${id}`;

describe('an order that another act asks for too', () => {
  test('is told with that one; what is left of the first is told when it has ended', async () => {
    const { note, news, popup } = life();
    popup.isOpen = false;
    await note(in_('sent', '1', click), in_('sent', '2', click));
    await note(in_('sent', '1'), in_('cancelled', '1'));
    expect(news()).toEqual([`act: Cancelled | ${one('1')}`]);
    await note(in_('cancelled', '2', click));
    expect(news()).toEqual([`click: Cancelled | ${one('2')}`]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(news()).toEqual([]);
  });

  test('ends the first where nothing else is left of it', async () => {
    const { note, news } = life();
    await note(in_('cancelled', '1', click), in_('sent', '2', click));
    await note(in_('sent', '2'));
    expect(news()).toEqual([`click: Cancelled | ${one('1')}`]);
    await note(in_('cancelled', '2'));
    expect(news()).toEqual([`act: Cancelled | ${one('2')}`]);
  });
});

test('how it stands is not told once the end has been', async () => {
  const { note, news, popup } = life();
  await note(in_('sent', '1', click));
  const asked = Promise.withResolvers<boolean>();
  const answers = [asked.promise, Promise.resolve(false)];
  popup.ask = () => answers.shift() ?? Promise.resolve(false);
  await vi.advanceTimersByTimeAsync(10_000);
  await note(in_('cancelled', '1', click));
  asked.resolve(false);
  await settle();
  expect(news()).toEqual([`click: Cancelled | ${one('1')}`]);
});

describe('one cancellation', () => {
  test('its end is told, and nothing before it', async () => {
    const { note, news } = life();
    for (const state of ['requested', 'sent', 'accepted'] as const) await note(in_(state, '1'));
    expect(news()).toEqual([]);
    await note(in_('cancelled', '1'));
    expect(news()).toEqual([`act: Cancelled | ${one('1')}`]);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(news()).toEqual([]);
  });

  test('one without an act is nobody’s: of a “Cancel all”, or gone with another order', async () => {
    const { note, news } = life();
    const { act: _, ...nobodys } = in_('refused', '1');
    await note(nobodys, { ...nobodys, state: 'unknown' });
    await vi.advanceTimersByTimeAsync(60_000);
    expect(news()).toEqual([]);
  });

  test('after 10 s without an end it is told how it stands, then the end', async () => {
    const { note, news } = life();
    await note(in_('sent', '1'));
    await vi.advanceTimersByTimeAsync(9999);
    expect(news()).toEqual([]);
    await note(in_('unknown', '1'));
    await vi.advanceTimersByTimeAsync(1);
    expect(news()).toEqual([`act: Unknown, checking | ${one('1')}`]);
    await note(in_('accepted', '1'));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(news()).toEqual([]);
    await note(in_('cancelled', '1'));
    expect(news()).toEqual([`act: Cancelled | ${one('1')}`]);
  });

  test('ten seconds are counted from the wish, not from when the worker heard of it', async () => {
    const { note, news } = life();
    await note(wish('1', act, now - 7000));
    await vi.advanceTimersByTimeAsync(2999);
    expect(news()).toEqual([]);
    await vi.advanceTimersByTimeAsync(1);
    expect(news()).toHaveLength(1);
  });

  test('a wish of long ago is told of at once', async () => {
    const { note, news } = life();
    await note(wish('1', act, now - 3_600_000));
    expect(news()).toHaveLength(1);
  });
});

describe('a group: one act for several orders', () => {
  test('one notification, when the last has ended', async () => {
    const { note, news } = life();
    await note(wish('1'), wish('2'), wish('3'));
    await note(in_('cancelled', '1'), in_('refused', '3'));
    await vi.advanceTimersByTimeAsync(5000);
    expect(news()).toEqual([]);
    await note(in_('cancelled', '2'));
    expect(news()).toEqual([
      'act: 2 cancelled, 1 refused | ' +
        ['3', '1', '2']
          .map((id) => `${id === '3' ? 'Refused' : 'Cancelled'}: ${one(id)}`)
          .join(' / '),
    ]);
  });

  test('after 10 s how all stand, then the end, under the same id', async () => {
    const { note, news } = life();
    await note(wish('1'), wish('2'), in_('cancelled', '1'), in_('unknown', '2'));
    await vi.advanceTimersByTimeAsync(10_000);
    await note(in_('filled', '2'));
    expect(news().map((each) => each.split(' |')[0])).toEqual([
      'act: 1 cancelled, 1 unknown, checking',
      'act: 1 cancelled, 1 already filled',
    ]);
  });

  test('what the same act asks for after that is told by itself', async () => {
    const { note, news } = life();
    await note(in_('cancelled', '1'));
    await note(wish('2'), in_('filled', '2'));
    expect(news()).toEqual([`act: Cancelled | ${one('1')}`, `act: Already filled | ${one('2')}`]);
  });

  test('two acts are two notifications', async () => {
    const { note, news } = life();
    const other: Act = { id: 'other' as ActId };
    await note(wish('1'), wish('2', other), in_('cancelled', '1'), in_('cancelled', '2', other));
    expect(news()).toEqual([`act: Cancelled | ${one('1')}`, `other: Cancelled | ${one('2')}`]);
  });
});

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

describe('what the worker’s last life began', () => {
  test('a group ends in this life: it is told as one', async () => {
    const { note, news } = life(cancellations(in_('cancelled', '1'), in_('sent', '2')));
    await vi.advanceTimersByTimeAsync(1000);
    expect(news()).toEqual([]);
    await note(in_('filled', '2'));
    expect(news().map((each) => each.split(' |')[0])).toEqual([
      'act: 1 cancelled, 1 already filled',
    ]);
  });

  test('what had ended then is not told once more', async () => {
    const { note, news } = life(cancellations(in_('cancelled', '1'), in_('cancelled', '2')));
    await vi.advanceTimersByTimeAsync(60_000);
    expect(news()).toEqual([]);
    await note(in_('cancelled', '3'));
    expect(news()).toEqual([`act: Cancelled | ${one('3')}`]);
  });

  test('what is taken up again is told of after 10 s from the wish', async () => {
    const old = wish('1', act, now - 6000);
    const { note, news } = life(cancellations(old));
    await note({ ...old, state: 'sent' });
    await vi.advanceTimersByTimeAsync(4000);
    expect(news()).toHaveLength(1);
  });

  test('cancellations of no act are no group', async () => {
    const { act: _, ...nobodys } = wish('1');
    const { note, news } = life(cancellations(nobodys));
    await note(in_('cancelled', '2'));
    expect(news()).toEqual([`act: Cancelled | ${one('2')}`]);
  });
});

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
