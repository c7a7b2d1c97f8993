import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import { hasEnded } from '#lib/domain/standing.ts';
import type { View } from '#lib/protocol/view.ts';

/** The accounts whose venues could not be asked what became of a cancellation, unless they were told to wait. */
export function troubledAccounts(view: View | undefined): ReadonlySet<AccountId> {
  const troubled = Object.values<Cancellation>(view?.cancellations ?? {}).filter(
    (cancellation) =>
      !hasEnded(cancellation) &&
      cancellation.trouble !== undefined &&
      cancellation.trouble !== 'rate-limited',
  );
  return new Set(troubled.map(({ ref }) => ref.accountId));
}
