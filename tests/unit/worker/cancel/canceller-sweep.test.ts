import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CancelWish } from '#lib/worker/cancel/canceller-contract.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
  type SweepId,
} from '#lib/domain/cancellation.ts';
import type { ClientOrderId, OrderId, OrderRef } from '#lib/domain/order.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import { venues } from '#lib/venues/venues.ts';
import {
  accepted,
  account,
  begin,
  cancelled,
  gone,
  journal,
  mine,
  open,
  order,
  settle,
  start,
  untilIdle,
  world,
  type Script,
} from './cancel-world.ts';

/** Many cancellations of one “Cancel all”, beside those that are asked for by themselves. */

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

const sweep = 'sweep' as SweepId;
const another = 'another' as SweepId;
const refTo = (id: string): OrderRef => ({ accountId: mine, orderId: id as OrderId });
const wish = (id: string): CancelWish => ({ ref: refTo(id), order: order(id) });
const wishes = (...ids: string[]) => ids.map(wish);
const pass = (milliseconds: number) => vi.advanceTimersByTimeAsync(milliseconds);

/** Six are under way at once; each is replied to a second after it was sent. */
const slow: Script = {
  async cancel() {
    await new Promise((resolve) => setTimeout(resolve, 1000));
    return cancelled;
  },
};
const ten = ['0', '1', '2', '3', '4', '5', '6', '7', '8', '9'];
const byId = (all: readonly Cancellation[], id: string) =>
  all.find(({ ref }) => ref.orderId === id) ?? expect.unreachable(`no row for ${id}`);

describe('of a sweep', () => {
  test('all stand in the journal, with the sweep, before the venue hears of any', async () => {
    const events: string[] = [];
    const { store, all } = journal((event) => events.push(event));
    const { canceller } = begin(store, account({ cancel: () => cancelled }, events));
    const ids = await canceller.requestAll(wishes('a', 'b', 'c'), sweep);
    await untilIdle(canceller);
    expect(events.slice(0, 4)).toEqual([
      'add requested',
      'add requested',
      'add requested',
      'cancel a 0',
    ]);
    expect(all()).toMatchObject(
      ids.map((id) => ({ id, sweep, state: 'cancelled', order: {}, sendings: 1 })),
    );
  });

  test('they go in their order', async () => {
    const { canceller, log } = world(slow);
    await canceller.requestAll(wishes(...ten.toReversed()), sweep);
    await untilIdle(canceller);
    const times = [0, 0, 0, 0, 0, 0, 1000, 1000, 1000, 1000];
    expect(log).toEqual(ten.toReversed().map((id, index) => `cancel ${id} ${times[index]}`));
  });

  test('what is asked for by itself goes before all that wait', async () => {
    const { canceller, log } = world(slow);
    await canceller.requestAll(wishes(...ten), sweep);
    await pass(100);
    await canceller.request(refTo('click'), undefined);
    await untilIdle(canceller);
    expect(log[6]).toBe('cancel click 100');
  });

  test('so do several selected ones', async () => {
    const { canceller, log } = world(slow);
    await canceller.requestAll(wishes(...ten), sweep);
    await pass(100);
    await canceller.requestAll(wishes('x', 'y'));
    await untilIdle(canceller);
    expect(log.slice(6, 8)).toEqual(['cancel x 100', 'cancel y 100']);
  });

  test('the same order twice is one cancellation', async () => {
    const { canceller, log } = world({ cancel: () => cancelled });
    const [a, b, again] = await canceller.requestAll(wishes('a', 'b', 'A'), sweep);
    await untilIdle(canceller);
    expect(again).toBe(a);
    expect(a).not.toBe(b);
    expect(log).toEqual(['cancel a 0', 'cancel b 0']);
  });
});

