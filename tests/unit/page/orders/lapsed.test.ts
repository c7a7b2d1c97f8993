import { expect, test } from 'vitest';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { AccountId } from '#lib/domain/account.ts';
import type { Order, OrderId } from '#lib/domain/order.ts';
import type { VenueId } from '#lib/domain/venue-id.ts';
import { lapsedSentence, lapsedWishes } from '#lib/page/orders/lapsed.ts';

const accountId = 'mine' as AccountId;
const order = (id: string): Order => ({
  id: id as OrderId,
  symbol: 'BTCTRY',
  type: 'limit',
  protective: false,
});

function viewOf(listed: readonly string[], ...all: Cancellation[]) {
  return {
    accounts: [{ id: accountId, venue: 'btcturk', label: 'Mine', environment: 'live' } as const],
    orders: { [accountId]: { orders: listed.map(order), reading: false } },
    cancellations: Object.fromEntries(all.map((each) => [each.id, each])),
  };
}

function wish(id: string, at: number, more: Partial<Cancellation> = {}): Cancellation {
  const ref = { accountId, orderId: id as OrderId };
  return { ...requestCancellation(`${id} ${at}` as CancellationId, ref, order(id), at), ...more };
}
const lapsed = { stopped: true, lapsed: true } as const;

test.each<[string, ReturnType<typeof viewOf>, string[]]>([
  ['none', viewOf(['1']), []],
  ['one that is open still', viewOf(['1', '2'], wish('1', 5, lapsed)), ['1']],
  ['one that was typed in capitals', viewOf(['ab-1'], wish('AB-1', 5, lapsed)), ['ab-1']],
  ['one that has left the book', viewOf(['2'], wish('1', 5, lapsed)), []],
  ['one that was asked for again', viewOf(['1'], wish('1', 5, lapsed), wish('1', 9)), []],
  ['one that lapsed twice', viewOf(['1'], wish('1', 5, lapsed), wish('1', 9, lapsed)), ['1']],
  ['one that was stopped by the user', viewOf(['1'], wish('1', 5, { stopped: true })), []],
])('the user is asked about %s', (_, view, expected) => {
  expect(lapsedWishes(view).map(({ order: { id } }) => id)).toEqual(expected);
});

test('where ids are counted for each symbol, of another symbol’s order with that id nobody is asked', () => {
  const { cancellations, ...view } = viewOf(['1'], wish('1', 5, lapsed));
  const [own] = Object.values(cancellations);
  if (!own) throw new Error('no wish');
  const isAsked = (venue: VenueId, symbol: string) => {
    const accounts = view.accounts.map((account) => Object.assign({}, account, { venue }));
    const lapsedAt = { ...own, ref: { ...own.ref, symbol } };
    return lapsedWishes({ ...view, accounts, cancellations: { [own.id]: lapsedAt } }).length > 0;
  };
  expect(isAsked('binance', 'BTCTRY')).toBe(true);
  expect(isAsked('binance', 'LTCBTC')).toBe(false);
  expect(isAsked('btcturk', 'LTCBTC')).toBe(true);
});

test('says how many and since when', () => {
  const view = viewOf(['1', '2'], wish('1', 0, lapsed), wish('2', 60_000, lapsed));
  const all = lapsedWishes(view);
  expect(lapsedSentence(all, 7_260_000)).toBe(
    '2 cancels were not finished: you asked for them 2 h ago, and Pullcord could not go on then.',
  );
  expect(lapsedSentence(all.slice(0, 1), 5000)).toBe(
    '1 cancel was not finished: you asked for it 5 s ago, and Pullcord could not go on then.',
  );
});
