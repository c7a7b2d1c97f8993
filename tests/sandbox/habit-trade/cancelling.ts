import type { CancelFault, LeaveOutFault } from '#tests/sandbox/shared/faults.ts';
import type { BookOrder, OrderBook } from '#tests/sandbox/shared/order-book.ts';
import type { Reply } from '#tests/sandbox/shared/reply.ts';
import type { Timers } from '#tests/sandbox/shared/timers.ts';
import {
  batchReply,
  cancelAccepted,
  type BatchResult,
  type Errors,
  type HabitTradeError,
  type ReplySettings,
} from './replies.ts';

export interface CancelSettings extends ReplySettings {
  /** From the reply to a cancel until the order is cancelled: what code 0 means is not documented. */
  cancelDelayMs: number;
  /** Of an order the venue does not know: the page's number, or that of the table. */
  unknownOrder: '030202' | '11030203';
}

export interface Desk {
  book: OrderBook;
  timers: Timers;
  settings: CancelSettings;
  errors: () => Errors;
}

/** How a request names an order. */
export interface Named {
  order_no?: string | undefined;
  reference_id?: string | undefined;
}

type Bend = CancelFault | LeaveOutFault | undefined;

/** What is accepted here ends later, unless the order ends otherwise meanwhile (fact sheet 3.4). */
function finish({ id }: BookOrder, { book, timers, settings }: Desk, fault: Bend): void {
  if (fault?.kind === 'accept-and-forget') return;
  const asked = fault && 'delayMs' in fault ? fault.delayMs : undefined;
  timers.after(asked ?? settings.cancelDelayMs, () => {
    if (book.find(id)?.status !== 'open') return;
    if (fault?.kind === 'accept-then-fill') book.fill(id, fault.quantity);
    else book.cancel(id);
  });
}

/** order_no wins where both are given. */
const find = ({ order_no, reference_id }: Named, book: OrderBook): BookOrder | undefined =>
  order_no ? book.find(order_no) : book.findByClientOrderId(reference_id ?? '');

/** Takes it on, or says why not. */
function accept(named: Named, desk: Desk, fault: Bend): keyof typeof results | undefined {
  if (!named.order_no && !named.reference_id) return '11030201';
  const order = find(named, desk.book);
  if (!order) return desk.settings.unknownOrder;
  if (order.status !== 'open') return 'not-cancellable';
  finish(order, desk, fault);
  return undefined;
}

export function cancelOne(named: Named, desk: Desk, fault: Bend): Reply {
  const error = accept(named, desk, fault);
  return error ? desk.errors()[error] : cancelAccepted(desk.settings);
}

/** In a batch each has its own result, in JSON's own numbers: the page prints those in full. */
const results = {
  '030202': { code: 11030202, message: 'Invalid Parameter' },
  '11030201': { code: 11030201, message: 'Order no and reference cannot both be empty' },
  '11030203': { code: 11030203, message: 'Order no or reference is invalid' },
  '11030204': { code: 11030204, message: 'Order Limit' },
  'not-cancellable': { code: 11030205, message: 'Order cannot be cancelled' },
} satisfies Partial<Record<HabitTradeError, BatchResult['result']>>;

export function cancelBatch(all: readonly Named[], desk: Desk, fault: Bend): Reply {
  const leftOut = fault?.kind === 'leave-out' ? fault.orderIds : [];
  const result = (named: Named): BatchResult => {
    const order = find(named, desk.book);
    const isLeftOut = [order?.id, order?.clientOrderId].some(
      (name) => name !== undefined && leftOut.includes(name),
    );
    const error = isLeftOut ? '11030204' : accept(named, desk, fault);
    return {
      order_no: order?.id ?? named.order_no ?? '',
      result: error ? results[error] : { code: 0 },
    };
  };
  return batchReply(all.map(result), desk.settings);
}
