import * as fc from 'fast-check';
import { expect, test } from 'vitest';
import { mayGoAlong } from '#lib/domain/order.ts';
import { attachedTo } from '#lib/page/orders/attached.ts';
import { accountOf, groupOf, orderOf } from '#tests/unit/support/view-world.ts';

const anyOrder = fc.record({
  symbol: fc.constantFrom('BTCUSDT', 'ETHUSDT'),
  side: fc.constantFrom('buy' as const, 'sell' as const),
  protective: fc.boolean(),
});

test('on a venue that cascades: as looking at every other order one by one', () => {
  fc.assert(
    fc.property(fc.array(anyOrder, { maxLength: 6 }), (some) => {
      const orders = some.map((each, index) => orderOf(`${index}`, each));
      const isAttached = attachedTo(groupOf(accountOf('a', 'ztdx', 'Futures'), orders));
      for (const order of orders) {
        const takes = orders.some((other) => mayGoAlong('attached', order, other));
        expect(isAttached(order)).toBe(takes ? 'attached' : undefined);
      }
    }),
  );
});

test('on others nothing goes with an order', () => {
  const orders = [orderOf('1'), orderOf('2', { side: 'sell', protective: true })];
  const [parent] = orders;
  if (!parent) throw new Error('no order');
  expect(attachedTo(groupOf(accountOf('a', 'ztdx', ''), orders))(parent)).toBe('attached');
  expect(attachedTo(groupOf(accountOf('a', 'ripio', ''), orders))(parent)).toBeUndefined();
});
