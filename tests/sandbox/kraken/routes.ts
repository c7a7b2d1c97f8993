import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { Reply } from '#tests/sandbox/shared/reply.ts';
import type { Route, VenueRequest } from '#tests/sandbox/shared/venue.ts';
import type { KrakenRight } from './authorize.ts';
import { fieldsOf, isJson, listOf } from './body.ts';
import { Cancelling, mostInBatch } from './cancelling.ts';
import { orderObject } from './order-object.ts';
import { errors, result } from './replies.ts';
import type { Desk } from './settings.ts';

const idsIn = (text: string | undefined): string[] =>
  (text ?? '').split(',').filter((id) => id !== '');

const ours = (order: BookOrder): boolean => !order.isForeign;

/** The endpoints of the fact sheet. All that is private is a POST. */
export function routes(desk: Desk): Route<KrakenRight>[] {
  const { book, clock, keys, nonces, settings, tokens, userrefs } = desk;
  const cancelling = new Cancelling(desk);
  const shown = (orders: readonly BookOrder[]): object =>
    Object.fromEntries(
      orders.map((order) => [order.id, orderObject(order, userrefs.get(order.id))]),
    );

  function query(request: VenueRequest): Reply {
    const { txid, cl_ord_id: clientOrderId, userref } = fieldsOf(request);
    const ids = idsIn(txid);
    if (ids.length > mostInBatch) return errors['EGeneral:Invalid arguments'];
    if (ids.length === 0 && !clientOrderId && !userref) return errors['EGeneral:Invalid arguments'];
    const found = book
      .all()
      .filter(ours)
      .filter(
        ({ id, clientOrderId: own }) =>
          (ids.length === 0 || ids.some((each) => book.find(each)?.id === id)) &&
          (!clientOrderId || own === clientOrderId) &&
          (!userref || userrefs.get(id) === Number(userref)),
      );
    const isComplete = ids.length === 0 ? found.length > 0 : found.length === ids.length;
    if (!isComplete && settings.unknownInQuery !== 'left-out') {
      return errors[settings.unknownInQuery];
    }
    const { rights = [] } = keys.find(request.headers['api-key'] ?? '') ?? {};
    const isAllowed = found.every(({ status }) =>
      rights.includes(status === 'open' ? 'query-open-trades' : 'query-closed-trades'),
    );
    return isAllowed ? result(shown(found)) : errors['EGeneral:Permission denied'];
  }

  return [
    {
      method: 'POST',
      path: '/0/private/CancelOrder',
      operation: 'cancel',
      right: 'close-trades',
      orderNames: (request) => {
        const { txid, cl_ord_id } = fieldsOf(request);
        return [txid, cl_ord_id].filter((name) => name !== undefined);
      },
      act(request, fault) {
        const { txid, cl_ord_id } = fieldsOf(request);
        return cancelling.one(txid, cl_ord_id, fault);
      },
    },
    {
      method: 'POST',
      path: '/0/private/CancelOrderBatch',
      operation: 'cancel-batch',
      right: 'close-trades',
      orderNames: (request) => [
        ...(listOf(request, 'orders') ?? []),
        ...(listOf(request, 'cl_ord_ids') ?? []),
      ],
      act(request, fault) {
        if (!isJson(request)) return errors['EGeneral:Invalid arguments'];
        const orders = listOf(request, 'orders') ?? [];
        return cancelling.batch(orders, listOf(request, 'cl_ord_ids') ?? [], fault);
      },
    },
    {
      method: 'POST',
      path: '/0/private/CancelAll',
      operation: 'cancel-all',
      right: 'close-trades',
      act: (_, fault) => cancelling.all(fault),
    },
    {
      method: 'POST',
      path: '/0/private/OpenOrders',
      operation: 'open-orders',
      right: 'query-open-trades',
      act: () => result({ open: shown(book.open().filter(ours)) }),
    },
    {
      method: 'POST',
      path: '/0/private/QueryOrders',
      operation: 'order',
      right: 'query-trades',
      orderNames: (request) => {
        const { txid, cl_ord_id } = fieldsOf(request);
        return [...idsIn(txid), ...idsIn(cl_ord_id)];
      },
      act: query,
    },
    {
      method: 'POST',
      path: '/0/private/GetWebSocketsToken',
      operation: 'pass',
      right: 'create-ws-token',
      act: () => result(tokens.give()),
    },
    {
      method: 'POST',
      path: '/0/private/GetApiKeyInfo',
      operation: 'rights',
      right: 'any',
      act({ headers }) {
        const { key = '', rights = [] } = keys.find(headers['api-key'] ?? '') ?? {};
        return result({
          apiKeyName: 'sandbox',
          apiKey: key,
          nonce: String(nonces.get(key) ?? 0),
          nonceWindow: settings.nonceWindow,
          permissions: rights,
          iban: 'AA88 N84G WOAK NMOI',
          validUntil: '0',
          queryFrom: '0',
          queryTo: '0',
          createdTime: '1772542900',
          modifiedTime: '1772543095',
          ipAllowlist: [],
          lastUsed: String(Math.floor(clock.now() / 1000)),
        });
      },
    },
    {
      method: 'GET',
      path: '/0/public/Time',
      operation: 'time',
      right: undefined,
      act() {
        const now = clock.now();
        return result({
          unixtime: Math.floor(now / 1000),
          rfc1123: new Date(now).toUTCString(),
        });
      },
    },
  ];
}
