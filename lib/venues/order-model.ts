import * as v from 'valibot';
import { isSameOrderId } from '#lib/domain/order-key.ts';
import type { ClosedOrder, Order, OrderReading } from '#lib/domain/order.ts';
import type { CancelReply, ReadReply } from '#lib/domain/reply.ts';
import { saying } from './failure.ts';
import {
  clientOrderId,
  difference,
  optional,
  optionalDecimal,
  optionalSide,
  optionalTime,
  orderId,
  readElements,
  symbolText,
  textOr,
  typeOf,
  unknownStatus,
  unlessZero,
} from './order-schema.ts';
import type { OpenOrdersReply } from './venue.ts';
import type { OrderName } from './wire.ts';

/** A venue's orders by the names of their fields: `ordersIn(form)` reads them. */
export interface OrderForm {
  /**
   * What the names are looked up in, where that is not the order as it is told: lays flat what is nested, chooses what depends on
   * its type, leaves out what stands for nothing: `({ listId, ...order }) => ({ ...order, ...(listId !== '-1' && { listId }) })`.
   */
  readonly flat?: (order: Told) => Told;
  readonly fields: {
    readonly id: Names;
    readonly clientOrderId?: Names;
    readonly symbol: Names;
    /** `buy` or `sell`, in any case. */
    readonly side: Names;
    readonly type: Names;
    readonly status: Names;
    readonly price: Names;
    readonly stopPrice?: Names;
    readonly quantity: Names;
    /** One of the two is enough. */
    readonly filled?: Names;
    readonly remaining?: Names;
    readonly createdAt?: Names;
    /** Of the last change: "Already cancelled" is judged by it. */
    readonly updatedAt?: Names;
    /** Of the list of orders that it is cancelled with. */
    readonly list?: Names;
  };
  /** Times are told in seconds, with decimals; in milliseconds unless given. */
  readonly seconds?: true;
  /** By words in small letters. One that is not among them is no end: the order is open, and its word is shown. */
  readonly statuses: Readonly<Record<string, State>>;
  /** The types, in small letters, of orders that guard a position; without a type a stop price tells. */
  readonly protective: RegExp;
  /** Names of flags that say so too. */
  readonly guards?: readonly string[];
}

type Told = Readonly<Record<string, unknown>>;

/** The first that is there and not empty. */
type Names = string | readonly string[];

type State =
  /** Open, and nothing of it has filled. */
  | 'untouched'
  | 'open'
  | 'filled'
  | 'cancelled'
  /** It ended by itself: expired, rejected. */
  | 'ended';

/** `one`, `reading` and `cancelReply` are undefined of what has no id, or no status: it tells nothing of the order. */
export interface Orders {
  readonly one: (value: unknown) => OrderModel | undefined;
  readonly readingOf: (model: OrderModel) => Exclude<OrderReading, { status: 'not-found' }>;
  readonly reading: (value: unknown) => ReadReply | undefined;
  /** What the order in the reply to a cancel shows: its end, that it had ended before, or that it is open still. */
  readonly shownBy: (model: OrderModel) => CancelReply;
  /** The same where the reply is the order. One that is another proves nothing of this. */
  readonly cancelReply: (value: unknown, name: OrderName) => CancelReply | undefined;
  /** The open ones of a list; undefined where it is none. */
  readonly page: (list: unknown) => Extract<OpenOrdersReply, { kind: 'page' }> | undefined;
}

const isObject = v.custom<Told>((value) => typeof value === 'object' && value !== null);

const fields = v.object({
  id: orderId,
  clientOrderId,
  symbol: symbolText,
  side: optionalSide,
  type: textOr(''),
  status: textOr(''),
  price: optionalDecimal,
  stopPrice: optionalDecimal,
  quantity: optionalDecimal,
  filled: optionalDecimal,
  remaining: optionalDecimal,
  createdAt: optionalTime,
  updatedAt: optionalTime,
  list: textOr(''),
  isGuarding: v.boolean(),
});
/** Times in Unix milliseconds. */
export type OrderModel = v.InferOutput<typeof fields>;

export function ordersIn(form: OrderForm): Orders {
  const names = Object.entries(form.fields).map(
    ([field, each]) => [field, typeof each === 'string' ? [each] : each] as const,
  );
  const milliseconds = (time: number | undefined) =>
    time !== undefined && form.seconds ? Math.round(time * 1000) : time;
  const schema = v.pipe(
    isObject,
    v.transform(form.flat ?? ((told) => told)),
    v.transform((told) => ({
      ...Object.fromEntries(
        names.map(([field, all]) => [field, all.map((name) => told[name]).find(isThere)]),
      ),
      isGuarding: (form.guards ?? []).some((name) => isTrue(told[name])),
    })),
    fields,
    v.transform((model) => ({
      ...model,
      createdAt: milliseconds(model.createdAt),
      updatedAt: milliseconds(model.updatedAt),
    })),
  );

  const stateOf = ({ status }: OrderModel) => form.statuses[status.toLowerCase()];
  const known = Object.keys(form.statuses);

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
      ...unknownStatus(model.status, known),
      protective:
        (model.type === '' && stopPrice !== undefined) ||
        model.isGuarding ||
        form.protective.test(type),
    };
  }

  const orders: Orders = {
    one(value) {
      const parsed = v.safeParse(schema, value);
      return parsed.success && parsed.output.status !== '' ? parsed.output : undefined;
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

    page(list) {
      const read = readElements(schema, list);
      if (!read) return undefined;
      const readings = read.models.map(orders.readingOf);
      return {
        kind: 'page',
        orders: readings.flatMap((each) => (each.status === 'open' ? [each.order] : [])),
        ...optional('unreadable', read.unreadable || undefined),
      };
    },
  };
  return orders;
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}

function closedOrder(model: OrderModel): ClosedOrder {
  const { id, quantity } = model;
  return {
    id,
    ...optional('quantity', quantity),
    ...optional('filled', model.filled ?? difference(quantity, model.remaining)),
    ...optional('updatedAt', model.updatedAt),
  };
}
