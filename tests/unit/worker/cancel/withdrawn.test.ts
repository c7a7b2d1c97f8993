import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';
import type { Failure } from '#lib/domain/reply.ts';
import { venues } from '#lib/venues/venues.ts';
import {
  account,
  begin,
  cancelled,
  journal,
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
import { order as named, world as senders } from '#tests/unit/worker/lanes/sender-world.ts';

/** What is no longer wanted is not sent, and what the user wants in spite of the venue's word is that alone. */

beforeEach(() => void vi.useFakeTimers({ now: start }));
afterEach(() => void vi.useRealTimers());

const day: Failure = { kind: 'rate-limited', retryAfter: 86_400_000, said: ['banned'] };

describe('nobody asks for a cancel that is wanted no more whether the venue still means it', () => {
  test.each(['stop', 'abandon'] as const)('%s', async (how) => {
    const { canceller, log } = world({ cancel: () => day, list: () => day });
    await canceller.request(one, order('One'));
    // By then it waits in the lane.
    await pass(61_000);
    if (how === 'stop') canceller.stop();
    else await canceller.abandon(mine);
    await canceller.idle();
    await pass(900_000);
    expect(log).toEqual(['cancel One 0']);
    expect(vi.getTimerCount()).toBe(0);
  });

  test('what comes in that very moment is still held', async () => {
    const { sender, lane, asked } = senders({ venue: 'single' });
    lane.holdBack('cancel', 600_000, start);
    const stop = new AbortController();
    void sender.send(named(1), { signal: stop.signal });
    await settle();
    stop.abort();
    void sender.send(named(2));
    await settle();
    expect(asked).toEqual([]);
  });
});

test('the machine sleeps while the order is looked for: it is not sent', async () => {
  const list = Promise.withResolvers<undefined>();
  const log: string[] = [];
  const { store, all } = journal();
  const script = {
    list: async () => {
      await list.promise;
      return { kind: 'page' as const, orders: [order('One', 'mine-1')] };
    },
    read: () => open,
    cancel: () => cancelled,
  };
  const { canceller } = begin(store, account(script, log, venues.btcturk));
  await canceller.request({ accountId: mine, clientOrderId: 'mine-1' as ClientOrderId }, undefined);
  await settle();
  vi.setSystemTime(start + 3_600_000);
  await pass(11_000);
  list.resolve(undefined);
  await untilIdle(canceller);
  expect(log.filter((line) => line.startsWith('cancel'))).toEqual([]);
  expect(all()).toMatchObject([{ lapsed: true }]);
});

test('it ends by a push while it waits at the venue’s word: nothing more is sent, and nothing is in flight', async () => {
  const { canceller, log, inFlight } = world({ cancel: () => day, list: () => day });
  await canceller.request(one, order('One'));
  await pass(61_000);
  canceller.hear(mine, {
    kind: 'ended',
    reading: { status: 'cancelled', order: { id: 'One' as OrderId } },
  });
  await settle();
  expect(inFlight.at(-1)).toBe(false);
  await pass(900_000);
  expect(log).toEqual(['cancel One 0']);
  expect(vi.getTimerCount()).toBe(0);
});

describe('where no socket can be had', () => {
  test('what the user wants sent goes the second way in spite of the venue’s word too', async () => {
    const { sender, lane, asked } = senders({ socket: () => undefined, venue: 'single' });
    lane.holdBack('cancel', 600_000, start);
    let isForced = true;
    void sender.send(named(1), {
      isForced: () => isForced,
      onSend: () => {
        isForced = false;
      },
    });
    await settle();
    expect(asked).toEqual(['socket 1', 'single 1']);
  });

  test.each([
    ['taken back while it waits', false],
    ['found too late when it is its turn', true],
  ])('what is %s does not go the second way', async (_, isLate) => {
    const stop = new AbortController();
    const { sender, lane, asked } = senders({
      socket: () => {
        lane.holdBack('cancel', 5000, start);
        return undefined;
      },
      venue: 'single',
    });
    let turns = 0;
    const reply = sender.send(named(1), {
      signal: stop.signal,
      onTurn() {
        turns++;
        // After the lane's, and the socket's.
        if (turns > 2 && isLate) stop.abort();
      },
    });
    await settle();
    if (!isLate) stop.abort();
    await pass(10_000);
    expect(asked).toEqual(['socket 1']);
    expect(await reply).toMatchObject({ kind: 'unknown' });
  });
});

test('“Send now” sends that order, and no other that is as urgent', async () => {
  const { canceller, log, account: mineAccount } = world({ cancel: () => day, read: () => open });
  mineAccount.lane.holdBack('cancel', 600_000, start);
  await canceller.request(one, order('One'));
  const id = await canceller.request(two, order('Two'));
  await settle();
  canceller.sendNow(id);
  await settle();
  expect(log).toEqual(['cancel Two 0']);
  canceller.stop();
});

test('of a thousand that come together each is asked about a few times, not once for every other', async () => {
  const { lane, sender } = senders({ venue: 'single' });
  lane.holdBack('cancel', 60_000, start);
  let asked = 0;
  const isUrgent = () => {
    asked++;
    return false;
  };
  for (let id = 0; id < 1000; id++) void sender.send(named(id), { rank: id, isUrgent });
  await settle();
  expect(asked).toBeLessThan(10_000);
});
