import type { CancelReply, Failure } from '#lib/domain/reply.ts';
import type { OrderId } from '#lib/domain/order.ts';
import type { Signer, BatchName } from './wire.ts';

/** What a venue's WebSocket speaks: pure, like the calls. What it takes to speak it is done in `connection.ts` and `socket-session.ts`. */
export interface SocketProtocol {
  readonly path: string;
  /** What keeps the connection alive, sent every so many milliseconds. */
  readonly ping: { readonly text: string; readonly every: number };
  /** How many orders one cancel may name. */
  readonly most: number;
  login(signer: Signer): Promise<string>;
  /** Sent once logged in: subscribes to what becomes of orders. */
  readonly subscribe: string;
  /** `tag` comes back with the reply. */
  cancel(names: readonly BatchName[], tag: string): string;
  /** `receivedAt` in Unix milliseconds by the venue's clock. */
  read(text: string, receivedAt?: number): SocketMessage;
}

export type SocketMessage =
  | { readonly kind: 'login'; readonly failure?: Failure }
  /** The reply to one order of a cancel; without `orderId`, to all of them. */
  | {
      readonly kind: 'reply';
      readonly tag: string;
      readonly orderId?: OrderId;
      readonly reply: CancelReply;
    }
  /** A cancel that had been taken has failed after all. */
  | { readonly kind: 'late-failure'; readonly orderId: OrderId; readonly reply: CancelReply }
  | { readonly kind: 'other' };
