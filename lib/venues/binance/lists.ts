import type { Order } from '#lib/domain/order.ts';
import { protective } from '#lib/venues/binance-dialect.ts';
import { joinPages } from '#lib/venues/list-pieces.ts';
import { optional } from '#lib/venues/order-schema.ts';
import type { OpenOrdersReply } from '#lib/venues/venue.ts';

type Page = Extract<OpenOrdersReply, { kind: 'page' }>;

/** Parts of a list as the venue has told them: what is hidden in one, the whole has to see. */
const asTold = new WeakMap<OpenOrdersReply, Page>();

/** What only all orders together show, put right in the whole list and in each part of it. */
export function seenTogether(page: Page): Page {
  const symbols = new Map<string, Set<string>>();
  for (const { id, symbol } of page.orders) {
    symbols.set(id, (symbols.get(id) ?? new Set()).add(symbol));
  }
  // Ids are counted for each symbol: of two orders with one id neither could be told from the other.
  const orders = guarded(page).filter(({ id }) => (symbols.get(id)?.size ?? 0) < 2);
  const unreadable = (page.unreadable ?? 0) + page.orders.length - orders.length;
  const seen: Page = { ...page, orders, ...optional('unreadable', unreadable || undefined) };
  asTold.set(seen, page);
  return seen;
}

export function joinLists(parts: readonly OpenOrdersReply[]): OpenOrdersReply {
  const joined = joinPages(parts.map((part) => asTold.get(part) ?? part));
  return joined.kind === 'page' ? seenTogether(joined) : joined;
}

/**
 * The legs of a list are cancelled together. So whatever stands in one with a stop of its own side guards what the stop guards (the
 * two legs of an OCO); the order that a stop of the other side waits for (an OTO) does not. Where a leg's side is not told, or an order
 * cannot be read, which may be a leg, each may.
 */
function guarded({ orders, unreadable = 0 }: Page): Order[] {
  const stops = new Set(orders.filter(isStopOrder).map(sideOf));
  const unsure = new Set(orders.flatMap(({ list, side }) => (side === undefined ? [list] : [])));
  return orders.map((order) =>
    order.list === undefined
      ? order
      : {
          ...order,
          protective:
            unreadable > 0 ||
            unsure.has(order.list) ||
            isStopOrder(order) ||
            stops.has(sideOf(order)),
        },
  );
}

const sideOf = ({ list, side }: Order): string => `${list} ${side}`;

function isStopOrder({ type, stopPrice }: Order): boolean {
  return protective.test(type) || stopPrice !== undefined;
}
