import { ordersIn } from '#lib/venues/order-model.ts';

/**
 * The answers of cancelling, batches, openOrders and order. An id is digits by the tables and a UUID by the recorded
 * answers: text either way. Source: docs.p99.world, cancel-order and open-orders.
 */
export const orders = ordersIn({
  fields: {
    id: 'orderId',
    /** The same as `orderId` where the sender gave none. */
    clientOrderId: 'clientOrderId',
    symbol: 'symbol',
    side: 'side',
    type: 'type',
    status: 'status',
    price: 'price',
    stopPrice: 'stopPrice',
    quantity: 'origQty',
    filled: 'executedQty',
    /** Absent in the answer to a cancel. */
    createdAt: 'time',
    updatedAt: 'updateTime',
  },
  /** Of the futures and of the web API, which writes `cancelled`; spot has `canceled`. */
  statuses: {
    new: 'untouched',
    partially_filled: 'open',
    pending: 'open',
    open: 'open',
    filled: 'filled',
    canceled: 'cancelled',
    cancelled: 'cancelled',
    expired: 'ended',
    rejected: 'ended',
  },
  protective: /^(?:stop|take_profit|trailing)/,
  guards: ['reduceOnly', 'closePosition'],
});
