import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { FeedNews } from '#lib/venues/feed.ts';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';
import type { Consequence } from '#lib/worker/orders/book.ts';
import { hearOrders } from '#lib/worker/orders/hear-orders.ts';
import { createOpenOrders } from '#lib/worker/orders/open-orders.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';
import { copies } from './open-orders-parts.ts';
import {
  accountId,
  sealer,
  publisher,
  begin,
  ids,
  list,
  gone,
  listed,
  shown,
  turn,
  withOrders,
  account,
} from './open-orders-world.ts';

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});
vi.mock(
  '#lib/worker/store/sealed-store.ts',
  async () => (await import('./open-orders-parts.ts')).storeMock,
);

beforeEach(begin);
afterEach(() => vi.useRealTimers());

describe('orders that leave', () => {
  test.each([
    ['binance', 'BTCTRY', []],
    ['binance', 'LTCBTC', ['1']],
    // Where ids are not counted for each symbol, a symbol is only what was typed.
    ['kraken', 'LTCBTC', []],
  ] as const)('on %s, cancelled with the symbol %s', async (venue, symbol, left) => {
    publisher.set('accounts', [accountOf(accountId, venue, 'Mine')]);
    const openOrders = await withOrders(list(['1']));
    const { ref, ...more } = gone('1');
    openOrders.takeOut({ ...more, ref: { ...ref, symbol } });
    await turn();
    expect(listed()).toEqual(left);
  });

  test('are taken out together', async () => {
    const openOrders = await withOrders(list(ids(1000)));
    const setOrders = vi.spyOn(publisher, 'setOrders');
    for (const id of ids(999)) openOrders.takeOut(gone(id));
    await turn();
    expect(listed()).toEqual(['999']);
    expect(setOrders).toHaveBeenCalledOnce();
  });

  test('whichever case their ids were typed in', async () => {
    const openOrders = await withOrders(list(['ab-1', '2']));
    const { answers, account: ours } = account();
    openOrders.takeOut(gone('AB-1'));
    await turn();
    expect(listed()).toEqual(['2']);
    // A reading that was asked for before the end lists it once more.
    const reading = openOrders.read(accountId, ours, true);
    answers[0]?.([orderOf('ab-1'), orderOf('2')]);
    await reading;
    expect(listed()).toEqual(['2']);
  });

  test('one that is not listed changes nothing', async () => {
    const openOrders = await withOrders(list(['1']));
    const setOrders = vi.spyOn(publisher, 'setOrders');
    openOrders.takeOut(gone('2'));
    await turn();
    expect(setOrders).not.toHaveBeenCalled();
    expect(copies.writes).toEqual([]);
  });

  test('one copy is written at a time, the latest next', async () => {
    const openOrders = await withOrders(list(ids(5)));
    for (const id of ['0', '1', '2']) {
      openOrders.takeOut(gone(id));
      await turn();
    }
    expect(copies.writes).toMatchObject([{ value: list(['1', '2', '3', '4']) }]);
    copies.writes[0]?.end();
    await vi.advanceTimersByTimeAsync(1000);
    expect(copies.writes).toHaveLength(2);
    expect(copies.writes[1]).toMatchObject({ id: accountId, value: list(['3', '4']) });
    copies.writes[1]?.end();
    await vi.advanceTimersByTimeAsync(10_000);
    expect(copies.writes).toHaveLength(2);
    openOrders.takeOut(gone('3'));
    await turn();
    expect(copies.writes).toHaveLength(3);
  });

  test('no copy is written of an account that has been removed', async () => {
    const openOrders = await withOrders(list(ids(5)));
    for (const id of ['0', '1']) {
      openOrders.takeOut(gone(id));
      await turn();
    }
    openOrders.forget(accountId);
    copies.writes[0]?.end();
    await vi.advanceTimersByTimeAsync(1000);
    expect(copies.writes).toHaveLength(1);
    expect(publisher.view.orders).toEqual({});
  });
});

