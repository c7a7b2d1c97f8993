import { add, compare, plain, subtract } from './decimal.ts';
import { until } from './until.ts';

export type OrderStatus = 'open' | 'filled' | 'cancelled' | 'rejected' | 'expired';

export const orderMethods = [
  'limit',
  'market',
  'stop-limit',
  'stop-market',
  'take-profit-limit',
  'take-profit-market',
  'trailing-stop-market',
] as const;

type OrderMethod = (typeof orderMethods)[number];

/** An order as a venue keeps it. Decimals are text; times are ms on the venue's clock. */
export interface BookOrder {
  readonly id: string;
  /** Rises with each order placed; what a page cursor can hold on to. */
  readonly sequence: number;
  readonly clientOrderId: string | undefined;
  /** In the venue's own spelling: BTCTRY, BTC_BRL. */
  readonly symbol: string;
  readonly side: 'buy' | 'sell';
  readonly method: OrderMethod;
  readonly price: string;
  readonly stopPrice: string | undefined;
  readonly quantity: string;
  readonly filled: string;
  readonly status: OrderStatus;
  /** Why it was rejected. */
  readonly reason: string | undefined;
  /** What the venue calls its state until that changes, where it is none of the usual words. */
  readonly statusWord: string | undefined;
  readonly reduceOnly: boolean;
  /** The order it is attached to, as take-profit or stop-loss, and with which it is cancelled. */
  readonly parentId: string | undefined;
  /** Another trader's, where a venue tells that from an order nobody has. */
  readonly isForeign: boolean;
  readonly createdAt: number;
  readonly updatedAt: number;
}

/** What it takes to place an order; the rest has plain defaults. */
export interface NewOrder {
  /** Any id, also one beyond 2^53; by default one of the venue's own kind. */
  id?: string | undefined;
  clientOrderId?: string | undefined;
  symbol: string;
  side: 'buy' | 'sell';
  method?: OrderMethod | undefined;
  price: string;
  stopPrice?: string | undefined;
  quantity: string;
  /** Already executed; an order filled to its quantity is placed as a filled one. */
  filled?: string | undefined;
  /** Only to place one that has ended before. */
  status?: 'cancelled' | 'rejected' | 'expired' | undefined;
  reason?: string | undefined;
  statusWord?: string | undefined;
  reduceOnly?: boolean | undefined;
  parentId?: string | undefined;
  isForeign?: boolean | undefined;
  /** How long ago it was placed. */
  ageMs?: number | undefined;
}

export interface Amendment {
  price?: string | undefined;
  quantity?: string | undefined;
}

export interface OrderBookOptions {
  now: () => number;
  newId: () => string;
  newClientOrderId?: () => string;
  /** One spelling for ids a venue takes for the same, e.g. both cases of a UUID. */
  canonicalId?: (id: string) => string;
  /** What every id looks like, where the venue's wire allows nothing else. */
  idPattern?: RegExp;
}

/** `before`: as the order was; undefined for one that has just been placed. */
type Listener = (order: BookOrder, before: BookOrder | undefined) => void;

export const remaining = (order: BookOrder): string => subtract(order.quantity, order.filled);

/** A venue's orders, of every account: the sandbox has one trader. */
export class OrderBook {
  readonly #orders = new Map<string, BookOrder>();
  readonly #listeners = new Set<Listener>();
  readonly #options: OrderBookOptions;
  #sequence = 0;

  constructor(options: OrderBookOptions) {
    this.#options = options;
  }

