import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import type { FoundOrder, Lookup } from '#lib/domain/lookup.ts';
import type { Order } from '#lib/domain/order.ts';
import { takenAlong } from '#lib/page/orders/attached.ts';
import { venueNames, venueTraits, type Cascades } from '#lib/domain/venue-id.ts';
import { secondsToWait } from '#lib/domain/waiting.ts';
import { stateWords } from '#lib/words/state-words.ts';
import { canAsk, cancellationOf } from './cancellation-of.ts';
import { toneOf, type Tone } from '#lib/page/tone.ts';
import { chosenAtFirst, foundKey } from './choice.ts';
import { cancellationWords, type RowWords } from '#lib/words/cancellation-words.ts';
import type { AccountView, View } from '#lib/protocol/view.ts';
import { t } from '#lib/words/text.ts';

/** A found order, as the window of its lookup shows it. */
export interface FoundRow {
  readonly key: string;
  readonly order: Order;
  /** Absent when it has been removed meanwhile. */
  readonly account: AccountView | undefined;
  /** What may go with it. */
  readonly takesAlong: Cascades | undefined;
  readonly tone: Tone;
  readonly words: RowWords;
  /** The worker has not answered yet. */
  readonly isAsking: boolean;
  readonly cancellation: Cancellation | undefined;
  /** Undefined where there is nothing left to choose. */
  readonly chosen: boolean | undefined;
}

/** What the user asked of an order in this window. Times are Unix milliseconds. */
export type Asked =
  | { readonly kind: 'asking' }
  | { readonly kind: 'answered'; readonly cancellationId: CancellationId; readonly at: number };

export interface FoundRowsInput {
  readonly lookup: Lookup;
  readonly view: Pick<View, 'accounts' | 'orders' | 'cancellations' | 'holds'>;
  /** By the rows' keys: what the user has ticked or unticked. */
  readonly choices: ReadonlyMap<string, boolean>;
  readonly asked: ReadonlyMap<string, Asked>;
  /** When the window first showed the lookup. */
  readonly shownAt: number;
  readonly now: number;
}

/** How long what was taken is shown as asked for although the view does not have it. */
const patience = 3000;

export function foundRows(input: FoundRowsInput): readonly FoundRow[] {
  const { lookup, choices } = input;
  const atFirst = chosenAtFirst(lookup);
  return lookup.orders.map((found): FoundRow => {
    const key = foundKey(found);
    const account = input.view.accounts.find(({ id }) => id === found.accountId);
    const shown = shownOf(found, account, input);
    return {
      key,
      order: found.order,
      account,
      takesAlong: takesAlong(found.order, account, input.view.orders),
      tone: shown.tone,
      words: shown.words,
      isAsking: input.asked.get(key)?.kind === 'asking',
      cancellation: shown.cancellation,
      chosen: shown.isOpen ? (choices.get(key) ?? atFirst.has(key)) : undefined,
    };
  });
}

interface Shown {
  readonly isOpen: boolean;
  readonly tone: Tone;
  readonly words: RowWords;
  readonly cancellation?: Cancellation;
}

function shownOf(
  found: FoundOrder,
  account: AccountView | undefined,
  { lookup, view, asked, shownAt, now }: FoundRowsInput,
): Shown {
  const state = asked.get(foundKey(found));
  if (state?.kind === 'asking') return underWay();
  const { accountId, order } = found;
  const target = { accountId, ids: [order.id] };
  const cancellation = cancellationOf(
    target,
    lookup,
    view.cancellations,
    state?.kind === 'answered' ? state.cancellationId : undefined,
  );
  const isTaken = lookup.stage === 'taken';
  if (cancellation) {
    return {
      isOpen: !isTaken && account !== undefined && canAsk(cancellation),
      tone: toneOf(cancellation),
      cancellation,
      words: cancellationWords(
        cancellation,
        account ? venueNames[account.venue] : t('venue.some'),
        secondsToWait(cancellation, view.holds, now),
      ),
    };
  }
  const takenAt = state?.at ?? (isTaken && lookup.orders.length === 1 ? shownAt : undefined);
  if (takenAt !== undefined) return now - takenAt > patience ? forgotten() : underWay();
  if (!account) {
    return {
      isOpen: false,
      tone: 'plain',
      words: { status: t('lookup.account_removed'), details: [] },
    };
  }
  return { isOpen: !isTaken, tone: 'plain', words: { status: '', details: [] } };
}

const underWay = (): Shown => ({
  isOpen: false,
  tone: 'busy',
  words: { status: stateWords({ state: 'requested' }), details: [] },
});

/** The view keeps a cancellation for a while only. */
const forgotten = (): Shown => ({
  isOpen: false,
  tone: 'plain',
  words: { status: t('lookup.see_history'), details: [t('lookup.was_taken')] },
});

function takesAlong(
  order: Order,
  account: AccountView | undefined,
  orders: View['orders'],
): Cascades | undefined {
  if (!account) return undefined;
  const { cascades } = venueTraits[account.venue];
  return takenAlong(cascades, order, orders[account.id]?.orders ?? []);
}
