import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCanceller } from '#lib/worker/cancel/canceller.ts';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import { advance } from '#lib/domain/cancellation-steps.ts';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import { venues } from '#lib/venues/venues.ts';
import {
  accepted,
  account,
  begin,
  cancelled,
  gone,
  journal,
  late,
  mine,
  one,
  open,
  order,
  settle,
  start,
  two,
  untilIdle,
  world,
} from './cancel-world.ts';

beforeEach(() => {
  vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] });
});
afterEach(() => {
  vi.useRealTimers();
});

describe('the journal', () => {
  test('a write that fails once is written again', async () => {
    const { store, all } = journal();
    let closed = true;
    const update = vi.fn<typeof store.update>((row) => {
      if (!closed) return store.update(row);
      closed = false;
      return Promise.reject(new DOMException('', 'InvalidStateError'));
    });
    const { canceller } = begin({ ...store, update }, account({ cancel: late }));
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(update).toHaveBeenCalledTimes(3);
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
  });

  test('a state that could not be written is followed by the next', async () => {
    const { store, all } = journal();
    const update = vi.fn<typeof store.update>((row) => store.update(row));
    update.mockRejectedValueOnce(new Error('closed')).mockRejectedValueOnce(new Error('closed'));
    const { canceller } = begin({ ...store, update }, account({ cancel: late }));
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
  });

  test('an end that a full disk does not take is written once it has room', async () => {
    const { store, all } = journal();
    let isFull = true;
    const update = (row: Parameters<typeof store.update>[0]) =>
      isFull ? Promise.reject(new Error('full')) : store.update(row);
    const { canceller, inFlight } = begin({ ...store, update }, account({ cancel: late }));
    await canceller.request(one, undefined);
    await vi.advanceTimersByTimeAsync(5000);
    expect(all()).toMatchObject([{ state: 'requested' }]);
    expect(inFlight.at(-1)).toBe(true);
    isFull = false;
    await untilIdle(canceller);
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
    expect(inFlight.at(-1)).toBe(false);
  });

  test('the last state is written last, however slow the write before it', async () => {
    const { store, all } = journal();
    const slow = Promise.withResolvers<void>();
    const update = vi.fn<typeof store.update>(async (row) => {
      if (row.cancellation.state === 'sent') await slow.promise;
      return store.update(row);
    });
    const { canceller, inFlight } = begin({ ...store, update }, account({ cancel: late }));
    await canceller.request(one, undefined);
    await vi.advanceTimersByTimeAsync(30);
    expect(inFlight.at(-1)).toBe(true);
    slow.resolve();
    await canceller.idle();
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
  });
});

describe('stop', () => {
  test('takes no further step; the journal holds what is left', async () => {
    const { canceller, log, all, states, inFlight } = world({
      cancel: () => accepted,
      read: () => gone,
    });
    await canceller.request(one, undefined);
    await settle();
    canceller.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(log).toEqual(['cancel One 0']);
    expect(all()).toMatchObject([{ state: 'accepted', next: { step: 'read' } }]);
    expect(states.at(-1)).toBe('accepted');
    expect(inFlight.at(-1)).toBe(false);
  });

  test('what a request under way is answered is left for the next life to find out', async () => {
    const reply = Promise.withResolvers<CancelReply>();
    const { canceller, all, store } = world({ cancel: () => reply.promise });
    await canceller.request(one, undefined);
    await settle();
    canceller.stop();
    await settle();
    reply.resolve(cancelled);
    await canceller.idle();
    expect(all()).toMatchObject([{ state: 'sent' }]);

    const next = begin(store, account({ read: () => gone }));
    await next.canceller.resume();
    await untilIdle(next.canceller);
    expect(all()).toMatchObject([{ state: 'cancelled', sendings: 1 }]);
  });

  test('while the lane holds it back: it is not sent', async () => {
    const { canceller, log, all, account } = world({ cancel: () => cancelled });
    account.lane.holdBack('cancel', 1000, start);
    await canceller.request(one, undefined);
    await settle();
    canceller.stop();
    await vi.advanceTimersByTimeAsync(60_000);
    expect(log).toEqual([]);
    expect(all()).toMatchObject([{ state: 'requested', next: { step: 'send' } }]);
  });
});

