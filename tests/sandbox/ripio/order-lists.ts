import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import { orderObject, statusOf, type OpenStatus } from './order-object.ts';

const day = 86_400_000;
const maxIds = 10;
const statuses = new Set(['open', 'executed_partially', 'executed_completely', 'canceled']);

export interface ListSettings {
  /** What an untouched order is called: `waiting` has been seen too. */
  openStatus: OpenStatus;
  /** How far GET /orders goes back: 10 days by its parameters, 6 months by the introduction. */
  listedDays: 10 | 183;
}

/** GET /orders/open, of a pair and a side or of all. Undefined where the query is not valid. */
export function openOrdersPage(
  open: readonly BookOrder[],
  query: URLSearchParams,
  settings: ListSettings,
): object | undefined {
  const pair = query.get('pair');
  return page(pair ? open.filter(({ symbol }) => symbol === pair) : open, query, settings);
}

/**
 * GET /orders, open and ended ones of a pair; those whose status or id is named, or the partly executed ones, which is
 * the declared default (fact sheet 2.5). Undefined where the query is not valid.
 */
export function ordersPage(
  all: readonly BookOrder[],
  query: URLSearchParams,
  settings: ListSettings,
  now: number,
): object | undefined {
  const pair = query.get('pair');
  const ids = query.get('ids')?.toUpperCase().split(',');
  const wanted = (query.get('status') ?? 'executed_partially').split(',');
  if (!pair || (ids && ids.length > maxIds)) return undefined;
  if (!wanted.every((status) => statuses.has(status))) return undefined;
  const listed = all.filter(
    (order) =>
      order.symbol === pair &&
      (!ids || ids.includes(order.id)) &&
      wanted.includes(statusOf(order, settings.openStatus)) &&
      order.createdAt >= now - settings.listedDays * day,
  );
  return page(listed, query, settings);
}

/**
 * One page, newest first: `c` of a request is the `nc` or `pc` of an answer, both null at an end (fact sheet 2.5).
 * `pagination` is being retired: page numbers are -1, as a recorded answer had them.
 */
function page(
  orders: readonly BookOrder[],
  query: URLSearchParams,
  { openStatus }: ListSettings,
): object | undefined {
  const pageSize = Number(query.get('page_size') ?? 200);
  const [, direction, position] = /^([np])(\d+)$/.exec(decode(query.get('c') ?? '')) ?? [];
  const side = query.get('side');
  if (!Number.isInteger(pageSize) || pageSize < 1 || pageSize > 1000) return undefined;
  if (query.has('c') && !direction) return undefined;
  if (side !== null && side !== 'buy' && side !== 'sell') return undefined;

  const listed = orders
    .filter((order) => !side || order.side === side)
    .toSorted((a, b) => b.sequence - a.sequence);
  const from = Number(position);
  const shown =
    direction === 'p'
      ? listed.filter(({ sequence }) => sequence > from).slice(-pageSize)
      : listed.filter(({ sequence }) => !direction || sequence < from).slice(0, pageSize);
  const [first, last] = [shown[0], shown.at(-1)];
  return {
    orders: shown.map((order) => orderObject(order, openStatus)),
    pagination: {
      current_page: -1,
      page_size: pageSize,
      registers_count: shown.length,
      total_pages: -1,
    },
    nc: last && last !== listed.at(-1) ? encode(`n${last.sequence}`) : null,
    pc: first && first !== listed[0] ? encode(`p${first.sequence}`) : null,
  };
}

const encode = (cursor: string): string => Buffer.from(cursor).toString('base64url');

const decode = (cursor: string): string => Buffer.from(cursor, 'base64url').toString();
