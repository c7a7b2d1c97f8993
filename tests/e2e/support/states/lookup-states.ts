import type { AccountId } from '#lib/domain/account.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import type { Lookup, LookupId, OrderAnswer } from '#lib/domain/lookup.ts';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';
import { emptyView, type View } from '#lib/protocol/view.ts';
import { cancellationFor, foundOf, lookupOf } from '#tests/unit/page/lookup/lookup-world.ts';
import { accountOf } from '#tests/unit/support/view-world.ts';
import { sayInEnglish as say } from '#tests/support/say.ts';
import type { State } from './state.ts';

/** By the address of the window. */
export const lookupId = '00000000-0000-4000-8000-000000000999' as LookupId;
const uuid = '7155ed34-9ec4-4733-8b32-1e4319cb662f';
const hostile = `<script>alert(1)</script> \u202e${'verylongword'.repeat(30)}`;
const accounts = [
  accountOf('a', 'btcturk', 'Turkish lira'),
  accountOf('b', 'habit-trade', 'Shares'),
  accountOf('c', 'ripio', 'Ripio Trade'),
  { ...accountOf('d', 'ztdx', 'Futures'), environment: 'test' as const },
];

const lira = foundOf('a', '26947521101', '26947521101', { price: '4150000' as Decimal });
const reais = foundOf('c', uuid, uuid, {
  symbol: 'BTC_BRL',
  side: 'sell',
  price: '520000.5' as Decimal,
  clientOrderId: 'grid-eth-01' as ClientOrderId,
});
const stop = foundOf('d', '1234567890123', '1234567890123', {
  symbol: 'BTCUSDT',
  stopPrice: '68000' as Decimal,
  protective: true,
});
const ids = Array.from({ length: 50 }, (_, index) => String(26_947_521_000 + index));
const unknown = { id: '555666777888', accountIds: ['a', 'd'] as AccountId[] };
const wish = (text: string, more = false): Lookup['wish'] => ({ kind: 'ids', ids: [], more, text });
const odd = (doubtful: string[], rounded: string[] = []): Lookup['wish'] => ({
  kind: 'ids',
  ids: [],
  more: false,
  text: '',
  doubtful,
  rounded,
});
const of = (more: Partial<Lookup>): Partial<View> => ({
  lookups: [lookupOf({ id: lookupId, ...more })],
});

const taken = (state: 'accepted' | 'cancelled' | 'refused'): Partial<View> => {
  const cancellation = cancellationFor('c1', 'a', '26947521101', {
    state,
    act: { id: lookupId as string as never },
    ...(state === 'refused' && { reason: 'no-right', said: ['Forbidden: no right to trade'] }),
    ...(state === 'cancelled' && { filled: '0.4' as Decimal, quantity: '1' as Decimal }),
  });
  return {
    ...of({ stage: 'taken', orders: [lira] }),
    cancellations: { [cancellation.id]: cancellation },
  };
};

