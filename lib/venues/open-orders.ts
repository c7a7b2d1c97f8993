import type { Order } from '../domain/order.ts';
import type { Failure, ReadReply } from '../domain/reply.ts';
import type { AccountClient } from './account-client.ts';
import type { OpenOrdersReply, OrderName } from './venue.ts';

/** More pages than any account has: a cursor that never ends is a fault. */
const mostPages = 100;

type Page = Extract<OpenOrdersReply, { kind: 'page' }>;

/** Reads all pages of an account's open orders. An order that moves between two pages counts once. */
export async function readOpenOrders(
  client: AccountClient,
): Promise<{ readonly kind: 'orders'; readonly orders: Order[] } | Failure> {
  const orders = new Map<string, Order>();
  const failure = await eachPage(client, (page) => {
    for (const order of page.orders) orders.set(order.id, order);
    return false;
  });
  return failure ?? { kind: 'orders', orders: [...orders.values()] };
}

/** Reads one order from the list that has the closed ones too, for a venue that has no other way. */
export async function readFromList(client: AccountClient, name: OrderName): Promise<ReadReply> {
  let found: ReadReply | undefined;
  const failure = await eachPage(client, ({ orders, closed = [] }) => {
    const open = orders.find((order) => isNamed(name, order.id, order.clientOrderId));
    const ended = closed.find(({ order, clientOrderId }) => isNamed(name, order.id, clientOrderId));
    if (open) found = { kind: 'read', reading: { status: 'open', order: open } };
    else if (ended) found = { kind: 'read', reading: ended };
    return found !== undefined;
  });
  if (failure) return failure;
  return (
    found ?? { kind: 'read', reading: { status: 'not-found', words: 'not in the list of orders' } }
  );
}

function isNamed(name: OrderName, id: string, clientOrderId: string | undefined): boolean {
  return 'orderId' in name ? name.orderId === id : name.clientOrderId === clientOrderId;
}

/** Reads page after page until `look` has seen enough or there are no more; returns what went wrong. */
async function eachPage(
  client: AccountClient,
  look: (page: Page) => boolean,
): Promise<Failure | undefined> {
  let cursor: string | undefined;
  for (let count = 0; count < mostPages; count++) {
    // Each page names the next: they cannot be read side by side.
    const page = await client.call(client.venue.listOpenOrders, cursor);
    if (page.kind !== 'page') return page;
    const isLast =
      page.cursor === undefined || page.orders.length + (page.closed?.length ?? 0) === 0;
    if (look(page) || isLast) return undefined;
    ({ cursor } = page);
  }
  return { kind: 'unknown', words: 'the list of orders has no end' };
}
