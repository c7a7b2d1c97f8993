import { afterEach, beforeEach, describe, expect, test, vi } from 'vitest';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
  type CancellationState,
} from '#lib/domain/cancellation.ts';
import type { OrderId, OrderRef } from '#lib/domain/order.ts';
import { fake } from '#tests/unit/support/fake-session.ts';
import { now, orderOf } from '#tests/unit/support/view-world.ts';
import { lira, habit, at, world, carryOut, type Answer } from './lookup-world.ts';

vi.mock('webextension-polyfill', async () => {
  const { fake: imported } = await import('#tests/unit/support/fake-session.ts');
  return { default: { storage: { session: imported.session } } };
});

beforeEach(() => {
  vi.useFakeTimers({ now });
  fake.clear();
});
afterEach(() => vi.useRealTimers());

describe('the newest order', () => {
  test.each<
    [
      what: string,
      venue: Record<string, Answer>,
      cancelled: string[],
      choice: string[],
      unread: string[],
    ]
  >([
    [
      'one alone is the newest',
      { lira: { orders: [at('1', 9000), at('2', 5000)] }, habit: { orders: [at('3', 8000)] } },
      ['lira 2'],
      [],
      [],
    ],
    [
      'two at the same time',
      { lira: { orders: [at('1', 5000), at('2', 5000)] } },
      [],
      ['lira 1', 'lira 2'],
      [],
    ],
    [
      'two accounts at about the same time',
      { lira: { orders: [at('1', 5000)] }, habit: { orders: [at('2', 6000)] } },
      [],
      ['lira 1', 'habit 2'],
      [],
    ],
    [
      'one without a time',
      { lira: { orders: [at('1', 5000), orderOf('2')] } },
      [],
      ['lira 1', 'lira 2'],
      [],
    ],
    [
      'one that could not be read may be newer',
      { lira: { orders: [at('1', 5000)], unreadable: 1 }, habit: { orders: [] } },
      [],
      ['lira 1'],
      ['lira'],
    ],
    ['the only one, without a time', { lira: { orders: [orderOf('2')] } }, ['lira 2'], [], []],
    [
      'a protective one is newer',
      { lira: { orders: [at('1', 5000), at('2', 1000, { protective: true })] } },
      ['lira 1'],
      [],
      [],
    ],
    [
      'none but protective ones',
      { lira: { orders: [at('1', 5000, { protective: true })] } },
      [],
      [],
      [],
    ],
    [
      'one whose time has not come yet is no newer for that',
      { lira: { orders: [at('1', 5000)] }, habit: { orders: [at('2', -86_400_000)] } },
      [],
      ['lira 1', 'habit 2'],
      [],
    ],
    ['none at all', {}, [], [], []],
    [
      'an account that fails',
      { lira: { orders: [at('1', 5000)] }, habit: 'fails' },
      [],
      ['lira 1'],
      ['habit'],
    ],
    [
      'an account that hangs',
      { lira: { orders: [at('1', 5000)] }, habit: 'hangs' },
      [],
      ['lira 1'],
      ['habit'],
    ],
    [
      'an account that is too slow',
      { lira: { orders: [at('1', 5000)] }, habit: { orders: [], after: 2001 } },
      [],
      ['lira 1'],
      ['habit'],
    ],
  ])('%s', async (_, venue, cancelled, choice, unread) => {
    const { lookups, windows, last, ...told } = world({ venue });
    await carryOut(() => lookups.beginNewest());
    expect(told.cancelled()).toEqual(cancelled);
    if (cancelled.length > 0) {
      expect(windows).toEqual([]);
      expect(last()).toBeUndefined();
      return;
    }
    expect(windows).toEqual([last()?.id]);
    expect(last()).toMatchObject({
      stage: 'choosing',
      wish: { kind: 'newest' },
      unread,
      unknown: [],
    });
    expect(told.choice()).toEqual(choice);
  });

  test('what was known before is read again first: an order that has gone is not it', async () => {
    const { lookups, cancels, ...told } = world({
      known: { lira: [at('1', 9000), at('2', 5000)] },
      venue: { lira: { orders: [at('1', 9000)], after: 300 } },
    });
    await carryOut(() => lookups.beginNewest());
    expect(told.cancelled()).toEqual(['lira 1']);
    expect(cancels[0]?.after).toBe(300);
  });

  test('pressed again while the newest is being cancelled by its id in capitals', async () => {
    const orders = [at('1', 9000), at('ab-2', 5000)];
    const ref: OrderRef = { accountId: lira.id, orderId: 'AB-2' as OrderId };
    const first = requestCancellation('first' as CancellationId, ref, undefined, now);
    const { lookups, ...told } = world({ venue: { lira: { orders } }, cancellations: [first] });
    await carryOut(() => lookups.beginNewest());
    expect(told.cancelled()).toEqual(['lira 1']);
  });

  test.each<[state: CancellationState, more: Partial<Cancellation>, cancelled: string]>([
    ['requested', {}, 'lira 1'],
    ['sent', {}, 'lira 1'],
    ['accepted', {}, 'lira 1'],
    ['unknown', {}, 'lira 1'],
    // Refused or given up: it is still open and wished for anew.
    ['refused', {}, 'lira 2'],
    ['requested', { stopped: true }, 'lira 2'],
  ])('pressed again while the newest is %s %o: %s', async (state, more, cancelled) => {
    const orders = [at('1', 9000), at('2', 5000)];
    const ref: OrderRef = { accountId: lira.id, orderId: orders[1]?.id ?? ('' as never) };
    const first = requestCancellation('first' as CancellationId, ref, orders[1], now);
    const { lookups, ...told } = world({
      venue: { lira: { orders } },
      cancellations: [{ ...first, state, ...more }],
    });
    await carryOut(() => lookups.beginNewest());
    expect(told.cancelled()).toEqual([cancelled]);
  });

  test('the same id on another account is another order', async () => {
    const ref: OrderRef = { accountId: habit.id, orderId: orderOf('2').id };
    const { lookups, ...told } = world({
      venue: { lira: { orders: [at('1', 9000), at('2', 5000)] } },
      cancellations: [requestCancellation('first' as CancellationId, ref, undefined, now)],
    });
    await carryOut(() => lookups.beginNewest());
    expect(told.cancelled()).toEqual(['lira 2']);
  });
});

test('a second press while the first is still reading takes the next one', async () => {
  const known = {
    lira: [at('1', 5000), at('2', 9000)],
  };
  const { lookups, cancelled } = world({ known });
  await carryOut(() => Promise.all([lookups.beginNewest(), lookups.beginNewest()]));
  expect(cancelled()).toEqual(['lira 1', 'lira 2']);
});

test('an order whose cancel came to nothing is the newest again', async () => {
  const { lookups, cancelled } = world({ known: { lira: [at('1', 5000), at('2', 9000)] } });
  await carryOut(() => lookups.beginNewest());
  await carryOut(() => lookups.beginNewest());
  expect(cancelled()).toEqual(['lira 1', 'lira 1']);
});
