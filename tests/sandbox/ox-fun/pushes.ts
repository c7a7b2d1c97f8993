import type { PushFault } from '#tests/sandbox/shared/faults.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import { PushLine } from '#tests/sandbox/shared/push-line.ts';
import type { StreamFaults } from '#tests/sandbox/shared/stream-faults.ts';
import type { SocketConnection } from '#tests/sandbox/shared/websocket.ts';
import { closedPush, matchedPush, modifiedPush, openedPush } from './order-object.ts';
import type { Desk, OxFunSettings } from './settings.ts';

type Spoilt = 'duplicate-push' | 'out-of-order-push' | 'lost-push';

/**
 * What sockets are told unasked. A change of any order, whoever made it, goes to every socket with an order channel, also one
 * of another market (fact sheet 1.8). A fill that ends an order is an OrderMatched with FILLED, without an OrderClosed.
 */
export class Pushes {
  readonly #line: PushLine;
  readonly #loggedIn = new Set<SocketConnection>();
  readonly #spoilt = new Map<string, Spoilt>();
  readonly #settings: OxFunSettings;

  constructor({ book, settings }: Pick<Desk, 'book' | 'settings'>, faults: StreamFaults) {
    this.#line = new PushLine(faults);
    this.#settings = settings;
    book.onChange((order, before) => this.#changed(order, before));
  }

  loggedIn(connection: SocketConnection): void {
    this.#loggedIn.add(connection);
  }

  listen(connection: SocketConnection, on: boolean): void {
    if (on) this.#line.join(connection);
    else this.#line.leave(connection);
  }

  forget(connection: SocketConnection): void {
    this.#line.leave(connection);
    this.#loggedIn.delete(connection);
  }

  /** What will happen to the push of this order's end. */
  spoil(orderId: string, kind: Exclude<PushFault['kind'], 'late-failure' | 'push-before-reply'>) {
    this.#spoilt.set(orderId, kind);
  }

  /** To every socket with an order channel. */
  tell(order: BookOrder, text: string): void {
    this.#line.push(order, () => text);
  }

  toLoggedIn(text: string): void {
    for (const connection of this.#loggedIn) connection.send(text);
  }

  #changed(order: BookOrder, before: BookOrder | undefined): void {
    if (order.isForeign) return;
    const { accountId } = this.#settings;
    if (before === undefined) {
      if (order.status === 'open') this.tell(order, openedPush(order, accountId));
    } else if (order.filled !== before.filled)
      this.tell(order, matchedPush(order, before.filled, accountId));
    else if (order.status !== before.status) this.#closed(order, before);
    else this.#amended(order, before);
  }

  #amended(order: BookOrder, before: BookOrder): void {
    const { accountId, amending } = this.#settings;
    if (amending === 'modified') {
      this.tell(order, modifiedPush(order, accountId));
      return;
    }
    const { updatedAt } = order;
    this.tell(order, closedPush({ ...before, updatedAt }, accountId, 'CANCELED_BY_AMEND'));
    this.tell(order, openedPush(order, accountId));
  }

  #closed(order: BookOrder, before: BookOrder): void {
    const spoilt = this.#spoilt.get(order.id);
    this.#spoilt.delete(order.id);
    if (spoilt === 'lost-push') return;
    const { accountId } = this.#settings;
    const closed = closedPush(order, accountId);
    this.tell(order, closed);
    if (spoilt === 'duplicate-push') this.tell(order, closed);
    if (spoilt !== 'out-of-order-push') return;
    const isPartlyFilled = before.filled !== '0';
    this.tell(
      order,
      isPartlyFilled ? matchedPush(before, '0', accountId) : openedPush(before, accountId),
    );
  }
}
