import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type CancellationId,
  type SweepId,
} from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { ClientOrderId } from '#lib/domain/order.ts';
import { readLeftBehind } from '#lib/worker/browser/session-item.ts';
import { createPublisher } from '#lib/worker/publish/publisher.ts';
import { emptyView } from '#lib/protocol/view.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { orderOf } from '#tests/unit/support/view-world.ts';
import { account, accountId, ended, list, seen, wish } from './publisher-world.ts';

/** What the view has no room for any more, or never had. */

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});

beforeEach(() => {
  vi.useFakeTimers();
  fake.clear();
});
afterEach(() => vi.useRealTimers());

function uuid(): string {
  return crypto.randomUUID();
}

describe('what is forgotten', () => {
  test('a cancellation a minute after its end, and its key', async () => {
    const publisher = createPublisher(await readLeftBehind());
    publisher.set('vault', { state: 'unlocked' });
    publisher.setCancellation(ended('old'));
    await vi.advanceTimersByTimeAsync(30_000);
    publisher.setCancellation(ended('young'));
    publisher.setCancellation(wish('unfinished'));
    await vi.advanceTimersByTimeAsync(29_999);
    publisher.setCancellation(wish('1'));
    await publisher.written();
    expect(fake.keys()).toContain('view.cancellation.cold');
    await vi.advanceTimersByTimeAsync(1);
    publisher.setCancellation(wish('2'));
    await publisher.written();
    expect(Object.keys((await seen()).cancellations)).toEqual([
      'cyoung',
      'cunfinished',
      'c1',
      'c2',
    ]);
    expect(fake.keys()).not.toContain('view.cancellation.cold');
  });

  test('also where the last life of the worker had noted the end', async () => {
    const first = createPublisher(await readLeftBehind());
    first.set('vault', { state: 'unlocked' });
    first.setCancellation(ended('old'));
    await first.written();
    await vi.advanceTimersByTimeAsync(60_000);
    const next = createPublisher(await readLeftBehind());
    next.setCancellation(wish('1'));
    await next.written();
    expect(Object.keys((await seen()).cancellations)).toEqual(['c1']);
  });

  test('everything but the vault’s state at a lock, and it comes back', async () => {
    const publisher = createPublisher(await readLeftBehind());
    publisher.set('vault', { state: 'unlocked' });
    publisher.set('accounts', [account]);
    publisher.setOrders(accountId, list(['1']));
    publisher.setCancellation(wish('1'));
    await publisher.written();
    const before = await seen();

    publisher.set('vault', { state: 'locked' });
    publisher.hide();
    await publisher.written();
    expect(fake.keys()).toEqual(['view.vault']);
    publisher.setCancellation(wish('2'));
    publisher.setOrders(accountId, list(['1', '2']));
    await publisher.written();
    expect(fake.keys()).toEqual(['view.vault']);

    publisher.set('vault', before.vault);
    publisher.show();
    await publisher.written();
    const after = await seen();
    expect(after.accounts).toEqual(before.accounts);
    expect(after.orders[accountId]?.orders).toHaveLength(2);
    expect(Object.keys(after.cancellations)).toEqual(['c1', 'c2']);
  });

  test('what the last life left, where this one begins locked', async () => {
    const first = createPublisher(await readLeftBehind());
    first.set('vault', { state: 'unlocked' });
    first.set('accounts', [account]);
    first.setOrders(accountId, list(['1']));
    first.setCancellation(wish('1'));
    await first.written();
    const next = createPublisher(await readLeftBehind());
    next.hide();
    await next.written();
    expect(fake.keys()).toEqual(['view.vault']);
  });

  test('everything but the vault’s state, for good', async () => {
    const publisher = createPublisher(await readLeftBehind());
    publisher.set('vault', { state: 'unlocked' });
    publisher.setOrders(accountId, list(['1']));
    publisher.setCancellation(wish('1'));
    await publisher.written();
    publisher.clear();
    await publisher.written();
    expect(await seen()).toEqual({ ...emptyView, vault: { state: 'unlocked' } });
    expect(publisher.view.orders).toEqual({});
  });
});

describe('what does not fit', () => {
  test('takes the place of what has ended', async () => {
    const publisher = createPublisher(await readLeftBehind());
    publisher.set('vault', { state: 'unlocked' });
    for (const id of ['1', '2', '3']) publisher.setCancellation(ended(id));
    await publisher.written();
    fake.state.quota = fake.bytes() + 100;
    publisher.setCancellation(wish('4'));
    publisher.set('accounts', [account]);
    await publisher.written();
    expect(Object.keys((await seen()).cancellations)).toEqual(['c4']);
    expect((await seen()).accounts).toEqual([account]);
  });

  test('waits, while what is small is shown, and is written when there is room', async () => {
    const publisher = createPublisher(await readLeftBehind());
    publisher.set('vault', { state: 'unlocked' });
    await publisher.written();
    fake.state.quota = 100_000;
    publisher.setOrders(accountId, list(Array.from({ length: 5000 }, (_, id) => `${id}`)));
    publisher.set('accounts', [account]);
    await publisher.written();
    expect((await seen()).accounts).toEqual([account]);
    expect((await seen()).orders[accountId]).toEqual({ orders: [], readAt: 1, reading: false });
    fake.state.quota = Infinity;
    await vi.advanceTimersByTimeAsync(1000);
    expect((await seen()).orders[accountId]?.orders).toHaveLength(5000);
  });

  test('10,000 open orders, all of them being cancelled, leave a fifth of what Chrome gives', async () => {
    const publisher = createPublisher(await readLeftBehind());
    publisher.set('vault', { state: 'unlocked' });
    const id = uuid() as AccountId;
    const sweep = uuid() as SweepId;
    const orders = Array.from({ length: 10_000 }, (_, index) => ({
      ...orderOf(uuid().toUpperCase()),
      clientOrderId: `grid-${uuid()}` as ClientOrderId,
      symbol: 'BTC_BRL',
      price: `${123_456.78 + index}` as Decimal,
      quantity: '0.01234567' as Decimal,
      remaining: '0.01234567' as Decimal,
      createdAt: 1_700_000_000_000 + index,
    }));
    publisher.setOrders(id, { orders, readAt: Date.now(), reading: false });
    for (const order of orders) {
      const ref = { accountId: id, orderId: order.id, symbol: order.symbol };
      publisher.setCancellation({
        ...requestCancellation(uuid() as CancellationId, ref, order, Date.now(), sweep),
        state: 'accepted',
        at: { requested: Date.now(), sent: Date.now(), accepted: Date.now() },
        sendings: 1,
        lastSent: Date.now(),
        said: ['pending_cancellation'],
      });
    }
    await publisher.written();
    expect(Object.keys((await seen()).cancellations)).toHaveLength(10_000);
    expect(fake.bytes()).toBeLessThan(0.8 * 10 * 1024 * 1024);
  });
});
