import type { Environment } from '#lib/domain/account.ts';
import type { OrderId, ClientOrderId } from '#lib/domain/order.ts';
import type { SigningKey } from './keys.ts';

/** Adds what proves the request to be the key's: headers or parameters. */
export type Sign = (request: WireRequest, signer: Signer) => Promise<WireRequest>;

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
  /** More came than is read; the text is then empty. */
  readonly isTooLarge?: true;
  /** The header `Retry-After`, in seconds, where it was sent. */
  readonly retryAfter?: number;
  /** The same header where it is a date: Unix milliseconds by the venue's clock. */
  readonly retryAt?: number;
  /** When it was read: Unix milliseconds by the venue's clock, as far as that is known. */
  readonly receivedAt?: number;
  /** The header `Date`, in Unix milliseconds, where it was sent: to the second. */
  readonly date?: number;
  /** All of them, for `readUsage`. */
  readonly headers?: Headers;
}

/** Whose request it is, and with what it is proven. */
export interface Signer {
  readonly apiKey: string;
  /** The third part of the key, where it has one. */
  readonly extra?: string;
  readonly environment: Environment;
  /** So many random bytes. */
  readonly random: (count: number) => Uint8Array<ArrayBuffer>;
  /** The host name of the API, without port. */
  readonly host: string;
  /** Unix milliseconds by the venue's clock; strictly rising from request to request. */
  readonly timestamp: number;
  /**
   * A number in decimal digits, above every earlier one for ever: in this life and all others, whatever the clock
   * does; no less than the Unix milliseconds of the venue's clock.
   */
  readonly nonce: () => Promise<string>;
  readonly kind: SigningKey['kind'];
  /** With the account's key. */
  readonly sign: SigningKey['sign'];
}

/** One order, by the venue's id where it is known; with its symbol where the venue needs it. */
export type OrderName = { readonly symbol?: string } & (
  | { readonly orderId: OrderId }
  | { readonly clientOrderId: ClientOrderId }
);

export type BatchName = { readonly orderId: OrderId; readonly symbol?: string };
