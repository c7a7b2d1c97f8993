import { findIds } from '#lib/domain/found-ids.ts';
import { idKey } from '#lib/domain/id-shapes.ts';
import { createMatcher } from '#lib/domain/order-filter.ts';
import type { Order } from '#lib/domain/order.ts';
import { countWords } from '#lib/words/counts.ts';
import { withCommas } from '#lib/words/list-words.ts';
import { orderWords, placeWords, sideWords } from '#lib/words/order-words.ts';
import type { View } from '#lib/protocol/view.ts';
import { t } from '#lib/words/text.ts';

/** An open order that the address bar suggests. */
export interface Suggestion {
  readonly id: string;
  /** `buy 0.5 BTCTRY at 4150000, Turkish lira (BtcTurk)`. */
  readonly details: string;
}

/** What stands in the address bar's first line, which takes the text as it was typed. */
export interface Suggestions {
  readonly first: string;
  readonly orders: readonly Suggestion[];
}

/** The browser shows no more. */
const most = 5;
/** The browser is handed no more of what was typed, in characters: at each key it would cost as much as a page. */
const mostShown = 200;
export const allWord = 'all';

/** The open orders that fit what has been typed behind the keyword, newest first. */
export function suggest(text: string, view: View): Suggestions {
  const typed = text.trim();
  if (view.vault.state !== 'unlocked') {
    return { first: t('address_bar.locked'), orders: [] };
  }
  if (typed.toLowerCase() === allWord) {
    return { first: t('address_bar.all'), orders: [] };
  }
  const matches = createMatcher(typed === '' ? {} : { text: typed }, sideWords());
  const found = view.accounts.flatMap((account) =>
    (view.orders[account.id]?.orders ?? [])
      .filter((order) => matches(order, account))
      .map((order) => ({ order, account })),
  );
  const byId = Map.groupBy(
    found.toSorted((a, b) => (b.order.createdAt ?? 0) - (a.order.createdAt ?? 0)),
    ({ order }) => idKey(order.id),
  );
  const orders = [...byId.values()].slice(0, most).map(([first, ...others]) => ({
    id: first?.order.id ?? '',
    details:
      first && others.length === 0
        ? detailsOf(first.order, first.account)
        : severalWords(others.length + 1),
  }));
  const exact = found.filter(({ order }) => isNamed(order, typed));
  return {
    first: firstLine(
      typed,
      exact.map(({ order, account }) => detailsOf(order, account)),
      found.length,
      view.accounts.reduce((sum, { id }) => sum + (view.orders[id]?.unreadable ?? 0), 0),
    ),
    orders,
  };
}

function firstLine(
  typed: string,
  exact: readonly string[],
  count: number,
  unreadable: number,
): string {
  if (typed === '') {
    return t('address_bar.type', { all: allWord, orders: countWords(count, unreadable) });
  }
  // The browser leaves out a suggestion that is what has been typed.
  const [details, ...others] = exact;
  if (details !== undefined) {
    return t('address_bar.cancel_details', {
      id: typed,
      details: others.length === 0 ? details : severalWords(exact.length),
    });
  }
  if (findIds(typed).ids.length > 0) {
    return typed.length > mostShown
      ? t('address_bar.cancel_text')
      : t('address_bar.cancel', { id: typed });
  }
  if (count > 0) return t('address_bar.choose');
  return t('address_bar.none', {
    text: typed.length > mostShown ? `${typed.slice(0, mostShown)}…` : typed,
  });
}

function severalWords(count: number): string {
  return t('address_bar.several', { n: count });
}

function isNamed({ id, clientOrderId }: Order, typed: string): boolean {
  const key = idKey(typed);
  return [id, clientOrderId].some((each) => each !== undefined && idKey(each) === key);
}

function detailsOf(order: Order, account: View['accounts'][number]): string {
  const what = withCommas([orderWords(order), placeWords(account)]);
  return order.protective ? t('order.protective_then', { what }) : what;
}
