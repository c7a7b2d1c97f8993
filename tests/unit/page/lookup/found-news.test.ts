import { expect, test } from 'vitest';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import type { Decimal } from '#lib/domain/decimal.ts';
import { foundNews } from '#lib/page/lookup/found-news.ts';
import { foundRows, type Asked } from '#lib/page/lookup/found-rows.ts';
import { newsOf, type AllTold } from '#lib/page/orders/news.ts';
import { now } from '#tests/unit/support/view-world.ts';
import { accounts, byId, cancellationFor, foundOf, lookupOf } from './lookup-world.ts';

const twenty = Array.from({ length: 20 }, (_, index) => index);
const price = (index: number) => ({ price: `${index + 1}` as Decimal });
const lookup = lookupOf({
  orders: twenty.map((index) => foundOf('a', `${index}`, `${index}`, price(index))),
});

/** They end in another order than they stand in. */
const endOf = (index: number) => (index * 7) % 20;
const all = (more: (index: number) => Partial<Cancellation>) =>
  twenty.map((index) => cancellationFor(`c${index}`, 'a', `${index}`, more(index)));

function hear(
  looks: readonly { cancellations: readonly Cancellation[]; asked?: ReadonlyMap<string, Asked> }[],
): (readonly string[])[] {
  let told: AllTold | undefined;
  return looks.map(({ cancellations, asked = new Map() }) => {
    const view = { accounts, orders: {}, cancellations: byId(...cancellations), holds: {} };
    const rows = foundRows({ lookup, view, choices: new Map(), asked, shownAt: now, now });
    const news = newsOf(foundNews(rows, { holds: {}, now }), told);
    told = news.told;
    return news.sentences;
  });
}

test('of twenty that are cancelled in the window it is told once that they begin, and of each end once, as they came', () => {
  const sent = all(() => ({ state: 'sent' }));
  const ended = all((index) => ({
    state: 'cancelled',
    at: { requested: now, ended: now + endOf(index) },
  }));
  const asking = new Map(twenty.map((index) => [`a order ${index}`, { kind: 'asking' } as const]));
  const inTurn = twenty.toSorted((a, b) => endOf(a) - endOf(b));
  expect(
    hear([
      { cancellations: [] },
      { cancellations: [], asked: asking },
      { cancellations: sent },
      { cancellations: ended },
      { cancellations: ended },
    ]),
  ).toEqual([
    [],
    ['Cancelling 20 orders'],
    [],
    inTurn.map((index) => `Buy BTCTRY ${index + 1}: Cancelled`),
    [],
  ]);
});
