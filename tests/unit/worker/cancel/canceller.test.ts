import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { ClockReading } from '#lib/domain/clock.ts';
import type { ClientOrderId, Order, OrderId, OrderRef } from '#lib/domain/order.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import type { OpenOrdersReply } from '#lib/venues/venue.ts';
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

/** A reading of the venue's clock. */
const sure = (offset: number) => ({ offset, uncertainty: 10 });

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

  test.each<[string, number, ClockReading | undefined, ClockReading | undefined, string]>([
    ['before it, by a clock that still goes so', -1000, sure(0), sure(0), 'was-cancelled'],
    ['before it, by a clock far ahead', 0, sure(60_000), sure(60_000), 'was-cancelled'],
    ['before it, by a clock read only now', -1000, undefined, sure(0), 'cancelled'],
    ['long before it, by such a clock', -601_000, undefined, sure(0), 'was-cancelled'],
    [
      'after it, though the venue’s clock was set back since',
      -3000,
      sure(0),
      sure(-3000),
      'cancelled',
    ],
    [
      'after it, though the venue’s clock was set on since',
      -1000,
      sure(-3000),
      sure(0),
      'cancelled',
    ],
    ['before it, whatever was set', -4000, sure(0), sure(-3000), 'was-cancelled'],
    ['before it, by a clock that can no longer be read', -1000, sure(0), undefined, 'cancelled'],
    ['long before it, by such a clock', -601_000, sure(0), undefined, 'was-cancelled'],
  ])('changed %s', async (_, change, before, now, expected) => {
    const reading = {
      status: 'cancelled',
      order: { id: 'One' as OrderId, updatedAt: start + change },
    } as const;
    const { canceller, states } = world({
      cancel: () => accepted,
      read: () => ({ kind: 'read', reading }),
      ...(before && { clock: before }),
      ...(now && { measure: () => now }),
    });
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(states.at(-1)).toBe(expected);
  });

  test('the clock is not read again where the order was changed after the wish', async () => {
    const reading = {
      status: 'cancelled',
      order: { id: 'One' as OrderId, updatedAt: start + 100 },
    } as const;
    const { canceller, log } = world({
      cancel: () => accepted,
      read: () => ({ kind: 'read', reading }),
      clock: sure(0),
    });
    await canceller.request(one, undefined);
    await untilIdle(canceller);
    expect(log).toEqual(['cancel One 0', 'read One 150']);
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

function listed(...orders: Order[]): OpenOrdersReply {
  return { kind: 'page', orders };
}
