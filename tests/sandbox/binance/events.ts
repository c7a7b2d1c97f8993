import { compare, multiply, subtract } from '#tests/sandbox/shared/decimal.ts';
import { exactNumber } from '#tests/sandbox/shared/json.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { OrderList } from './order-lists.ts';
import { amount, statusOf, typeOf, type Names } from './order-object.ts';

const executions = {
  open: 'NEW',
  filled: 'TRADE',
  cancelled: 'CANCELED',
  rejected: 'REJECTED',
  expired: 'EXPIRED',
} satisfies Record<BookOrder['status'], string>;

/** An order's own event; of a cancel `c` is the cancel's id and `C` the order's (fact sheet 1.9; user-data-stream, order update). */
export function executionReport(
  order: BookOrder,
  before: BookOrder | undefined,
  { ids, lists }: Names,
): object {
  const { id, symbol, side, price, quantity, filled, createdAt, updatedAt, status } = order;
  const filledNow = subtract(filled, before?.filled ?? filled);
  const isTrade = compare(filledNow, '0') > 0;
  const isCancel = status === 'cancelled';
  const isChange = before !== undefined && status === 'open' && !isTrade;
  const list = lists.of(order);
  return {
    e: 'executionReport',
    E: updatedAt,
    s: symbol,
    c: ids.of(order),
    S: side.toUpperCase(),
    o: typeOf(order, list),
    f: 'GTC',
    q: amount(quantity),
    p: amount(price),
    P: amount(order.stopPrice ?? '0'),
    F: amount('0'),
    g: list?.id ?? -1,
    C: isCancel ? ids.original(order) : '',
    x: isTrade ? 'TRADE' : isChange ? 'REPLACED' : executions[status],
    X: statusOf(order),
    r: order.reason ?? 'NONE',
    i: exactNumber(id),
    l: amount(filledNow),
    z: amount(filled),
    L: amount(isTrade ? price : '0'),
    n: '0',
    N: null,
    T: updatedAt,
    t: isTrade ? updatedAt % 1_000_000 : -1,
    I: 8_641_984,
    w: status === 'open' && order.statusWord === undefined,
    m: isTrade,
    M: false,
    O: createdAt,
    Z: amount(multiply(price, filled)),
    Y: amount(multiply(price, filledNow)),
    Q: amount('0'),
    W: createdAt,
    V: 'NONE',
  };
}

/** Beside its orders' own events, when all of a list has ended. */
export const listStatus = (list: OrderList, legs: readonly BookOrder[], { ids }: Names): object => {
  const at = Math.max(...legs.map(({ updatedAt }) => updatedAt));
  return {
    e: 'listStatus',
    E: at,
    s: list.symbol,
    g: list.id,
    c: list.type,
    l: 'ALL_DONE',
    L: 'ALL_DONE',
    r: 'NONE',
    C: list.clientId,
    T: at,
    O: legs.map((leg) => ({ s: leg.symbol, i: exactNumber(leg.id), c: ids.of(leg) })),
  };
};
