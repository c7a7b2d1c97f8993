import { createMatcher, type OrderFilter } from '#lib/domain/order-filter.ts';
import { ordersWords } from '#lib/words/counts.ts';
import type { FilterChoice } from './filter-choice.ts';
import type { Group, Row } from './row.ts';
import type { AccountView } from '#lib/protocol/view.ts';

const minute = 60_000;

/** The ages that can be chosen. */
export const ages: readonly (readonly [age: number, name: string])[] = [
  [minute, '1 minute'],
  [5 * minute, '5 minutes'],
  [60 * minute, '1 hour'],
  [24 * 60 * minute, '1 day'],
  [7 * 24 * 60 * minute, '1 week'],
];

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
  const matches = createMatcher(others);
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
  if (count === 0) return undefined;
  return `${ordersWords(count)} left out: the venue does not tell the age.`;
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
  const words = [
    side === undefined ? undefined : side === 'buy' ? ' buys' : ' sells',
    symbol && ` of ${symbol}`,
    account && ` on ${account.label}`,
    ageName && ` older than ${ageName}`,
    text.trim() && ` with “${text.trim()}”`,
  ].filter(Boolean);
  if (words.length === 0) return undefined;
  return `Only${side === undefined ? ' orders' : ''}${words.join('')}.`;
}
