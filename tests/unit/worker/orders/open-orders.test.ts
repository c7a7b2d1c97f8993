import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { FeedNews } from '#lib/venues/feed.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { requestCancellation, type CancellationId } from '#lib/domain/cancellation.ts';
import type { ClientOrderId, Order, OrderId } from '#lib/domain/order.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import { readLeftBehind } from '#lib/worker/browser/session-item.ts';
import { createPublisher, type Publisher } from '#lib/worker/publish/publisher.ts';
import type { OrdersView } from '#lib/protocol/view.ts';
import type { Consequence } from '#lib/worker/orders/book.ts';
import type { OnPart } from '#lib/worker/network/list-pages.ts';
import { hearOrders } from '#lib/worker/orders/hear-orders.ts';
import { createOpenOrders } from '#lib/worker/orders/open-orders.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});

/** The copies for the next unlock, each write ended by hand. */
const copies = vi.hoisted(() => ({
  known: new Map<string, unknown>(),
  writes: [] as { id: string; value: unknown; end: () => void }[],
}));
vi.mock('#lib/worker/store/sealed-store.ts', () => ({
  sealedStore: () => ({
    get: (id: string) => Promise.resolve(copies.known.get(id)),
    put: (id: string, value: unknown) =>
      new Promise<void>((end) => copies.writes.push({ id, value, end })),
  }),
}));

const accountId = accountOf('a', 'ripio', 'Main').id;
const sealer = {} as Sealer;
let publisher: Publisher;

beforeEach(async () => {
  vi.useFakeTimers({ now });
  fake.clear();
  copies.known.clear();
  copies.writes = [];
  publisher = createPublisher(await readLeftBehind());
});
afterEach(() => vi.useRealTimers());

function ids(count: number): string[] {
  return Array.from({ length: count }, (_, index) => `${index}`);
}

function list(names: readonly string[]): OrdersView {
  return { orders: names.map((id) => orderOf(id)), readAt: now - 1000, reading: false };
}

function gone(id: string) {
  const ref = { accountId, orderId: id as OrderId };
  return requestCancellation(id as CancellationId, ref, undefined, now);
}

function listed(): string[] {
  return publisher.view.orders[accountId]?.orders.map(({ id }) => id) ?? [];
}

function shown(): OrdersView | undefined {
  return publisher.view.orders[accountId];
}

function turn(): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(0);
}

/** With this in the view, as the last life has left it. */
async function withOrders(orders: OrdersView) {
  publisher.setOrders(accountId, orders);
  const openOrders = createOpenOrders(sealer, publisher);
  await openOrders.restore([accountId]);
  return openOrders;
}

/** An account whose readings are answered by hand. */
function account() {
  const answers: ((orders: readonly Order[]) => void)[] = [];
  const fails: (() => void)[] = [];
  /** Tells of the first pages. */
  const parts: OnPart[] = [];
  const reader = {
    list: (_: boolean, onPart: OnPart) =>
      new Promise((resolve) => {
        answers.push((orders) => resolve({ kind: 'orders', orders }));
        fails.push(() => resolve({ kind: 'unknown', note: { code: 'no-answer' } }));
        parts.push(onPart);
      }),
  };
  const lane = { told: () => 0 };
  const client = { isClockFresh: () => true };
  return { answers, fails, parts, account: { reader, lane, client } as unknown as CancelAccount };
}

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