  place(order: NewOrder): BookOrder {
    const at = this.#options.now() - (order.ageMs ?? 0);
    const filled = plain(order.filled ?? '0');
    const quantity = plain(order.quantity);
    if (compare(filled, quantity) > 0) throw new Error('More is filled than was ordered');
    const placed: BookOrder = {
      id: this.#canonical(order.id ?? this.#options.newId()),
      sequence: ++this.#sequence,
      clientOrderId: order.clientOrderId ?? this.#options.newClientOrderId?.(),
      symbol: order.symbol,
      side: order.side,
      method: order.method ?? 'limit',
      price: plain(order.price),
      stopPrice: order.stopPrice === undefined ? undefined : plain(order.stopPrice),
      quantity,
      filled,
      status: order.status ?? (filled === quantity ? 'filled' : 'open'),
      reason: order.reason,
      statusWord: order.statusWord,
      reduceOnly: order.reduceOnly ?? false,
      parentId: order.parentId === undefined ? undefined : this.#canonical(order.parentId),
      isForeign: order.isForeign ?? false,
      createdAt: at,
      updatedAt: at,
    };
    if (this.#options.idPattern?.test(placed.id) === false)
      throw new Error(`${placed.id} cannot be an order id here`);
    if (this.#orders.has(placed.id)) throw new Error(`Order ${placed.id} is already in the book`);
    return this.#set(placed);
  }

  find(id: string): BookOrder | undefined {
    return this.#orders.get(this.#canonical(id));
  }

  /** Where several share a client order id: the newest open one, else the newest. */
  findByClientOrderId(clientOrderId: string): BookOrder | undefined {
    const same = this.all().filter((order) => order.clientOrderId === clientOrderId);
    return same.findLast(({ status }) => status === 'open') ?? same.at(-1);
  }

  /** Every order, oldest first. */
  all(): BookOrder[] {
    return [...this.#orders.values()];
  }

  open(): BookOrder[] {
    return this.all().filter(({ status }) => status === 'open');
  }

  /** Executes so much of an open order, or all that is left of it. */
  fill(id: string, quantity?: string): BookOrder {
    const order = this.#expectOpen(id);
    const filled = quantity === undefined ? order.quantity : add(order.filled, quantity);
    if (compare(filled, order.quantity) > 0) throw new Error(`Order ${id} has less than that left`);
    const status = filled === order.quantity ? 'filled' : 'open';
    return this.#change(order, { filled, status });
  }

  /** Changes what is left of an open order, or its price: what its trader may do elsewhere. */
  amend(id: string, { price, quantity }: Amendment): BookOrder {
    const order = this.#expectOpen(id);
    if (quantity !== undefined && compare(quantity, order.filled) <= 0)
      throw new Error(`Of order ${id} as much is filled already`);
    return this.#change(order, {
      ...(price !== undefined && { price: plain(price) }),
      ...(quantity !== undefined && { quantity: plain(quantity) }),
    });
  }

  /** Cancels an open order, and those attached to it; what had filled stays filled. */
  cancel(id: string): BookOrder {
    const order = this.#expectOpen(id);
    const cancelled = this.#change(order, { status: 'cancelled' });
    for (const { id: attached, parentId } of this.open())
      if (parentId === order.id) this.cancel(attached);
    return cancelled;
  }

  /** The venue itself ends an open order. */
  end(id: string, status: 'rejected' | 'expired', reason?: string): BookOrder {
    return this.#change(this.#expectOpen(id), { status, reason });
  }

  clear(): void {
    this.#orders.clear();
  }

  reseed(orders: readonly NewOrder[]): void {
    this.clear();
    for (const order of orders) this.place(order);
  }

  /** Calls back at each change of an order, for pushes; returns the way to stop. */
  onChange(listener: Listener): () => void {
    this.#listeners.add(listener);
    return () => this.#listeners.delete(listener);
  }

  /** The order, as soon as it is in this state: what a test waits for instead of sleeping. */
  waitFor(id: string, status: OrderStatus, timeoutMs = 5000): Promise<BookOrder> {
    return until(
      (look) => this.onChange(look),
      () => {
        const order = this.find(id);
        return order?.status === status ? order : undefined;
      },
      `order ${id} to be ${status}`,
      timeoutMs,
    );
  }

  #canonical(id: string): string {
    return this.#options.canonicalId?.(id) ?? id;
  }

  #expectOpen(id: string): BookOrder {
    const order = this.find(id);
    if (!order) throw new Error(`No order ${id} in the book`);
    if (order.status !== 'open') throw new Error(`Order ${id} is ${order.status}`);
    return order;
  }

  #change(order: BookOrder, change: Partial<BookOrder>): BookOrder {
    const updatedAt = this.#options.now();
    return this.#set({ ...order, statusWord: undefined, ...change, updatedAt }, order);
  }

  #set(order: BookOrder, before?: BookOrder): BookOrder {
    this.#orders.set(order.id, order);
    for (const listener of this.#listeners) listener(order, before);
    return order;
  }
}
