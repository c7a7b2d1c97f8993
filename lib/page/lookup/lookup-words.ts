import type { FoundOrder, Lookup, LookupWish, Unseen } from '#lib/domain/lookup.ts';
import { mostIds } from '#lib/domain/id-collection.ts';
import { placeWords } from '#lib/words/order-words.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { t, tCount } from '#lib/words/text.ts';

/** What the window of a lookup says beside the orders themselves. */

/** The heading over the list of orders. */
export function foundTitle({
  wish,
  orders,
  unread,
  stage,
}: Pick<Lookup, 'wish' | 'orders' | 'unread' | 'stage'>): string {
  const isAllRead = unread.length === 0;
  if (wish.kind === 'newest' && orders.length === 1) {
    return t(isAllRead ? 'lookup.your_newest' : 'lookup.newest_readable');
  }
  if (stage === 'taken') return t('lookup.asked_for');
  if (orders.length > 0) return tCount('lookup.found', orders.length);
  return t(isAllRead ? 'lookup.none_bears_these' : 'lookup.none_readable_bears_these');
}

/** The message that no open order bears an id. Of accounts that could not be read nothing is claimed. */
export function noneBears(unread: Lookup['unread']) {
  return unread.length === 0 ? 'lookup.none_bears' : 'lookup.none_readable_bears';
}

/** What there is to know before the user chooses. */
export function choiceWords({ wish, orders }: Pick<Lookup, 'wish' | 'orders'>): readonly string[] {
  if (wish.kind === 'ids') return [...unseenWords(wish.unseen, orders), ...doubtfulWords(orders)];
  const isAhead = orders.some(({ doubt }) => doubt === 'future');
  if (orders.length > 1) {
    return [...(isAhead ? [t('lookup.time_ahead_among')] : []), t('lookup.any_may_be_newest')];
  }
  if (isAhead) return [t('lookup.time_ahead')];
  return orders.some(({ order }) => order.protective) ? [t('lookup.guards')] : [];
}

/** Why an order that was named beyond doubt was not cancelled at once. */
function unseenWords(unseen: Unseen | undefined, orders: Lookup['orders']): readonly string[] {
  if (unseen === undefined || orders.length === 0) return [];
  return [t(unseen === 'selection' ? 'lookup.unseen_selection' : 'lookup.unseen_link')];
}

function doubtfulWords(orders: Lookup['orders']): readonly string[] {
  const has = (sought: NonNullable<FoundOrder['doubt']>) =>
    orders.some(({ doubt }) => doubt === sought);
  return [
    ...(has('piece') ? [tCount('lookup.piece', orders.length)] : []),
    ...(has('short') ? [tCount('lookup.short', orders.length)] : []),
  ];
}

/** A page can write as much as it likes. */
const mostShown = 3;
const longestShown = 60;

/** What stands in the text and is no id that could be looked for; a page wrote it. The key's message has it in quotes. */
export function oddWords(wish: LookupWish): readonly {
  readonly text: string;
  readonly key: 'lookup.odd.doubtful' | 'lookup.odd.rounded';
}[] {
  if (wish.kind === 'newest') return [];
  const all = [
    ...(wish.doubtful ?? []).map((text) => ({
      text: beginningOf(text, longestShown),
      key: 'lookup.odd.doubtful' as const,
    })),
    ...(wish.rounded ?? []).map((text) => ({ text, key: 'lookup.odd.rounded' as const })),
  ];
  return all.slice(0, mostShown);
}

/** What to do where nothing else was found than that. */
export function oddAdvice(wish: LookupWish): { readonly title: string; readonly advice: string } {
  const isRounded = wish.kind === 'ids' && (wish.doubtful ?? []).length === 0;
  const odd = isRounded ? 'rounded' : 'doubtful';
  return { title: t(`lookup.odd.${odd}_title`), advice: t(`lookup.odd.${odd}_advice`) };
}

/** Sentences about what could not be looked at. */
export function doubtWords(
  { wish, unread, orders }: Pick<Lookup, 'wish' | 'unread' | 'orders'>,
  accounts: readonly AccountView[],
): readonly string[] {
  const isNewest = wish.kind === 'newest' && orders.length > 0;
  return [
    ...(wish.kind === 'ids' && wish.more ? [t('lookup.first_ids', { n: mostIds })] : []),
    ...accounts
      .filter(({ id }) => unread.includes(id))
      .map((account) =>
        t(isNewest ? 'lookup.unread_newest' : 'lookup.unread_any', { place: placeWords(account) }),
      ),
  ];
}

const mostNamed = 3;

/** What is being looked for, in a few ids. */
export function soughtWords(wish: LookupWish): {
  readonly ids: readonly string[];
  readonly more: string;
} {
  if (wish.kind === 'newest') return { ids: [], more: t('lookup.for_newest') };
  const ids = wish.ids.length <= mostNamed + 1 ? wish.ids : wish.ids.slice(0, mostNamed);
  const others = wish.ids.length - ids.length;
  return { ids, more: others > 0 ? t('lookup.and_more', { n: others }) : '' };
}

/** The text's beginning on one line, cut between characters. */
export function beginningOf(text: string, most = 120): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= most ? line : `${characters.slice(0, most).join('').trimEnd()}…`;
}
