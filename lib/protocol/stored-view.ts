import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import { emptyView, type OrdersView, type View } from './view.ts';

/**
 * How the view lies in `storage.session`: for each account its orders under one key and what is said of their reading
 * under another, and each cancellation under its own, so that a step costs what it changes. Values are JSON text: the
 * browser counts a text by its length, an object by about three times that, and 10 MB is all there is; a text also goes
 * between processes several times faster.
 */
export const smallParts = [
  'vault',
  'settings',
  'accounts',
  'holds',
  'seen',
  'streams',
  'sweeps',
  'lookups',
  'damage',
  'sites',
  'destination',
] as const;
export type SmallPart = (typeof smallParts)[number];

const prefix = 'view.';
const ordersPrefix = `${prefix}orders.`;
const readingPrefix = `${prefix}reading.`;
const cancellationPrefix = `${prefix}cancellation.`;

/**
 * Names the keys of orders and cancellations that there are, and perhaps some that are gone. Reading all of the storage
 * would save it, but a page would then read the vault's key too.
 */
export const indexKey = `${prefix}index`;

/** Texts by key; undefined: taken away. */
export type ViewTexts = ReadonlyMap<string, string | undefined>;

export const partKey = (part: SmallPart) => `${prefix}${part}`;
export const ordersKey = (id: AccountId) => `${ordersPrefix}${id}`;
export const readingKey = (id: AccountId) => `${readingPrefix}${id}`;
export const cancellationKey = (id: CancellationId) => `${cancellationPrefix}${id}`;

export function isViewKey(key: string): boolean {
  return key.startsWith(prefix);
}

/** What a key stands for; undefined for the index. */
export type Place =
  | { readonly kind: 'part'; readonly part: SmallPart }
  | { readonly kind: 'orders' | 'reading'; readonly id: AccountId }
  | { readonly kind: 'cancellation'; readonly id: CancellationId };

export function placeOf(key: string): Place | undefined {
  if (key.startsWith(cancellationPrefix)) {
    return { kind: 'cancellation', id: key.slice(cancellationPrefix.length) as CancellationId };
  }
  if (key.startsWith(ordersPrefix)) {
    return { kind: 'orders', id: key.slice(ordersPrefix.length) as AccountId };
  }
  if (key.startsWith(readingPrefix)) {
    return { kind: 'reading', id: key.slice(readingPrefix.length) as AccountId };
  }
  const part = smallParts.find((each) => partKey(each) === key);
  return part && { kind: 'part', part };
}

/** The view that lies in what was read of the storage; undefined where the worker has not yet written one. */
export function viewIn(stored: Readonly<Record<string, unknown>>): View | undefined {
  if (stored[partKey('vault')] === undefined) return undefined;
  const texts = Object.entries(stored).filter(([key]) => isViewKey(key));
  return applyTexts(emptyView, new Map(texts as [string, string][]));
}

/** The view with what has changed. */
export function applyTexts(view: View, texts: ViewTexts): View {
  const parts: Record<string, unknown> = {};
  // Copied once, however many of them change.
  let orders: Record<AccountId, OrdersView> | undefined;
  let cancellations: Record<CancellationId, Cancellation> | undefined;
  for (const [key, text] of texts) {
    const place = placeOf(key);
    if (place?.kind === 'part') {
      parts[place.part] = text === undefined ? emptyView[place.part] : JSON.parse(text);
    } else if (place?.kind === 'cancellation') {
      cancellations ??= { ...view.cancellations };
      if (text === undefined) delete cancellations[place.id];
      else cancellations[place.id] = unpackCancellation(place.id, text);
    } else if (place) {
      orders ??= { ...view.orders };
      // Both are taken away together.
      if (text === undefined) delete orders[place.id];
      else orders[place.id] = withText(orders[place.id], place.kind, text);
    }
  }
  const changed = { ...parts, ...(orders && { orders }), ...(cancellations && { cancellations }) };
  return { ...view, ...changed };
}

function withText(
  known: OrdersView | undefined,
  kind: 'orders' | 'reading',
  text: string,
): OrdersView {
  if (kind === 'orders') {
    return { reading: false, ...known, orders: JSON.parse(text) as OrdersView['orders'] };
  }
  return { orders: known?.orders ?? [], ...(JSON.parse(text) as Omit<OrdersView, 'orders'>) };
}

export function packReading(view: OrdersView): string {
  const { orders: _, ...reading } = view;
  return JSON.stringify(reading);
}

/** Without what stands elsewhere: the id in the key, and the order where it is listed. */
export function packCancellation(cancellation: Cancellation, isListed: boolean): string {
  const { id: _, order, ...others } = cancellation;
  return JSON.stringify(order && !isListed ? { ...others, order } : others);
}

function unpackCancellation(id: CancellationId, text: string): Cancellation {
  return { id, ...(JSON.parse(text) as Omit<Cancellation, 'id'>) };
}
