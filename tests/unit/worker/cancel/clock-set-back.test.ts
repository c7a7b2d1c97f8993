import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { OrderId } from '#lib/domain/order.ts';
import { createBudget } from '#lib/worker/lanes/create-budget.ts';
import { createLane } from '#lib/worker/lanes/lane.ts';
import {
  account,
  begin,
  cancelled,
  journal,
  one,
  open,
  order,
  pass,
  settle,
  silence,
  start,
  world,
} from './cancel-world.ts';
import { oneASecond } from '#tests/unit/worker/lanes/sender-world.ts';

/** This machine's clock is set back by an hour: no wait becomes longer for that. */

const hour = 3_600_000;
beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

test('a cancel that was told to wait goes when that time has passed', async () => {
  let isHeld = true;
  const { canceller, all } = world({
    cancel: () => (isHeld ? { kind: 'rate-limited', retryAfter: 5000 } : cancelled),
    read: () => open,
  });
  await canceller.request(one, order('One'));
  await settle();
  isHeld = false;
  vi.setSystemTime(start - hour);
  await pass(10_000);
  expect(all()).toMatchObject([{ state: 'cancelled' }]);
});

test('a cancel goes at once though the clock is set back while it is written down', async () => {
  const { store } = journal(() => vi.setSystemTime(start - 30_000));
  const log: string[] = [];
  const { canceller } = begin(store, account({ cancel: () => cancelled, read: () => open }, log));
  await canceller.request(one, order('One'));
  await pass(100);
  expect(log).toContain('cancel One -30000');
});

test('what waits in the lane goes when that time has passed', async () => {
  const lane = createLane();
  lane.holdBack('cancel', 5000, start);
  let hasGone = false;
  void lane.enter('cancel').then(() => (hasGone = true));
  vi.setSystemTime(start - hour);
  await pass(12_000);
  expect(hasGone).toBe(true);
});

test('a hold that an earlier life has left is doubted as any that is too long', async () => {
  vi.setSystemTime(start - hour);
  const lane = createLane([], { cancels: start, reads: start });
  let askedAt = 0;
  lane.onDoubt(() => (askedAt = Date.now()));
  void lane.enter('cancel');
  await pass(310_000);
  expect(askedAt).toBe(start - hour + 300_000);
});

test('a limit counts no request for longer than before', () => {
  const budget = createBudget(oneASecond);
  budget.take('cancel', start)(start + 100);
  expect(budget.wait('cancel', start - hour)).toBeLessThanOrEqual(2100);
  expect(budget.wait('cancel', start - hour + 2100)).toBe(0);
});

/** It was wished for 20 s before, by a clock that has been set back since. */
async function found(script: Parameters<typeof account>[0], back: number) {
  const { store, all } = journal();
  const first = begin(store, account({ cancel: () => silence, read: () => silence }));
  await first.canceller.request(one, order('One'));
  await pass(20_000);
  first.canceller.stop();
  vi.setSystemTime(start + 20_000 - back);
  const second = begin(store, account(script));
  await second.canceller.resume(start + 20_000);
  return { ...second, all };
}

describe('a wish that a later life finds', () => {
  test('is only read: nobody knows how old it is', async () => {
    const { canceller, all } = await found({ read: () => open }, hour);
    await pass(60_000);
    expect(all()).toMatchObject([{ lapsed: true }]);
    await canceller.idle();
  });

  test('goes on within a minute of its own time where it was set back by less', async () => {
    const { canceller, all } = await found({ read: () => open, cancel: () => cancelled }, 50_000);
    await pass(60_000);
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
    await canceller.idle();
  });

  /** The second life knows the venue's clock by readings of its own alone, which agree with each other. */
  test.each([
    ['was ours where the browser was closed since', undefined, 'cancelled'],
    ['was somebody’s before where it was not', 0, 'was-cancelled'],
  ])('%s', async (_, offset, state) => {
    const updatedAt = start - 30_000;
    const read = () =>
      ({
        kind: 'read',
        reading: { status: 'cancelled', order: { id: 'One' as OrderId, updatedAt } },
      }) as const;
    const { store, all } = journal();
    const first = begin(store, account({ cancel: () => silence, read: () => silence }));
    await first.canceller.request(one, order('One'));
    await pass(1000);
    first.canceller.stop();
    let clock = offset === undefined ? undefined : { offset, uncertainty: 10 };
    const found = account({ read });
    const client = {
      ...found.client,
      clock: () => clock,
      measureClock: () => Promise.resolve((clock = { offset: 0, uncertainty: 10 })),
    };
    const second = begin(store, { ...found, client });
    await second.canceller.resume();
    await client.measureClock();
    await pass(10_000);
    expect(all()).toMatchObject([{ state }]);
  });
});
