import type { Cancellation } from '#lib/domain/cancellation.ts';
import { hasEnded, leavesTheBook, standingOf } from '#lib/domain/standing.ts';
import { venueTraits } from '#lib/domain/venue-id.ts';
import type { AccountRecord, Records } from '#tests/faults/records.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';

export const isSame = (one: string | undefined, other: string) =>
  one?.toLowerCase() === other.toLowerCase();

function orderOf(accounts: readonly AccountRecord[], { ref }: Cancellation): BookOrder | undefined {
  const account = accounts.find(({ id }) => id === ref.accountId);
  const placed = account?.orders.find(({ id, clientOrderId }) =>
    ref.orderId === undefined ? clientOrderId === ref.clientOrderId : isSame(ref.orderId, id),
  );
  return placed && account?.bookOf(placed.id);
}

export function endIsTrue({
  accounts,
  endedElsewhere,
  history = [],
  injected,
  shown,
  wishes,
}: Records): string[] {
  // A venue's clock that was set twice may have gone in between as no reading has shown: its stamps of then tell nobody who it was.
  const isUnknowable = injected.filter(({ kind }) => kind === "venue's clock set").length > 1;
  const isAsked = (cancellation: Cancellation) =>
    !isUnknowable || standingOf(cancellation) !== 'was-cancelled';
  /** A cancel changes the client order ids there. */
  const losesName = ({ ref }: Cancellation): boolean => {
    const venue = accounts.find(({ id }) => id === ref.accountId)?.venue;
    return venue !== undefined && venueTraits[venue].clientIdChanges === true;
  };
  const ended = history.flatMap(({ cancellation }) => cancellation ?? []).filter(hasEnded);
  const standings = history.flatMap(({ row, cancellation }) =>
    cancellation
      ? [
          {
            row,
            cancellation,
            of: orderOf(accounts, cancellation)?.id,
            as: standingOf(cancellation),
          },
        ]
      : [],
  );
  /** Another wish of ours, asked for before or after this one, has ended the order. */
  const wasOurs = ({ id }: Cancellation, order: BookOrder, isBefore: boolean): boolean => {
    const own = standings.find(({ cancellation }) => cancellation.id === id)?.row ?? Infinity;
    return standings.some(
      ({ row, of, as }) =>
        of === order.id && as === 'cancelled' && (isBefore ? row < own : row > own),
    );
  };
  const endedBy = (cancellation: Cancellation, order: BookOrder): number | undefined =>
    endedElsewhere.get(order.id) ?? (wasOurs(cancellation, order, true) ? 0 : undefined);
  const inTheEnd = ended.flatMap((cancellation) => {
    const order = orderOf(accounts, cancellation);
    const elsewhereAt = order && endedBy(cancellation, order);
    const askedAt = wishes.find(({ ids }) => ids.includes(cancellation.id))?.at;
    // It came to nothing; a later wish did not.
    if (order && !leavesTheBook(cancellation) && wasOurs(cancellation, order, false)) return [];
    const wrong = contradiction(cancellation, order, elsewhereAt, askedAt, losesName(cancellation));
    return wrong && isAsked(cancellation) ? [wrong] : [];
  });
  // What pages saw meanwhile, as the book was then.
  const onTheWay = shown.flatMap(({ cancellation, order, endedElsewhereAt }) => {
    if (!leavesTheBook(cancellation)) return [];
    const before = endedElsewhereAt ?? (order && endedBy(cancellation, order));
    const wrong = contradiction(cancellation, order, before, undefined, losesName(cancellation));
    return wrong && isAsked(cancellation) ? [`on screen: ${wrong}`] : [];
  });
  return [...inTheEnd, ...onTheWay];
}

function contradiction(
  cancellation: Cancellation,
  order: BookOrder | undefined,
  elsewhereAt: number | undefined,
  askedAt: number | undefined,
  losesName: boolean,
): string | undefined {
  const said = standingOf(cancellation);
  const wrong = (why: string) => `${cancellation.id} is ${said}, ${why}`;
  if (said === 'abandoned') return undefined;
  if (!order) return said === 'not-found' ? undefined : wrong('and there is no such order');
  // A name that only open orders can be found by, of which nothing was sent; or one that the order has lost by a cancel that was not ours.
  const isLost = losesName && order.status === 'cancelled' && elsewhereAt !== undefined;
  const isUnlisted =
    cancellation.ref.orderId === undefined && (cancellation.sendings === 0 || isLost);
  if (said === 'not-found' && isUnlisted && order.status !== 'open') return undefined;
  if (said === 'not-found') return wrong(`and the order is ${order.status}`);
  const { filled } = cancellation;
  if (said === 'cancelled' || said === 'was-cancelled') {
    if (order.status !== 'cancelled') return wrong(`and the order is ${order.status}`);
    if (said === 'was-cancelled' && elsewhereAt === undefined) return wrong('and it was us');
    if (said === 'was-cancelled' && askedAt !== undefined && (elsewhereAt ?? 0) > askedAt) {
      return wrong('and it was open when it was asked for');
    }
  } else if (said === 'filled') {
    if (order.status !== 'filled') return wrong(`and the order is ${order.status}`);
  } else {
    // It came to nothing: whoever has ended the order, it was not us.
    return order.status === 'cancelled' && elsewhereAt === undefined
      ? wrong('and the order was cancelled by us')
      : undefined;
  }
  return filled === undefined || Number(filled) === Number(order.filled)
    ? undefined
    : wrong(`filled ${filled}, and the book has ${order.filled}`);
}

export function neverTooEarly({ shown }: Records): string[] {
  return shown
    .filter(
      ({ cancellation: { state }, order }) =>
        (state === 'cancelled' || state === 'was-cancelled') && order?.status === 'open',
    )
    .map(({ at, cancellation: { id } }) => `${id} at ${at} ms`);
}
