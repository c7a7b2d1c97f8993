import type { AccountId } from '#lib/domain/account.ts';
import type { Side } from '#lib/domain/order.ts';
import type { OrderFilter } from '#lib/domain/order-filter.ts';
import type { AccountView } from '#lib/protocol/view.ts';

/** What the user has chosen beside the text in “Find order”. What is absent or undefined narrows nothing. */
export interface FilterChoice {
  readonly accountId?: AccountId | undefined;
  readonly symbol?: string | undefined;
  readonly side?: Side | undefined;
  /** Only orders older than this, in milliseconds. */
  readonly age?: number | undefined;
}

export const nothingChosen: FilterChoice = {};

/** Text and choice as one filter. `now`: Unix milliseconds, what the age counts back from. */
export function toFilter(
  text: string,
  { accountId, symbol, side, age }: FilterChoice,
  now: number,
): OrderFilter {
  return {
    ...(text.trim() !== '' && { text: text.trim() }),
    ...(accountId !== undefined && { accountId }),
    ...(symbol !== undefined && { symbol }),
    ...(side !== undefined && { side }),
    ...(age !== undefined && { placedBefore: now - age }),
  };
}

/** How many of the choices narrow the list. */
export function countChosen(choice: FilterChoice): number {
  return Object.values(choice).filter((value) => value !== undefined).length;
}

/** The choice without an account that has been removed meanwhile. */
export function keepKnown(choice: FilterChoice, accounts: readonly AccountView[]): FilterChoice {
  if (choice.accountId === undefined || accounts.some(({ id }) => id === choice.accountId))
    return choice;
  return { ...choice, accountId: undefined };
}
