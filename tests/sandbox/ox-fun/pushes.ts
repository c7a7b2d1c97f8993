import type { PushFault } from '#tests/sandbox/shared/faults.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { SocketConnection } from '#tests/sandbox/shared/websocket.ts';
import { closedPush, matchedPush, openedPush } from './order-object.ts';
import type { Desk } from './settings.ts';

type Spoilt = 'duplicate-push' | 'out-of-order-push' | 'lost-push';

/**
 * What sockets are told unasked. A change of any order goes to every socket with an order channel, also one of another
 * market (fact sheet 1.8). A fill that ends an order is an OrderMatched with FILLED, without an OrderClosed.
 */
export class Pushes {
  readonly #listening = new Set<SocketConnection>();
  readonly #loggedIn = new Set<SocketConnection>();
  readonly #last = new Map<string, BookOrder>();
  readonly #spoilt = new Map<string, Spoilt>();
  readonly #accountId: () => string;

  constructor({ book, settings }: Pick<Desk, 'book' | 'settings'>) {
    this.#accountId = () => settings.accountId;
    book.onChange((order) => this.#changed(order));
  }

  loggedIn(connection: SocketConnection): void {
    this.#loggedIn.add(connection);
  }

  listen(connection: SocketConnection, on: boolean): void {
    if (on) this.#listening.add(connection);
    else this.#listening.delete(connection);
  }

  forget(connection: SocketConnection): void {
    this.#listening.delete(connection);
    this.#loggedIn.delete(connection);
  }

  /** What will happen to the push of this order's end. */
  spoil(orderId: string, kind: Exclude<PushFault['kind'], 'late-failure' | 'push-before-reply'>) {
    this.#spoilt.set(orderId, kind);
  }

  toListening(text: string): void {
    for (const connection of this.#listening) connection.send(text);
  }

  toLoggedIn(text: string): void {
    for (const connection of this.#loggedIn) connection.send(text);
  }

  #changed(order: BookOrder): void {
    const before = this.#last.get(order.id);
    this.#last.set(order.id, order);
    if (order.isForeign) return;
    // A book that was emptied tells nobody, so an order placed again may follow one that had ended.
    const isNew = before === undefined || before.sequence !== order.sequence;
    if (isNew) {
      if (order.status === 'open') this.toListening(openedPush(order, this.#accountId()));
    } else if (order.filled !== before.filled)
      this.toListening(matchedPush(order, before.filled, this.#accountId()));
    else if (order.status !== before.status) this.#closed(order, before);
  }

  #closed(order: BookOrder, before: BookOrder): void {
    const spoilt = this.#spoilt.get(order.id);
    this.#spoilt.delete(order.id);
    if (spoilt === 'lost-push') return;
    const closed = closedPush(order, this.#accountId());
    this.toListening(closed);
    if (spoilt === 'duplicate-push') this.toListening(closed);
    if (spoilt !== 'out-of-order-push') return;
    const isPartlyFilled = before.filled !== '0';
    this.toListening(
      isPartlyFilled
        ? matchedPush(before, '0', this.#accountId())
        : openedPush(before, this.#accountId()),
    );
  }
}
