import { ordersIn } from '#lib/venues/order-model.ts';

/** Of orders that guard a position, in small letters. */
export const protective = /^(?:stop|take_profit|trailing)/;

/** In lists, readings and replies to cancels; the stream has them by other names. Sources: rest-api, enums. */
export const orders = ordersIn({
  /** −1 is no list. */
  flat: ({ orderListId: list, ...order }) => ({ ...order, ...(list !== '-1' && { list }) }),
  fields: {
    id: 'orderId',
    clientOrderId: 'clientOrderId',
    symbol: 'symbol',
    side: 'side',
    type: 'type',
    status: 'status',
    price: 'price',
    stopPrice: 'stopPrice',
    quantity: 'origQty',
    filled: 'executedQty',
    createdAt: 'time',
    /** The first is that of a cancel's reply. */
    updatedAt: ['transactTime', 'updateTime'],
    list: 'list',
  },
  /** PENDING_CANCEL is documented as unused. */
  statuses: {
    new: 'untouched',
    pending_new: 'untouched',
    partially_filled: 'open',
    filled: 'filled',
    canceled: 'cancelled',
    expired: 'ended',
    expired_in_match: 'ended',
    rejected: 'ended',
  },
  protective,
});
