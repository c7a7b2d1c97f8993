import { describe, expect, test } from 'vitest';
import type { AccountId } from '#lib/domain/account.ts';
import {
  requestCancellation,
  type Cancellation,
  type CancellationId,
} from '#lib/domain/cancellation.ts';
import type { ClientOrderId, OrderId } from '#lib/domain/order.ts';
import { readHistory } from '#lib/worker/history.ts';
import { accountOf, now, orderOf } from '#tests/unit/support/view-world.ts';

const main = accountOf('a', 'btcturk', 'Main');

function past(id: string, more: Partial<Cancellation> = {}): Cancellation {
  const ref = { accountId: main.id, orderId: id as OrderId };
  return { ...requestCancellation(id as CancellationId, ref, undefined, now), ...more };
}

/** A history of which row 1 is the first. */
function historyOf(cancellations: readonly Cancellation[]) {
  const rows = cancellations.map((cancellation, index) => ({ row: index + 1, cancellation }));
  return {
    accounts: () => [main],
    nextRow: () => rows.length + 1,
    async history(
      limit: number,
      before = Infinity,
      matches: (cancellation: Cancellation) => boolean = () => true,
      from = 1,
    ) {
      return rows
        .toReversed()
        .filter(({ row }) => row < before && row >= from)
        .filter(({ cancellation }) => matches(cancellation))
        .slice(0, limit);
    },
  };
}

describe('what is sought', () => {
  const order = orderOf('ORDER-1', { symbol: 'BTC_TRY', side: 'sell' });
  const known = past('ORDER-1', { order, state: 'refused', said: ['no such right'] });
  const byClientId = past('', {
    ref: { accountId: main.id, clientOrderId: 'grid-7' as ClientOrderId },
    state: 'not-found',
    note: { code: 'id-not-borne' },
  });
  const removed = past('9', {
    ref: { accountId: 'x' as AccountId, orderId: '9' as OrderId, symbol: 'ETH/USD' },
  });
  const open = historyOf([known, byClientId, removed]);

  test.each([
    ['', ['9', '', 'ORDER-1']],
    ['  ', ['9', '', 'ORDER-1']],
    ['order-1', ['ORDER-1']],
    ['GRID', ['']],
    ['btc_try', ['ORDER-1']],
    ['btctry', ['ORDER-1']],
    ['BTC/TRY', ['ORDER-1']],
    ['ethusd', ['9']],
    ['sell', ['ORDER-1']],
    ['main', ['', 'ORDER-1']],
    ['removed account', ['9']],
    ['cancelling', ['9']],
    ['refused', ['ORDER-1']],
    ['refused right', ['ORDER-1']],
    ['not found', ['']],
    ['no open order bears', ['']],
    ['main refused sell', ['ORDER-1']],
    ['main cancelling', []],
    ['btcturk', []],
  ])('“%s”', async (text, expected) => {
    const { rows } = await readHistory(open, { text });
    expect(rows.map(({ cancellation }) => cancellation?.id)).toEqual(expected);
  });
});

describe('where it goes on', () => {
  const many = Array.from({ length: 120 }, (_, index) => past(index % 2 ? 'odd' : 'even'));

  test('page by page to the beginning', async () => {
    const open = historyOf(many);
    const first = await readHistory(open, {});
    expect([first.rows.at(0)?.row, first.rows.at(-1)?.row, first.next]).toEqual([120, 71, 71]);
    const second = await readHistory(open, { before: 71 });
    expect(second.next).toBe(21);
    const third = await readHistory(open, { before: 21 });
    expect(third.rows).toHaveLength(20);
    expect(third).not.toHaveProperty('next');
  });

  test('through what was found', async () => {
    const open = historyOf(many);
    const first = await readHistory(open, { text: 'odd' });
    expect([first.rows.length, first.next]).toEqual([50, 22]);
    const second = await readHistory(open, { text: 'odd', before: 22 });
    expect(second.rows.map(({ row }) => row)).toEqual([20, 18, 16, 14, 12, 10, 8, 6, 4, 2]);
    expect(second).not.toHaveProperty('next');
  });

  test('nowhere from a full page that ends with the first row', async () => {
    expect(await readHistory(historyOf(many.slice(0, 50)), {})).not.toHaveProperty('next');
  });
});

describe('how far one answer of a search goes', () => {
  const needle = past('needle');
  const hay = (count: number) =>
    Array.from({ length: count }, (_, index) =>
      past('hay', { at: { requested: now + index * 1000 } }),
    );

  test('so far as is soon looked through, found or not', async () => {
    const open = historyOf([needle, ...hay(4998), needle]);
    const first = await readHistory(open, { text: 'needle' });
    expect(first).toMatchObject({ newest: 5000, next: 3001, searchedTo: now + 2999 * 1000 });
    expect(first.rows.map(({ row }) => row)).toEqual([5000]);
    const second = await readHistory(open, { text: 'needle', before: first.next });
    expect(second).toMatchObject({ rows: [], newest: 3000, next: 1001 });
    const third = await readHistory(open, { text: 'needle', before: second.next });
    expect(third.rows.map(({ row }) => row)).toEqual([1]);
    expect(third).not.toHaveProperty('next');
    expect(third).not.toHaveProperty('searchedTo');
  });

  test('a page of which nothing is sought is no search', async () => {
    expect(await readHistory(historyOf(hay(60)), {})).toMatchObject({ newest: 60, next: 11 });
    expect(await readHistory(historyOf(hay(60)), {})).not.toHaveProperty('searchedTo');
  });
});

test('a row says whose it is', async () => {
  const { rows } = await readHistory(historyOf([past('1')]), {});
  expect(rows).toMatchObject([{ row: 1, accountLabel: 'Main', venueName: 'BtcTurk' }]);
});
