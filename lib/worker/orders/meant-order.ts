import type { Act } from '#lib/domain/cancellation.ts';
import { refTo, type OrderRef } from '#lib/domain/order.ts';
import type { OpenAccounts } from '#lib/worker/accounts/open-accounts.ts';
import type { CancelWish } from '#lib/worker/cancel/canceller-contract.ts';
import type { OpenOrders } from './open-orders.ts';
import { cleanRef, cleanSymbol } from './typed-order.ts';

/** Which order somebody means, by what is known to be open. All throw the sentence where the account cannot be used. */
export interface MeantOrder {
  /** The wish to cancel it, with all that is known of it. */
  wish(ref: OrderRef, act: Act): CancelWish;
  /** What somebody has typed or pasted: just that where it is listed. */
  understand(typed: OrderRef): OrderRef;
  /** A symbol as somebody has typed it, where they have. */
  symbol(accountId: OrderRef['accountId'], typed: string | undefined): string | undefined;
}

export function createMeantOrder(
  accounts: Pick<OpenAccounts, 'expect'>,
  openOrders: Pick<OpenOrders, 'find' | 'known'>,
): MeantOrder {
  const venueOf = (id: OrderRef['accountId']) => accounts.expect(id).account.venue;
  return {
    wish(ref, act) {
      accounts.expect(ref.accountId);
      const order = openOrders.find(ref);
      return order
        ? { ref: { ...ref, ...refTo(ref.accountId, order) }, order, act }
        : { ref, order, act };
    },
    understand(typed) {
      const { accountId } = typed;
      const venue = venueOf(accountId);
      return openOrders.find(typed)
        ? typed
        : cleanRef(typed, venue, openOrders.known(accountId).orders);
    },
    symbol: (accountId, typed) =>
      cleanSymbol(typed, venueOf(accountId), openOrders.known(accountId).orders),
  };
}
