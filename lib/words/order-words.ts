import type { Account } from '#lib/domain/account.ts';
import { isAtMarketPrice, type Order } from '#lib/domain/order.ts';
import type { SideWords } from '#lib/domain/order-filter.ts';
import { venueNames } from '#lib/domain/venue-id.ts';
import { t } from './text.ts';

/** An order in one line of plain text, for places that show nothing else: `buy 0.5 BTCTRY at 4150000`. */
export function orderWords({ side, quantity, symbol, price, stopPrice }: Order): string {
  const what = [side && t(`order.${side}`), quantity, symbol].filter(Boolean).join(' ');
  const at = price ?? stopPrice;
  return at === undefined ? what : t('order.line_at', { what, price: at });
}

/** As rows show them: the words by which people look for them. */
export function sideWords(): SideWords {
  return { buy: t('order.side_buy'), sell: t('order.side_sell') };
}

/** What the order waits for: `4150000`, or `market`. */
export function priceWords(order: Order): string {
  return order.price ?? t(isAtMarketPrice(order) ? 'order.market' : 'order.price_unknown');
}

/** How much is left of how much, as far as the venue tells it in a form that can be read: never 0 for what is not known. */
export function amountWords({ remaining, quantity }: Order): {
  readonly short: string;
  readonly long: string;
} {
  if (remaining !== undefined && quantity !== undefined) {
    return {
      short: `${remaining} / ${quantity}`,
      long: t('order.remaining_of', { remaining, quantity }),
    };
  }
  if (remaining !== undefined) {
    return { short: t('order.left', { remaining }), long: t('order.remaining', { remaining }) };
  }
  return quantity === undefined
    ? { short: t('order.amount_unknown'), long: t('order.amount_untold') }
    : { short: t('order.of', { quantity }), long: t('order.of_unknown', { quantity }) };
}

/** `Turkish lira (BtcTurk)`, or the venue's name alone where the account is called so. */
export function placeWords({ label, venue }: Pick<Account, 'label' | 'venue'>): string {
  const venueName = venueNames[venue];
  return label === venueName ? label : `${label} (${venueName})`;
}