describe('readings', () => {
  test('how many could not be read is shown and kept, and forgotten when all can', async () => {
    const openOrders = createOpenOrders(sealer, publisher);
    const replies = [{ unreadable: 2 }, {}];
    const odd = {
      ...account().account,
      reader: { list: () => Promise.resolve({ kind: 'orders', orders: [], ...replies.shift() }) },
    } as unknown as CancelAccount;
    expect(await openOrders.read(accountId, odd, true)).toMatchObject({ unreadable: 2 });
    expect(publisher.view.orders[accountId]).toMatchObject({ unreadable: 2, reading: false });
    expect(copies.writes[0]?.value).toMatchObject({ unreadable: 2 });
    await vi.advanceTimersByTimeAsync(10);
    await openOrders.read(accountId, odd, true);
    expect(publisher.view.orders[accountId]).not.toHaveProperty('unreadable');
  });

  test('an answer to an earlier reading does not undo a later one', async () => {
    const openOrders = createOpenOrders(sealer, publisher);
    const { answers, account: ours } = account();
    const first = openOrders.read(accountId, ours, true);
    await vi.advanceTimersByTimeAsync(10);
    const second = openOrders.read(accountId, ours, true);
    answers[1]?.([orderOf('new')]);
    await second;
    answers[0]?.([orderOf('old')]);
    await first;
    expect(listed()).toEqual(['new']);
  });

  test('a clock that is set back keeps no list from being read', async () => {
    const openOrders = await withOrders(list(['old']));
    vi.setSystemTime(now - 3_600_000);
    const { answers, account: ours } = account();
    const reading = openOrders.read(accountId, ours, false);
    await turn();
    answers[0]?.([orderOf('new')]);
    await reading;
    expect(shown()).toMatchObject({ reading: false, readAt: now - 3_600_000 });
    expect(listed()).toEqual(['new']);
  });

  test('what has left before a reading that lists it again is listed', async () => {
    const openOrders = await withOrders(list(['1']));
    const { answers, account: ours } = account();
    openOrders.takeOut(gone('1'));
    await vi.advanceTimersByTimeAsync(1);
    expect(listed()).toEqual([]);
    const reading = openOrders.read(accountId, ours, true);
    answers[0]?.([orderOf('1')]);
    await reading;
    expect(listed()).toEqual(['1']);
  });

  test('a refresh joins the reading under way', async () => {
    const openOrders = createOpenOrders(sealer, publisher);
    const { answers, account: ours } = account();
    const both = Promise.all([
      openOrders.refresh(accountId, ours),
      openOrders.refresh(accountId, ours),
    ]);
    answers[0]?.([orderOf('1')]);
    await both;
    expect(answers).toHaveLength(1);
  });
});

describe('a part of a list', () => {
  test('is shown as it comes, and never as the whole', async () => {
    const openOrders = createOpenOrders(sealer, publisher);
    const { answers, parts, account: ours } = account();
    const reading = openOrders.read(accountId, ours, true);
    parts[0]?.([orderOf('1'), orderOf('2')]);
    expect(listed()).toEqual(['1', '2']);
    expect(shown()).toMatchObject({ reading: true, coming: 2 });
    expect(shown()).not.toHaveProperty('readAt');
    expect(copies.writes).toEqual([]);
    answers[0]?.([orderOf('2'), orderOf('3')]);
    await reading;
    expect(shown()).toEqual({ orders: [orderOf('2'), orderOf('3')], readAt: now, reading: false });
  });

  test('puts in what is new and takes nothing out of what was known', async () => {
    const openOrders = await withOrders(list(['ab-1', '2']));
    const { parts, account: ours } = account();
    void openOrders.read(accountId, ours, true);
    parts[0]?.([orderOf('AB-1', { symbol: 'ETHTRY' }), orderOf('3')]);
    expect(listed()).toEqual(['AB-1', '2', '3']);
    expect(shown()?.orders[0]?.symbol).toBe('ETHTRY');
    expect(shown()?.readAt).toBe(now - 1000);
  });

  test('brings back nothing that a cancellation has ended since', async () => {
    const openOrders = createOpenOrders(sealer, publisher);
    const { parts, account: ours } = account();
    void openOrders.read(accountId, ours, true);
    parts[0]?.([orderOf('1'), orderOf('2')]);
    const ended = { ...gone('1'), state: 'cancelled', at: { requested: now, ended: now } } as const;
    openOrders.takeOut(ended);
    parts[0]?.([orderOf('1'), orderOf('2'), orderOf('3')]);
    await turn();
    expect(listed()).toEqual(['2', '3']);
  });

  test('of an earlier reading does not undo a later one', async () => {
    const openOrders = createOpenOrders(sealer, publisher);
    const { answers, parts, account: ours } = account();
    void openOrders.read(accountId, ours, true);
    await vi.advanceTimersByTimeAsync(10);
    const later = openOrders.read(accountId, ours, true);
    answers[1]?.([]);
    await later;
    parts[0]?.([orderOf('1')]);
    expect(listed()).toEqual([]);
  });

  test('stays where the rest never comes, and is still not the whole', async () => {
    const openOrders = createOpenOrders(sealer, publisher);
    const { fails, parts, account: ours } = account();
    const reading = openOrders.read(accountId, ours, true);
    parts[0]?.([orderOf('1')]);
    fails[0]?.();
    await reading;
    expect(listed()).toEqual(['1']);
    expect(shown()).toMatchObject({ reading: false, trouble: { reason: 'unreachable' } });
    expect(shown()).not.toHaveProperty('readAt');
    expect(shown()).not.toHaveProperty('coming');
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
