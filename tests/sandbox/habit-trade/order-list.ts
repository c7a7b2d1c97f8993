import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import { marketOf, orderObject, type OrderSettings } from './order-object.ts';

export interface ListSettings extends OrderSettings {
  /** Not documented. */
  listOrder: 'newest-first' | 'oldest-first';
}

/**
 * One page of all orders, current and ended, of all time unless a span is given: no filter for status or number (fact
 * sheet 3.6). Undefined where the query is not valid.
 */
export function orderPage(
  orders: readonly BookOrder[],
  query: URLSearchParams,
  settings: ListSettings,
): object | undefined {
  const number = (name: string, fallback: number): number => {
    const text = query.get(name);
    return text === null ? fallback : /^\d+$/.test(text) ? Number(text) : NaN;
  };
  const [page, pageSize] = [number('page_index', 1), number('page_size', 20)];
  const [from, to] = [number('start_time', 0), number('end_time', Infinity)];
  if (!(page >= 1 && pageSize >= 1 && pageSize <= 100 && from >= 0 && to >= from)) return undefined;

  const wanted = (name: string, is: string): boolean => (query.get(name) || is) === is;
  const newestFirst = orders
    .filter((order) => {
      const created = Math.floor(order.createdAt / 1000);
      const isWanted = wanted('market', marketOf(order)) && wanted('portfolio_id', '');
      return isWanted && created >= from && created <= to;
    })
    .toSorted((a, b) => b.createdAt - a.createdAt || b.sequence - a.sequence);
  const listed = settings.listOrder === 'newest-first' ? newestFirst : newestFirst.toReversed();
  return {
    total_records: listed.length,
    page,
    page_size: pageSize,
    orders: listed
      .slice((page - 1) * pageSize, page * pageSize)
      .map((order) => orderObject(order, settings)),
  };
}
