import type { CancelFault, LeaveOutFault } from '#tests/sandbox/shared/faults.ts';
import { tryParseExactJson } from '#tests/sandbox/shared/json.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import type { Reply } from '#tests/sandbox/shared/reply.ts';
import type { Route, VenueRequest } from '#tests/sandbox/shared/venue.ts';
import type { OxFunRight } from './authorize.ts';
import type { Engine } from './engine.ts';
import { asObject, findNamed, readNamed, type Named } from './named-order.ts';
import {
  acknowledgedElement,
  closedElement,
  failedElement,
  orderStatus,
  workingOrder,
} from './order-object.ts';
import { data, errors, isError, resultNotFound, type OxFunError } from './replies.ts';
import type { Desk } from './settings.ts';

type Fault = CancelFault | LeaveOutFault | undefined;

const maxOrders = 8;
/** Where a timestamp comes without a window (documented for placing; fact sheet 1.7). */
const defaultWindowMs = 1000;

/** The endpoints of fact sheet 1.7, 1.10 and 1.11. */
export function routes(desk: Desk, engine: Engine): Route<OxFunRight>[] {
  const { book, clock, settings } = desk;

  /** FULL tells the end, so the order ends before the reply; ACK only hands the cancel on, as the socket does. */
  function cancelOne(named: Named, isFull: boolean, fault: Fault): object {
    const fail = (code: OxFunError): object => failedElement(code, named, clock.now());
    const { orderId, clientOrderId } = named;
    if (fault?.kind === 'leave-out') {
      const error = fault.error ?? '';
      const isLeftOut = [orderId, clientOrderId].some(
        (name) => name && fault.orderIds.includes(name),
      );
      if (isLeftOut) return fail(isError(error) ? error : '40035');
    }
    const order = findNamed(named, book);
    if (typeof order === 'string') return fail(order === '100005' ? '40035' : order);
    const bend = fault?.kind === 'leave-out' ? undefined : fault;
    if (!isFull || bend?.kind === 'accept-then-cancel' || bend?.kind === 'accept-and-forget') {
      engine.cancel(order, bend);
      return acknowledgedElement(order);
    }
    if (bend && book.fill(order.id, bend.quantity).status === 'filled') return fail('40035');
    return closedElement(book.cancel(order.id), settings.accountId);
  }

  function cancel({ body }: VenueRequest, fault: Fault): Reply {
    const given = asObject(tryParseExactJson(body));
    if (!given) return errors['20001'];
    const { responseType, timestamp, recvWindow = String(defaultWindowMs), orders } = given;
    if (responseType === undefined || timestamp === undefined || orders === undefined)
      return errors['30001'];
    const isValid =
      (responseType === 'FULL' || responseType === 'ACK') &&
      isDigits(timestamp) &&
      isDigits(recvWindow) &&
      Array.isArray(orders) &&
      orders.length > 0 &&
      orders.length <= maxOrders;
    if (!isValid) return errors['20001'];
    if (clock.now() > Number(timestamp) + Number(recvWindow)) return errors['100015'];
    return data(orders.map((one) => cancelOne(readNamed(one), responseType === 'FULL', fault)));
  }

  return [
    {
      method: 'DELETE',
      path: '/v3/orders/cancel',
      operation: 'cancel',
      right: 'trade',
      orderName: (request) => namesIn(request).join(',') || undefined,
      orderNames: namesIn,
      act: cancel,
    },
    {
      method: 'DELETE',
      path: '/v3/orders/cancel-all',
      operation: 'cancel-all',
      right: 'trade',
      act({ body }, fault) {
        const given = body === '' ? {} : asObject(tryParseExactJson(body));
        if (!given) return errors['20001'];
        const { marketCode } = readNamed(given);
        const leftOut = fault?.kind === 'leave-out' ? fault.orderIds : [];
        const orders = book
          .open()
          .filter((order) => own(order) && (!marketCode || order.symbol === marketCode));
        if (orders.length === 0) return data({ notice: 'No working orders found' });
        engine.cancelAll(orders.filter(({ id }) => !leftOut.includes(id)));
        return data({ notice: 'Orders queued for cancelation' });
      },
    },
    {
      method: 'GET',
      path: '/v3/orders/working',
      operation: 'open-orders',
      right: 'read',
      act({ query }) {
        const isAsked = (name: string, value: string): boolean =>
          !query.get(name) || query.get(name) === value;
        const listed = book
          .open()
          .filter(
            (order) =>
              own(order) &&
              isAsked('marketCode', order.symbol) &&
              isAsked('orderId', order.id) &&
              isAsked('clientOrderId', order.clientOrderId ?? '0'),
          )
          .toSorted((a, b) => b.createdAt - a.createdAt || b.sequence - a.sequence);
        if (listed.length === 0 && settings.emptyList === '40001') return errors['40001'];
        return data(listed.map(workingOrder));
      },
    },
    {
      method: 'GET',
      path: '/v3/orders/status',
      operation: 'order',
      right: 'read',
      orderName: ({ query }) => query.get('orderId') ?? query.get('clientOrderId') ?? undefined,
      act({ query }) {
        const [orderId, clientOrderId] = [query.get('orderId'), query.get('clientOrderId')];
        if (!orderId && !clientOrderId) return errors['30001'];
        const order = orderId ? book.find(orderId) : book.findByClientOrderId(clientOrderId ?? '');
        if (order && own(order)) return data(orderStatus(order));
        return settings.unknownStatus === '40001' ? errors['40001'] : resultNotFound;
      },
    },
    {
      method: 'GET',
      path: '/v3/account',
      operation: 'balances',
      right: 'read',
      act: () =>
        data([
          {
            accountId: settings.accountId,
            name: 'main',
            balances: [
              balance('USD', '18250.4', '9600', clock.now()),
              balance('BTC', '0.42', '0.05', clock.now()),
            ],
            positions: [],
          },
        ]),
    },
  ];
}

const own = (order: BookOrder): boolean => !order.isForeign;

const isDigits = (value: unknown): boolean => typeof value === 'string' && /^\d+$/.test(value);

function namesIn({ body }: VenueRequest): string[] {
  const orders = asObject(tryParseExactJson(body))?.['orders'];
  if (!Array.isArray(orders)) return [];
  return orders
    .map(readNamed)
    .map(({ orderId, clientOrderId }) => orderId ?? clientOrderId)
    .filter((name) => name !== undefined);
}

function balance(asset: string, total: string, reserved: string, now: number): object {
  const available = String(Number(total) - Number(reserved));
  return { asset, total, available, reserved, lastUpdatedAt: String(now) };
}
