import { cleanId } from '#lib/domain/clean-id.ts';
import type { ClientOrderId, Order, OrderRef } from '#lib/domain/order.ts';
import { listedSymbol } from '#lib/domain/symbol.ts';
import { UserError } from '#lib/domain/user-error.ts';
import type { VenueId } from '#lib/domain/venue-id.ts';
import { abouts } from '#lib/venues/abouts.ts';
import { bounds } from '#lib/venues/bounds.ts';
import { orderIdAt } from '#lib/venues/order-id-at.ts';
import { symbolAt } from '#lib/venues/symbol-at.ts';
import { t } from '#lib/words/text.ts';

/** What was typed or pasted of an order that is not listed just so; `orders`: the account's open ones. */
export function cleanRef(ref: OrderRef, venue: VenueId, orders: readonly Order[]): OrderRef {
  const { accountId, orderId, clientOrderId } = ref;
  const id = cleanId(orderId ?? clientOrderId ?? '');
  if (id === '') throw noId();
  if (id.length > bounds.id) {
    throw new UserError('long-id', t('error.long_id'), 'id');
  }
  const { refusedIds } = abouts[venue];
  if (refusedIds?.form.test(id)) {
    throw new UserError('no-single-order', t(refusedIds.why, { id }), 'id');
  }
  const symbol = cleanSymbol(ref.symbol, venue, orders);
  const known = symbol === undefined ? {} : { symbol };
  return orderId === undefined
    ? { accountId, clientOrderId: id as ClientOrderId, ...known }
    : { accountId, orderId: orderIdAt(venue, id), ...known };
}

/** A symbol as the account's open orders have it, else in the venue's own form; undefined where nothing is left. */
export function cleanSymbol(
  typed: string | undefined,
  venue: VenueId,
  orders: readonly Order[],
): string | undefined {
  const symbol = cleanId(typed ?? '');
  if (symbol === '') return undefined;
  if (symbol.length > bounds.symbol) {
    throw new UserError('long-symbol', t('error.long_symbol'), 'symbol');
  }
  const listed = orders.map((order) => order.symbol);
  return listedSymbol(symbol, listed) ?? symbolAt(venue, symbol);
}

export function noId(): UserError {
  return new UserError('no-id', t('error.no_id'), 'id');
}
