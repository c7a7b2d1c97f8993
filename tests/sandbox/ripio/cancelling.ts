import type { CancelFault, LeaveOutFault } from '#tests/sandbox/shared/faults.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { Reply } from '#tests/sandbox/shared/reply.ts';
import { orderObject } from './order-object.ts';
import { data, errors } from './replies.ts';
import type { Desk } from './settings.ts';

type Bend = CancelFault | LeaveOutFault | undefined;

/**
 * One order, at once: the reply is its final state (fact sheet 2.4). Since it says the end, the faults "accept then…" mean:
 * `accept-then-fill`: filled just before it is judged, so 40021 (with a smaller `quantity`: cancelled, partly filled);
 * `accept-then-cancel` and `accept-and-forget`: 200, but with the order as still open, cancelled later or never.
 */
export function cancelOne(found: BookOrder | undefined, desk: Desk, fault: Bend): Reply {
  const { book, clock, timers, settings } = desk;
  if (!found) return errors[settings.unknownId];
  const order =
    fault?.kind === 'accept-then-fill' && found.status === 'open'
      ? book.fill(found.id, fault.quantity)
      : found;
  if (order.status === 'cancelled') return errors['40020'];
  if (order.status === 'filled') return errors['40021'];
  const reply = (now: BookOrder): Reply => data(orderObject(now, settings.openStatus), clock.now());
  if (fault?.kind === 'accept-and-forget') return reply(order);
  if (fault?.kind === 'accept-then-cancel') {
    timers.after(fault.delayMs ?? 30, () => {
      if (book.find(order.id)?.status === 'open') book.cancel(order.id);
    });
    return reply(order);
  }
  return reply(book.cancel(order.id));
}

/** Every open order, or those of a pair; each has its own `success`, under one HTTP 200 (fact sheet 2.4). */
export function cancelAll(pair: string | undefined, { book, clock }: Desk, fault: Bend): Reply {
  const orders = book.open().filter(({ symbol }) => pair === undefined || symbol === pair);
  if (orders.length === 0) return errors['No orders to cancel'];
  const leftOut = fault?.kind === 'leave-out' ? fault.orderIds : [];
  const results = orders.map(({ id, symbol }) => {
    const success = !leftOut.includes(id);
    if (success) book.cancel(id);
    return { order_id: id, pair_code: symbol, success };
  });
  return data(results, clock.now());
}
