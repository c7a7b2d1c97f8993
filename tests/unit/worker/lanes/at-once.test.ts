import { afterEach, beforeEach, expect, test, vi } from 'vitest';
import { createLane } from '#lib/worker/lanes/lane.ts';
import { crowd, pass, settle, start } from './lane-world.ts';

/** A venue at which a request that overtakes another makes it fail. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const oneByOne = () => crowd([], createLane([], undefined, undefined, undefined, 1));

test('one after the other, cancels first', async () => {
  const { come, leave, names } = oneByOne();
  come('first', 'read');
  come('second', 'read');
  come('cancel', 'cancel');
  await settle();
  expect(names()).toEqual(['first']);
  await leave('first');
  expect(names()).toEqual(['first', 'cancel']);
  await leave('cancel');
  expect(names()).toEqual(['first', 'cancel', 'second']);
});

test('a cancel that the user waits for is no exception', async () => {
  const { come, leave, names, urgent } = oneByOne();
  urgent.add('click');
  come('reading', 'read');
  come('click', 'cancel');
  await settle();
  expect(names()).toEqual(['reading']);
  await leave('reading');
  expect(names()).toEqual(['reading', 'click']);
});

test('but no cancel waits for an answer that does not come: what went so long ago has arrived', async () => {
  const { come, went } = oneByOne();
  come('reading', 'read');
  come('cancel', 'cancel');
  come('other', 'read');
  await pass(60_000);
  expect(went).toEqual(['reading 0', 'cancel 1000']);
});
