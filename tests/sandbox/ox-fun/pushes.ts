import type { PushFault } from '#tests/sandbox/shared/faults.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { SocketConnection } from '#tests/sandbox/shared/websocket.ts';
import { closedPush, matchedPush, modifiedPush, openedPush } from './order-object.ts';
import type { Desk, OxFunSettings } from './settings.ts';

type Spoilt = 'duplicate-push' | 'out-of-order-push' | 'lost-push';

/**
 * What sockets are told unasked. A change of any order, whoever made it, goes to every socket with an order channel, also one
 * of another market (fact sheet 1.8). A fill that ends an order is an OrderMatched with FILLED, without an OrderClosed.
 */
export class Pushes {
  readonly #listening = new Set<SocketConnection>();
  readonly #loggedIn = new Set<SocketConnection>();
  readonly #last = new Map<string, BookOrder>();
  readonly #spoilt = new Map<string, Spoilt>();
  readonly #settings: OxFunSettings;

  constructor({ book, settings }: Pick<Desk, 'book' | 'settings'>) {
    this.#settings = settings;
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
    const { accountId } = this.#settings;
    if (isNew) {
      if (order.status === 'open') this.toListening(openedPush(order, accountId));
    } else if (order.filled !== before.filled)
      this.toListening(matchedPush(order, before.filled, accountId));
    else if (order.status !== before.status) this.#closed(order, before);
    else this.#amended(order, before);
  }

  #amended(order: BookOrder, before: BookOrder): void {
    const { accountId, amending } = this.#settings;
    if (amending === 'modified') {
      this.toListening(modifiedPush(order, accountId));
      return;
    }
    const { updatedAt } = order;
    this.toListening(closedPush({ ...before, updatedAt }, accountId, 'CANCELED_BY_AMEND'));
    this.toListening(openedPush(order, accountId));
  }

  #closed(order: BookOrder, before: BookOrder): void {
    const spoilt = this.#spoilt.get(order.id);
    this.#spoilt.delete(order.id);
    if (spoilt === 'lost-push') return;
    const { accountId } = this.#settings;
    const closed = closedPush(order, accountId);
    this.toListening(closed);
    if (spoilt === 'duplicate-push') this.toListening(closed);
    if (spoilt !== 'out-of-order-push') return;
    const isPartlyFilled = before.filled !== '0';
    this.toListening(
      isPartlyFilled ? matchedPush(before, '0', accountId) : openedPush(before, accountId),
    );
  }
}
