import * as fc from 'fast-check';
import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CancellationId } from '#lib/domain/cancellation.ts';
import type { ClientOrderId } from '#lib/domain/order.ts';
import { followView } from '#lib/page/follow.ts';
import { readLeftBehind } from '#lib/worker/browser/session-item.ts';
import { createPublisher } from '#lib/worker/publish/publisher.ts';
import { applyTexts } from '#lib/protocol/stored-view.ts';
import { emptyView } from '#lib/protocol/view.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { orderOf } from '#tests/unit/support/view-world.ts';
import { account, accountId, ended, list, orderId, seen, wish } from './publisher-world.ts';

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});

beforeEach(() => {
  vi.useFakeTimers();
  fake.clear();
});
afterEach(() => vi.useRealTimers());

function turn(): Promise<unknown> {
  return vi.advanceTimersByTimeAsync(0);
}

describe('what is written, and when', () => {
  test('the first change goes out before any timer', async () => {
    const publisher = createPublisher(await readLeftBehind());
    publisher.setCancellation(wish('1'));
    for (let microtask = 0; microtask < 5; microtask++) await Promise.resolve();
    expect(fake.keys()).toContain('view.cancellation.c1');
  });

  test('a step writes its own key and no other', async () => {
    const publisher = createPublisher(await readLeftBehind());
    publisher.set('vault', { state: 'unlocked' });
    for (let index = 0; index < 100; index++) publisher.setCancellation(wish(`${index}`));
    await publisher.written();
    fake.state.sets = [];
    publisher.setCancellation(wish('7', undefined, { state: 'sent' }));
    await publisher.written();
    expect(fake.state.sets).toEqual([['view.cancellation.c7']]);
    expect((await seen()).cancellations['c7' as CancellationId]?.state).toBe('sent');
  });

  test('that an account is being read does not write its list again', async () => {
    const publisher = createPublisher(await readLeftBehind());
    const orders = list(['1', '2']);
    publisher.setOrders(accountId, orders);
    await publisher.written();
    fake.state.sets = [];
    publisher.setOrders(accountId, { ...orders, reading: true });
    await publisher.written();
    expect(fake.state.sets).toEqual([['view.reading.a']]);
  });

  test('what changes while a write is under way goes together in the next, the latest state of each', async () => {
    const writes: (() => void)[] = [];
    fake.state.delay = () => new Promise((resolve) => writes.push(resolve));
    const publisher = createPublisher(await readLeftBehind());
    publisher.set('vault', { state: 'unlocked' });
    await turn();
    for (const state of ['sent', 'accepted'] as const) {
      publisher.setCancellation(wish('1', undefined, { state }));
      publisher.setCancellation(wish('2', undefined, { state }));
      await turn();
    }
    expect(fake.state.sets).toEqual([['view.vault']]);
    writes.shift()?.();
    await turn();
    expect(fake.state.sets[1]?.toSorted()).toEqual([
      'view.cancellation.c1',
      'view.cancellation.c2',
      'view.index',
    ]);
    writes.shift()?.();
    await turn();
    expect(fake.state.sets).toHaveLength(2);
    const { cancellations } = await seen();
    expect(Object.values(cancellations).map(({ state }) => state)).toEqual([
      'accepted',
      'accepted',
    ]);
  });

  test('after a long write it rests for as long, unless somebody waits for the next', async () => {
    const publisher = createPublisher(await readLeftBehind());
    fake.state.delay = () => new Promise((resolve) => setTimeout(resolve, 100));
    publisher.set('vault', { state: 'unlocked' });
    await vi.advanceTimersByTimeAsync(100);
    publisher.set('accounts', [account]);
    await vi.advanceTimersByTimeAsync(99);
    expect(fake.state.sets).toHaveLength(1);
    await vi.advanceTimersByTimeAsync(2);
    expect(fake.state.sets).toHaveLength(2);
    await vi.advanceTimersByTimeAsync(100);

    publisher.set('accounts', []);
    const written = publisher.written();
    await turn();
    expect(fake.state.sets).toHaveLength(3);
    await vi.advanceTimersByTimeAsync(100);
    await written;
    expect((await seen()).accounts).toEqual([]);
  });

  test('`written` waits for what was set before it, and not for ever', async () => {
    const publisher = createPublisher(await readLeftBehind());
    await publisher.written();
    publisher.set('vault', { state: 'unlocked' });
    fake.state.delay = () => new Promise((resolve) => setTimeout(resolve, 10));
    let isWritten = false;
    const written = publisher.written().then(() => (isWritten = true));
    await vi.advanceTimersByTimeAsync(9);
    expect(isWritten).toBe(false);
    await vi.advanceTimersByTimeAsync(1);
    await written;
    await publisher.written();
    expect((await seen()).vault.state).toBe('unlocked');
  });
});

