import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import type { CancelReply } from '#lib/domain/reply.ts';
import {
  accepted,
  gone,
  late,
  mine,
  one,
  open,
  order,
  pass,
  settle,
  start,
  two,
  untilIdle,
  world,
} from './cancel-world.ts';

/** The venue tells that the order has left its book: that proves nothing, but is a reason to read at once. */

beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

const lookAt = ({ canceller }: ReturnType<typeof world>, ref = one) =>
  canceller.lookAt(mine, ref.orderId ?? order('One').id);

test('told before the reading that confirms is due: it is made at once, and the next at its own time', async () => {
  const readings = [open, gone];
  const told = world({ cancel: () => accepted, read: () => readings.shift() ?? gone });
  await told.canceller.request(one, order('One'));
  await pass(20);
  lookAt(told);
  await untilIdle(told.canceller);
  expect(told.log).toEqual(['cancel One 0', 'read One 20', 'read One 420']);
  expect(told.states.at(-1)).toBe('cancelled');
});

test('told before the venue has answered: it is read with the answer', async () => {
  const reply = Promise.withResolvers<CancelReply>();
  const told = world({ cancel: () => reply.promise, read: () => gone });
  await told.canceller.request(one, order('One'));
  await pass(20);
  lookAt(told);
  await pass(20);
  reply.resolve(accepted);
  await settle();
  expect(told.log).toEqual(['cancel One 0', 'read One 40']);
});

test('told while it is being read: that reading may be of before, and it is read once more', async () => {
  const first = Promise.withResolvers<typeof open>();
  const readings = [first.promise, gone];
  const told = world({ cancel: () => accepted, read: () => readings.shift() ?? gone });
  await told.canceller.request(one, order('One'));
  await pass(170);
  lookAt(told);
  first.resolve(open);
  await untilIdle(told.canceller);
  expect(told.log).toEqual(['cancel One 0', 'read One 150', 'read One 170']);
});

test('of another order, or of one that is not sent yet, nothing follows', async () => {
  const told = world({ cancel: late, read: () => gone });
  await told.canceller.request(one, order('One'));
  lookAt(told);
  lookAt(told, two);
  await untilIdle(told.canceller);
  expect(told.log).toEqual(['cancel One 0']);
});
