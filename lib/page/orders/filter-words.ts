import { createMatcher, type OrderFilter } from '#lib/domain/order-filter.ts';
import type { FilterChoice } from './filter-choice.ts';
import type { Group, Row } from './row.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { sideWords } from '#lib/words/order-words.ts';
import { t, tCount } from '#lib/words/text.ts';

const minute = 60_000;

/** The ages that can be chosen. */
export const ages = [
  [minute, 'filter.age_minute'],
  [5 * minute, 'filter.age_minutes'],
  [60 * minute, 'filter.age_hour'],
  [24 * 60 * minute, 'filter.age_day'],
  [7 * 24 * 60 * minute, 'filter.age_week'],
] as const;

/** The symbols that can be chosen: those of the account's orders, or of all, and the one that is chosen. */
export function symbolsOf(
  groups: readonly Group[],
  { accountId, symbol }: FilterChoice,
): readonly string[] {
  const symbols = new Set(symbol === undefined ? [] : [symbol]);
  for (const group of groups) {
    if (accountId !== undefined && group.account.id !== accountId) continue;
    for (const { order } of group.rows) if (order && order.symbol !== '') symbols.add(order.symbol);
  }
  return [...symbols].toSorted();
}

/** How many orders “older than” leaves out only because their venue does not tell their age. */
export function countAgeless(
  groups: readonly Group[],
  { placedBefore, ...others }: OrderFilter,
): number {
  if (placedBefore === undefined) return 0;
  const matches = createMatcher(others, sideWords());
  const isAgeless = ({ order, kind }: Row, account: AccountView) =>
    order !== undefined &&
    order.createdAt === undefined &&
    kind === 'open' &&
    matches(order, account);
  return groups.flatMap(({ rows, waiting, account }) =>
    [...rows, ...waiting].filter((row) => isAgeless(row, account)),
  ).length;
}

/** What “older than” leaves out, as a sentence; undefined where that is nothing. */
export function agelessWords(count: number): string | undefined {
  return count === 0 ? undefined : tCount('filter.ageless', count);
}

/**
 * The filter in words, for who is about to cancel what it means: `Only buys of BTC_TRY on Main, older than 1 hour.`
 * Undefined where nothing is narrowed.
 */
export function filterWords(
  text: string,
  { accountId, symbol, side, age }: FilterChoice,
  accounts: readonly AccountView[],
): string | undefined {
  const account = accounts.find(({ id }) => id === accountId);
  const ageName = ages.find(([each]) => each === age)?.[1];
  const sought = text.trim();
  const narrowed = [
    ...(symbol ? [t('filter.part.symbol', { symbol })] : []),
    ...(account ? [t('filter.part.account', { account: account.label })] : []),
    ...(ageName ? [t('filter.part.age', { age: t(ageName) })] : []),
    ...(sought ? [t('filter.part.text', { text: sought })] : []),
  ];
  if (narrowed.length === 0 && side === undefined) return undefined;
  const parts = [t(`filter.part.${side ?? 'orders'}`), ...narrowed].toReversed();
  return t('filter.only', {
    parts: parts.reduce((rest, first) => t('filter.join', { first, rest })),
  });
}
