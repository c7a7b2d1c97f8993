import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import { requestCancellation, type CancellationId } from '#lib/domain/cancellation.ts';
import type { ClientOrderId, OrderId, OrderRef } from '#lib/domain/order.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import { createBudget } from '#lib/worker/lanes/create-budget.ts';
import type { Limit } from '#lib/venues/limits.ts';
import { venues } from '#lib/venues/venues.ts';
import {
  accepted,
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
} from './cancel-world.ts';

/** One cancellation that has found nobody for a minute: its next reading is half a minute away. */
async function outage(until = 60_000) {
  const life = world({
    cancel: (name) => (name === 'Two' ? cancelled : silence),
    read: (_, t) => (t < until ? silence : gone),
  });
  await life.canceller.request(one, undefined);
  await vi.advanceTimersByTimeAsync(60_000);
  expect(life.all()).toMatchObject([{ state: 'unknown', trouble: 'unreachable' }]);
  return { ...life, readings: () => life.log.filter((line) => line.startsWith('read')).length };
}

describe('what is easily overlooked', () => {
  beforeEach(
    () => void vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] }),
  );
  afterEach(() => void vi.useRealTimers());

  test('client order ids that differ in case are two orders', async () => {
    const { canceller, log } = world({ cancel: () => cancelled });
    await Promise.all(
      ['abc', 'ABC'].map((id) =>
        canceller.request({ accountId: mine, clientOrderId: id as ClientOrderId }, undefined),
      ),
    );
    await untilIdle(canceller);
    expect(log).toHaveLength(2);
  });

  test('by order id, then by the client id of the same order: one sending', async () => {
    const { canceller, log } = world(
      {
        list: () => ({ kind: 'page', orders: [order('One', 'mine-1')] }),
        cancel: () => accepted,
        read: (_, t) => (t < 1000 ? open : gone),
      },
      venues.btcturk,
    );
    await canceller.request(one, order('One', 'mine-1'));
    await vi.advanceTimersByTimeAsync(200);
    await canceller.request(
      { accountId: mine, clientOrderId: 'mine-1' as ClientOrderId },
      undefined,
    );
    await untilIdle(canceller);
    expect(log.filter((l) => l.startsWith('cancel'))).toHaveLength(1);
  });

  test('the same after a restart: resolved ref, then by its client id', async () => {
    const { canceller, log, store } = world(
      {
        list: () => ({ kind: 'page', orders: [order('One', 'mine-1')] }),
        cancel: () => accepted,
        read: (_, t) => (t < 1000 ? open : gone),
      },
      venues.btcturk,
    );
    const ref: OrderRef = {
      accountId: mine,
      clientOrderId: 'mine-1' as ClientOrderId,
      orderId: 'One' as OrderId,
    };
    const wish = requestCancellation('w' as CancellationId, ref, undefined, start);
    const { next: _, ...sent } = { ...wish, state: 'sent' as const, sendings: 1 };
    await store.addAll([sent]);
    await canceller.resume();
    await canceller.request(
      { accountId: mine, clientOrderId: 'mine-1' as ClientOrderId },
      undefined,
    );
    await untilIdle(canceller);
    expect(log.filter((l) => l.startsWith('cancel'))).toHaveLength(1);
  });

  test('a last write that never succeeds blocks the order at no time, nor what is in flight for ever', async () => {
    const { store } = journal();
    const update = vi.fn<typeof store.update>().mockRejectedValue(new Error('disk'));
    const log: string[] = [];
    const { canceller, inFlight } = begin(
      { ...store, update },
      account({ cancel: () => cancelled }, log),
    );
    const first = await canceller.request(one, undefined);
    await vi.advanceTimersByTimeAsync(1000);
    expect(await canceller.request(one, undefined)).not.toBe(first);
    await vi.advanceTimersByTimeAsync(150_000);
    expect(inFlight.at(-1)).toBe(false);
  });

  test('died after the request left but before "sent" was written, no updatedAt told: cancelled by us', async () => {
    const { store, all } = journal();
    let done = false;
    const cancel = (): CancelReply => {
      if (!done) {
        done = true;
        return cancelled;
      }
      return { kind: 'claimed', claim: 'was-cancelled' };
    };
    const a = begin(
      { ...store, update: () => new Promise(() => undefined) },
      account({
        cancel: () => {
          cancel();
          return new Promise(() => undefined);
        },
      }),
    );
    await a.canceller.request(one, undefined);
    await settle();
    const b = begin(store, account({ cancel, read: () => gone }));
    await b.canceller.resume();
    await untilIdle(b.canceller);
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
  });

  test('BtcTurk: reply to the first lost, second told "could not be cancelled" while the first works its way: not refused', async () => {
    let sent = 0;
    const { canceller, all } = world(
      {
        cancel: () =>
          ++sent === 1
            ? silence
            : { kind: 'claimed', claim: 'not-cancellable', said: ['ORDER_COULD_NOT_BE_CANCELED'] },
        read: (_, t) => (t < 1000 ? open : gone),
      },
      venues.btcturk,
    );
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
  });

  test('the 429 of one cancel holds back another for as long as told, and no longer', async () => {
    const { canceller, log } = world({
      cancel: (n, t) =>
        n === 'One' && t < 6000 ? { kind: 'rate-limited', retryAfter: 5000 } : cancelled,
    });
    await canceller.request(one, undefined); // 429 at 0, until 5000
    await vi.advanceTimersByTimeAsync(100);
    await canceller.request({ accountId: mine, orderId: 'Two' as OrderId }, undefined); // waits until 5000
    await untilIdle(canceller);
    // One is told again at 5000 to wait till 10000.
    expect(log).toEqual(['cancel One 0', 'cancel One 5000', 'cancel Two 5000', 'cancel One 10000']);
  });

  test('what a client order id was found to mean is written down before it is sent', async () => {
    const { store } = journal();
    const slow = Promise.withResolvers<void>();
    const log: string[] = [];
    const { canceller } = begin(
      { ...store, update: () => slow.promise },
      account(
        {
          list: () => ({ kind: 'page', orders: [order('One', 'mine-1')] }),
          cancel: () => cancelled,
        },
        log,
        venues.btcturk,
      ),
    );
    await canceller.request(
      { accountId: mine, clientOrderId: 'mine-1' as ClientOrderId },
      undefined,
    );
    await vi.advanceTimersByTimeAsync(100);
    expect(log).toEqual(['list orders 0']);
    slow.resolve();
    await untilIdle(canceller);
    expect(log).toHaveLength(2);
  });

  test('the reply lost, the repeated request told that there is no such order, the venue down for an hour: checked until it is read', async () => {
    const { canceller, log, states, all } = world({
      cancel: () => ({ kind: 'claimed', claim: 'not-found', said: ['Unknown order sent'] }),
      read: (_, t) => (t < 3_600_000 ? silence : gone),
    });
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(states).not.toContain('not-found');
    expect(log.filter((line) => line.startsWith('cancel'))).toHaveLength(1);
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
  });

  test('six orders that the venue contradicts itself about leave the way free for a click', async () => {
    const sick = Array.from({ length: 6 }, (_, index) => `Sick${index}`);
    const limit: Limit = { of: ['cancel'], most: 30, per: 60_000, each: 'account' };
    const { canceller, log } = world(
      {
        cancel: (name) => (name === 'Well' ? cancelled : { kind: 'claimed', claim: 'not-found' }),
        read: () => open,
      },
      { ...venues.btcturk, limits: [limit] },
      [createBudget(limit)],
    );
    for (const id of sick) {
      // One after the other, as they are clicked.
      // oxlint-disable-next-line no-await-in-loop
      await canceller.request({ accountId: mine, orderId: id as OrderId }, undefined);
    }
    await vi.advanceTimersByTimeAsync(30_000);
    const clicked = Date.now() - start;
    await canceller.request({ accountId: mine, orderId: 'Well' as OrderId }, undefined);
    await settle();
    const sent = log.filter((line) => line.startsWith('cancel'));
    expect(sent.at(-1)).toBe(`cancel Well ${clicked}`);
    await vi.advanceTimersByTimeAsync(60_000);
    const most = log.filter((line) => line.startsWith('cancel Sick0'));
    expect(most.length).toBeLessThan(10);
    canceller.stop();
  });

  describe('after an outage', () => {
    test('what waits goes on as soon as the venue answers somebody', async () => {
      const { canceller, all } = await outage();
      canceller.wake(mine);
      await settle();
      expect(all()).toMatchObject([{ state: 'cancelled' }]);
    });

    test('an answer to another cancellation does that too', async () => {
      const { canceller, all } = await outage();
      await canceller.request({ accountId: mine, orderId: 'Two' as OrderId }, undefined);
      await settle();
      expect(all()).toMatchObject([{ state: 'cancelled' }, { state: 'cancelled' }]);
    });

    test('an answer to another account does not', async () => {
      const { canceller, readings } = await outage();
      const before = readings();
      canceller.wake('other' as AccountId);
      await settle();
      expect(readings()).toBe(before);
    });

    test('however often others are answered, it is asked once a second at most', async () => {
      const { canceller, readings } = await outage(Infinity);
      const before = readings();
      for (let count = 0; count < 50; count++) {
        canceller.wake(mine);
        // One answer after the other.
        // oxlint-disable-next-line no-await-in-loop
        await vi.advanceTimersByTimeAsync(100);
      }
      expect(readings() - before).toBeLessThanOrEqual(5);
      canceller.stop();
    });

    test('what the venue contradicts itself about, or has told to wait, is not woken', async () => {
      const { canceller, log } = world({
        cancel: (name) =>
          name === 'One'
            ? { kind: 'claimed', claim: 'not-found' }
            : { kind: 'rate-limited', retryAfter: 600_000 },
        read: () => open,
      });
      await canceller.request(one, undefined);
      await vi.advanceTimersByTimeAsync(60_000);
      await canceller.request({ accountId: mine, orderId: 'Two' as OrderId }, undefined);
      await settle();
      const before = log.length;
      canceller.wake(mine);
      await settle();
      expect(log).toHaveLength(before);
      canceller.stop();
    });
  });

  test('the account removed: the journal is written before abandon resolves', async () => {
    const { canceller, store } = world({ cancel: () => accepted, read: () => open });
    await canceller.request(one, undefined);
    await settle();
    const slow = Promise.withResolvers<void>();
    store.update = () => slow.promise;
    let resolved = false;
    void canceller.abandon(mine).then(() => (resolved = true));
    await settle();
    expect(resolved).toBe(false);
    slow.resolve();
  });
});
