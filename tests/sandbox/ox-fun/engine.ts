import type { CancelFault, PushFault } from '#tests/sandbox/shared/faults.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import { cancelAllPush, lateFailurePush } from './order-object.ts';
import type { Pushes } from './pushes.ts';
import type { Desk } from './settings.ts';

/**
 * What happens after `submitted: true`. A cancel that comes too late, because the order was filled meanwhile or is
 * being cancelled already, fails here and says so in a push of its own (fact sheet 1.8).
 */
export class Engine {
  readonly #desk: Desk;
  readonly #pushes: Pushes;
  readonly #cancelling = new Set<string>();

  constructor(desk: Desk, pushes: Pushes) {
    this.#desk = desk;
    this.#pushes = pushes;
  }

  cancel({ id }: BookOrder, fault?: CancelFault | PushFault): void {
    const { book, timers, settings } = this.#desk;
    if (fault?.kind === 'accept-and-forget') return;
    if (fault?.kind === 'push-before-reply') {
      book.cancel(id);
      return;
    }
    const delayMs =
      (fault && 'delayMs' in fault ? fault.delayMs : undefined) ?? settings.cancelDelayMs;
    const isTaken = !this.#cancelling.has(id) && fault?.kind !== 'late-failure';
    if (!isTaken) {
      timers.after(delayMs, () => this.#fail(id));
      return;
    }
    this.#cancelling.add(id);
    timers.after(delayMs, () => {
      this.#cancelling.delete(id);
      if (fault?.kind === 'accept-then-fill' && this.#isOpen(id)) book.fill(id, fault.quantity);
      if (!this.#isOpen(id)) return this.#fail(id);
      if (
        fault?.kind === 'duplicate-push' ||
        fault?.kind === 'out-of-order-push' ||
        fault?.kind === 'lost-push'
      )
        this.#pushes.spoil(id, fault.kind);
      book.cancel(id);
    });
  }

  /** Every one of these that is still open when its turn comes. */
  cancelAll(orders: readonly BookOrder[]): void {
    const { book, clock, timers, settings } = this.#desk;
    this.#pushes.toLoggedIn(cancelAllPush(clock.now()));
    timers.after(settings.cancelDelayMs, () => {
      for (const { id } of orders) if (this.#isOpen(id)) book.cancel(id);
    });
  }

  #isOpen(id: string): boolean {
    return this.#desk.book.find(id)?.status === 'open';
  }

  #fail(id: string): void {
    const order = this.#desk.book.find(id);
    if (order) this.#pushes.tell(order, lateFailurePush(order));
  }
}
