import * as fc from 'fast-check';
import { describe, expect, test } from 'vitest';
import type { CancellationState } from '#lib/domain/cancellation.ts';
import { orderKey } from '#lib/domain/order-key.ts';
import type { Group } from '#lib/page/orders/row.ts';
import { accountId, arrange, cancellation, order, start, type Shown } from './rows-world.ts';

/** What holds of the rows whatever happens to the orders. */

const keysOf = (groups: readonly Group[]) =>
  groups.flatMap(({ rows }) => rows.map(({ key }) => key));

/** Runs the steps and hands each arrangement with the one before to `check`. */
function run(
  steps: readonly (Shown & { later: number })[],
  check: (before: readonly Group[], after: readonly Group[], step: Shown, now: number) => void,
) {
  let previous: readonly Group[] = [];
  let now = start;
  for (const each of steps) {
    now += each.later;
    const next = arrange({ ...each, previous, now, readAt: now });
    check(previous, next, each, now);
    previous = next;
  }
}

describe('laws', () => {
  const ids = ['1', '2', '3', '4'];
  const someOrders = fc
    .shuffledSubarray(ids)
    .map((list) => list.map((id) => order(id, Number(id) % 2 ? { createdAt: Number(id) } : {})));
  const states: CancellationState[] = [
    'requested',
    'sent',
    'accepted',
    'unknown',
    'cancelled',
    'filled',
    'was-cancelled',
    'not-found',
    'refused',
  ];
  const someCancellations = fc.array(
    fc
      .record({
        id: fc.constantFrom('c', 'd', 'e'),
        state: fc.constantFrom(...states),
        orderId: fc.constantFrom(...ids, '9'),
        ended: fc.integer({ min: start - 70_000, max: start }),
      })
      .map(({ id, state, orderId, ended }) => cancellation(id, state, { orderId, ended })),
    { maxLength: 3 },
  );
  const step = fc.record({
    orders: someOrders,
    cancellations: someCancellations,
    frozen: fc.boolean(),
    later: fc.integer({ min: 0, max: 5000 }),
  });

  test('frozen: no row appears, goes or moves', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        run(steps, (before, after, { frozen }) => {
          if (frozen && before.length > 0) expect(keysOf(after)).toEqual(keysOf(before));
        });
      }),
    );
  });

  test('each key is there once, and every order that the venue lists is shown, waiting or just ended', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 8 }), (steps) => {
        run(steps, (_, after, { orders = [], cancellations = [] }) => {
          const keys = keysOf(after);
          expect(new Set(keys).size).toBe(keys.length);
          const all = new Set([
            ...keys,
            ...after.flatMap(({ waiting }) => waiting.map(({ key }) => key)),
          ]);
          for (const { id } of orders) {
            const isAsked = cancellations.some(({ ref }) => ref.orderId === id);
            if (!isAsked) expect(all).toContain(orderKey({ accountId, orderId: id }));
          }
        });
      }),
    );
  });

  test('a row that leaves before the user’s eyes stays at least 3 s', () => {
    fc.assert(
      fc.property(fc.array(step, { maxLength: 12 }), (steps) => {
        const leftSince = new Map<string, number>();
        run(steps, (before, after, __, now) => {
          const rows = new Map(after.flatMap((group) => group.rows.map((row) => [row.key, row])));
          for (const row of before.flatMap((group) => group.rows)) {
            if (row.kind !== 'left') leftSince.set(row.key, now);
            if (!rows.has(row.key))
              expect(now - (leftSince.get(row.key) ?? 0)).toBeGreaterThanOrEqual(3000);
          }
        });
      }),
    );
  });
});
