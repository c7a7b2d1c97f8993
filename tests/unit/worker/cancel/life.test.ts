import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';
import { venues } from '#lib/venues/venues.ts';
import {
  account,
  begin,
  cancelled,
  gone,
  journal,
  mine,
  one,
  open,
  order,
  settle,
  silence,
  start,
  untilIdle,
  world,
  type Script,
} from './cancel-world.ts';

/** A wish has an age: what has found nobody for a minute is read, and sent only when the user asks anew. */

beforeEach(() => {
  vi.useFakeTimers({
    now: start,
    toFake: ['setTimeout', 'clearTimeout', 'setInterval', 'clearInterval', 'Date'],
  });
});
afterEach(() => void vi.useRealTimers());

/** A wish whose worker died before anything came back, found so much later. */
async function found(silent: number, script: Script, aliveAt?: number) {
  const { store, all } = journal();
  const first = begin(store, account({ cancel: () => new Promise(() => undefined) }));
  await first.canceller.request(one, order('One'));
  await settle();
  first.canceller.stop();
  vi.setSystemTime(start + silent);
  const log: string[] = [];
  const second = begin(store, account({ clock: { offset: 0, uncertainty: 1 }, ...script }, log));
  await second.canceller.resume(aliveAt);
  return { ...second, all, sent: () => log.filter((line) => line.startsWith('cancel')).length };
}

describe('found in the journal', () => {
  test('within a minute: sent again', async () => {
    const { canceller, all, sent } = await found(59_000, {
      read: () => open,
      cancel: () => cancelled,
    });
    await untilIdle(canceller);
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
    expect(sent()).toBe(1);
  });

  test('after more than a minute: read, and left to the user', async () => {
    const { canceller, all, sent } = await found(61_000, { read: () => open });
    await untilIdle(canceller);
    expect(all()).toMatchObject([{ stopped: true, lapsed: true }]);
    expect(sent()).toBe(0);
  });

  test('after a week, with the order gone by then: the truth is told', async () => {
    const { canceller, all, sent } = await found(7 * 86_400_000, { read: () => gone });
    await untilIdle(canceller);
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
    expect(sent()).toBe(0);
  });

  test('after an hour in which a worker was there: sent', async () => {
    const hour = 3_600_000;
    const life = await found(
      hour,
      { read: () => open, cancel: () => cancelled },
      start + hour - 30_000,
    );
    await untilIdle(life.canceller);
    expect(life.all()).toMatchObject([{ state: 'cancelled' }]);
  });

  test('asked for again while it is being read: sent', async () => {
    const { canceller, all, sent } = await found(61_000, {
      read: () => silence,
      cancel: () => cancelled,
    });
    await vi.advanceTimersByTimeAsync(2000);
    expect(sent()).toBe(0);
    await canceller.request(one, order('One'), { id: 'act' as never });
    await untilIdle(canceller);
    expect(sent()).toBe(1);
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
  });
});

describe('while it is in flight', () => {
  test('the machine sleeps for an hour before it is due: read, and left to the user', async () => {
    let isHeld = true;
    const { canceller, log, all } = world({
      cancel: () => (isHeld ? { kind: 'rate-limited', retryAfter: 30_000 } : cancelled),
      read: () => open,
    });
    await canceller.request(one, order('One'));
    await settle();
    isHeld = false;
    // Timers stand still, and are late.
    vi.setSystemTime(start + 3_600_000);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(log.filter((line) => line.startsWith('cancel'))).toHaveLength(1);
    expect(all()).toMatchObject([{ lapsed: true }]);
  });

  test('the machine sleeps while it waits for its turn: it is taken back', async () => {
    const {
      canceller,
      log,
      all,
      account: mineAccount,
    } = world({ cancel: () => cancelled, read: () => open });
    mineAccount.lane.holdBack('cancel', 5000, start);
    await canceller.request(one, order('One'));
    await settle();
    vi.setSystemTime(start + 3_600_000);
    await vi.advanceTimersByTimeAsync(40_000);
    expect(log.filter((line) => line.startsWith('cancel'))).toEqual([]);
    expect(all()).toMatchObject([{ lapsed: true }]);
  });

  test('the machine sleeps while the wish is being written down: it is only read', async () => {
    const { store, all } = journal();
    const log: string[] = [];
    const addAll: typeof store.addAll = async (rows) => {
      vi.setSystemTime(start + 3_600_000);
      return store.addAll(rows);
    };
    const script: Script = { cancel: () => cancelled, read: () => open };
    const { canceller } = begin({ ...store, addAll }, account(script, log));
    await canceller.request(one, order('One'));
    await untilIdle(canceller);
    expect(log.filter((line) => line.startsWith('cancel'))).toEqual([]);
    expect(all()).toMatchObject([{ lapsed: true }]);
  });

  test('it waits for ten minutes as told, and the machine is awake: sent', async () => {
    let isHeld = true;
    const { canceller, all } = world({
      cancel: () => (isHeld ? { kind: 'rate-limited', retryAfter: 600_000 } : cancelled),
      // What is doubted after five minutes is not answered.
      list: () => silence,
    });
    await canceller.request(one, order('One'));
    await settle();
    isHeld = false;
    await untilIdle(canceller);
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
  });
});

