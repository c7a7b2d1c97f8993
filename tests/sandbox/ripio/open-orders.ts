import type { BookOrder } from '../shared/order-book.ts';
import { orderObject, type OpenStatus } from './order-object.ts';

/**
 * One page of GET /orders/open, newest first: `c` of a request is the `nc` or `pc` of an answer, both null at an end
 * (fact sheet 2.5). `pagination` is being retired: page numbers are -1, as a recorded answer had them.
 * Undefined where the query is not valid.
 */
export function openOrdersPage(
  open: readonly BookOrder[],
  query: URLSearchParams,
  openStatus: OpenStatus,
): object | undefined {
  const pageSize = Number(query.get('page_size') ?? 200);
  const [, direction, position] = /^([np])(\d+)$/.exec(decode(query.get('c') ?? '')) ?? [];
  const side = query.get('side');
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 1000) return undefined;
  if (query.has('c') && !direction) return undefined;
  if (side !== null && side !== 'buy' && side !== 'sell') return undefined;

  const pair = query.get('pair');
  const listed = open
    .filter((order) => (!pair || order.symbol === pair) && (!side || order.side === side))
    .toSorted((a, b) => b.sequence - a.sequence);
  const from = Number(position);
  const page =
    direction === 'p'
      ? listed.filter(({ sequence }) => sequence > from).slice(-pageSize)
      : listed.filter(({ sequence }) => !direction || sequence < from).slice(0, pageSize);
  const [first, last] = [page[0], page.at(-1)];
  return {
    orders: page.map((order) => orderObject(order, openStatus)),
    pagination: {
      current_page: -1,
      page_size: pageSize,
      registers_count: page.length,
      total_pages: -1,
    },
    nc: last && last !== listed.at(-1) ? encode(`n${last.sequence}`) : null,
    pc: first && first !== listed[0] ? encode(`p${first.sequence}`) : null,
  };
}

const encode = (cursor: string): string => Buffer.from(cursor).toString('base64url');

const decode = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();
