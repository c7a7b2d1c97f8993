import type { Account } from '#lib/domain/account.ts';
import type { Order } from '#lib/domain/order.ts';
import { venueNames } from '#lib/domain/venue-id.ts';

/** An order in one line of plain text, for places that show nothing else: `buy 0.5 BTCTRY at 4150000`. */
export function orderWords({ side, quantity, symbol, price, stopPrice }: Order): string {
  const what = [side, quantity, symbol].filter(Boolean).join(' ');
  const at = price ?? stopPrice;
  return at === undefined ? what : `${what} at ${at}`;
}

/** `Turkish lira (BtcTurk)`, or the venue's name alone where the account is called so. */
export function placeWords({ label, venue }: Pick<Account, 'label' | 'venue'>): string {
  const venueName = venueNames[venue];
  return label === venueName ? label : `${label} (${venueName})`;
}