test('by a client order id, a lapsed wish is looked for before it is read', async () => {
  const { store, all } = journal();
  const ref = { accountId: mine, clientOrderId: 'mine-1' as ClientOrderId };
  const silentList = account({ list: () => silence }, [], venues.btcturk);
  const first = begin(store, silentList);
  await first.canceller.request(ref, undefined);
  await settle();
  first.canceller.stop();
  vi.setSystemTime(start + 61_000);
  const log: string[] = [];
  const second = begin(
    store,
    account(
      { list: () => ({ kind: 'page', orders: [order('One', 'mine-1')] }), read: () => open },
      log,
      venues.btcturk,
    ),
  );
  await second.canceller.resume();
  await untilIdle(second.canceller);
  expect(log.map((line) => line.split(' ').slice(0, 2).join(' '))).toEqual([
    'list orders',
    'read One',
    'read One',
    'read One',
  ]);
  expect(all()).toMatchObject([{ ref: { orderId: 'One' as OrderId }, lapsed: true }]);
});

/** The venue asks to wait. */
const limited = (retryAfter: number) =>
  ({ kind: 'rate-limited', retryAfter, said: ['slow down'] }) as const;

describe('told to wait', () => {
  test('“Send now” sends it at once, once', async () => {
    const { canceller, log } = world({ cancel: () => limited(600_000) });
    const id = await canceller.request(one, order('One'));
    await settle();
    canceller.sendNow(id);
    await settle();
    expect(log).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(120_000);
    expect(log).toHaveLength(2);
    canceller.stop();
  });

  test('answered then, the others go too', async () => {
    let isLimited = true;
    const { canceller, all } = world({ cancel: () => (isLimited ? limited(600_000) : cancelled) });
    const id = await canceller.request(one, order('One'));
    await settle();
    await canceller.request({ accountId: mine, orderId: 'Two' as OrderId }, undefined);
    await settle();
    isLimited = false;
    canceller.sendNow(id);
    await settle();
    expect(all()).toMatchObject([{ state: 'cancelled' }, { state: 'cancelled' }]);
  });

  test('once the venue no longer means it, what was told to wait goes at once', async () => {
    let isLimited = true;
    const {
      canceller,
      all,
      account: mineAccount,
    } = world({
      cancel: () => (isLimited ? limited(50_000) : cancelled),
    });
    await canceller.request(one, order('One'));
    await settle();
    isLimited = false;
    const leave = await mineAccount.lane.enter('cancel', undefined, { isForced: () => true });
    leave(true, true);
    canceller.release(mine);
    await settle();
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
  });

  test('what is not to be sent next is not sent now', async () => {
    const { canceller, log } = world({ cancel: () => silence, read: () => silence });
    const id = await canceller.request(one, order('One'));
    await vi.advanceTimersByTimeAsync(5000);
    const before = log.length;
    canceller.sendNow(id);
    await settle();
    expect(log).toHaveLength(before);
    canceller.stop();
  });
});
