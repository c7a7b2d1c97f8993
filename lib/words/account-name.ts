import type { AccountId, Environment } from '#lib/domain/account.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import type { AccountView } from '#lib/protocol/view.ts';
import { t } from './text.ts';

/** The venue's name, or the account's label where the user has several there. */
export function accountName(id: AccountId, accounts: readonly AccountView[]): string {
  const account = accounts.find((each) => each.id === id);
  if (!account) return t('account.removed');
  const isOnly = accounts.filter(({ venue }) => venue === account.venue).length === 1;
  return isOnly ? venueNames[account.venue] : account.label;
}

export function environmentName(environment: Environment): string {
  return t(`environment.${environment}`);
}
