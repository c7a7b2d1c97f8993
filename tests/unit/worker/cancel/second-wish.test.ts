import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import { createCanceller } from '#lib/worker/cancel/canceller.ts';
import type { Act, ActId, SweepId } from '#lib/domain/cancellation.ts';
import type { ClientOrderId } from '#lib/domain/order.ts';
import type { CancelReply } from '#lib/domain/reply.ts';
import { venues } from '#lib/venues/venues.ts';
import {
  account,
  begin,
  cancelled,
  gone,
  journal,
  mine,
  one,
  oneByOne,
  order,
  settle,
  start,
  two,
  untilIdle,
  world,
} from './cancel-world.ts';

const click: Act = { id: 'click' as ActId, inPopup: true };
const otherClick: Act = { id: 'other click' as ActId, inPopup: true };
const lookup: Act = { id: 'lookup' as ActId };
const otherLookup: Act = { id: 'other lookup' as ActId };

beforeEach(
  () => void vi.useFakeTimers({ now: start, toFake: ['setTimeout', 'clearTimeout', 'Date'] }),
);
afterEach(() => void vi.useRealTimers());

/** A venue that answers when it is told to. */
function slow() {
  const reply = Promise.withResolvers<CancelReply>();
  const life = world({ cancel: () => reply.promise });
  const acts = () => life.all().map(({ act }) => act);
  return { ...life, acts, answer: () => reply.resolve(cancelled) };
}

describe('a second wish for an order whose cancel is under way', () => {
  test.each<[first: Act | undefined, second: Act | undefined, kept: Act | undefined]>([
    [click, lookup, lookup],
    [lookup, click, lookup],
    [click, otherClick, otherClick],
    [lookup, otherLookup, lookup],
    [undefined, lookup, lookup],
    [click, undefined, click],
  ])(
    '%o, then %o: one request, and the act in journal and history',
    async (first, second, kept) => {
      const { canceller, log, acts, answer } = slow();
      const id = await canceller.request(one, undefined, first);
      await settle();
      expect(await canceller.request(one, undefined, second)).toBe(id);
      await settle();
      expect(acts()).toEqual([kept]);
      answer();
      await untilIdle(canceller);
      expect(log).toHaveLength(1);
      expect(acts()).toEqual([kept]);
    },
  );

  test('while the first is still being written down', async () => {
    const { canceller, log, acts, answer } = slow();
    const ids = await Promise.all([
      canceller.request(one, undefined, click),
      canceller.request(one, undefined, lookup),
    ]);
    expect(ids[0]).toBe(ids[1]);
    answer();
    await untilIdle(canceller);
    expect(log).toHaveLength(1);
    expect(acts()).toEqual([lookup]);
  });

  test('of several orders chosen in a window those in flight are taken over, the others begun', async () => {
    const { canceller, all, answer } = slow();
    await canceller.request(one, undefined, click);
    await settle();
    await canceller.requestAll([
      { ref: one, order: undefined, act: lookup },
      { ref: two, order: undefined, act: lookup },
    ]);
    answer();
    await untilIdle(canceller);
    expect(all().map(({ ref, act }) => [ref.orderId, act])).toEqual([
      ['One', lookup],
      ['Two', lookup],
    ]);
  });

  test('whoever follows the cancellation is told of the new act at once', async () => {
    const told: (Act | undefined)[] = [];
    const mineAccount = account({ cancel: () => new Promise(() => undefined) });
    const canceller = createCanceller(journal().store, () => mineAccount, {
      onUnfinished: () => undefined,
    });
    canceller.follow(({ act }) => told.push(act));
    await canceller.request(one, undefined, click);
    await settle();
    expect(told).toEqual([click, click]);
    await canceller.request(one, undefined, lookup);
    expect(told).toEqual([click, click, lookup]);
  });

  test('by its client id: the one under its order id is taken over', async () => {
    const reply = Promise.withResolvers<CancelReply>();
    const { canceller, all, log } = world(
      {
        cancel: () => reply.promise,
        list: () => ({ kind: 'page', orders: [order('One', 'mine-1')] }),
      },
      venues.btcturk,
    );
    await canceller.request(one, order('One', 'mine-1'), click);
    await settle();
    const byClient = { accountId: mine, clientOrderId: 'mine-1' as ClientOrderId };
    await canceller.request(byClient, undefined, lookup);
    await vi.advanceTimersByTimeAsync(1000);
    reply.resolve(cancelled);
    await untilIdle(canceller);
    expect(log.filter((line) => line.startsWith('cancel'))).toHaveLength(1);
    expect(all().map(({ act, state }) => [act, state])).toEqual([
      [lookup, 'cancelled'],
      [lookup, 'cancelled'],
    ]);
  });

  test('one of a sweep goes ahead of the others, has the act, and a stop does not touch it', async () => {
    const { canceller, all, answer } = slow();
    const sweep = 'sweep' as SweepId;
    await canceller.requestAll([{ ref: one, order: undefined }], sweep);
    await canceller.request(one, undefined, lookup);
    await canceller.stopSweep(sweep);
    answer();
    await untilIdle(canceller);
    expect(all()).toMatchObject([{ act: lookup, sweep, first: true, state: 'cancelled' }]);
  });

  test('after its end a wish is a new one, with its own act', async () => {
    const { canceller, all } = world({ cancel: () => cancelled });
    await canceller.request(one, undefined, click);
    await untilIdle(canceller);
    await canceller.request(one, undefined, lookup);
    await untilIdle(canceller);
    expect(all().map(({ act }) => act)).toEqual([click, lookup]);
  });

  test('the next life of the worker has the act of the journal', async () => {
    const { canceller, store, all } = slow();
    await canceller.request(one, undefined, click);
    await settle();
    await canceller.request(one, undefined, lookup);
    await settle();
    canceller.stop();
    const next = begin(store, account({ cancel: () => cancelled, read: () => gone }));
    await next.canceller.resume();
    await untilIdle(next.canceller);
    expect(all().map(({ act, state }) => [act, state])).toEqual([[lookup, 'cancelled']]);
  });
});

