import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCanceller } from '#lib/cancel/canceller.ts';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import { advance } from '#lib/domain/cancellation-steps.ts';
import type { ClientOrderId, Order, OrderId, OrderRef } from '#lib/domain/order.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import type { OpenOrdersReply } from '#lib/venues/venue.ts';
import { venues } from '#lib/venues/venues.ts';
import {
  accepted,
  account,
  badTime,
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
  slowDown,
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

/** So late that what was sent has been written down. */
const late = () => new Promise<CancelReply>((resolve) => setTimeout(() => resolve(cancelled), 20));

describe('one cancellation', () => {
  test('is told, sent, proven and written down', async () => {
    const { canceller, states, log, all } = world({ cancel: () => cancelled });
    const id = await canceller.request(one, order('One'));
    await untilIdle(canceller);
    expect(log).toEqual(['cancel One 0']);
    expect(states).toEqual(['requested', 'sent', 'cancelled']);
    expect(all()).toMatchObject([{ id, ref: one, state: 'cancelled', sendings: 1 }]);
  });

  test('stands in the journal before the venue hears of it', async () => {
    const events: string[] = [];
    const { store } = journal((event) => events.push(event));
    const { canceller } = begin(store, account({ cancel: late }, events));
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(events[0]).toBe('add requested');
    expect(events[1]).toBe('cancel One 0');
    expect(events.slice(2)).toEqual(['update sent', 'update cancelled']);
  });

  test('is written down once where the reply is faster than the disk need be', async () => {
    const events: string[] = [];
    const { store } = journal((event) => events.push(event));
    const { canceller } = begin(store, account({ cancel: () => cancelled }, events));
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(events).toEqual(['add requested', 'cancel One 0', 'update cancelled']);
  });

  test('that cannot be written down is not sent', async () => {
    const { store, all } = journal();
    const log: string[] = [];
    const addAll = vi.fn<typeof store.addAll>((cancellations) => store.addAll(cancellations));
    addAll.mockRejectedValueOnce(new DOMException('', 'QuotaExceededError'));
    const { canceller, inFlight } = begin(
      { ...store, addAll },
      account({ cancel: () => cancelled }, log),
    );
    await expect(canceller.request(one, undefined)).rejects.toMatchObject({
      code: 'journal-failed',
    });
    expect(log).toEqual([]);
    expect(inFlight).toEqual([]);

    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(all()).toMatchObject([{ state: 'cancelled' }]);
  });

  test('is confirmed by readings that slow down', async () => {
    const replies = [open, silence, open];
    const { canceller, states, log } = world({
      cancel: () => accepted,
      read: () => replies.shift() ?? gone,
    });
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(log).toEqual([
      'cancel One 0',
      'read One 150',
      'read One 550',
      'read One 1550',
      'read One 3550',
    ]);
    expect(states.at(-1)).toBe('cancelled');
  });

  test('whose sending is in doubt is read, and sent again while open', async () => {
    const replies: CancelReply[] = [silence, cancelled];
    const { canceller, log, all } = world({
      cancel: () => replies.shift() ?? cancelled,
      read: () => open,
    });
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(log).toEqual(['cancel One 0', 'read One 150', 'cancel One 150']);
    expect(all()).toMatchObject([{ state: 'cancelled', sendings: 2 }]);
  });

  test('is judged by the venue’s clock', async () => {
    const reading = {
      status: 'cancelled',
      order: { id: 'One' as OrderId, updatedAt: start },
    } as const;
    const { canceller, states } = world({
      cancel: () => accepted,
      read: () => ({ kind: 'read', reading }),
      clock: { offset: 60_000, uncertainty: 10 },
    });
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(states.at(-1)).toBe('was-cancelled');
  });

  test('is in flight until its end', async () => {
    const reply = Promise.withResolvers<CancelReply>();
    const { canceller, inFlight } = world({ cancel: () => reply.promise });
    await canceller.request(one, undefined);
    expect(inFlight).toEqual([true]);
    reply.resolve(cancelled);
    await canceller.idle();
    expect(inFlight).toEqual([true, false]);
  });
});

describe('the same order again', () => {
  test('two quick requests are one', async () => {
    const { canceller, log, all } = world({ cancel: () => cancelled });
    const [first, second] = await Promise.all([
      canceller.request(one, undefined),
      canceller.request(one, undefined),
    ]);
    await untilIdle(canceller);
    expect(first).toBe(second);
    expect(log).toHaveLength(1);
    expect(all()).toHaveLength(1);
  });

  test('an id in another case is the same order', async () => {
    const { canceller, log } = world({ cancel: () => cancelled });
    const other: OrderRef = { ...one, orderId: 'oNE' as OrderId };
    const ids = await Promise.all([
      canceller.request(one, undefined),
      canceller.request(other, undefined),
    ]);
    await untilIdle(canceller);
    expect(new Set(ids).size).toBe(1);
    expect(log).toEqual(['cancel One 0']);
  });

  test('a request while it is being confirmed joins it', async () => {
    const { canceller, log } = world({
      cancel: () => accepted,
      read: (_, time) => (time < 1000 ? open : gone),
    });
    const first = await canceller.request(one, undefined);
    await vi.advanceTimersByTimeAsync(500);
    expect(await canceller.request(one, undefined)).toBe(first);
    await untilIdle(canceller);
    expect(log.filter((line) => line.startsWith('cancel'))).toHaveLength(1);
  });

  test('after the end it is a new cancellation', async () => {
    const { canceller, log, all } = world({ cancel: () => cancelled });
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(log).toHaveLength(2);
    expect(all()).toHaveLength(2);
  });

  test('another order is another cancellation', async () => {
    const { canceller, log } = world({ cancel: () => cancelled });
    await Promise.all([canceller.request(one, undefined), canceller.request(two, undefined)]);
    await untilIdle(canceller);
    expect(log).toEqual(['cancel One 0', 'cancel Two 0']);
  });
});

describe('by client order id, at a venue that cancels by its own alone', () => {
  const byClient: OrderRef = { accountId: mine, clientOrderId: 'mine-1' as ClientOrderId };

  test('its id is found first', async () => {
    const { canceller, log, all } = world(
      {
        list: () => listed(order('One', 'mine-1'), order('Two', 'mine-2')),
        cancel: () => accepted,
        read: () => gone,
      },
      venues.btcturk,
    );
    await canceller.request(byClient, undefined);
    await untilIdle(canceller);
    expect(log).toEqual(['list orders 0', 'cancel One 0', 'read One 150']);
    expect(all()).toMatchObject([{ ref: { ...byClient, orderId: 'One' }, state: 'cancelled' }]);
  });

  test('then by the id that was found: one cancellation', async () => {
    const { canceller, log, inFlight } = world(
      {
        list: () => listed(order('One', 'mine-1')),
        cancel: () => accepted,
        read: (_, time) => (time < 1000 ? open : gone),
      },
      venues.btcturk,
    );
    const first = await canceller.request(byClient, undefined);
    await vi.advanceTimersByTimeAsync(200);
    expect(await canceller.request(one, undefined)).toBe(first);
    expect(await canceller.request(byClient, undefined)).toBe(first);
    await untilIdle(canceller);
    expect(log.filter((line) => line.startsWith('cancel'))).toEqual(['cancel One 0']);
    expect(inFlight.at(-1)).toBe(false);
  });

  test('none open bears it: not found, nothing sent', async () => {
    const { canceller, log, all } = world(
      { list: () => listed(order('One', 'MINE-1'), order('Two')) },
      venues.btcturk,
    );
    await canceller.request(byClient, undefined);
    await untilIdle(canceller);
    expect(log).toEqual(['list orders 0']);
    expect(all()).toMatchObject([{ state: 'not-found', sendings: 0 }]);
  });

  test('two bear it: refused, nothing sent', async () => {
    const { canceller, log, all } = world(
      { list: () => listed(order('One', 'mine-1'), order('Two', 'mine-1')) },
      venues.btcturk,
    );
    await canceller.request(byClient, undefined);
    await untilIdle(canceller);
    expect(log).toEqual(['list orders 0']);
    expect(all()).toMatchObject([{ state: 'refused', reason: 'ambiguous', sendings: 0 }]);
  });

  test('a list that cannot be read is read again', async () => {
    const replies = [silence, slowDown];
    const { canceller, log, states } = world(
      {
        list: () => replies.shift() ?? listed(order('One', 'mine-1')),
        cancel: () => cancelled,
      },
      venues.btcturk,
    );
    await canceller.request(byClient, undefined);
    await untilIdle(canceller);
    expect(log).toEqual([
      'list orders 0',
      'list orders 400',
      'list orders 5400',
      'cancel One 5400',
    ]);
    expect(states.at(-1)).toBe('cancelled');
  });

  test('at a venue that takes it, it is sent as it is', async () => {
    const { canceller, log } = world({ cancel: () => cancelled });
    await canceller.request(byClient, undefined);
    await untilIdle(canceller);
    expect(log).toEqual(['cancel client mine-1 0']);
  });
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

  test('is set right once: a second invalid time is a refusal, if the order cannot be read either', async () => {
    const { canceller, log, all } = world({
      cancel: () => badTime,
      read: () => badTime,
      measure: () => clock,
    });
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(log.filter((line) => line.startsWith('cancel'))).toHaveLength(2);
    expect(all()).toMatchObject([
      { state: 'refused', reason: 'clock', words: 'Invalid timestamp' },
    ]);
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
      onChange: () => undefined,
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

function listed(...orders: Order[]): OpenOrdersReply {
  return { kind: 'page', orders };
}
