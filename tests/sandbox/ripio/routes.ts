import { exactNumber, tryParseJson } from '#tests/sandbox/shared/json.ts';
import type { OrderBook } from '#tests/sandbox/shared/order-book.ts';
import { jsonReply } from '#tests/sandbox/shared/reply.ts';
import type { Route, VenueRequest } from '#tests/sandbox/shared/venue.ts';
import type { RipioRight } from './authorize.ts';
import { cancelAll, cancelOne } from './cancelling.ts';
import { openOrdersPage, ordersPage } from './order-lists.ts';
import { orderWithTransactions } from './order-object.ts';
import { data, errors } from './replies.ts';
import type { Desk } from './settings.ts';

type CancelRoute = Pick<Route<RipioRight>, 'method' | 'path'>;

const uuid = /^[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}$/i;

/** The endpoints of fact sheet 2.4 to 2.6. */
export function routes(desk: Desk): Route<RipioRight>[] {
  const { book, clock, settings, tickets } = desk;

  const byId = (path: CancelRoute): Route<RipioRight> => ({
    ...path,
    operation: 'cancel',
    right: 'buy-sell',
    orderName: (request) => field(request, 'id'),
    act(request, fault) {
      const id = field(request, 'id');
      if (id === undefined || isMalformed(id, book)) return errors['40000'];
      return cancelOne(book.find(id), desk, fault);
    },
  });

  const byExternalId = (path: CancelRoute): Route<RipioRight> => ({
    ...path,
    operation: 'cancel',
    right: 'buy-sell',
    orderName: (request) => field(request, 'external_id'),
    act(request, fault) {
      const externalId = field(request, 'external_id');
      if (externalId === undefined) return errors['40000'];
      return cancelOne(book.findByClientOrderId(externalId), desk, fault);
    },
  });

  return [
    byId({ method: 'DELETE', path: '/trade/orders' }),
    byId({ method: 'POST', path: '/trade/orders/cancel' }),
    byExternalId({ method: 'DELETE', path: '/trade/orders/by-external-id' }),
    byExternalId({ method: 'POST', path: '/trade/orders/cancel-by-external-id' }),
    {
      method: 'DELETE',
      path: '/trade/orders/all',
      operation: 'cancel-all',
      right: 'buy-sell',
      act(request, fault) {
        const pair = field(request, 'pair');
        const isValid = request.body === '' || object(request.body) !== undefined;
        return isValid ? cancelAll(pair, desk, fault) : errors['40000'];
      },
    },
    {
      method: 'GET',
      path: '/trade/orders/open',
      operation: 'open-orders',
      right: 'read',
      act({ query }) {
        const page = openOrdersPage(book.open(), query, settings);
        return page ? data(page, clock.now()) : errors['40000'];
      },
    },
    {
      method: 'GET',
      path: '/trade/orders',
      operation: 'order',
      right: 'read',
      orderNames: ({ query }) => query.get('ids')?.split(',') ?? [],
      act({ query }) {
        const page = ordersPage(book.all(), query, settings, clock.now());
        return page ? data(page, clock.now()) : errors['40000'];
      },
    },
    {
      method: 'GET',
      path: '/trade/orders/by-external-id/:external_id',
      operation: 'order',
      right: 'read',
      orderName: ({ params }) => params['external_id'],
      act({ params }) {
        const order = book.findByClientOrderId(params['external_id'] ?? '');
        return order
          ? data(orderWithTransactions(order, settings.openStatus), clock.now())
          : errors[settings.unknownId];
      },
    },
    {
      method: 'GET',
      path: '/trade/orders/:id',
      operation: 'order',
      right: 'read',
      orderName: ({ params }) => params['id'],
      act({ params }) {
        const id = params['id'] ?? '';
        if (isMalformed(id, book)) return errors['40000'];
        const order = book.find(id);
        return order
          ? data(orderWithTransactions(order, settings.openStatus), clock.now())
          : errors[settings.unknownId];
      },
    },
    {
      method: 'GET',
      path: '/trade/user/balances',
      operation: 'balances',
      right: 'read',
      act: () =>
        data(
          [
            balance('BRL', '18250.4', '9600', clock.now()),
            balance('BTC', '0.42', '0.05', clock.now()),
            balance('USDC', '3100', '0', clock.now()),
          ],
          clock.now(),
        ),
    },
    {
      method: 'POST',
      path: '/trade/ticket',
      operation: 'pass',
      right: 'read',
      // Without error_code, as in the sample (page private_topics).
      act: () => jsonReply(200, { message: null, data: { ticket: tickets.give() } }),
    },
    {
      method: 'GET',
      path: '/trade/public/server-time',
      operation: 'time',
      right: undefined,
      // The sample has no error_code (fact sheet 2.3, 2.6).
      act: () => jsonReply(200, { data: { timestamp: clock.now() }, message: null }),
    },
  ];
}

/** Neither a UUID nor an order of the book, where a test may have placed any id. */
const isMalformed = (id: string, book: OrderBook): boolean => !uuid.test(id) && !book.find(id);

function object(body: string): Record<string, unknown> | undefined {
  const parsed = tryParseJson(body);
  return typeof parsed === 'object' && parsed !== null && !Array.isArray(parsed)
    ? { ...parsed }
    : undefined;
}

function field({ body }: VenueRequest, name: string): string | undefined {
  const value = object(body)?.[name];
  return typeof value === 'string' && value !== '' ? value : undefined;
}

function balance(currency: string, available: string, locked: string, now: number): object {
  return {
    available_amount: exactNumber(available),
    currency_code: currency,
    last_update: new Date(now).toISOString(),
    locked_amount: exactNumber(locked),
  };
}
