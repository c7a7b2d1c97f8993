import type { AccountId } from './account.ts';
import { cleanId } from './clean-id.ts';
import { foldWord } from './fold-word.ts';
import type { ClientOrderId, OrderId, Side } from './order.ts';
import { plainSigns } from './plain-signs.ts';

/** Which open orders are meant: what the popup's list is narrowed to, and what “Cancel all” keeps to. */
export interface OrderFilter {
  /** Words of which each must be found in an id, the symbol, the side, in English or as it is shown, or the account's label. */
  readonly text?: string;
  readonly accountId?: AccountId;
  /** As the venue writes it. */
  readonly symbol?: string;
  readonly side?: Side;
  /** Only orders placed before this, Unix milliseconds; orders of which the venue tells no time are then not meant. */
  readonly placedBefore?: number;
}

/** What a filter looks at. An order of which only an id is known has nothing else. */
export interface Filterable {
  readonly id?: OrderId | undefined;
  readonly clientOrderId?: ClientOrderId | undefined;
  readonly symbol?: string;
  readonly side?: Side;
  readonly createdAt?: number;
}

/** What the sides are called on the screen. */
export type SideWords = Readonly<Record<Side, string>>;

/** A test for orders, made once for many of them. */
export function createMatcher(
  filter: OrderFilter,
  sideWords: SideWords,
): (order: Filterable, account: { readonly id: AccountId; readonly label: string }) => boolean {
  const { accountId, symbol, side, placedBefore } = filter;
  const hasWords = createWordTest(filter.text ?? '');
  const sides = { buy: foldWord(sideWords.buy), sell: foldWord(sideWords.sell) };
  const labels = new Map<string, string>();
  const folded = (label: string) => {
    const known = labels.get(label) ?? foldWord(label);
    labels.set(label, known);
    return known;
  };
  return (order, account) =>
    (accountId === undefined || account.id === accountId) &&
    (symbol === undefined || order.symbol === symbol) &&
    (side === undefined || order.side === side) &&
    (placedBefore === undefined || (order.createdAt ?? Infinity) < placedBefore) &&
    hasWords(soughtOf(order), folded(account.label), order.side && sides[order.side]);
}

/** What words are looked for in. */
interface Sought {
  readonly text: string;
  /** As people type it. */
  readonly symbol: string;
}

const sought = new WeakMap<Filterable, Sought>();

/** Made once for each order: with every key that is typed all of them are looked at, and there may be 10,000. */
function soughtOf(order: Filterable): Sought {
  const known = sought.get(order);
  if (known) return known;
  const made = soughtIn([order.id, order.clientOrderId, order.symbol, order.side], order.symbol);
  sought.set(order, made);
  return made;
}

function soughtIn(texts: readonly (string | undefined)[], symbol = ''): Sought {
  // No word has a line break, so none is found where one text ends and the next begins.
  return { text: foldWord(texts.join('\n')), symbol: plain(symbol) };
}

/** A test whether each word of a text is in one of several texts; in the symbol also where it is written otherwise. */
export function createTextMatcher(
  text: string,
): (texts: readonly (string | undefined)[], symbol: string | undefined) => boolean {
  const hasWords = createWordTest(text);
  return (texts, symbol) => hasWords(soughtIn(texts, symbol));
}

function createWordTest(text: string): (sought: Sought, label?: string, side?: string) => boolean {
  const readings = readingsOf(text).map((words) =>
    words.map((word) => ({ word: foldWord(word) || word, plainWord: plain(word) })),
  );
  return (from, label = '', side = '') =>
    readings.some((words) =>
      words.every(
        ({ word, plainWord }) =>
          from.text.includes(word) ||
          side.includes(word) ||
          label.includes(word) ||
          (plainWord !== '' && from.symbol.includes(plainWord)),
      ),
    );
}

/** What is left of less than that when cleaned is in too many texts: “#7” means what bears just that. */
const leastCleaned = 3;

/**
 * The words that a text may mean: as they stand, each of them cleaned as an id is, and all of them as one id, since a
 * thousands separator may be a space. Mostly these are the same.
 */
function readingsOf(text: string): readonly (readonly string[])[] {
  const asTyped = wordsOf(text);
  const cleaned = wordsOf(plainSigns(text)).map((word) => {
    const clean = cleanId(word);
    return clean.length < leastCleaned ? word : clean;
  });
  const whole = wordsOf(cleanId(text));
  const isOne = whole.length === 1 && (whole[0]?.length ?? 0) >= leastCleaned;
  const readings = [asTyped, cleaned, ...(isOne ? [whole] : [])];
  return [...new Map(readings.map((words) => [words.join(' '), words])).values()];
}

function wordsOf(text: string): string[] {
  // Each once: in a long text that is pasted there are few.
  return [...new Set(text.toLowerCase().split(/\s+/).filter(Boolean))];
}

export function isEmptyFilter({ text, ...others }: OrderFilter): boolean {
  return !text?.trim() && Object.values(others).every((value) => value === undefined);
}

/** A symbol as people type it: `BTC_TRY`, `btc/try` and `BTC-TRY` are the same. */
function plain(symbol: string): string {
  return foldWord(symbol).replace(/[_\-/]/g, '');
}
