import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { createOpenOrders } from '#lib/worker/orders/open-orders.ts';
import { now, orderOf } from '#tests/unit/support/view-world.ts';
import { copies } from './open-orders-parts.ts';
import {
  accountId,
  sealer,
  publisher,
  begin,
  list,
  gone,
  listed,
  shown,
  turn,
  withOrders,
  account,
} from './open-orders-world.ts';

/** Lists as they are read, whole and in parts. */

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
