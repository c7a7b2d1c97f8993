import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, CancellationId, CancellationState } from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { ClientOrderId, Order, OrderId } from '#lib/domain/order.ts';
import { arrangeRows, type ArrangeInput } from '#lib/page/orders/rows.ts';
import type { Group } from '#lib/page/orders/row.ts';
import type { AccountView, EndedOrder, OrdersView } from '#lib/protocol/view.ts';

/** One account, its orders and cancellations in few words, and the rows they are arranged in. */

export const start = 1_700_000_000_000;
export const accountId = 'a' as AccountId;
export const account: AccountView = {
  id: accountId,
  venue: 'btcturk',
  label: 'Main',
  environment: 'live',
};

export function order(id: string, more: Partial<Order> = {}): Order {
  return {
    id: id as OrderId,
    symbol: 'BTCTRY',
    side: 'buy',
    type: 'limit',
    price: '10' as Decimal,
    quantity: '2' as Decimal,
    remaining: '1' as Decimal,
    protective: false,
    ...more,
  };
}

export function cancellation(
  id: string,
  state: CancellationState,
  more: Partial<Cancellation> & { orderId?: string; clientOrderId?: string; ended?: number } = {},
): Cancellation {
  const { orderId, clientOrderId, ended, ...rest } = more;
  return {
    id: id as CancellationId,
    ref: {
      accountId,
      ...(orderId !== undefined && { orderId: orderId as OrderId }),
      ...(clientOrderId !== undefined && { clientOrderId: clientOrderId as ClientOrderId }),
    },
    state,
    at: { requested: start - 500, ...(ended !== undefined && { ended }) },
    sendings: 1,
    inDoubt: false,
    readings: 0,
    missing: 0,
    ...rest,
  };
}

export interface Shown {
  orders?: readonly Order[];
  cancellations?: readonly Cancellation[];
  previous?: readonly Group[];
  frozen?: boolean;
  now?: number;
  readAt?: number;
  unreadable?: number;
  ended?: readonly EndedOrder[];
  accounts?: readonly AccountView[];
}

export function arrange(shown: Shown): readonly Group[] {
  const { previous = [], frozen = false, now = start } = shown;
  return arrangeRows({ view: viewOf(shown), previous, frozen, now });
}

export function viewOf({
  orders = [],
  cancellations = [],
  accounts = [account],
  readAt = start,
  unreadable,
  ended,
}: Shown): ArrangeInput['view'] {
  const reading: OrdersView = {
    orders,
    readAt,
    reading: false,
    ...(unreadable !== undefined && { unreadable }),
    ...(ended && { ended }),
  };
  return {
    accounts,
    orders: { [accountId]: reading },
    cancellations: Object.fromEntries(cancellations.map((each) => [each.id, each])),
  };
}

/** `id:kind[:state]` of each row, in order. */
export function shown(groups: readonly Group[]): string[] {
  return groups.flatMap(({ rows }) =>
    rows.map((row) =>
      [row.order?.id ?? row.ref.orderId ?? row.ref.clientOrderId, row.kind, row.cancellation?.state]
        .filter(Boolean)
        .join(':'),
    ),
  );
}

export const at = (id: string, createdAt?: number) =>
  order(id, createdAt === undefined ? {} : { createdAt });

export const row = (groups: readonly Group[], id: string) =>
  groups[0]?.rows.find(({ ref }) => ref.orderId === id);
