import * as v from 'valibot';
import { isSameOrderId, orderIdKey } from '#lib/domain/order-key.ts';
import type { ClosedOrder, Order, OrderReading } from '#lib/domain/order.ts';
import type { CancelReply, ReadReply } from '#lib/domain/reply.ts';
import { saying } from './failure.ts';
import { schemaOf, type OrderForm, type OrderModel, type State } from './order-form.ts';
import {
  difference,
  optional,
  readElements,
  typeOf,
  unknownStatus,
  unlessZero,
} from './order-schema.ts';
import type { OpenOrdersReply, ReadBatchReply } from './venue.ts';
import type { OrderName } from './wire.ts';

const ends: ReadonlySet<State | undefined> = new Set(['filled', 'cancelled', 'ended'] as const);

/** `one`, `reading` and `cancelReply` are undefined of what has no id, or no status: it tells nothing of the order. */
export interface Orders {
  /** Whatever has an id. */
  readonly named: (value: unknown) => OrderModel | undefined;
  readonly one: (value: unknown) => OrderModel | undefined;
  readonly readingOf: (model: OrderModel) => Exclude<OrderReading, { status: 'not-found' }>;
  readonly reading: (value: unknown) => ReadReply | undefined;
  /** Of several: what tells nothing is left out. */
  readonly readings: (list: readonly unknown[]) => ReadBatchReply;
  /** What the order in the reply to a cancel shows: its end, that it had ended before, or that it is open still. */
  readonly shownBy: (model: OrderModel) => CancelReply;
  /** The same where the reply is the order. One that is another proves nothing of this. */
  readonly cancelReply: (value: unknown, name: OrderName) => CancelReply | undefined;
  /** The open ones of a list; undefined where it is none. */
  readonly page: (list: unknown) => Page | undefined;
  /** The same of a list that has open ones alone: an end in it is not believed, but shown as a word that is not known. */
  readonly wholePage: (list: unknown) => Page | undefined;
}

type Page = Extract<OpenOrdersReply, { kind: 'page' }>;

export function ordersIn(form: OrderForm): Orders {
  const schema = schemaOf(form);
  const stateOf = ({ status }: OrderModel) => form.statuses[status.toLowerCase()];
  const isEnd = (model: OrderModel) => ends.has(stateOf(model));
  const openWords = Object.keys(form.statuses).filter((word) => !ends.has(form.statuses[word]));

  function openOrder(model: OrderModel): Order {
    const { quantity } = model;
    const type = typeOf(model.type);
    const stopPrice = unlessZero(model.stopPrice);
    const untouched = stateOf(model) === 'untouched' ? quantity : undefined;
    return {
      id: model.id,
      ...optional('clientOrderId', model.clientOrderId),
      symbol: model.symbol,
      ...optional('side', model.side),
      type,
      ...optional('price', unlessZero(model.price)),
      ...optional('stopPrice', stopPrice),
      ...optional('quantity', quantity),
      ...optional('remaining', model.remaining ?? difference(quantity, model.filled) ?? untouched),
      ...optional('createdAt', model.createdAt),
      ...optional('list', model.list || undefined),
      ...unknownStatus(model.status, openWords),
      protective:
        (model.type === '' && stopPrice !== undefined) ||
        model.isGuarding ||
        form.protective.test(type),
    };
  }

  function closedOrder(model: OrderModel): ClosedOrder {
    const { id, quantity } = model;
    const notLeft = form.fields.filled ? undefined : difference(quantity, model.remaining);
    return {
      id,
      ...optional('quantity', quantity),
      ...optional('filled', model.filled ?? notLeft),
      ...optional('updatedAt', model.updatedAt),
    };
  }

  function pageOf(list: unknown, isListed: (model: OrderModel) => boolean): Page | undefined {
    const read = readElements(schema, list);
    if (!read) return undefined;
    return {
      kind: 'page',
      orders: read.models.filter(isListed).map(openOrder),
      ...optional('unreadable', read.unreadable || undefined),
    };
  }

  const orders: Orders = {
    named(value) {
      const parsed = v.safeParse(schema, value);
      return parsed.success ? parsed.output : undefined;
    },

    one(value) {
      const model = orders.named(value);
      return model?.status === '' ? undefined : model;
    },

    readingOf(model) {
      switch (stateOf(model)) {
        case 'filled':
          return { status: 'filled', order: closedOrder(model) };
        case 'cancelled':
        case 'ended':
          return { status: 'cancelled', order: closedOrder(model) };
        default:
          return { status: 'open', order: openOrder(model) };
      }
    },

    reading(value) {
      const model = orders.one(value);
      return model && { kind: 'read', reading: orders.readingOf(model) };
    },

    readings: (list) => ({
      kind: 'readings',
      readings: new Map(
        list
          .flatMap((each) => orders.one(each) ?? [])
          .map((model) => [orderIdKey(model.id), orders.readingOf(model)]),
      ),
    }),

    shownBy(model) {
      const heard = saying(model.status);
      switch (stateOf(model)) {
        case 'filled':
          return { kind: 'claimed', claim: 'filled', ...heard };
        case 'ended':
          return { kind: 'claimed', claim: 'was-cancelled', ...heard };
        case 'cancelled': {
          const { filled, quantity } = closedOrder(model);
          return {
            kind: 'cancelled',
            ...optional('filled', filled),
            ...optional('quantity', quantity),
            ...heard,
          };
        }
        default:
          return { kind: 'accepted', ...heard };
      }
    },

    cancelReply(value, name) {
      const model = orders.one(value);
      const isAnother = model && 'orderId' in name && !isSameOrderId(name.orderId, model.id);
      return isAnother
        ? { kind: 'accepted', ...saying(model.status) }
        : model && orders.shownBy(model);
    },

    page: (list) => pageOf(list, (model) => !isEnd(model)),
    wholePage: (list) => pageOf(list, () => true),
  };
  return orders;
}