describe('abandon', () => {
  test('gives up the account’s own and no other', async () => {
    const { store, all } = journal();
    const theirs = { accountId: 'theirs' as AccountId, orderId: 'Two' as OrderId };
    const script = {
      cancel: () => accepted,
      read: (_: string, time: number) => (time < 1000 ? open : gone),
    };
    const accounts = new Map([
      [one.accountId, account(script)],
      [theirs.accountId, account(script)],
    ]);
    const canceller = createCanceller(store, (id) => accounts.get(id), {
      onUnfinished: () => undefined,
    });
    await canceller.request(one, undefined);
    await canceller.request(theirs, undefined);
    await vi.advanceTimersByTimeAsync(500);
    await canceller.abandon(mine);
    await untilIdle(canceller);
    expect(all()).toMatchObject([{ state: 'accepted', abandoned: true }, { state: 'cancelled' }]);
    expect(await store.unfinished()).toEqual([]);
  });

  test('a reply that comes after it changes nothing', async () => {
    const reply = Promise.withResolvers<CancelReply>();
    const { canceller, all } = world({ cancel: () => reply.promise });
    await canceller.request(one, undefined);
    await settle();
    await canceller.abandon(mine);
    reply.resolve(cancelled);
    await canceller.idle();
    expect(all()).toMatchObject([{ state: 'sent', abandoned: true }]);
  });

  test('one that goes by two names is given up once', async () => {
    const { canceller, all, log, inFlight } = world(
      {
        list: () => ({ kind: 'page', orders: [order('One', 'mine-1')] }),
        cancel: () => accepted,
        read: () => open,
      },
      venues.btcturk,
    );
    await canceller.request(
      { accountId: mine, clientOrderId: 'mine-1' as ClientOrderId },
      undefined,
    );
    await vi.advanceTimersByTimeAsync(200);
    await canceller.abandon(mine);
    await vi.advanceTimersByTimeAsync(60_000);
    expect(log).toEqual(['list orders 0', 'cancel One 0', 'read One 150']);
    expect(all()).toMatchObject([{ abandoned: true }]);
    expect(inFlight.at(-1)).toBe(false);
  });
});

describe('resume', () => {
  const wish = requestCancellation('wish' as CancellationId, one, order('One'), start);
  const underWay = advance(wish, { type: 'sending' }, start);
  const sent: Cancellation = { ...underWay, inDoubt: true };
  const later = { step: 'read', at: start + 700 } as const;

  test.each<[string, Cancellation, string[]]>([
    ['not yet sent: sends it', wish, ['cancel One 0']],
    ['sent: reads first', underWay, ['read One 0']],
    [
      'accepted: reads when it was due',
      { ...sent, state: 'accepted', next: later },
      ['read One 700'],
    ],
    [
      'long overdue: at once',
      { ...sent, state: 'unknown', next: { ...later, at: 5 } },
      ['read One 0'],
    ],
  ])('%s', async (_, cancellation, expected) => {
    const { canceller, log, all, store } = world({ cancel: () => cancelled, read: () => gone });
    await store.addAll([cancellation]);
    await canceller.resume();
    await untilIdle(canceller);
    expect(log).toEqual(expected);
    expect(all()).toMatchObject([{ id: 'wish', state: 'cancelled' }]);
  });

  test('nothing is in flight until something is taken up, and nothing after it', async () => {
    const { canceller, inFlight, store } = world({ cancel: () => accepted, read: () => gone });
    await canceller.resume();
    expect(inFlight).toEqual([false]);
    await store.addAll([underWay]);
    await store.addAll([{ ...underWay, ref: two }]);
    await canceller.resume();
    await untilIdle(canceller);
    expect(inFlight).toEqual([false, true, true, false]);
  });

  test('a click on what was taken up joins it', async () => {
    const { canceller, log, store } = world({ cancel: () => accepted, read: () => gone });
    await store.addAll([underWay]);
    await canceller.resume();
    expect(await canceller.request(one, undefined)).toBe('wish');
    await untilIdle(canceller);
    expect(log).toEqual(['read One 0']);
  });

  test('twice takes up once', async () => {
    const { canceller, log, store } = world({ cancel: () => accepted, read: () => gone });
    await store.addAll([underWay]);
    await Promise.all([canceller.resume(), canceller.resume()]);
    await untilIdle(canceller);
    expect(log).toEqual(['read One 0']);
  });

  test('without its account it is given up, and says so', async () => {
    const { store, all } = journal();
    await store.addAll([underWay]);
    const { canceller, inFlight } = begin(store, undefined);
    await canceller.resume();
    await settle();
    expect(inFlight.at(-1)).toBe(false);
    expect(await store.unfinished()).toEqual([]);
    expect(all()).toMatchObject([{ abandoned: true }]);
  });
});