describe('what a venue tells by itself', () => {
  const cancelled: FeedNews = {
    kind: 'ended',
    reading: { status: 'cancelled', order: { id: '1' as OrderId, filled: '0.5' as Decimal } },
    said: ['can'],
  };

  test('is known at once, shown once for all of it, and how it ended too', async () => {
    const followed: [AccountId, Consequence][] = [];
    publisher.setOrders(accountId, list(['1', '2']));
    const openOrders = createOpenOrders(sealer, publisher, {
      onConsequence: (...consequence) => followed.push(consequence),
    });
    await openOrders.restore([accountId]);
    const setOrders = vi.spyOn(publisher, 'setOrders');
    openOrders.hear(accountId, [cancelled, { kind: 'open', order: orderOf('3') }]);
    expect(openOrders.known(accountId).orders.map(({ id }) => id)).toEqual(['2', '3']);
    expect(followed).toMatchObject([
      [accountId, { kind: 'ended', said: ['can'] }],
      [accountId, { kind: 'look', orderId: '3' }],
    ]);
    // A cancellation that ends by it is shown first.
    await Promise.resolve();
    expect(setOrders).not.toHaveBeenCalled();
    await turn();
    expect(listed()).toEqual(['2', '3']);
    expect(publisher.view.orders[accountId]?.ended).toEqual([
      { id: '1', symbol: 'BTCTRY', status: 'cancelled', filled: '0.5', at: now },
    ]);
    expect(setOrders).toHaveBeenCalledOnce();
    // The copy for the next unlock does not hold it.
    expect(copies.writes[0]?.value).not.toHaveProperty('ended');
  });

  test('one that has left its book has ended for the list, and ends no cancellation: it may come back changed', async () => {
    const told: string[] = [];
    publisher.setOrders(accountId, list(['1', '2']));
    const openOrders = createOpenOrders(sealer, publisher, {
      onConsequence: (id, consequence) => hearing.follow(id, consequence),
    });
    const hearing = hearOrders({
      account: () => undefined,
      openOrders,
      onEnd: (_, end) => told.push(end.kind),
      onLeft: (_, orderId) => told.push(`left ${orderId}`),
    });
    await openOrders.restore([accountId]);
    const order = { id: '1' as OrderId };
    openOrders.hear(accountId, [{ kind: 'removed', reading: { status: 'cancelled', order } }]);
    expect(told).toEqual(['left 1']);
    await vi.advanceTimersByTimeAsync(101);
    expect(listed()).toEqual(['2']);
    expect(shown()?.ended).toMatchObject([{ id: '1', status: 'cancelled' }]);
    openOrders.hear(accountId, [{ kind: 'open', order: orderOf('1') }]);
    await turn();
    expect(listed()).toEqual(['2', '1']);
    expect(told).toEqual(['left 1']);
  });

  test('how orders ended is told for a minute, and of fifty at most', async () => {
    const openOrders = await withOrders(list([]));
    const end = (id: string) =>
      openOrders.hear(accountId, [
        { kind: 'ended', reading: { status: 'filled', order: { id: id as OrderId } } },
      ]);
    for (const id of ids(60)) end(id);
    await turn();
    expect(shown()?.ended?.map(({ id }) => id)).toEqual(ids(60).slice(10));
    vi.setSystemTime(now + 60_000);
    end('last');
    await turn();
    expect(shown()?.ended?.map(({ id }) => id)).toEqual(['last']);
  });

  test('of an account that has been removed changes nothing', async () => {
    const openOrders = await withOrders(list(['1']));
    openOrders.forget(accountId);
    openOrders.hear(accountId, [cancelled]);
    await turn();
    expect(publisher.view.orders).toEqual({});
  });
});

test('at a start the view is kept, the copy taken where there is none, and what is unknown forgotten', async () => {
  const other = accountOf('b', 'ripio', 'Other').id;
  const removed = accountOf('c', 'ripio', 'Removed').id;
  publisher.setOrders(accountId, { ...list(['1']), reading: true, coming: 1 });
  publisher.setOrders(removed, list(['3']));
  copies.known.set(accountId, list(['older']));
  copies.known.set(other, list(['2']));
  await createOpenOrders(sealer, publisher).restore([accountId, other]);
  expect(publisher.view.orders).toEqual({ [accountId]: list(['1']), [other]: list(['2']) });
});

describe('the order that is meant', () => {
  const twice = { clientOrderId: 'twice' as ClientOrderId };
  const orders = [orderOf('AbC'), orderOf('2', twice), orderOf('3', twice)];

  test('is found by its id in any case, and no more once it has left', async () => {
    const openOrders = await withOrders({ orders, readAt: now, reading: false });
    expect(openOrders.find({ accountId, orderId: 'aBc' as OrderId })?.id).toBe('AbC');
    openOrders.takeOut(gone('AbC'));
    expect(openOrders.find({ accountId, orderId: 'aBc' as OrderId })).toBeUndefined();
  });

  test('is none of another symbol that has the same id', async () => {
    const openOrders = await withOrders({ orders, readAt: now, reading: false });
    const { symbol } = orderOf('2');
    const meant = { accountId, orderId: '2' as OrderId };
    expect(openOrders.find({ ...meant, symbol })?.id).toBe('2');
    expect(openOrders.find(meant)?.id).toBe('2');
    expect(openOrders.find({ ...meant, symbol: 'ANOTHER' })).toBeUndefined();
  });

  test('is nobody’s guess where two bear the client order id', async () => {
    const openOrders = await withOrders({ orders, readAt: now, reading: false });
    expect(() => openOrders.find({ accountId, ...twice })).toThrow('2 open orders bear');
  });

  test('is not told by a client order id while only a part of the list has come', async () => {
    const openOrders = createOpenOrders(sealer, publisher);
    const { answers, parts, account: ours } = account();
    const reading = openOrders.read(accountId, ours, true);
    parts[0]?.(orders.slice(0, 2));
    const ref = { accountId, ...twice };
    expect(openOrders.find(ref)).toBeUndefined();
    answers[0]?.(orders.slice(0, 2));
    await reading;
    expect(openOrders.find(ref)?.id).toBe('2');
  });
});
