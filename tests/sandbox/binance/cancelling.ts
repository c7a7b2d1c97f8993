import type { CancelFault, LeaveOutFault } from '#tests/sandbox/shared/faults.ts';
import type { BookOrder, OrderBook } from '#tests/sandbox/shared/order-book.ts';
import { jsonReply, type Reply } from '#tests/sandbox/shared/reply.ts';
import type { Timers } from '#tests/sandbox/shared/timers.ts';
import type { ListSettings } from './order-lists.ts';
import { cancelledList, cancelledOrder, type Names } from './order-object.ts';
import { errors } from './replies.ts';

export interface BinanceSettings extends ListSettings {
  /** Whether an order is still found by the client order id that its cancel has replaced: not documented. */
  oldClientId: 'not-found' | 'found';
  /** What a cancel of all of a symbol says where nothing is open: not in the fact sheet. */
  nothingToCancel: '-2011' | 'empty';
  /** Whether it tells what a key may do: the testnet has nothing under `/sapi`. */
  restrictions: 'told' | 'absent';
}

export interface Desk extends Names {
  readonly book: OrderBook;
  readonly timers: Timers;
  readonly settings: BinanceSettings;
}

type Bend = CancelFault | LeaveOutFault | undefined;

/** Only so many legs of the list have an end of their own: what the reply to a leg's cancel shows. */
function shown(id: string, desk: Desk): object {
  const order = desk.book.find(id);
  if (!order) throw new Error(`No order ${id} in the book`);
  const list = desk.lists.of(order);
  return list ? cancelledList(list, desk.lists.legs(order), desk) : cancelledOrder(order, desk);
}

/**
 * At once: the reply comes from the matching engine (fact sheet 1.6). So `accept-then-fill` fills just before the cancel is
 * judged, and the other two reply with the order as still open.
 */
export function cancelOne(
  found: BookOrder | undefined,
  newClientId: string | undefined,
  desk: Desk,
  fault: Bend,
): Reply {
  const { book, timers } = desk;
  if (!found || found.isForeign || found.status !== 'open') return errors['-2011'];
  if (fault?.kind === 'accept-then-fill') {
    const filled = book.fill(found.id, fault.quantity);
    if (filled.status !== 'open') return errors['-2011'];
  }
  const cancel = (): void => {
    if (book.find(found.id)?.status !== 'open') return;
    desk.ids.cancelAs(found, newClientId);
    book.cancel(found.id);
  };
  if (fault?.kind === 'accept-then-cancel') timers.after(fault.delayMs ?? 30, cancel);
  else if (fault?.kind !== 'accept-and-forget') cancel();
  return jsonReply(200, shown(found.id, desk));
}

/** Orders by themselves and lists, each once, in one array; what is left out is not named. */
export function cancelAll(symbol: string, desk: Desk, fault: Bend): Reply {
  const { book, settings } = desk;
  const leftOut = fault?.kind === 'leave-out' ? fault.orderIds : [];
  const elements: object[] = [];
  for (const { id } of book.open()) {
    const order = book.find(id);
    // A leg may be gone with its list.
    if (!order || order.status !== 'open' || order.symbol !== symbol || order.isForeign) continue;
    if (leftOut.includes(id)) continue;
    book.cancel(id);
    elements.push(shown(id, desk));
  }
  return elements.length === 0 && settings.nothingToCancel === '-2011'
    ? errors['-2011']
    : jsonReply(200, elements);
}
