import { describe, expect, test } from 'vitest';
import type { CancellationState } from '#lib/domain/cancellation.ts';
import type { ClientOrderId } from '#lib/domain/order.ts';
import { arrange, cancellation, order, shown, start } from './rows-world.ts';

describe('an order that is not in the last reading', () => {
  const ends: [CancellationState, number][] = [
    ['cancelled', 3000],
    ['filled', 60_000],
    ['was-cancelled', 60_000],
    ['not-found', 60_000],
    ['refused', 60_000],
  ];
  test.each(ends)('%s: stays greyed %i ms after the end', (state, stay) => {
    const cancellations = [cancellation('c', state, { orderId: '1', ended: start })];
    expect(shown(arrange({ cancellations, now: start + stay - 1 }))).toEqual([`1:left:${state}`]);
    expect(shown(arrange({ cancellations, now: start + stay }))).toEqual([]);
  });

  test.each(['requested', 'sent', 'accepted', 'unknown'] as const)('%s: stays', (state) => {
    const cancellations = [cancellation('c', state, { orderId: '1' })];
    expect(shown(arrange({ cancellations, now: start + 1e9 }))).toEqual([`1:cancelling:${state}`]);
  });

  test('its row shows the order as it was when the cancellation was asked for', () => {
    const cancellations = [cancellation('c', 'sent', { orderId: '1', order: order('1') })];
    expect(arrange({ cancellations })[0]?.rows[0]?.order?.symbol).toBe('BTCTRY');
  });

  test('an order that vanished stays greyed 3 s', () => {
    const first = arrange({ orders: [order('1')] });
    const gone = arrange({ previous: first, now: start + 10_000 });
    expect(shown(gone)).toEqual(['1:left']);
    expect(shown(arrange({ previous: gone, now: start + 12_999 }))).toEqual(['1:left']);
    expect(shown(arrange({ previous: gone, now: start + 13_000 }))).toEqual([]);
  });

  test('an order that left a list of which not all could be read may be open', () => {
    const first = arrange({ orders: [order('1')] });
    const gone = arrange({ previous: first, now: start + 10_000 });
    expect(gone[0]?.rows[0]).not.toHaveProperty('mayBeOpen');
    const odd = arrange({ previous: first, now: start + 10_000, unreadable: 1 });
    expect(odd[0]?.rows[0]).toMatchObject({ kind: 'left', mayBeOpen: true });
    const again = arrange({ previous: odd, orders: [order('1')], now: start + 10_001 });
    expect(again[0]?.rows[0]).not.toHaveProperty('mayBeOpen');
  });

  describe('of which its venue has told how it ended', () => {
    const previous = arrange({ orders: [order('1')] });
    const ended = [{ id: order('1').id, status: 'filled', at: start }] as const;

    test('says so, and stays as long as other news', () => {
      const left = arrange({ previous, ended });
      expect(left[0]?.rows).toMatchObject([{ kind: 'left', ended: ended[0] }]);
      // The view tells it for no longer than it has to.
      const still = arrange({ previous: left, now: start + 59_999 });
      expect(still[0]?.rows).toMatchObject([{ kind: 'left', ended: ended[0] }]);
      expect(shown(arrange({ previous: still, now: start + 60_000 }))).toEqual([]);
    });

    test('in place of a cancellation that came to nothing, and not of one that found out', () => {
      const refused = [cancellation('c', 'refused', { orderId: '1', ended: start })];
      const [after] = arrange({ previous, ended, cancellations: refused });
      expect(after?.rows).toMatchObject([{ kind: 'left', ended: ended[0] }]);
      expect(after?.rows[0]).not.toHaveProperty('cancellation');
      const cancelled = [cancellation('c', 'cancelled', { orderId: '1', ended: start })];
      const [proven] = arrange({ previous, ended, cancellations: cancelled });
      expect(proven?.rows).toMatchObject([{ kind: 'left', cancellation: cancelled[0] }]);
      expect(proven?.rows[0]).not.toHaveProperty('ended');
    });
  });

  test('an order that comes back is open again', () => {
    const gone = arrange({ previous: arrange({ orders: [order('1')] }), now: start + 1 });
    expect(shown(arrange({ orders: [order('1')], previous: gone, now: start + 2 }))).toEqual([
      '1:open',
    ]);
  });

  test('a row on the screen stays 3 s, however old the end is', () => {
    const before = arrange({ cancellations: [cancellation('c', 'sent', { orderId: '1' })] });
    const cancellations = [cancellation('c', 'cancelled', { orderId: '1', ended: start - 9000 })];
    const left = arrange({ cancellations, previous: before });
    expect(shown(left)).toEqual(['1:left:cancelled']);
    expect(shown(arrange({ cancellations, previous: left, now: start + 2999 }))).toEqual([
      '1:left:cancelled',
    ]);
    expect(shown(arrange({ cancellations, previous: left, now: start + 3000 }))).toEqual([]);
  });

  test('an end is told to its time although the view has forgotten it', () => {
    const before = arrange({
      cancellations: [cancellation('c', 'filled', { orderId: '1', ended: start })],
    });
    expect(shown(arrange({ previous: before, now: start + 59_999 }))).toEqual(['1:left:filled']);
    expect(shown(arrange({ previous: before, now: start + 60_000 }))).toEqual([]);
  });

  test('a cancellation by client id stays with the row of the order it was found to mean', () => {
    const orders = [order('1', { clientOrderId: 'x' as ClientOrderId })];
    const before = arrange({
      orders,
      cancellations: [cancellation('c', 'sent', { clientOrderId: 'x' })],
    });
    const cancellations = [cancellation('c', 'cancelled', { clientOrderId: 'x', ended: start })];
    expect(shown(arrange({ cancellations, previous: before }))).toEqual(['1:left:cancelled']);
  });
});
