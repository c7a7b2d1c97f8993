import { fields, protective, statuses } from '#lib/venues/binance-dialect.ts';
import { ordersIn } from '#lib/venues/order-model.ts';

/**
 * The answers of cancelling, batches, openOrders and order. An id is digits by the tables and a UUID by the recorded
 * answers: text either way. The client order id is the same as it where the sender gave none. Source: docs.p99.world,
 * cancel-order and open-orders.
 */
export const orders = ordersIn({
  fields,
  /** Of the futures and of the web API, which writes `cancelled`; spot has `canceled`. */
  statuses: { ...statuses, pending: 'open', open: 'open', cancelled: 'cancelled' },
  protective,
  guards: ['reduceOnly', 'closePosition'],
});
