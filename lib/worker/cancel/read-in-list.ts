import { isSameOrderId } from '#lib/domain/order-key.ts';
import type { OrderReading, OrderRef } from '#lib/domain/order.ts';
import type { Failure } from '#lib/domain/reply.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import type { OrderReader } from '#lib/worker/lanes/reader.ts';

/**
 * Where the key may not read what became of an order, but list those that are open: that it is among them no more is all that there is to
 * know, and an end.
 */
export async function readInList(
  { reader }: CancelAccount,
  ref: OrderRef,
  failure: Failure,
): Promise<OrderReading | Failure> {
  const lacksRight =
    failure.kind === 'refused' &&
    (failure.reason === 'no-right' || failure.reason === 'right-or-address');
  const list = lacksRight ? await nextList(reader) : failure;
  if (list.kind !== 'orders') return failure;
  const order = list.orders.find(({ id, clientOrderId }) =>
    ref.orderId === undefined
      ? clientOrderId === ref.clientOrderId
      : isSameOrderId(id, ref.orderId),
  );
  if (order) return { status: 'open', order };
  return list.unreadable ? failure : { status: 'not-found', note: { code: 'end-unread' } };
}

type Listing = ReturnType<OrderReader['list']>;

/** The list that is yet to be asked for, and when the one before it has come. */
interface Listings {
  next?: Listing;
  before?: Promise<unknown>;
}

const listings = new WeakMap<OrderReader, Listings>();

/**
 * One list for all that ask for it in a turn, or while another is read: of a “Cancel all” each order does. Never one that has been asked
 * for already: an order that it lacks may have been placed since.
 */
function nextList(reader: OrderReader): Listing {
  const known = listings.get(reader) ?? {};
  listings.set(reader, known);
  known.next ??= listAfter(known, reader);
  return known.next;
}

async function listAfter(known: Listings, reader: OrderReader): Listing {
  await known.before;
  await new Promise((resolve) => setTimeout(resolve, 0));
  delete known.next;
  const list = reader.list();
  known.before = list.catch(() => undefined);
  return list;
}
