import type { AccountId } from './account.ts';
import type { Brand } from './brand.ts';
import type { Decimal } from './decimal.ts';
import type { Remark } from './remark.ts';
import type { Cascades } from './venue-id.ts';

/** The venue's own id of an order: opaque text, exactly as the venue wrote it. */
export type OrderId = Brand<string, 'OrderId'>;
/** The id that the order's sender gave it. Not unique on every venue. */
export type ClientOrderId = Brand<string, 'ClientOrderId'>;

export type IdKind = 'order-id' | 'client-order-id';

export type Side = 'buy' | 'sell';

/** An open order, as last read from its venue. */
export interface Order {
  readonly id: OrderId;
  readonly clientOrderId?: ClientOrderId;
  /** Empty where the venue does not tell. */
  readonly symbol: string;
  /** Absent where the venue does not tell. */
  readonly side?: Side;
  /** The venue's word for the kind of order: `limit`, `stop_limit` … */
  readonly type: string;
  /** Absent for orders at market price, and where the venue does not tell. */
  readonly price?: Decimal;
  readonly stopPrice?: Decimal;
  /** Both are absent where the venue does not tell, or tells something that is no decimal. */
  readonly quantity?: Decimal;
  readonly remaining?: Decimal;
  /** Unix milliseconds by the venue's clock; absent where the venue does not tell. */
  readonly createdAt?: number;
  /** The venue's own word for its state, where it is none that Pullcord knows. */
  readonly unknownStatus?: string;
  /** Names the order list (OCO and the like) that it belongs to: the venue cancels all orders of a list together. */
  readonly list?: string;
  /** Guards a position (stop, take-profit, trailing, reduce-only): kept unless asked for by name. */
  readonly protective: boolean;
}

/** Names one order of one account, by the venue's id or by the client's. */
export interface OrderRef {
  readonly accountId: AccountId;
  readonly orderId?: OrderId;
  readonly clientOrderId?: ClientOrderId;
  /** Where the venue needs it to find the order. */
  readonly symbol?: string;
}

/** With its symbol, where the venue tells it. */
export function refTo(
  accountId: AccountId,
  { id, symbol }: Pick<Order, 'id' | 'symbol'>,
): OrderRef & { readonly orderId: OrderId } {
  return { accountId, orderId: id, ...(symbol !== '' && { symbol }) };
}

/** The sender's own id beside the venue's: some venues give an order that had none their own for one, which says nothing more. */
export function clientIdBeside(
  id: OrderId | undefined,
  clientOrderId: ClientOrderId | undefined,
): ClientOrderId | undefined {
  return (clientOrderId as string | undefined) === id ? undefined : clientOrderId;
}

/** Without a price because it needs none: an order with a limit always has one, known or not. */
export function isAtMarketPrice({ price, type }: Pick<Order, 'price' | 'type'>): boolean {
  return price === undefined && !/limit/i.test(type);
}

/** What a venue says of one order when asked for it. */
export type OrderReading =
  | { readonly status: 'open'; readonly order: Order }
  | { readonly status: 'filled'; readonly order: ClosedOrder }
  | { readonly status: 'cancelled'; readonly order: ClosedOrder }
  | ({ readonly status: 'not-found' } & Remark);

/** What is left to say of an order that is no longer open. */
export interface ClosedOrder {
  readonly id: OrderId;
  readonly quantity?: Decimal;
  readonly filled?: Decimal;
  /** When the venue last changed it: Unix milliseconds by the venue's clock. */
  readonly updatedAt?: number;
}

/** Whether an open order may go with another one. Which are attached no venue lists; of lists it is certain. */
export function mayGoAlong(cascades: Cascades, parent: Order, other: Order): boolean {
  if (other.symbol !== parent.symbol || other.id === parent.id) return false;
  return cascades === 'lists'
    ? parent.list !== undefined && other.list === parent.list
    : !parent.protective && other.protective && other.side !== parent.side;
}
