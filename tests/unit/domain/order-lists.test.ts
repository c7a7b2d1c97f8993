import { expect, test } from 'vitest';
import { mayGoAlong, type Order } from '#lib/domain/order.ts';
import { orderOf } from '#tests/unit/support/view-world.ts';

const leg = (id: string, more: Partial<Order> = {}) => orderOf(id, { list: '7', ...more });

test.each<[string, Order, boolean]>([
  ['another order of its list', leg('2'), true],
  [
    'be it of the same side and guard a position',
    leg('2', { side: 'buy', protective: true }),
    true,
  ],
  ['not itself', leg('1'), false],
  ['not of another list', leg('2', { list: '8' }), false],
  [
    'not of a list of another symbol, whose number may be the same',
    leg('2', { symbol: 'X' }),
    false,
  ],
  ['not an order without a list', orderOf('2'), false],
])('with an order of a list goes %s', (_, other, expected) => {
  expect(mayGoAlong('lists', leg('1'), other)).toBe(expected);
});

test('with an order that is in no list goes none', () => {
  expect(mayGoAlong('lists', orderOf('1'), orderOf('2'))).toBe(false);
});
