import * as v from 'valibot';
import { ordersIn } from '#lib/venues/order-model.ts';

/** The orders of OpenOrders and QueryOrders, laid flat by `listed`. Source: docs.kraken.com, account-data. */
export const orders = ordersIn({
  fields: {
    id: 'txid',
    clientOrderId: 'cl_ord_id',
    /** By the name that REST uses: XBTUSD. */
    symbol: 'pair',
    side: 'side',
    type: 'ordertype',
    status: 'status',
    price: 'limit',
    stopPrice: 'trigger',
    quantity: 'vol',
    filled: 'vol_exec',
    createdAt: 'opentm',
    updatedAt: 'closetm',
  },
  seconds: true,
  statuses: {
    pending: 'open',
    open: 'open',
    closed: 'filled',
    canceled: 'cancelled',
    cancelled: 'cancelled',
    expired: 'ended',
  },
  protective: /^(?:stop|take-profit|trailing)/,
  guards: ['reduce_only'],
});

const fields = v.fallback(v.nullish(v.record(v.string(), v.unknown()), {}), {});
const members = v.record(v.string(), v.unknown());

/** **A whole number is a userref, which names every order that bears it**: it is no id, be it that the venue tells it as one. */
export const isTxid = (id: string): boolean => /^[a-z][a-z\d]*(?:-[a-z\d]+)+$/i.test(id);

/** The members of an object, each named by its order's id, as a list; undefined where it is none. What no id names bears none. */
export function listed(value: unknown): readonly object[] | undefined {
  const parsed = v.safeParse(members, value);
  return parsed.success && !Array.isArray(value)
    ? Object.entries(parsed.output).map(([name, order]) =>
        flat(isTxid(name) ? name : '', v.parse(fields, order)),
      )
    : undefined;
}

function flat(txid: string, order: v.InferOutput<typeof fields>): object {
  const { pair, type: side, ordertype, price, price2 } = v.parse(fields, order['descr']);
  const kind = typeof ordertype === 'string' ? ordertype.toLowerCase() : '';
  // Of an order that trails, what is described are distances.
  if (kind.startsWith('trailing')) {
    const { limitprice: limit, stopprice: trigger } = order;
    return { ...order, txid, pair, side, ordertype, limit, trigger };
  }
  const isTriggered = /^(?:stop|take-profit)/.test(kind);
  const [trigger, limit] = isTriggered ? [price, price2] : [undefined, price];
  return { ...order, txid, pair, side, ordertype, limit, trigger };
}
