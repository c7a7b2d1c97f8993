import { tryParseExactJson } from '#tests/sandbox/shared/json.ts';
import type { BookOrder, OrderBook } from '#tests/sandbox/shared/order-book.ts';
import { jsonReply, type Reply } from '#tests/sandbox/shared/reply.ts';
import type { VenueClock } from '#tests/sandbox/shared/venue-clock.ts';
import type { Route, VenueRequest } from '#tests/sandbox/shared/venue.ts';
import type { ZtdxRight } from './authorize.ts';
import { cancelAll, cancelBatch, cancelOne, type Desk } from './cancelling.ts';
import { readOrder } from './order-object.ts';
import type { ZtdxError } from './replies.ts';
import type { Stream } from './stream.ts';

const orderId = /^(\d{1,20}|[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12})$/i;
const clientOrderId = /^[.A-Z:/a-z0-9_-]{1,36}$/;
const maxBatch = 10;

/** The endpoints of fact sheet 2.3, 2.5, 2.8 and 2.9. Parameters are taken from the query alone. */
export function routes(
  desk: Desk & { clock: VenueClock; stream: Pick<Stream, 'listenKeys' | 'revoke'> },
): Route<ZtdxRight>[] {
  const { book, clock, settings, errors, stream } = desk;

  /** What is asked of one order, by either of its names, unless the parameters are wrong. */
  function withOrder({ query }: VenueRequest, act: (order: BookOrder | undefined) => Reply): Reply {
    const error =
      wrongSymbol(query, true) ?? wrongParameters(query, 'orderId', 'origClientOrderId');
    return error ? errors()[error] : act(namedOrder(query, book));
  }

  const reading = (path: string, isShown: (order: BookOrder) => boolean): Route<ZtdxRight> => ({
    method: 'GET',
    path,
    operation: 'order',
    right: 'read',
    orderName,
    act: (request) =>
      withOrder(request, (order) =>
        order && !order.isForeign && isShown(order)
          ? jsonReply(200, readOrder(order, settings))
          : errors()['-2013'],
      ),
  });

  return [
    {
      method: 'DELETE',
      path: '/fapi/v1/order',
      operation: 'cancel',
      right: 'trade',
      orderName,
      act: (request, fault) => withOrder(request, (order) => cancelOne(order, desk, fault)),
    },
    {
      method: 'DELETE',
      path: '/fapi/v1/batchOrders',
      operation: 'cancel-batch',
      right: 'trade',
      orderNames: ({ query }) => batch(query)?.names ?? [],
      act({ query }, fault) {
        const lists = ['orderIdList', 'origClientOrderIdList'] as const;
        const error = wrongSymbol(query, true) ?? wrongParameters(query, ...lists);
        if (error) return errors()[error];
        const asked = batch(query);
        if (!asked) return errors()[lists.every((list) => query.has(list)) ? '-1128' : '-1130'];
        const found = asked.names.map((name) => asked.find(name, query, book));
        return cancelBatch(found, desk, fault);
      },
    },
    {
      method: 'DELETE',
      path: '/fapi/v1/allOpenOrders',
      operation: 'cancel-all',
      right: 'trade',
      act({ query }, fault) {
        const error = wrongSymbol(query, true);
        return error ? errors()[error] : cancelAll(query.get('symbol') ?? '', desk, fault);
      },
    },
    {
      method: 'GET',
      path: '/fapi/v1/openOrders',
      operation: 'open-orders',
      right: 'read',
      weight: ({ query }) => (query.has('symbol') ? 1 : 40),
      act({ query }) {
        const error = wrongSymbol(query, false);
        if (error) return errors()[error];
        const symbol = query.get('symbol');
        const listed = book
          .open()
          .filter((order) => !order.isForeign && (symbol === null || order.symbol === symbol))
          .toSorted((a, b) => a.createdAt - b.createdAt || a.sequence - b.sequence);
        return jsonReply(
          200,
          listed.map((order) => readOrder(order, settings)),
        );
      },
    },
    listenKey('POST', () => jsonReply(200, { listenKey: stream.listenKeys.issue() })),
    listenKey('PUT', () => {
      const renewed = stream.listenKeys.renew();
      return renewed === undefined ? errors()['-1125'] : jsonReply(200, { listenKey: renewed });
    }),
    listenKey('DELETE', () => {
      stream.revoke();
      return jsonReply(200, {});
    }),
    // Only an open one; Binance says of any other that it does not exist.
    reading('/fapi/v1/openOrder', ({ status }) => status === 'open'),
    reading('/fapi/v1/order', () => true),
    {
      method: 'GET',
      path: '/fapi/v1/time',
      operation: 'time',
      right: undefined,
      act: () => jsonReply(200, { serverTime: clock.now() }),
    },
  ];
}

