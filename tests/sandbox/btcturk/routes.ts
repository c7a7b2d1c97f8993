import type { CancelFault, LeaveOutFault } from '#tests/sandbox/shared/faults.ts';
import { padded, subtract } from '#tests/sandbox/shared/decimal.ts';
import type { BookOrder } from '#tests/sandbox/shared/order-book.ts';
import { jsonReply, type Reply } from '#tests/sandbox/shared/reply.ts';
import type { Route } from '#tests/sandbox/shared/venue.ts';
import type { BtcTurkRight } from './authorize.ts';
import { orderObject, pairSymbol } from './order-object.ts';
import { cancelAccepted, data, errors } from './replies.ts';
import type { Desk } from './settings.ts';

/** The endpoints of fact sheet 1.4 to 1.6. */
export function routes({ book, clock, timers, settings, queued }: Desk): Route<BtcTurkRight>[] {
  /** What was accepted ends here, unless the order ended otherwise meanwhile; of a cancel that failed nothing is said. */
  function finish(order: BookOrder, fault: CancelFault | LeaveOutFault | undefined): void {
    if (fault?.kind === 'accept-and-forget') return;
    const delayMs =
      fault && 'delayMs' in fault
        ? (fault.delayMs ?? settings.cancelDelayMs)
        : settings.cancelDelayMs;
    queued.set(order.id, order);
    timers.after(delayMs, () => {
      if (book.find(order.id)?.status !== 'open') return;
      if (fault?.kind === 'accept-then-fill') book.fill(order.id, fault.quantity);
      else book.cancel(order.id);
    });
  }

  function cancel(id: string | null, fault: CancelFault | LeaveOutFault | undefined): Reply {
    const order = id === null ? undefined : book.find(id);
    if (!order) return errors.NO_ORDER_MATCHES_YOUR_REQUEST;
    // Cancelling again is a success again, by design (broker-api-docs#226).
    if (order.status === 'cancelled') return cancelAccepted;
    if (order.status === 'filled' || order.method === 'market')
      return errors.ORDER_COULD_NOT_BE_CANCELED;
    finish(order, fault);
    return cancelAccepted;
  }

  return [
    {
      method: 'DELETE',
      path: '/api/v1/order',
      operation: 'cancel',
      right: 'trade',
      orderName: ({ query }) => query.get('id') ?? undefined,
      act: ({ query }, fault) => cancel(query.get('id'), fault),
    },
    {
      // The documents' Node.js sample. Users get Bad Request for it (broker-api-docs#507).
      method: 'DELETE',
      path: '/api/v1/order/:id',
      operation: 'cancel',
      right: 'trade',
      orderName: ({ params }) => params['id'],
      act: () => errors.NO_ORDER_MATCHES_YOUR_REQUEST,
    },
    {
      method: 'GET',
      path: '/api/v1/openOrders',
      operation: 'open-orders',
      right: 'trade',
      act({ query }) {
        const pair = query.get('pairSymbol');
        const listed = book
          .open()
          .filter(({ symbol }) => !pair || pairSymbol(symbol) === pairSymbol(pair));
        // `time` is 0 in this list, in the documents' sample and in users' reports.
        const side = (wanted: BookOrder['side']): object[] =>
          listed
            .filter((order) => order.side === wanted)
            .map((order) => orderObject(order, { time: 0 }));
        return data({ asks: side('sell'), bids: side('buy') });
      },
    },
    {
      method: 'GET',
      path: '/api/v1/order/:id',
      operation: 'order',
      right: 'trade',
      orderName: ({ params }) => params['id'],
      act({ params }) {
        const order = book.find(params['id'] ?? '');
        return order
          ? data(orderObject(order, { time: order.createdAt }))
          : errors['Order not found'];
      },
    },
    {
      method: 'GET',
      path: '/api/v1/users/balances',
      operation: 'balances',
      right: 'total-funds',
      act: () =>
        data([
          balance('TRY', 'Türk Lirası', '250000', '85000', 2),
          balance('BTC', 'Bitcoin', '0.75', '0.12', 8),
          balance('USDT', 'Tether', '12000', '0', 6),
        ]),
    },
    {
      method: 'GET',
      path: '/api/v2/server/time',
      operation: 'time',
      right: undefined,
      // Not wrapped in `data` (fact sheet 1.6).
      act() {
        const now = clock.now();
        return jsonReply(200, { serverTime: now, serverTime2: new Date(now).toISOString() });
      },
    },
  ];
}

function balance(
  asset: string,
  assetname: string,
  total: string,
  locked: string,
  precision: number,
) {
  return {
    asset,
    assetname,
    balance: padded(total, precision),
    locked: padded(locked, precision),
    free: padded(subtract(total, locked), precision),
    orderFund: padded(locked, precision),
    requestFund: padded('0', precision),
    precision,
  };
}
