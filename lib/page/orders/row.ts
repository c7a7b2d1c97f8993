import type { Cancellation } from '#lib/domain/cancellation.ts';
import type { OrderRef, Order } from '#lib/domain/order.ts';
import { standingOf } from '#lib/domain/standing.ts';
import type { AccountView, EndedOrder, OrdersView } from '#lib/protocol/view.ts';

/**
 * - `open`: the venue lists it and nothing is under way, it can be cancelled (again);
 * - `cancelling`: a cancellation is under way;
 * - `left`: it has ended or is no longer listed; shown greyed for a while.
 */
type RowKind = 'open' | 'cancelling' | 'left';

export interface Row {
  /** That of its order: an order id and a client order id of the same text are two rows. */
  readonly key: string;
  readonly ref: OrderRef;
  /** Absent for a cancellation by an id of which nothing else is known. */
  readonly order?: Order;
  /** The newest cancellation of the order. */
  readonly cancellation?: Cancellation;
  readonly kind: RowKind;
  /** When it left, Unix ms; only with kind `left`. */
  readonly leftAt?: number;
  /** How it ended, where its venue has told that and no cancellation did. */
  readonly ended?: EndedOrder;
  /** It left a list of which not all could be read: it may still be in it. */
  readonly mayBeOpen?: true;
}

export interface Group {
  readonly account: AccountView;
  /** Absent before the account was first read. */
  readonly reading?: OrdersView;
  /** How many orders can be cancelled, whether or not they are among the rows. */
  readonly openOrders: number;
  readonly rows: readonly Row[];
  /** Rows that are kept back until the list thaws. */
  readonly waiting: readonly Row[];
}

/** Whether the row's order waits to be sent with a “Cancel all”: asked for by itself, it goes before the others. */
export function canGoFirst({ order, kind, cancellation }: Row): boolean {
  return (
    order !== undefined &&
    kind === 'cancelling' &&
    cancellation !== undefined &&
    standingOf(cancellation) === 'requested' &&
    cancellation.sweep !== undefined &&
    !cancellation.first &&
    !cancellation.stopping
  );
}

/** What has been told to wait is not sent again by the second click of two, in milliseconds. */
const calmTime = 1500;

/** Whether the row's cancel waits at its venue's word (for `wait` more seconds), and may be sent all the same. */
export function canSendNow(row: Row, wait: number | undefined, now: number): boolean {
  const { cancellation } = row;
  // That it goes before the others is asked for first.
  if (canGoFirst(row) || !cancellation || wait === undefined || cancellation.next?.step !== 'send')
    return false;
  return now - (cancellation.lastSent ?? cancellation.at.requested) >= calmTime;
}

/** When the account that was read longest ago was read; undefined while one has not been read. */
export function oldestReading(groups: readonly Group[]): number | undefined {
  const times = groups.map(({ reading }) => reading?.readAt);
  return times.some((time) => time === undefined) || times.length === 0
    ? undefined
    : Math.min(...times.filter((time) => time !== undefined));
}
