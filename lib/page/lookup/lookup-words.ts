import type { FoundOrder, Lookup, LookupWish, Unseen } from '#lib/domain/lookup.ts';
import { mostIds } from '#lib/domain/id-collection.ts';
import { ordersWords } from '#lib/words/counts.ts';
import { placeWords } from '#lib/words/order-words.ts';
import type { AccountView } from '#lib/protocol/view.ts';

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
  if (wish.kind === 'ids') return [...unseenWords(wish.unseen, orders), ...doubtfulWords(orders)];
  const isAhead = orders.some(({ doubt }) => doubt === 'future');
  if (orders.length > 1) {
    return [
      ...(isAhead ? [`A time among them has not come yet: ${aClockIsWrong}`] : []),
      'Any of these may be the newest: choose the one you mean.',
    ];
  }
  if (isAhead) return [`The time its venue tells has not come yet: ${aClockIsWrong}`];
  return orders.some(({ order }) => order.protective)
    ? ['It guards a position, so it is not chosen from the start.']
    : [];
}

const aClockIsWrong = 'the venue’s clock or this computer’s is wrong.';

/** Why an order that was named beyond doubt was not cancelled at once. */
function unseenWords(unseen: Unseen | undefined, orders: Lookup['orders']): readonly string[] {
  if (unseen === undefined || orders.length === 0) return [];
  return unseen === 'selection'
    ? ['You could not see all of this text in the menu, so nothing was sent yet.']
    : ['A page can change where a link leads, so nothing was sent yet.'];
}

function doubtfulWords(orders: Lookup['orders']): readonly string[] {
  const isOne = orders.length === 1;
  const has = (sought: NonNullable<FoundOrder['doubt']>) =>
    orders.some(({ doubt }) => doubt === sought);
  return [
    has('piece') &&
      (isOne
        ? 'It bears only a piece of what may be another id, so it is not chosen from the start.'
        : 'Orders that bear only a piece of what may be another id are not chosen from the start.'),
    has('short') &&
      (isOne
        ? 'It was found by a number or a short word that may mean something else there, so it is not chosen from the start.'
        : 'Orders found by a number or a short word that may mean something else there are not chosen from the start.'),
  ].filter((sentence) => sentence !== false);
}

/** A page can write as much as it likes. */
const mostShown = 3;
const longestShown = 60;

/** What stands in the text and is no id that could be looked for; a page wrote it. */
export function oddWords(
  wish: LookupWish,
): readonly { readonly text: string; readonly words: string }[] {
  if (wish.kind === 'newest') return [];
  const all = [
    ...(wish.doubtful ?? []).map((text) => ({
      text: beginningOf(text, longestShown),
      words: 'looks like an order id, but Pullcord does not understand it.',
    })),
    ...(wish.rounded ?? []).map((text) => ({
      text,
      words:
        'is a number that a sheet has rounded: if it is an order id, its last digits are missing.',
    })),
  ];
  return all.slice(0, mostShown);
}

/** What to do where nothing else was found than that. */
export function oddAdvice(wish: LookupWish): { readonly title: string; readonly advice: string } {
  const isRounded = wish.kind === 'ids' && (wish.doubtful ?? []).length === 0;
  return isRounded
    ? {
        title: 'The sheet has rounded the id',
        advice:
          'Format the cell as text or as a whole number, paste the id into it anew, and try again.',
      }
    : {
        title: 'An id that Pullcord does not understand',
        advice: 'Copy the id where the venue itself shows it, or use “Cancel by id” in the popup.',
      };
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

const mostNamed = 3;

/** What is being looked for, in a few ids. */
export function soughtWords(wish: LookupWish): {
  readonly ids: readonly string[];
  readonly more: string;
} {
  if (wish.kind === 'newest') return { ids: [], more: 'for the newest open order' };
  const ids = wish.ids.length <= mostNamed + 1 ? wish.ids : wish.ids.slice(0, mostNamed);
  const others = wish.ids.length - ids.length;
  return { ids, more: others > 0 ? `and ${others} more` : '' };
}

/** The text's beginning on one line, cut between characters. */
export function beginningOf(text: string, most = 120): string {
  const line = text.replace(/\s+/g, ' ').trim();
  const characters = Array.from(line);
  return characters.length <= most ? line : `${characters.slice(0, most).join('').trimEnd()}…`;
}
