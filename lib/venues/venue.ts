import type { ClientOrderId, Order, OrderId } from '../domain/order.ts';
import type { CancelReply, Failure, ReadReply } from '../domain/reply.ts';
import type { UserError } from '../domain/user-error.ts';

/**
 * The contract that every venue fulfils. All of it is pure: what to send is built from its arguments, what came back
 * is read from text. Time, key and signer are handed in; sending is done elsewhere, in one place (`send.ts`).
 */
export interface Venue {
  /** Null, or what is wrong with the secret as the user pasted it (already trimmed). */
  checkSecret(secret: string): UserError | undefined;
  /** The bytes of the HMAC-SHA256 key that the secret stands for. */
  secretBytes(secret: string): Uint8Array<ArrayBuffer>;
  /** Adds what proves the request to be the key's: headers or parameters. */
  sign(request: WireRequest, signer: Signer): Promise<WireRequest>;

  /** Cancels one order. */
  readonly cancel: Call<OrderName, CancelReply>;
  /** Reads one order, open or closed. */
  readonly readOrder: Call<OrderName, ReadReply>;
  /** Reads one page of all open orders; begins without a cursor. */
  readonly listOpenOrders: Call<string | undefined, OpenOrdersReply>;
  /** Reads the venue's clock, unsigned. */
  readonly readTime: Call<undefined, TimeReply>;

  /** Whether `cancel` and `readOrder` take a client order id, or the id must be found in the open orders first. */
  readonly takesClientOrderId: boolean;
}

/** One thing to ask of a venue: how the request is written and how the reply is read. */
export interface Call<Input, Output> {
  request(input: Input): WireRequest;
  read(reply: WireReply, input: Input): Output;
}

/** One order, by the venue's id where it is known. */
export type OrderName = { readonly orderId: OrderId } | { readonly clientOrderId: ClientOrderId };

export interface WireRequest {
  readonly method: 'GET' | 'POST' | 'DELETE';
  /** With a leading `/`, percent-encoded, without query. */
  readonly path: string;
  /** Without `?`, exactly as sent. */
  readonly query?: string;
  readonly headers: Readonly<Record<string, string>>;
  /** Exactly as sent and signed. */
  readonly body?: string;
}

export interface WireReply {
  readonly status: number;
  readonly text: string;
  /** The header `Retry-After`, in seconds, where it was sent. */
  readonly retryAfter?: number;
}

export interface Signer {
  readonly apiKey: string;
  /** Unix milliseconds by the venue's clock; strictly rising from request to request. */
  readonly timestamp: number;
  /** HMAC-SHA256 with the account's secret over the UTF-8 text. */
  readonly hmac: (text: string) => Promise<Uint8Array>;
}

export type OpenOrdersReply =
  | { readonly kind: 'page'; readonly orders: readonly Order[]; readonly cursor?: string }
  | Failure;

/** `time` in Unix milliseconds. */
export type TimeReply = { readonly kind: 'time'; readonly time: number } | Failure;
