import type { CancelFault, LeaveOutFault } from '#tests/sandbox/shared/faults.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { Reply } from '#tests/sandbox/shared/reply.ts';
import { PairCounters } from './limits.ts';
import { errors, result } from './replies.ts';
import type { Desk } from './settings.ts';

type Bend = CancelFault | LeaveOutFault | undefined;

export const mostInBatch = 50;

const isUserref = (text: string): boolean => /^-?\d+$/.test(text);
const isTxid = (text: string): boolean => /^O[A-Z0-9]{5}-[A-Z0-9]{5}-[A-Z0-9]{6}$/.test(text);

/**
 * One order, or all that share a whole number (fact sheet, "Cancelling"). The reply tells how many, and none of them. Where the fault
 * says that the end is another than the reply's, the reply is `pending`, which promises nothing.
 */
export class Cancelling {
  readonly #desk: Desk;
  readonly #pairs = new PairCounters();

  constructor(desk: Desk) {
    this.#desk = desk;
  }

  one(txid: string | undefined, clientOrderId: string | undefined, fault: Bend): Reply {
    const { book, settings } = this.#desk;
    const name = txid ?? clientOrderId ?? '';
    if (name === '') return errors['EGeneral:Invalid arguments'];
    const isMalformed = txid !== undefined && !isTxid(txid) && !isUserref(txid) && !book.find(txid);
    if (isMalformed) return errors[settings.malformedId];
    const found = this.#named(txid ?? '', clientOrderId);
    if (found.length === 0) return errors['EOrder:Unknown order'];
    return this.#cancel(found, fault);
  }

  /** `orders`: txids or whole numbers; both lists together are of fifty at most. */
  batch(orders: readonly string[], clientOrderIds: readonly string[], fault: Bend): Reply {
    const count = orders.length + clientOrderIds.length;
    if (count === 0 || count > mostInBatch) return errors['EGeneral:Invalid arguments'];
    const named = [
      ...orders.map((txid) => this.#named(txid, undefined)),
      ...clientOrderIds.map((id) => this.#named('', id)),
    ];
    const isRefused = this.#desk.settings.unknownInBatch !== 'left-out';
    if (isRefused && named.some((found) => found.length === 0)) {
      return errors['EOrder:Unknown order'];
    }
    return this.#cancel(named.flat(), fault);
  }

  /** The whole account, stops too; nothing to cancel is none. */
  all(fault: Bend): Reply {
    const { book } = this.#desk;
    return this.#cancel(
      book.open().filter(({ isForeign }) => !isForeign),
      fault,
    );
  }

  #named(txid: string, clientOrderId: string | undefined): BookOrder[] {
    const { book, userrefs } = this.#desk;
    const open = book.open().filter(({ isForeign }) => !isForeign);
    if (clientOrderId !== undefined && txid === '') {
      return open.filter((order) => order.clientOrderId === clientOrderId);
    }
    if (isUserref(txid)) return open.filter(({ id }) => userrefs.get(id) === Number(txid));
    return open.filter(({ id }) => id === book.find(txid)?.id);
  }

  #cancel(found: readonly BookOrder[], fault: Bend): Reply {
    const { book, clock, limits, settings, timers } = this.#desk;
    const leftOut = fault?.kind === 'leave-out' ? fault.orderIds : [];
    const meant = found.filter(
      ({ id, clientOrderId = '' }) => !leftOut.includes(id) && !leftOut.includes(clientOrderId),
    );
    const onlyCounts = !limits.enabled || settings.pairLimit === 'counts';
    if (!this.#pairs.count(meant, settings.tier, clock.now(), onlyCounts)) {
      return errors['EOrder:Rate limit exceeded'];
    }
    const count = meant.length;
    const isPending = settings.cancels === 'pending' || fault?.kind.startsWith('accept-');
    if (!isPending) {
      for (const { id } of meant) if (book.find(id)?.status === 'open') book.cancel(id);
      return result({ count });
    }
    if (fault?.kind !== 'accept-and-forget') {
      const delayMs =
        fault?.kind === 'accept-then-cancel' || fault?.kind === 'accept-then-fill'
          ? (fault.delayMs ?? 30)
          : settings.pendingMs;
      timers.after(delayMs, () => {
        for (const { id } of meant) {
          if (book.find(id)?.status !== 'open') continue;
          if (fault?.kind === 'accept-then-fill') book.fill(id, fault.quantity);
          if (book.find(id)?.status === 'open') book.cancel(id);
        }
      });
    }
    return result({ count, pending: true });
  }
}