/** Which listen key is meant is not said: a user has one at most. */
const listenKey = (method: 'POST' | 'PUT' | 'DELETE', act: () => Reply): Route<ZtdxRight> => ({
  method,
  path: '/fapi/v1/listenKey',
  operation: 'pass',
  right: 'read',
  act,
});

function orderName({ query }: VenueRequest): string | undefined {
  return query.get('orderId') ?? query.get('origClientOrderId') ?? undefined;
}

function wrongSymbol(query: URLSearchParams, isRequired: boolean): ZtdxError | undefined {
  const symbol = query.get('symbol');
  if (symbol === null) return isRequired ? '-1102' : undefined;
  if (symbol === '') return '-1105';
  return /^[A-Z0-9]{5,20}$/.test(symbol) ? undefined : '-1121';
}

/** One of two is needed; one that is sent must hold something, also beside the other (fact sheet 2.10). */
function wrongParameters(query: URLSearchParams, id: string, own: string): ZtdxError | undefined {
  if (new Set(query.keys()).size !== query.size) return '-1101';
  if (query.get(id) === '') return '-1105';
  if (query.get(own) === '') return own === 'origClientOrderId' ? '-1119' : '-1105';
  if (!query.has(id) && !query.has(own)) return '-1102';
  const isMalformed =
    (id === 'orderId' && query.has(id) && !orderId.test(query.get(id) ?? '')) ||
    (own === 'origClientOrderId' && query.has(own) && !clientOrderId.test(query.get(own) ?? ''));
  return isMalformed ? '-1100' : undefined;
}

type Find = (name: string, query: URLSearchParams, book: OrderBook) => BookOrder | undefined;

const ofSymbol = (order: BookOrder | undefined, query: URLSearchParams): BookOrder | undefined =>
  order?.symbol === query.get('symbol') ? order : undefined;

const findById: Find = (id, query, book) => ofSymbol(book.find(id), query);

/** An order that was given no client order id has its id for one. */
const findByOwn: Find = (own, query, book) => {
  const order = book.find(own);
  return ofSymbol(
    book.findByClientOrderId(own) ?? (order?.clientOrderId === undefined ? order : undefined),
    query,
  );
};

/** Where both names are sent they must be the same order's. */
function namedOrder(query: URLSearchParams, book: OrderBook): BookOrder | undefined {
  const [id, own] = [query.get('orderId'), query.get('origClientOrderId')];
  const byId = id === null ? undefined : findById(id, query, book);
  const byOwn = own === null ? undefined : findByOwn(own, query, book);
  return id === null ? byOwn : own === null || byId?.id === byOwn?.id ? byId : undefined;
}

/** The names in a batch, and where to look for them; undefined where its list is not valid. */
function batch(query: URLSearchParams): { names: string[]; find: Find } | undefined {
  const [ids, owns] = [query.get('orderIdList'), query.get('origClientOrderIdList')];
  if (ids !== null && owns !== null) return undefined;
  const list = tryParseExactJson(ids ?? owns ?? '');
  if (!Array.isArray(list) || list.length === 0 || list.length > maxBatch) return undefined;
  const names = list.filter((name) => typeof name === 'string');
  if (names.length < list.length) return undefined;
  if (!names.every((name) => (owns === null ? orderId : clientOrderId).test(name)))
    return undefined;
  return { names, find: owns === null ? findById : findByOwn };
}
