import * as v from 'valibot';
import {
  clientOrderId,
  optionalDecimal,
  optionalSide,
  optionalTime,
  orderId,
  symbolText,
  textOr,
} from './order-schema.ts';

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
    /** One of the two is enough. What had filled of an ended order is taken from what remains only where it is never told itself. */
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

export type State =
  /** Open, and nothing of it has filled. */
  | 'untouched'
  | 'open'
  | 'filled'
  | 'cancelled'
  /** It ended by itself: expired, rejected. */
  | 'ended';

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

/** Of an order nothing but its id is needed. */
export function schemaOf(form: OrderForm) {
  const names = Object.entries(form.fields).map(
    ([field, each]) => [field, typeof each === 'string' ? [each] : each] as const,
  );
  const milliseconds = (time: number | undefined) =>
    time !== undefined && form.seconds ? Math.round(time * 1000) : time;
  return v.pipe(
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
}

function isThere(value: unknown): boolean {
  return value !== undefined && value !== null && value !== '';
}

function isTrue(value: unknown): boolean {
  return value === true || value === 'true';
}
