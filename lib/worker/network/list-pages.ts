import type { Order, OrderReading } from '#lib/domain/order.ts';
import { isSameOrderId } from '#lib/domain/order-key.ts';
import type { Failure, ReadReply } from '#lib/domain/reply.ts';
import { bounds } from '#lib/venues/bounds.ts';
import { optional } from '#lib/venues/order-schema.ts';
import type { OpenOrdersReply, Venue } from '#lib/venues/venue.ts';
import type { Call } from '#lib/venues/call.ts';
import type { OrderName } from '#lib/venues/wire.ts';

/** More pages than any account has: a cursor that never ends is a fault. */
const mostPages = 100;

type Page = Extract<OpenOrdersReply, { kind: 'page' }>;

/** Who asks the venue for a page: an account's client, or its lane. */
export interface ListReader {
  readonly venue: Venue;
  call<Input, Output>(call: Call<Input, Output>, input: Input): Promise<Output | Failure>;
}

/** All of an account's open orders, and how many more were listed that cannot be read: none unless given. */
export interface ReadOrders {
  readonly kind: 'orders';
  readonly orders: readonly Order[];
  readonly unreadable?: number;
}

/** Is told what has come so far of a list that goes on: not the whole of it. */
export type OnPart = (orders: readonly Order[]) => void;

/**
 * Reads all pages of an account's open orders. An order that moves between two pages counts once. `now` in milliseconds, by a
 * clock that nobody sets.
 */
export async function readOpenOrders(
  client: ListReader,
  onPart: OnPart = () => undefined,
  now: () => number = steadyNow,
): Promise<ReadOrders | Failure> {
  const orders = new Map<string, Order>();
  let odd = 0;
  const failure = await eachPage(client, now, (page) => {
    for (const order of page.orders) orders.set(order.id, order);
    odd += page.unreadable ?? 0;
    if (page.cursor !== undefined) onPart([...orders.values()]);
    return false;
  });
  return (
    failure ?? {
      kind: 'orders',
      orders: [...orders.values()],
      ...optional('unreadable', odd || undefined),
    }
  );
}

/**
 * Reads orders from the list that has the closed ones too, for a venue that has no other way: a reply to each, in the order
 * in which they are named.
 */
export async function readFromList(
  client: ListReader,
  names: readonly OrderName[],
  now: () => number = steadyNow,
): Promise<readonly ReadReply[]> {
  const found = new Map<OrderName, OrderReading>();
  let odd = 0;
  const failure = await eachPage(client, now, ({ orders, closed = [], unreadable = 0 }) => {
    odd += unreadable;
    for (const name of names) {
      if (found.has(name)) continue;
      const open = orders.find((order) => isNamed(name, order.id, order.clientOrderId));
      const ended = closed.find(({ order, clientOrderId }) =>
        isNamed(name, order.id, clientOrderId),
      );
      if (open) found.set(name, { status: 'open', order: open });
      else if (ended) found.set(name, ended);
    }
    return found.size === names.length;
  });
  return names.map((name) => {
    const reading = found.get(name);
    if (reading) return { kind: 'read', reading };
    // What cannot be read may be the very order.
    if (odd > 0) return failure ?? notReadable;
    return failure ?? { kind: 'read', reading: notListed };
  });
}

const notReadable: Failure = { kind: 'unknown', note: { code: 'not-among-readable' } };
const notListed: OrderReading = { status: 'not-found', note: { code: 'not-listed' } };

function isNamed(name: OrderName, id: string, clientOrderId: string | undefined): boolean {
  return 'orderId' in name ? isSameOrderId(name.orderId, id) : name.clientOrderId === clientOrderId;
}

const steadyNow = (): number => performance.now();

/** Reads page after page until `look` has seen enough or there are no more; returns what went wrong. */
async function eachPage(
  client: ListReader,
  now: () => number,
  look: (page: Page) => boolean,
): Promise<Failure | undefined> {
  let cursor: string | undefined;
  const asked = new Set<string>();
  const began = now();
  let listed = 0;
  for (let count = 0; count < mostPages; count++) {
    // Each page names the next: they cannot be read side by side.
    const page = await client.call(client.venue.listOpenOrders, cursor);
    if (page.kind !== 'page') return page;
    const { cursor: next, orders, closed = [], unreadable = 0 } = page;
    const length = orders.length + closed.length + unreadable;
    listed += length;
    if (listed > bounds.orders) break;
    if (look(page) || next === undefined || length === 0) return undefined;
    if (now() - began > bounds.listTime || asked.has(next)) break;
    cursor = next;
    asked.add(next);
  }
  return { kind: 'unknown', note: { code: 'endless-list' } };
}