describe('an order that is wished for again', () => {
  test('by itself, while it waits in a sweep: it goes first, as the same cancellation', async () => {
    const { canceller, log, all } = world(slow);
    const ids = await canceller.requestAll(wishes(...ten), sweep);
    await pass(100);
    expect(await canceller.request(refTo('9'), undefined)).toBe(ids[9]);
    await untilIdle(canceller);
    expect(log.slice(6)).toEqual([
      'cancel 9 100',
      ...['6', '7', '8'].map((id) => `cancel ${id} 1000`),
    ]);
    expect(byId(all(), '9')).toMatchObject({ sweep, first: true, sendings: 1 });
  });

  test('by itself and by its client order id: it goes first too', async () => {
    const { canceller, log, all } = world(
      { ...slow, list: () => ({ kind: 'page', orders: [order('9', 'mine-9')] }) },
      { ...venues.btcturk, limits: [] },
    );
    await canceller.requestAll(wishes(...ten), sweep);
    await pass(100);
    const ref = { accountId: mine, clientOrderId: 'mine-9' as ClientOrderId };
    await canceller.request(ref, undefined);
    await untilIdle(canceller);
    expect(log.filter((line) => line.startsWith('cancel 9'))).toEqual(['cancel 9 100']);
    expect(all().map(({ state }) => state)).toEqual(Array(11).fill('cancelled'));
  });

  test('by a sweep, while it is under way by itself: it is counted there, and stays ahead', async () => {
    const { canceller, log, all } = world(slow);
    const id = await canceller.request(refTo('a'), undefined);
    await pass(100);
    expect(await canceller.requestAll(wishes('a', 'b'), sweep)).toContain(id);
    await untilIdle(canceller);
    expect(log).toEqual(['cancel a 0', 'cancel b 100']);
    expect(byId(all(), 'a')).toMatchObject({ sweep, first: true });
    expect(byId(all(), 'b')).not.toHaveProperty('first');
  });

  test('by another sweep: it belongs to that, and goes no sooner', async () => {
    const { canceller, log, all } = world(slow);
    await canceller.requestAll(wishes(...ten), sweep);
    await canceller.requestAll(wishes('9'), another);
    await untilIdle(canceller);
    expect(log).toHaveLength(10);
    expect(byId(all(), '9')).toMatchObject({ sweep: another });
    expect(byId(all(), '9')).not.toHaveProperty('first');
  });
});

describe('a sweep that is stopped', () => {
  test('what was not sent ends as stopped, what was sent goes on to its end', async () => {
    const { canceller, log, all, store, inFlight } = world(slow);
    await canceller.requestAll(wishes(...ten), sweep);
    await pass(100);
    await canceller.stopSweep(sweep);
    expect((await store.unfinished()).map(({ cancellation }) => cancellation.ref.orderId)).toEqual(
      ten.slice(0, 6),
    );
    await untilIdle(canceller);
    await pass(60_000);
    expect(log).toHaveLength(6);
    for (const id of ten.slice(0, 6)) expect(byId(all(), id)).toMatchObject({ state: 'cancelled' });
    for (const id of ten.slice(6)) {
      expect(byId(all(), id)).toMatchObject({ state: 'requested', stopped: true, sendings: 0 });
    }
    expect(inFlight.at(-1)).toBe(false);
  });

  test('what was asked for by itself goes on, and so does another sweep', async () => {
    const { canceller, log, all, account } = world({ cancel: () => cancelled });
    account.lane.holdBack('cancel', 1000, start);
    await canceller.requestAll(wishes('a', 'b', 'c'), sweep);
    await canceller.requestAll(wishes('d'), another);
    await canceller.request(refTo('b'), undefined);
    await canceller.request(refTo('e'), undefined);
    await settle();
    await canceller.stopSweep(sweep);
    await untilIdle(canceller);
    expect(log).toEqual(['cancel b 1000', 'cancel e 1000', 'cancel d 1000']);
    expect(all().filter(({ stopped }) => stopped)).toMatchObject([
      { ref: refTo('a') },
      { ref: refTo('c') },
    ]);
  });

  test('a wish for what was stopped is a new one, and is sent', async () => {
    const { canceller, log, all, account } = world({ cancel: () => cancelled });
    account.lane.holdBack('cancel', 1000, start);
    await canceller.requestAll(wishes('a'), sweep);
    await settle();
    await canceller.stopSweep(sweep);
    await canceller.request(refTo('a'), undefined);
    await untilIdle(canceller);
    expect(log).toEqual(['cancel a 1000']);
    expect(all()).toMatchObject([{ stopped: true }, { state: 'cancelled' }]);
  });

  test('it resolves when that is written down', async () => {
    const { canceller, store, account } = world({ cancel: () => cancelled });
    account.lane.holdBack('cancel', 1000, start);
    await canceller.requestAll(wishes('a'), sweep);
    const written = Promise.withResolvers<void>();
    store.update = () => written.promise;
    let isDone = false;
    const stopped = canceller.stopSweep(sweep).then(() => (isDone = true));
    await settle();
    expect(isDone).toBe(false);
    written.resolve();
    expect(await stopped).toBe(true);
  });

  test('while its wishes are being written down: none of them is sent', async () => {
    const { store, all } = journal();
    const log: string[] = [];
    const disk = Promise.withResolvers<void>();
    const { canceller } = begin(
      {
        ...store,
        async addAll(cancellations) {
          await disk.promise;
          return store.addAll(cancellations);
        },
      },
      account({ cancel: () => cancelled }, log),
    );
    const begun = canceller.requestAll(wishes('a', 'b'), sweep);
    await settle();
    const stopped = canceller.stopSweep(sweep);
    disk.resolve();
    await Promise.all([begun, stopped]);
    await untilIdle(canceller);
    expect(log).toEqual([]);
    expect(all()).toMatchObject([{ stopped: true }, { stopped: true }]);
  });
});

