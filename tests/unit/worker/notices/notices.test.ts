import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { Act, ActId } from '#lib/domain/cancellation.ts';
import { now } from '#tests/unit/support/view-world.ts';
import { act, cancellations, click, in_, life, one, settle, wish } from './notices-world.ts';

beforeEach(() => void vi.useFakeTimers({ now }));
afterEach(() => vi.useRealTimers());

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
