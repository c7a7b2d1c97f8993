import { randomBytes } from 'node:crypto';
import type { BookOrder, OrderBook } from '#tests/sandbox/shared/order-book.ts';

/** 22 letters and digits, as the venue makes them up. */
export const newClientId = (): string =>
  randomBytes(48).toString('base64').replaceAll(/[+/=]/g, '').slice(0, 22);

/**
 * Which client order id an order has: a cancel's own id takes the place of the one it was placed with (fact sheet 1.6), whoever
 * cancels. An end of another kind leaves it.
 */
export class ClientIds {
  readonly #book: OrderBook;
  readonly #after = new Map<string, string>();

  constructor(book: OrderBook) {
    this.#book = book;
    book.onChange((order) => {
      if (order.status === 'cancelled' && !this.#after.has(order.id))
        this.#after.set(order.id, newClientId());
    });
  }

  /** The id that the coming cancel of the order bears. */
  cancelAs(order: BookOrder, id: string | undefined): void {
    if (id !== undefined) this.#after.set(order.id, id);
  }

  of(order: BookOrder): string {
    const after = order.status === 'cancelled' ? this.#after.get(order.id) : undefined;
    return after ?? this.original(order);
  }

  original({ clientOrderId, id }: BookOrder): string {
    return clientOrderId ?? id;
  }

  /** Open ones first: a client order id is unique among these alone (fact sheet 1.11). */
  find(clientId: string, knowsOld: boolean): BookOrder | undefined {
    const named = this.#book
      .all()
      .filter(
        (order) => this.of(order) === clientId || (knowsOld && this.original(order) === clientId),
      );
    return named.findLast(({ status }) => status === 'open') ?? named.at(-1);
  }
}