const row = (id: string) =>
  requestCancellation(id as CancellationId, refTo(id), order(id), start, sweep);

async function revived(script: Script) {
  const all = world(script);
  await all.store.addAll([row('a'), row('b')]);
  all.account.lane.holdBack('cancel', 2000, start);
  await all.canceller.resume();
  await settle();
  return all;
}

describe('a sweep that is stopped after the worker died', () => {
  test('what the last life may have sent is read, and not sent any more; open, it ends as stopped', async () => {
    const { canceller, log, all } = await revived({ cancel: () => cancelled, read: () => open });
    await canceller.stopSweep(sweep);
    await untilIdle(canceller);
    // What holds the cancels back holds back the reads too.
    expect(log).toEqual(expect.arrayContaining(['read a 2000', 'read b 2000']));
    expect(log.filter((line) => line.startsWith('cancel'))).toEqual([]);
    expect(all()).toMatchObject([
      { stopped: true, sendings: 0 },
      { stopped: true, sendings: 0 },
    ]);
  });

  test('and what it had sent is cancelled', async () => {
    const { canceller, log, all } = await revived({ cancel: () => cancelled, read: () => gone });
    await canceller.stopSweep(sweep);
    await untilIdle(canceller);
    expect(log).toEqual(['read a 2000', 'read b 2000']);
    expect(all()).toMatchObject([{ state: 'cancelled' }, { state: 'cancelled' }]);
  });

  test('a click on one of them meanwhile sends it', async () => {
    const { canceller, log, all } = await revived({
      cancel: () => cancelled,
      read: () => open,
    });
    await canceller.stopSweep(sweep);
    await canceller.request(refTo('b'), undefined);
    await untilIdle(canceller);
    expect(log.filter((line) => line.startsWith('cancel'))).toHaveLength(1);
    expect(byId(all(), 'b')).toMatchObject({ state: 'cancelled' });
    expect(byId(all(), 'a')).toMatchObject({ stopped: true });
  });
});

const full = () => Promise.reject(new DOMException('', 'QuotaExceededError'));

describe('many that cannot be written down', () => {
  test('none is sent, and each can be wished for again', async () => {
    const { store, all } = journal();
    const log: string[] = [];
    const addAll = vi.fn<typeof store.addAll>((cancellations) => store.addAll(cancellations));
    addAll.mockImplementationOnce(full);
    const { canceller, inFlight } = begin(
      { ...store, addAll },
      account({ cancel: () => cancelled }, log),
    );
    await expect(canceller.requestAll(wishes('a', 'b', 'a'), sweep)).rejects.toMatchObject({
      code: 'journal-failed',
    });
    await pass(1000);
    expect(log).toEqual([]);
    expect(inFlight).toEqual([]);
    await canceller.requestAll(wishes('a', 'b'), sweep);
    await untilIdle(canceller);
    expect(all()).toMatchObject([{ state: 'cancelled' }, { state: 'cancelled' }]);
  });

  test('one that is under way already goes on', async () => {
    const { store, all } = journal();
    const reply = Promise.withResolvers<CancelReply>();
    const addAll = vi.fn<typeof store.addAll>((cancellations) => store.addAll(cancellations));
    const { canceller } = begin(
      { ...store, addAll },
      account({ cancel: () => reply.promise, read: () => gone }),
    );
    await canceller.request(refTo('a'), undefined);
    await settle();
    addAll.mockImplementationOnce(full);
    await expect(canceller.requestAll(wishes('a', 'b'), sweep)).rejects.toMatchObject({
      code: 'journal-failed',
    });
    reply.resolve(accepted);
    await untilIdle(canceller);
    expect(all()).toMatchObject([{ ref: refTo('a'), state: 'cancelled' }]);
  });

  test('that nothing new can be written does not hold up a wish for what is under way', async () => {
    const { store } = journal();
    const addAll = vi.fn<typeof store.addAll>((cancellations) => store.addAll(cancellations));
    const { canceller } = begin({ ...store, addAll }, account(slow));
    const id = await canceller.request(refTo('a'), undefined);
    await settle();
    addAll.mockImplementation(full);
    expect(await canceller.requestAll(wishes('a'), sweep)).toEqual([id]);
    await untilIdle(canceller);
  });
});

describe('the oldest row', () => {
  test('is that of what is in flight, or else the next one', async () => {
    const { canceller } = world(slow);
    expect(canceller.oldestRow()).toBe(1);
    await canceller.request(refTo('a'), undefined);
    await pass(500);
    await canceller.request(refTo('b'), undefined);
    expect(canceller.oldestRow()).toBe(1);
    await pass(600);
    expect(canceller.oldestRow()).toBe(2);
    await untilIdle(canceller);
    expect(canceller.oldestRow()).toBe(3);
  });
});