const all: Record<string, [view: Partial<View>, says: string, act?: State['act']]> = {
  'not set up': [{ vault: { state: 'none' } }, 'Pullcord is not set up'],
  lost: [{ vault: { state: 'lost' } }, 'Pullcord’s data is gone'],
  unreadable: [{ vault: { state: 'unreadable' } }, 'Pullcord cannot read its data'],
  newer: [{ vault: { state: 'newer' } }, 'Pullcord needs an update'],
  blocked: [{ vault: { state: 'blocked' } }, 'as an earlier version left it'],
  locked: [{ vault: { state: 'locked' } }, 'Pullcord is locked'],
  reading: [of({ stage: 'reading', wish: { kind: 'newest' } }), 'Looking in your accounts'],
  expired: [of({ stage: 'expired' }), 'more than a minute ago'],
  'no id': [of({ wish: wish('Total balance') }), '“Total balance” holds no order id'],
  'no id but markup': [of({ wish: wish(hostile) }), '<script>alert(1)</script>'],
  orders: [
    of({ orders: [lira, reais, stop], unknown: [unknown], unread: ['b' as AccountId] }),
    '3 orders found',
  ],
  'asked for': [
    of({ orders: [lira, reais] }),
    say('state.requested'),
    (page, say) => page.getByRole('button', { name: say('cancel.orders', { count: 2 }) }).click(),
  ],
  'the same id twice': [
    of({ orders: [lira, { ...lira, accountId: 'b' as AccountId }] }),
    'choose the one you mean',
  ],
  'fifty orders': [
    of({ wish: wish('', true), orders: ids.map((each) => foundOf('a', each, each)) }),
    '50 orders found',
  ],
  'not understood': [
    of({ wish: odd(['7155ed34·9ec4·4733·8b32·1e4319cb662f']) }),
    '“7155ed34·9ec4·4733·8b32·1e4319cb662f” looks like an order id',
  ],
  'not understood and markup': [
    of({
      wish: odd([hostile, '9'.repeat(100)], ['2.69475E+10']),
      unread: ['b' as AccountId],
    }),
    'An id that Pullcord does not understand',
  ],
  rounded: [of({ wish: odd([], ['2.69475E+10']) }), 'The sheet has rounded the id'],
  'a piece': [
    of({
      wish: odd(['2·6947521101']),
      orders: [{ ...lira, doubt: 'piece' }],
    }),
    'It bears only a piece of what may be another id',
  ],
  'a short id': [
    of({ orders: [{ ...lira, doubt: 'short' }] }),
    'so it is not chosen from the start',
  ],
  'doubt beside what is clear': [
    of({
      wish: odd(['9·1234567890123'], ['2.69475E+10']),
      orders: [lira, { ...stop, doubt: 'piece' }, { ...reais, doubt: 'short' }],
      unknown: [unknown],
    }),
    'is a number that a sheet has rounded',
  ],
  'unknown id and one that is not understood': [
    of({
      wish: odd(['2·6947521101']),
      unknown: [{ id: uuid, accountIds: ['a'] as AccountId[] }],
    }),
    '“2·6947521101” looks like an order id',
  ],
  'orders with markup': [
    of({ orders: [foundOf('a', '9'.repeat(100), '9'.repeat(100), { symbol: hostile })] }),
    '1 order found',
  ],
  'unknown id': [
    of({ unknown: [{ id: uuid, accountIds: ['a', 'b', 'c', 'd'] as AccountId[] }] }),
    'Symbol needed',
  ],
  'unknown id of no account': [
    of({ unknown: [{ id: 'zz-99', accountIds: [] }] }),
    'No open order bears zz-99',
  ],
  'several unknown ids': [
    of({
      wish: wish('', true),
      unknown: ids.map((each) => ({ id: each, accountIds: unknown.accountIds })),
    }),
    'Only the first 50 ids were looked at.',
  ],
  'no newest': [of({ wish: { kind: 'newest' } }), 'There is no open order to cancel'],
  'newest guards': [
    of({ wish: { kind: 'newest' }, orders: [stop], unread: ['a' as AccountId] }),
    'It guards a position',
  ],
  'taken and accepted': [taken('accepted'), 'Accepted, confirming'],
  'taken and cancelled': [taken('cancelled'), 'Cancelled, filled 0.4 of 1'],
  'taken and refused': [taken('refused'), 'Refused: Forbidden'],
};

/** Their trees are kept. */
const trees = new Set([
  'orders',
  'doubt beside what is clear',
  'unknown id',
  'taken and cancelled',
]);

/** Of the window in which the user says what is meant. */
export const lookupStates: readonly State[] = Object.entries(all).map(
  ([name, [view, says, act]]) => ({
    name,
    view: { ...emptyView, vault: { state: 'unlocked' }, accounts, ...view },
    says,
    act,
    tree: trees.has(name),
  }),
);

/** What each venue says when it is asked. */
export const orderAnswers: Record<string, OrderAnswer> = {
  a: {
    kind: 'read',
    idKind: 'order-id',
    reading: {
      status: 'filled',
      order: { id: uuid as OrderId, filled: '0.6' as Decimal, quantity: '1' as Decimal },
    },
  },
  b: {
    kind: 'read',
    idKind: 'order-id',
    reading: { status: 'not-found', said: ['no such order'] },
  },
  c: { kind: 'failed', reason: 'unauthorized', note: { code: 'http', status: 401 } },
  d: { kind: 'symbol-needed', idKind: 'order-id' },
};
