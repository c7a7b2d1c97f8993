import type { Order } from '#lib/domain/order.ts';

/** An order's prices, and how much of it is left. */
export function Numbers({ order }: { order: Order }) {
  return (
    <>
      <span class="price">{order.price ?? 'market'}</span>
      {order.stopPrice !== undefined && <span class="stop">stop {order.stopPrice}</span>}
      <span class="quantity" title={`${order.remaining} remaining of ${order.quantity}`}>
        {order.remaining} / {order.quantity}
      </span>
    </>
  );
}
