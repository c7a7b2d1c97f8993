import type { AccountId } from '#lib/domain/account.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { Order, OrderId } from '#lib/domain/order.ts';
import type { VenueId } from '#lib/domain/venue-id.ts';
import type { Group, Row } from '#lib/page/orders/row.ts';
import type { AccountView, OrdersView } from '#lib/protocol/view.ts';

/** Accounts, orders and groups in few words, for tests of what pages show. */

export const now = 1_700_000_000_000;

export function accountOf(id: string, venue: VenueId, label: string): AccountView {
  return { id: id as AccountId, venue, label, environment: 'live' };
}

export function orderOf(id: string, more: Partial<Order> = {}): Order {
  return {
    id: id as OrderId,
    symbol: 'BTCTRY',
    side: 'buy',
    type: 'limit',
    quantity: '1' as Decimal,
    remaining: '1' as Decimal,
    protective: false,
    ...more,
  };
}

export function rowOf(account: AccountView, order: Order, kind: Row['kind'] = 'open'): Row {
  return {
    key: `${account.id} order ${order.id}`,
    ref: { accountId: account.id, orderId: order.id },
    order,
    kind,
  };
}

export function groupOf(
  account: AccountView,
  orders: readonly Order[],
  reading: Partial<OrdersView> = { readAt: now - 1000 },
): Group {
  return {
    account,
    reading: { orders, reading: false, ...reading },
    openOrders: orders.length,
    rows: orders.map((order) => rowOf(account, order)),
    waiting: [],
  };
}
