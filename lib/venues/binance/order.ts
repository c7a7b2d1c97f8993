import { isSameOrderId } from '#lib/domain/order-key.ts';
import { fields, protective, statuses } from '#lib/venues/binance-dialect.ts';
import type { OrderModel } from '#lib/venues/order-form.ts';
import { ordersIn } from '#lib/venues/order-model.ts';
import type { OrderName } from '#lib/venues/wire.ts';

/** In lists, readings and replies to cancels; the stream has them by other names. Sources: rest-api, enums. */
export const orders = ordersIn({
  /** −1 is no list. */
  flat: ({ orderListId: list, ...order }) => ({ ...order, ...(list !== '-1' && { list }) }),
  /** A cancel's reply has its own name for the time. */
  fields: { ...fields, updatedAt: ['transactTime', 'updateTime'], list: 'list' },
  /** PENDING_CANCEL is documented as unused. */
  statuses: { ...statuses, pending_new: 'untouched', expired_in_match: 'ended' },
  protective,
});

/** Whether it may be of that symbol: ids are counted for each. */
export function isAt(asked: string | undefined, { symbol }: Pick<OrderModel, 'symbol'>): boolean {
  return asked === undefined || symbol === '' || symbol === asked;
}

/** Whether it may be the one of that name: a cancel gives an order another client order id. */
export function mayBe(name: OrderName, model: OrderModel): boolean {
  return (
    isAt(name.symbol, model) && (!('orderId' in name) || isSameOrderId(name.orderId, model.id))
  );
}
