import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CancelReply, ReadReply } from '#lib/domain/reply.ts';
import {
  accepted,
  badTime,
  cancelled,
  gone,
  one,
  open,
  slowDown,
  start,
  two,
  untilIdle,
  world,
} from './cancel-world.ts';

/** What a venue's limits and its clock have to do with the cancels of an account. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('rate limits', () => {
  test('a cancel’s 429 holds back the account’s next cancel, and each is sent again', async () => {
    const { canceller, log, all } = world({
      cancel: (_, time) => (time < 5000 ? slowDown : cancelled),
    });
    await canceller.request(one, undefined);
    await vi.advanceTimersByTimeAsync(1000);
    await canceller.request(two, undefined);
    await untilIdle(canceller);
    expect(log).toEqual(['cancel One 0', 'cancel One 5000', 'cancel Two 5000']);
    expect(all()).toMatchObject([
      { state: 'cancelled', sendings: 2 },
      { state: 'cancelled', sendings: 1 },
    ]);
  });

  test('a cancel’s 429 holds back the readings of another', async () => {
    const { canceller, log } = world({
      cancel: (name, time) => (name === 'One' ? accepted : time < 5000 ? slowDown : cancelled),
      read: () => gone,
    });
    await canceller.request(one, undefined);
    await canceller.request(two, undefined);
    await untilIdle(canceller);
    expect(log).toEqual(['cancel One 0', 'cancel Two 0', 'cancel Two 5000', 'read One 5000']);
  });

  test('a reading’s 429 holds back no cancel', async () => {
    const { canceller, log } = world({
      cancel: (name) => (name === 'One' ? accepted : cancelled),
      read: (_, time) => (time < 5000 ? slowDown : gone),
    });
    await canceller.request(one, undefined);
    await vi.advanceTimersByTimeAsync(1000);
    await canceller.request(two, undefined);
    await untilIdle(canceller);
    expect(log).toEqual(['cancel One 0', 'read One 150', 'cancel Two 1000', 'read One 5150']);
  });
});

describe('the clock', () => {
  const clock = { offset: -60_000, uncertainty: 20 };

  test('is read after an invalid time, and the cancel sent again at once', async () => {
    const replies: CancelReply[] = [badTime, cancelled];
    const { canceller, log, states } = world({
      cancel: () => replies.shift() ?? cancelled,
      measure: () => clock,
    });
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(log).toEqual(['cancel One 0', 'measure clock 0', 'cancel One 0']);
    expect(states.at(-1)).toBe('cancelled');
  });

  test('is set right once: a second invalid time is a refusal, if the order is read as open', async () => {
    const { canceller, log, all } = world({
      cancel: () => badTime,
      read: () => open,
      measure: () => clock,
    });
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(log.filter((line) => line.startsWith('cancel'))).toHaveLength(2);
    expect(all()).toMatchObject([
      { state: 'refused', reason: 'clock', said: ['Invalid timestamp'] },
    ]);
  });

  test('is set right once: where the order cannot be read either, it goes on being read', async () => {
    const replies = Array<ReadReply>(200).fill(badTime);
    const { canceller, log, all } = world({
      cancel: () => badTime,
      read: () => replies.shift() ?? gone,
      measure: () => clock,
    });
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(log.filter((line) => line.startsWith('cancel'))).toHaveLength(2);
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
  });

  test('is read after a reading’s invalid time, and the reading repeated at once', async () => {
    const replies = [badTime, gone];
    const { canceller, log } = world({
      cancel: () => accepted,
      read: () => replies.shift() ?? gone,
      measure: () => clock,
    });
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(log).toEqual(['cancel One 0', 'read One 150', 'measure clock 150', 'read One 150']);
  });

  test('that cannot be read leaves the reading for later', async () => {
    const replies = [badTime, gone];
    const { canceller, log } = world({
      cancel: () => accepted,
      read: () => replies.shift() ?? gone,
    });
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(log).toEqual(['cancel One 0', 'read One 150', 'measure clock 150', 'read One 550']);
  });
});
