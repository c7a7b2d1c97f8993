import { compare } from '#tests/sandbox/shared/decimal.ts';
import type { BookOrder, OrderBook } from '#tests/sandbox/shared/order-book.ts';
import { newClientId } from './client-ids.ts';

/** OCO: one fills, the other ends. OTO: the other waits (`PENDING_NEW`) until the first has filled. */
export interface OrderList {
  readonly id: number;
  readonly type: 'OCO' | 'OTO';
  readonly clientId: string;
  readonly symbol: string;
}

export interface ListSettings {
  /** How the other leg of an OCO ends when one fills: not in the fact sheet. */
  otherLeg: 'expired' | 'cancelled';
}

/**
 * Which orders are legs of one list: those of one `parentId`, and the order that bears this id. One leg cancelled takes the
 * whole list along (fact sheet 1.6), whoever cancelled it.
 */
export class OrderLists {
  readonly #book: OrderBook;
  readonly #lists = new Map<string, OrderList>();
  readonly #done = new Set<number>();
  #lastId = 1928;

  constructor(
    book: OrderBook,
    settings: ListSettings,
    onDone: (list: OrderList, legs: readonly BookOrder[]) => void,
  ) {
    this.#book = book;
    book.onChange((order, before) => {
      if (!before) return this.#learn(order);
      const list = this.of(order);
      if (!list) return;
      const others = this.legs(order).filter(
        ({ id, status }) => id !== order.id && status === 'open',
      );
      if (order.status !== 'open' && order.status !== 'filled') {
        // Each end comes back here, for those that are left.
        const [next] = others;
        if (next && order.status === 'cancelled') book.cancel(next.id);
      } else if (compare(order.filled, before.filled) > 0) {
        this.#afterFill(list, order, others, settings);
      }
      const legs = this.legs(order);
      if (legs.every(({ status }) => status !== 'open') && !this.#done.has(list.id)) {
        this.#done.add(list.id);
        onDone(list, legs);
      }
    });
  }

  of({ id, parentId }: BookOrder): OrderList | undefined {
    return this.#lists.get(parentId ?? id);
  }

  /** All of its list's orders, as they are now; none of an order by itself. */
  legs({ id, parentId }: BookOrder): BookOrder[] {
    const root = parentId ?? id;
    if (!this.#lists.has(root)) return [];
    return this.#book.all().filter((order) => order.id === root || order.parentId === root);
  }

  #learn({ parentId, statusWord, symbol }: BookOrder): void {
    if (parentId === undefined || this.#lists.has(parentId)) return;
    const type = statusWord === 'PENDING_NEW' ? 'OTO' : 'OCO';
    this.#lists.set(parentId, { id: ++this.#lastId, type, clientId: newClientId(), symbol });
  }

  #afterFill(
    { type }: OrderList,
    order: BookOrder,
    others: readonly BookOrder[],
    { otherLeg }: ListSettings,
  ): void {
    for (const { id, statusWord } of others) {
      if (this.#book.find(id)?.status !== 'open') continue;
      if (type === 'OCO') {
        if (otherLeg === 'expired') this.#book.end(id, 'expired');
        else this.#book.cancel(id);
      } else if (order.status === 'filled' && statusWord === 'PENDING_NEW') {
        this.#book.amend(id, {});
      }
    }
  }
}
