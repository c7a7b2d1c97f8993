import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { AccountId } from '#lib/domain/account.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { ClientOrderId, Order } from '#lib/domain/order.ts';
import type { Seen } from '#lib/domain/readiness.ts';
import { emptyView, type OrdersView, type View } from '#lib/protocol/view.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

/** Four accounts, each with orders such as its venue has them, and a light of another colour. */

export const lira = accountOf('a', 'btcturk', 'Turkish lira, long-term');
const reais = accountOf('b', 'ripio', 'Ripio Trade');
export const futures = { ...accountOf('c', 'ztdx', 'Futures'), environment: 'test' as const };
const shares = accountOf('d', 'habit-trade', 'Hong Kong shares');

const uuid = (last: number) => `7155ed34-9ec4-4733-8b32-1e4319cb66${last}`;
const order = (id: string, seconds: number, more: Partial<Order>): Order =>
  orderOf(id, { createdAt: now - seconds * 1000, ...more });

export const orders = {
  a: [
    order('26947521101', 65, {
      price: '4150000' as Decimal,
      quantity: '0.01' as Decimal,
      remaining: '0.01' as Decimal,
    }),
    order('26947521102', 3700, {
      symbol: 'ETHTRY',
      side: 'sell',
      price: '152000.50' as Decimal,
      quantity: '2.5' as Decimal,
      remaining: '1.25' as Decimal,
      clientOrderId: 'grid-eth-01-long-name' as ClientOrderId,
    }),
  ],
  b: [
    order(uuid(41), 7300, {
      symbol: 'BTC_BRL',
      price: '520000.5' as Decimal,
      clientOrderId: 'grid-7' as ClientOrderId,
    }),
    order(uuid(42), 90_000, {
      symbol: 'BTC_BRL',
      side: 'sell',
      type: 'stop-limit',
      price: '510000' as Decimal,
      stopPrice: '511000' as Decimal,
      protective: true,
    }),
  ],
  c: [
    order('1234567890123', 30, {
      symbol: 'BTCUSDT',
      price: '68000' as Decimal,
      unknownStatus: 'HELD_BACK',
    }),
    order('1234567890124', 31, {
      symbol: 'BTCUSDT',
      side: 'sell',
      type: 'TAKE_PROFIT',
      stopPrice: '75000' as Decimal,
      protective: true,
    }),
  ],
  d: [
    orderOf('77001', {
      symbol: '00700.HK',
      price: '388.2' as Decimal,
      quantity: '300' as Decimal,
      remaining: '300' as Decimal,
    }),
  ],
} satisfies Record<string, readonly Order[]>;

const works: Seen = {
  workedAt: now - 2000,
  roundTrips: { took: [84, 91], at: now - 2000 },
  clock: { offset: 12, uncertainty: 40, at: now - 3000 },
  room: { left: 8, most: 10, per: 1000, at: now - 2000 },
};
const reading = (account: keyof typeof orders, more: Partial<OrdersView> = {}): OrdersView => ({
  orders: orders[account],
  readAt: now - 2000,
  reading: false,
  ...more,
});

const right = { has: true, at: now - 60_000 };

/** All of it open, and all that a page may say of it when nothing is wrong but what the lights tell. */
export const open: View = {
  ...emptyView,
  vault: { state: 'unlocked' },
  accounts: [
    { ...lira, right, lastTest: { at: now - 60_000, result: { ok: true, openOrders: 2 } } },
    reais,
    { ...futures, right },
    {
      ...shares,
      lastTest: {
        at: now - 60_000,
        result: { ok: false, reason: 'unauthorized', said: ['Invalid API key'] },
      },
    },
  ],
  orders: { a: reading('a'), b: reading('b'), c: reading('c'), d: reading('d') } as View['orders'],
  seen: {
    a: works,
    b: works,
    c: { ...works, room: { left: 0, most: 10, per: 60_000, freeAt: now + 42_000, at: now } },
    d: { ...works, trouble: { reason: 'unauthorized', at: now - 2000 } },
  } as View['seen'],
  streams: { a: 'live', c: 'connecting' } as View['streams'],
};

export const readAs = (more: Partial<Record<keyof typeof orders, Partial<OrdersView>>>): View => ({
  ...open,
  orders: {
    ...open.orders,
    ...Object.fromEntries(
      Object.entries(more).map(([id, each]) => [id, reading(id as keyof typeof orders, each)]),
    ),
  },
});

let made = 0;

/** Of an order of an account, as it was asked for a second ago. */
export function cancellation(
  accountId: keyof typeof orders,
  index: number,
  more: Partial<Cancellation>,
): Cancellation {
  const of = orders[accountId][index];
  if (!of) throw new Error(`there is no order ${index}`);
  const ref = { accountId: accountId as string as AccountId, orderId: of.id };
  const id = `c${++made}` as CancellationId;
  const wished = requestCancellation(id, ref, of, now - 1000);
  const at = { requested: now - 1000, sent: now - 990, ...more.at };
  return { ...wished, sendings: 1, ...more, at };
}

export function withCancellations(view: View, ...all: readonly Cancellation[]): View {
  const cancellations = Object.fromEntries(all.map((each) => [each.id, each]));
  return { ...view, cancellations };
}
