import { ordersIn } from '#lib/venues/order-model.ts';

/**
 * Decimals are JSON numbers. Samples omit fields that the schema requires, and null stands for text: read leniently. Where
 * there are two names, the second is the stream's.
 */
export const orders = ordersIn({
  /** Times are dates. */
  flat: (order) => ({
    ...order,
    createdAt: momentOf(order['create_date'] ?? order['created_at']),
    updatedAt: momentOf(order['update_date'] ?? order['updated_at']),
  }),
  fields: {
    id: 'id',
    clientOrderId: 'external_id',
    symbol: 'pair',
    side: 'side',
    type: 'type',
    status: 'status',
    price: 'price',
    stopPrice: 'stop_price',
    quantity: ['requested_amount', 'amount'],
    filled: 'executed_amount',
    remaining: 'remaining_amount',
    createdAt: 'createdAt',
    updatedAt: 'updatedAt',
  },
  statuses: {
    open: 'untouched',
    executed_partially: 'open',
    // Words of older answers for orders that stand in the book or queue.
    waiting: 'open',
    pending_creation: 'open',
    executed_completely: 'filled',
    canceled: 'cancelled',
  },
  protective: /^(?:stop|trailing$)/,
});

function momentOf(date: unknown): string | undefined {
  return typeof date === 'string' ? String(Date.parse(date)) : undefined;
}