describe('an order stands in one place', () => {
  test('in its list, and in its cancellation from when it leaves the list', async () => {
    const publisher = createPublisher(await readLeftBehind());
    publisher.set('vault', { state: 'unlocked' });
    publisher.setOrders(accountId, list(['1', '2']));
    publisher.setCancellation(wish('1', orderOf('1')));
    await publisher.written();
    expect((await seen()).cancellations['c1' as CancellationId]).not.toHaveProperty('order');

    fake.state.sets = [];
    publisher.setOrders(accountId, list(['2']));
    await publisher.written();
    expect(fake.state.sets).toHaveLength(1);
    expect((await seen()).cancellations['c1' as CancellationId]?.order).toEqual(orderOf('1'));
  });

  test('one that was named otherwise stands in its cancellation', async () => {
    const publisher = createPublisher(await readLeftBehind());
    publisher.set('vault', { state: 'unlocked' });
    publisher.setOrders(accountId, list(['1']));
    const ref = { accountId, clientOrderId: 'mine' as ClientOrderId };
    publisher.setCancellation({ ...wish('1', orderOf('1')), ref });
    await publisher.written();
    expect((await seen()).cancellations['c1' as CancellationId]?.order).toEqual(orderOf('1'));
  });

  test('the worker’s next life has it again', async () => {
    const first = createPublisher(await readLeftBehind());
    first.set('vault', { state: 'unlocked' });
    first.setOrders(accountId, list(['1']));
    first.setCancellation(wish('1', orderOf('1')));
    await first.written();
    const next = createPublisher(await readLeftBehind());
    expect(next.view.cancellations['c1' as CancellationId]?.order).toEqual(orderOf('1'));
    next.setOrders(accountId, list([]));
    next.setCancellation(next.view.cancellations['c1' as CancellationId] ?? wish('1'));
    await next.written();
    expect((await seen()).cancellations['c1' as CancellationId]?.order).toEqual(orderOf('1'));
  });
});

/** A change of the view as the worker makes it. */
type Change =
  | { readonly kind: 'list'; readonly orders: readonly string[] }
  | { readonly kind: 'forget' }
  | { readonly kind: 'step'; readonly id: string; readonly isEnd: boolean }
  | { readonly kind: 'wait'; readonly milliseconds: number }
  | { readonly kind: 'hide' | 'show' | 'written' };

const change: fc.Arbitrary<Change> = fc.oneof(
  fc.record({ kind: fc.constant('list'), orders: fc.uniqueArray(orderId) }),
  fc.record({ kind: fc.constant('step'), id: orderId, isEnd: fc.boolean() }),
  fc.record({ kind: fc.constant('wait'), milliseconds: fc.constantFrom(0, 1000, 61_000) }),
  fc.record({ kind: fc.constantFrom('forget', 'hide', 'show', 'written') }),
);

test('a page that follows sees what a page that opens sees', async () => {
  const law = fc.asyncProperty(fc.array(change, { maxLength: 30 }), async (changes) => {
    fake.clear();
    const publisher = createPublisher(await readLeftBehind());
    publisher.set('vault', { state: 'unlocked' });
    await publisher.written();
    let followed = await seen();
    const stop = followView((texts) => (followed = applyTexts(followed, texts)));
    for (const each of changes) {
      if (each.kind === 'list') publisher.setOrders(accountId, list(each.orders));
      if (each.kind === 'forget') publisher.setOrders(accountId, undefined);
      if (each.kind === 'step') {
        publisher.setCancellation(each.isEnd ? ended(each.id) : wish(each.id, orderOf(each.id)));
      }
      if (each.kind === 'wait') await vi.advanceTimersByTimeAsync(each.milliseconds);
      if (each.kind === 'hide') publisher.hide();
      if (each.kind === 'show') publisher.show();
      if (each.kind === 'written') await publisher.written();
    }
    publisher.show();
    await publisher.written();
    stop();
    const opened = await seen();
    expect(followed).toEqual(opened);
    expect(opened.orders).toEqual(publisher.view.orders);
    for (const { id, order, ref } of Object.values(publisher.view.cancellations)) {
      const shown = opened.cancellations[id];
      const listed = opened.orders[accountId]?.orders.find((each) => each.id === ref.orderId);
      expect(shown?.order ?? listed).toEqual(order ?? listed);
    }
    expect(Object.keys(opened.cancellations).toSorted()).toEqual(
      Object.keys(publisher.view.cancellations).toSorted(),
    );
  });
  await fc.assert(law, { numRuns: 200 });
});

test('what the last life has left and cannot be read is as if it were not there, and is written anew', async () => {
  const texts = { 'view.vault': '{', 'view.accounts': '[', [`view.orders.${accountId}`]: '[{]' };
  await fake.session.set({ ...texts, 'view.index': '["view.orders.gone"]', clocks: {} });
  const publisher = createPublisher(await readLeftBehind());
  expect(publisher.view).toEqual(emptyView);
  publisher.set('accounts', [account]);
  await publisher.written();
  expect(await seen()).toEqual({ ...emptyView, accounts: [account] });
  expect(fake.keys()).toEqual(['clocks', 'view.accounts', 'view.index', 'view.vault']);
});
