import type { SweepId } from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { ClientOrderId, Order } from '#lib/domain/order.ts';
import type { AccountSweep } from '#lib/domain/sweep.ts';
import { venueIds, venueNames } from '#lib/domain/venue-id.ts';
import { emptyView, type AccountView, type OrdersView, type View } from '#lib/protocol/view.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

/** An account on every venue there is, and how the tests of their keys may have ended. */

const test = (result: NonNullable<AccountView['lastTest']>['result']) => ({
  lastTest: { at: now - 3000, result },
});
const rights = [
  ['look', 'cancel'],
  ['look', 'cancel', 'trade'],
  ['look', 'cancel', 'trade', 'money', 'other'],
  ['look'],
] as const;

const ends: readonly (Partial<AccountView> | undefined)[] = [
  { ...test({ ok: true, openOrders: 2, rights: rights[0] }), environment: 'demo' },
  { ...test({ ok: true, openOrders: 2, rights: rights[1] }), label: 'Türk lirası, uzun vadeli' },
  test({ ok: true, openOrders: 2, rights: rights[2] }),
  test({ ok: true, openOrders: 2, rights: rights[3] }),
  test({ ok: false, reason: 'nonce', said: ['EAPI:Invalid nonce'] }),
  test({ ok: false, reason: 'wrong-site' }),
];
const right = { has: true, at: now - 60_000 };
const accounts = venueIds.map((venue, index): AccountView =>
  Object.assign(
    accountOf(`v${index}`, venue, venueNames[venue]),
    index % 2 === 0 && { right },
    ends[index],
  ),
);

const wordy = '1000000MOGUSDT-PERPETUAL-QUARTERLY-20261226';
const some = (index: number): readonly Order[] => [
  orderOf(`${index}0${7_712_045_560 + index}`, {
    symbol: index === 2 ? wordy : 'SOLUSDT',
    createdAt: now - 3_000_000,
    price: '0.00000000012345678' as Decimal,
    quantity: '123456789012345678' as Decimal,
    remaining: '123456789012.345678' as Decimal,
    clientOrderId: 'x-HNA2TXFJ-tRF3AL3Apfkj4jg1HkOCvs-2026' as ClientOrderId,
    ...(index === 0 && { list: '7' }),
  }),
  orderOf(`${index}1${7_712_045_561 + index}`, {
    symbol: 'SOLUSDT',
    side: 'sell',
    type: 'STOP_LOSS_LIMIT',
    price: '188' as Decimal,
    stopPrice: '189' as Decimal,
    protective: true,
    createdAt: now - 3_000_000,
    ...(index === 0 && { list: '7', unknownStatus: 'PENDING_NEW' }),
  }),
];

const readAt = now - 2000;
const readAs = (orders: (index: number) => readonly Order[]): View['orders'] =>
  Object.fromEntries(
    accounts.map(({ id }, index): [string, OrdersView] => [
      id,
      { orders: orders(index), readAt, reading: false },
    ]),
  ) as View['orders'];

export const everyVenue: View = {
  ...emptyView,
  vault: { state: 'unlocked' },
  accounts,
  orders: readAs(some),
};

const [first = orderOf('1')] = some(0);
/** So many on one account, and none on the others. */
export const withOrders = (count: number): View => ({
  ...everyVenue,
  orders: readAs((index) =>
    index === 0
      ? Array.from({ length: count }, (_, each) => ({
          ...first,
          id: `${first.id}${each}` as Order['id'],
        }))
      : [],
  ),
});

const reading = { readAt: now - 400, open: 0, meant: 0, kept: 0 };
/** Of each account another end. */
const swept: readonly Omit<AccountSweep, 'accountId'>[] = [
  { tally: { cancelled: 11 }, phase: 'empty', reading: { ...reading, open: 2, kept: 2 } },
  { tally: { cancelled: 8, filled: 1 }, phase: 'empty', reading },
  {
    tally: { cancelled: 9, refused: 2 },
    phase: 'left',
    reading: { ...reading, open: 3, meant: 2, kept: 1 },
  },
];
export const everyVenueSwept: View = {
  ...everyVenue,
  sweeps: [
    {
      id: 's' as SweepId,
      filter: {},
      withProtective: false,
      requestedAt: now - 2000,
      accounts: accounts.map(({ id }, index) =>
        Object.assign({ accountId: id }, swept[index % swept.length] ?? swept[0]),
      ),
    },
  ],
};
