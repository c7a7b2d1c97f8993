import type { KeyRing } from '#tests/sandbox/shared/key-ring.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { RateLimits } from '#tests/sandbox/shared/rate-limits.ts';
import { jsonReply, type Reply } from '#tests/sandbox/shared/reply.ts';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import type { Route, VenueRequest } from '#tests/sandbox/shared/venue.ts';
import { otherBoxes, type BinanceRight } from './authorize.ts';
import { cancelAll, cancelOne, type Desk } from './cancelling.ts';
import { readOrder } from './order-object.ts';
import { errors, type BinanceError } from './replies.ts';

const orderId = /^\d{1,19}$/;
const clientOrderId = /^[.A-Z:/a-z0-9_-]{1,36}$/;
const archiveMs = 90 * 86_400_000;

/** The endpoints of fact sheet 1.3 to 1.6. Parameters are taken from the query alone. */
export function routes(
  desk: Desk & {
    readonly clock: VenueClock;
    readonly keys: KeyRing<BinanceRight>;
    readonly limits: RateLimits;
  },
): Route<BinanceRight>[] {
  const { book, clock, ids, keys, limits, settings } = desk;

  /** By exactly the names that were sent: where both are, they must be the same order's. */
  function named(query: URLSearchParams): BookOrder | BinanceError {
    const [id, own] = [query.get('orderId'), query.get('origClientOrderId')];
    const knowsOld = settings.oldClientId === 'found';
    const byId = id === null ? undefined : book.find(id);
    const byOwn = own === null ? undefined : ids.find(own, knowsOld);
    const order = id === null ? byOwn : byId;
    if (!order || order.isForeign || order.symbol !== query.get('symbol')) return '-2013';
    return id !== null && own !== null && byOwn?.id !== order.id ? '-2039' : order;
  }

  function withOrder({ query }: VenueRequest, act: (order: BookOrder | undefined) => Reply): Reply {
    const error = wrongParameters(query, true) ?? wrongName(query);
    if (error) return errors[error];
    const order = named(query);
    if (order === '-2013') return act(undefined);
    return typeof order === 'string' ? errors[order] : act(order);
  }

  /** Of what it weighs a cancel gives all back that succeeds (fact sheet 1.8). */
  function free(
    { address }: VenueRequest,
    operation: 'cancel' | 'cancel-all',
    reply: Reply,
  ): Reply {
    if (reply.status === 200) limits.giveBack(operation, { account: '', ip: address });
    return reply;
  }

  return [
    {
      method: 'DELETE',
      path: '/api/v3/order',
      operation: 'cancel',
      right: 'trade',
      orderName,
      act(request, fault) {
        const newId = request.query.get('newClientOrderId') ?? undefined;
        if (newId !== undefined && !clientOrderId.test(newId)) return errors['-1100'];
        return free(
          request,
          'cancel',
          withOrder(request, (order) => cancelOne(order, newId, desk, fault)),
        );
      },
    },
    {
      method: 'DELETE',
      path: '/api/v3/openOrders',
      operation: 'cancel-all',
      right: 'trade',
      act(request, fault) {
        const error = wrongParameters(request.query, true);
        if (error) return errors[error];
        const symbol = request.query.get('symbol') ?? '';
        return free(request, 'cancel-all', cancelAll(symbol, desk, fault));
      },
    },
    {
      method: 'GET',
      path: '/api/v3/openOrders',
      operation: 'open-orders',
      right: 'read',
      weight: ({ query }) => (query.has('symbol') ? 6 : 80),
      act({ query }) {
        const error = wrongParameters(query, false);
        if (error) return errors[error];
        const symbol = query.get('symbol');
        const listed = book
          .open()
          .filter((order) => !order.isForeign && (symbol === null || order.symbol === symbol));
        return jsonReply(
          200,
          listed.map((order) => readOrder(order, desk)),
        );
      },
    },
    {
      method: 'GET',
      path: '/api/v3/order',
      operation: 'order',
      right: 'read',
      orderName,
      weight: () => 4,
      act: (request) =>
        withOrder(request, (order) => {
          if (!order) return errors['-2013'];
          return isArchived(order, clock.now())
            ? errors['-2026']
            : jsonReply(200, readOrder(order, desk));
        }),
    },
    {
      method: 'GET',
      path: '/sapi/v1/account/apiRestrictions',
      operation: 'rights',
      right: 'read',
      act({ headers }) {
        if (settings.restrictions === 'absent') return errors['404'];
        const key = keys.find(headers['x-mbx-apikey'] ?? '');
        const { rights = [], allowedIp } = key ?? {};
        return jsonReply(200, {
          ipRestrict: allowedIp !== undefined,
          createTime: 1698645219000,
          enableReading: true,
          enableSpotAndMarginTrading: rights.includes('trade'),
          ...Object.fromEntries(otherBoxes.map((box) => [box, rights.includes(box)])),
        });
      },
    },
    {
      method: 'GET',
      path: '/api/v3/time',
      operation: 'time',
      right: undefined,
      act: () => jsonReply(200, { serverTime: clock.now() }),
    },
  ];
}

function orderName({ query }: VenueRequest): string | undefined {
  return query.get('orderId') ?? query.get('origClientOrderId') ?? undefined;
}

/** Symbols may be of any script (fact sheet 1.11). */
function wrongParameters(query: URLSearchParams, needsSymbol: boolean): BinanceError | undefined {
  if (new Set(query.keys()).size !== query.size) return '-1101';
  const symbol = query.get('symbol');
  if (symbol === null) return needsSymbol ? '-1102' : undefined;
  if (symbol === '') return '-1105';
  return /^[\p{L}\p{Nd}]{2,30}$/u.test(symbol) && symbol === symbol.toUpperCase()
    ? undefined
    : '-1121';
}

/** One of the two is needed; one that is sent must hold something. */
function wrongName(query: URLSearchParams): BinanceError | undefined {
  const [id, own] = [query.get('orderId'), query.get('origClientOrderId')];
  if (id === '' || own === '') return '-1105';
  if (id === null && own === null) return '-1102';
  const isMalformed =
    (id !== null && !orderId.test(id)) || (own !== null && !clientOrderId.test(own));
  return isMalformed ? '-1100' : undefined;
}

/** Cancelled or expired without a fill, more than 90 days ago (fact sheet 1.5). */
const isArchived = ({ status, filled, updatedAt }: BookOrder, now: number): boolean =>
  (status === 'cancelled' || status === 'expired') && filled === '0' && now - updatedAt > archiveMs;
