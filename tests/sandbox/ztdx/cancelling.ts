import type { CancelFault, LeaveOutFault } from '#tests/sandbox/shared/faults.ts';
import type { BookOrder, OrderBook } from '#tests/sandbox/shared/order-book.ts';
import { jsonReply, type Reply } from '#tests/sandbox/shared/reply.ts';
import type { Timers } from '#tests/sandbox/shared/timers.ts';
import { cancelledOrder } from './order-object.ts';
import type { StreamSettings } from './stream.ts';
import { unknownInBatch, type Errors, type ReplySettings, type ZtdxError } from './replies.ts';

export interface ZtdxSettings extends StreamSettings, ReplySettings {
  /**
   * What a batch says of an order that had ended, or that it does not know: its object with its terminal status and
   * nothing at all (`terminal`, documented for the first), or Binance's `{"code":-2011,…}` for both (`elements`).
   */
  batchErrors: 'terminal' | 'elements';
  /** Every reply says how much weight has been used up: Binance's practice, not documented for ZTDX. */
  weightHeader: boolean;
}

export interface Desk {
  book: OrderBook;
  timers: Timers;
  settings: ZtdxSettings;
  errors: () => Errors;
}

type Bend = CancelFault | LeaveOutFault | undefined;

/** Why an order cannot be cancelled. A trigger order that has been triggered is filled; one whose position closed, expired. */
function obstacle(order: BookOrder): ZtdxError | undefined {
  const isTrigger = order.parentId !== undefined;
  if (order.isForeign) return isTrigger ? 'trigger-not-owned' : '-2011';
  if (order.status === 'open') return undefined;
  if (!isTrigger) return '-2011';
  if (order.status === 'filled') return 'trigger-already-triggered';
  return order.status === 'expired' ? 'trigger-position-closed' : 'trigger-already-cancelled';
}

/**
 * At once, with what is attached: the answer is the final state (fact sheet 2.3). As with every such venue,
 * `accept-then-fill` fills just before the cancel is judged, and the other two answer with the order still open.
 */
function cancelOpen({ id }: BookOrder, { book, timers }: Desk, fault: Bend): BookOrder {
  const order = book.find(id);
  if (!order) throw new Error(`No order ${id} in the book`);
  // A parent of the same batch may have taken it along.
  if (order.status !== 'open' || fault?.kind === 'accept-and-forget') return order;
  if (fault?.kind !== 'accept-then-cancel') return book.cancel(id);
  timers.after(fault.delayMs ?? 30, () => {
    if (book.find(id)?.status === 'open') book.cancel(id);
  });
  return order;
}

function fillFirst(found: BookOrder, { book }: Desk, fault: Bend): BookOrder {
  const isFilled = fault?.kind === 'accept-then-fill' && found.status === 'open';
  return isFilled ? book.fill(found.id, fault.quantity) : found;
}

export function cancelOne(found: BookOrder | undefined, desk: Desk, fault: Bend): Reply {
  if (!found) return desk.errors()['-2011'];
  const order = fillFirst(found, desk, fault);
  const error = obstacle(order);
  if (error) return desk.errors()[error];
  return jsonReply(200, cancelledOrder(cancelOpen(order, desk, fault), desk.settings));
}

/** Each in the order asked for, under one 200 (fact sheet 2.3). */
export function cancelBatch(
  found: readonly (BookOrder | undefined)[],
  desk: Desk,
  fault: Bend,
): Reply {
  const { settings } = desk;
  const leftOut = fault?.kind === 'leave-out' ? fault.orderIds : [];
  const element = (wanted: BookOrder | undefined): object[] => {
    const isListed = settings.batchErrors === 'elements';
    if (!wanted || wanted.isForeign) return isListed ? [unknownInBatch(settings)] : [];
    const names = [wanted.id, wanted.clientOrderId];
    if (names.some((name) => name !== undefined && leftOut.includes(name)))
      return [unknownInBatch(settings)];
    const order = fillFirst(desk.book.find(wanted.id) ?? wanted, desk, fault);
    if (order.status === 'open')
      return [cancelledOrder(cancelOpen(order, desk, fault), desk.settings)];
    return [isListed ? unknownInBatch(settings) : cancelledOrder(order, settings)];
  };
  return jsonReply(200, found.flatMap(element));
}

/** `{"code":200,…}` whether there was one or none; what is left out is not named, as nothing is (fact sheet 2.3). */
export function cancelAll(symbol: string, { book }: Desk, fault: Bend): Reply {
  const leftOut = fault?.kind === 'leave-out' ? fault.orderIds : [];
  for (const { id, isForeign } of book.open().filter((order) => order.symbol === symbol)) {
    // One that is attached may be gone with its parent.
    if (isForeign || leftOut.includes(id) || book.find(id)?.status !== 'open') continue;
    book.cancel(id);
  }
  return jsonReply(200, { code: 200, msg: 'The operation of cancel all open order is done.' });
}