const refAt = (symbol: string) => ({ ...one, symbol });

describe('an order of another symbol with the same id', () => {
  test.each([
    ['where ids are counted for each symbol, has a cancel of its own', true, 2],
    ['elsewhere it is the same order', undefined, 1],
  ] as const)('%s', async (_, idsPerSymbol, times) => {
    const reply = Promise.withResolvers<CancelReply>();
    const venue = { ...oneByOne, needsSymbol: true, ...(idsPerSymbol && { idsPerSymbol }) };
    const { canceller, log } = world({ cancel: () => reply.promise }, venue);
    await canceller.request(refAt('LTCBTC'), undefined, click);
    await settle();
    await canceller.request(refAt('BTCUSDT'), undefined, otherClick);
    reply.resolve(cancelled);
    await untilIdle(canceller);
    expect(log).toHaveLength(times);
  });

  test('ends by what its own stream tells of it, and not by what is told of the other', async () => {
    const reply = Promise.withResolvers<CancelReply>();
    const venue = { ...oneByOne, needsSymbol: true, idsPerSymbol: true } as const;
    const { canceller, all } = world({ cancel: () => reply.promise }, venue);
    await canceller.request(refAt('LTCBTC'), undefined, click);
    await settle();
    if (gone.kind !== 'read' || gone.reading.status !== 'cancelled') throw new Error('not gone');
    const told = { kind: 'ended', reading: gone.reading } as const;
    canceller.hear(mine, { ...told, symbol: 'BTCUSDT' });
    await settle();
    expect(all().map(({ state }) => state)).not.toContain('cancelled');
    canceller.hear(mine, { ...told, symbol: 'LTCBTC' });
    await settle();
    expect(all().map(({ state }) => state)).toEqual(['cancelled']);
    reply.resolve(cancelled);
    await untilIdle(canceller);
  });
});
