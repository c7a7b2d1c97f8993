import * as v from 'valibot';
import { isSameOrderId } from '#lib/domain/order-key.ts';
import type { CancelReply, ReadReply } from '#lib/domain/reply.ts';
import type { Call } from '#lib/venues/call.ts';
import type { Said } from '#lib/venues/envelope.ts';
import { toBatch, toCancel, toFailure, toReading } from '#lib/venues/error-table.ts';
import { joinPages } from '#lib/venues/list-pieces.ts';
import type { OrderModel } from '#lib/venues/order-form.ts';
import { get, named, post, some, type Fields } from '#lib/venues/requests.ts';
import type { BatchCall, OpenOrdersReply, ReadBatchCall, TimeReply } from '#lib/venues/venue.ts';
import type { OrderName } from '#lib/venues/wire.ts';
import { read } from './errors.ts';
import { isTxid, listed, orders } from './order.ts';

/** A nonce is put before the form when it is signed. */
export const ask = (name: string, form: Fields = {}) => post(`/0/private/${name}`, { form });

/**
 * **A whole number is a userref, and cancels every order that bears it**: so what is no id by its form is never sent as one, be it that
 * the venue listed it. Source: docs.kraken.com, cancel-order.
 */
function txid(id: string): string {
  if (isTxid(named(id))) return id;
  throw new TypeError('not the id of one order');
}

/** Whether a whole number would be taken for a userref here too is not documented. */
function clientId(id: string): string {
  if (!/^[+-]?\d+$/.test(named(id).trim())) return id;
  throw new TypeError('not the id of one order');
}

const nameOf = (order: OrderName): Fields =>
  'orderId' in order ? { txid: txid(order.orderId) } : { cl_ord_id: clientId(order.clientOrderId) };

/** How many are cancelled, or, where they are pending, will be. */
const counted = v.object({
  count: v.pipe(v.string(), v.regex(/^\d{1,6}$/), v.transform(Number)),
  pending: v.fallback(v.nullish(v.boolean()), undefined),
});

function countIn({ data }: Said): CancelReply | undefined {
  const parsed = v.safeParse(counted, data);
  if (!parsed.success) return undefined;
  const { count, pending } = parsed.output;
  const note = { code: pending ? 'count-pending' : 'count', count } as const;
  return count === 0
    ? { kind: 'claimed', claim: 'not-cancellable', note }
    : { kind: 'accepted', note };
}

/** That a single one is cancelled, a count of one says; but not how much of it had filled: that its stream or a reading tells. */
export const cancel: Call<OrderName, CancelReply> = {
  request: (order) => ask('CancelOrder', nameOf(order)),
  read: (reply) => read(reply, toCancel, (_, told) => countIn(told)),
};

/** Which of them are cancelled is not told. Source: docs.kraken.com, cancel-order-batch. */
export const cancelBatch: BatchCall = {
  most: 50,
  oneSymbol: false,
  request: (names) =>
    post('/0/private/CancelOrderBatch', {
      json: { orders: some(names).map(({ orderId }) => txid(orderId)) },
    }),
  read: (reply, names) =>
    read(reply, toBatch, (_, told) => {
      const each = countIn(told);
      return each && { kind: 'batch', replies: names.map(() => each) };
    }),
};

/** By a client order id it may be several: the one that is open, else the newest. Source: docs.kraken.com, query-orders-info. */
export const readOrder: Call<OrderName, ReadReply> = {
  request: (order) => ask('QueryOrders', nameOf(order)),
  read: (reply, name) =>
    // Which text an id that nobody knows comes to here is not documented.
    read(
      reply,
      (problem) => toReading({ ...problem, ...(problem.claim && notFound) }),
      (_, told) => {
        const list = listedIn(told.data, told);
        if (list?.length === 0) return { kind: 'read', reading: { status: 'not-found' } };
        const [first] = modelsIn(list)
          .filter((model) => isOf(name, model))
          .toSorted((one, other) => rankOf(other) - rankOf(one));
        return first && { kind: 'read', reading: orders.readingOf(first) };
      },
    ),
};

/** That there is none is not believed beside a warning: it may be of what was looked into. */
function listedIn(value: unknown, { hasWarning }: Said): ReturnType<typeof listed> {
  const list = listed(value);
  return hasWarning && list?.length === 0 ? undefined : list;
}

/** One that bears another client order id is another; where it tells none, it was asked for by it. */
const isOf = (name: OrderName, { id, clientOrderId }: OrderModel): boolean =>
  'orderId' in name
    ? isSameOrderId(id, name.orderId)
    : clientOrderId === undefined || clientOrderId === name.clientOrderId;

const notFound = { claim: 'not-found' } as const;

/** Without a status one tells nothing of what has become of the order. */
const modelsIn = (list: readonly object[] | undefined) =>
  (list ?? []).flatMap((each) => orders.one(each) ?? []);

const rankOf = (model: OrderModel) =>
  orders.readingOf(model).status === 'open' ? Infinity : (model.createdAt ?? 0);

/** Open and ended ones alike; what it leaves out is read by itself. Source: docs.kraken.com, query-orders-info. */
export const readBatch: ReadBatchCall = {
  most: 50,
  oneSymbol: false,
  request: (names) =>
    ask('QueryOrders', {
      txid: some(names)
        .map(({ orderId }) => txid(orderId))
        .join(','),
    }),
  read: (reply) =>
    read(
      reply,
      // What is said of one of them says nothing of the others.
      ({ claim, failure }) => (claim && reply.status < 300 ? orders.readings([]) : failure),
      (_, told) => {
        const list = listedIn(told.data, told);
        return list && orders.readings(list);
      },
    ),
};

/** All pairs in one reply, without pages. Source: docs.kraken.com, get-open-orders. */
export const listOpenOrders: Call<string | undefined, OpenOrdersReply> = {
  join: joinPages,
  membersOf: 'open',
  request: () => ask('OpenOrders'),
  read: (reply) =>
    read(reply, toFailure, (_, told) =>
      orders.wholePage(listedIn(v.is(openIn, told.data) ? told.data.open : undefined, told)),
    ),
};

const openIn = v.object({ open: v.unknown() });

/** In whole seconds. */
export const readTime: Call<undefined, TimeReply> = {
  request: () => get('/0/public/Time'),
  read: (reply) =>
    read(reply, toFailure, (_, { data }) =>
      v.is(timeResult, data)
        ? { kind: 'time', time: Number(data.unixtime) * 1000, resolution: 1000 }
        : undefined,
    ),
};

const timeResult = v.object({ unixtime: v.pipe(v.string(), v.regex(/^\d{10}$/)) });
