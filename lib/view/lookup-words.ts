import type { Lookup, LookupWish } from '#lib/domain/lookup.ts';
import { mostIds } from '#lib/domain/found-ids.ts';
import { ordersWords } from './cancel-all.ts';
import { placeWords } from './order-words.ts';
import type { AccountView } from './view.ts';

/** What the window of a lookup says beside the orders themselves. */

/** The heading over the list of orders. */
export function foundTitle({
  wish,
  orders,
  unread,
  stage,
}: Pick<Lookup, 'wish' | 'orders' | 'unread' | 'stage'>): string {
  if (wish.kind === 'newest' && orders.length === 1) {
    return unread.length === 0 ? 'Your newest order' : 'The newest order that could be read';
  }
  if (stage === 'taken') return 'The order you asked for';
  if (orders.length === 0) return `${noneBears(unread)} these ids`;
  return `${ordersWords(orders.length)} found`;
}

/** Of accounts that could not be read nothing is claimed. */
export function noneBears(unread: Lookup['unread']): string {
  return unread.length === 0 ? 'No open order bears' : 'No open order that could be read bears';
}

/** What there is to know before the user chooses. */
export function choiceWords({ wish, orders }: Pick<Lookup, 'wish' | 'orders'>): readonly string[] {
  if (wish.kind === 'ids') return [];
  if (orders.length > 1) return ['Any of these may be the newest: choose the one you mean.'];
  return orders.some(({ order }) => order.protective)
    ? ['It guards a position, so it is not chosen from the start.']
    : [];
}

/** Sentences about what could not be looked at. */
export function doubtWords(
  { wish, unread, orders }: Pick<Lookup, 'wish' | 'unread' | 'orders'>,
  accounts: readonly AccountView[],
): readonly string[] {
  const isNewest = wish.kind === 'newest' && orders.length > 0;
  const consequence = isNewest
    ? 'the newest order may be another one, there.'
    : 'an order may be open there all the same.';
  return [
    ...(wish.kind === 'ids' && wish.more ? [`Only the first ${mostIds} ids were looked at.`] : []),
    ...accounts
      .filter(({ id }) => unread.includes(id))
      .map(
        (account) =>
          `${placeWords(account)} could not be read just now, or not wholly: ${consequence}`,
      ),
  ];
}

/** What is being looked for, in a few ids. */
export function soughtWords(
  wish: LookupWish,
  most = 3,
): { readonly ids: readonly string[]; readonly more: string } {
  if (wish.kind === 'newest') return { ids: [], more: 'for the newest open order' };
  const ids = wish.ids.length <= most + 1 ? wish.ids : wish.ids.slice(0, most);
  const others = wish.ids.length - ids.length;
  return { ids, more: others > 0 ? `and ${others} more` : '' };
}

/** The text's beginning on one line, cut between characters. */
export function beginningOf(text: string, most = 120): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= most ? line : `${characters.slice(0, most).join('').trimEnd()}…`;
}
