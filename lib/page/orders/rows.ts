import type { Cancellation } from '#lib/domain/cancellation.ts';
import { hasEnded, mayBeAskedAgain, standingOf, type Standing } from '#lib/domain/standing.ts';
import type { Order } from '#lib/domain/order.ts';
import { orderKey } from '#lib/domain/order-key.ts';
import { venueTraits } from '#lib/domain/venue-id.ts';
import { inOrder } from './row-order.ts';
import { isSame, keepList } from '#lib/domain/same.ts';
import type { AccountView, EndedOrder, OrdersView, View } from '#lib/protocol/view.ts';
import type { Group, Row } from './row.ts';

/**
 * Arranges the view as the rows of the list "Open orders". A row under the pointer must be the row that was aimed
 * at, so while the list is frozen (the pointer is in it) nothing is inserted, removed or reordered.
 */

export interface ArrangeInput {
  readonly view: Pick<View, 'accounts' | 'orders' | 'cancellations'>;
  /** What stands on the screen. */
  readonly previous: readonly Group[];
  /** The pointer is in the list. */
  readonly frozen: boolean;
  /** Unix milliseconds. */
  readonly now: number;
}

/** How long a row that left stays greyed: an end that the user wished for is soon read, the others are news. */
const shortStay = 3000;
const longStay = 60_000;

const stays: Readonly<Record<Standing, number>> = {
  requested: shortStay,
  sent: shortStay,
  accepted: shortStay,
  unknown: shortStay,
  cancelled: shortStay,
  'was-cancelled': longStay,
  filled: longStay,
  'not-found': longStay,
  refused: longStay,
  stopped: longStay,
  lapsed: longStay,
  abandoned: longStay,
};

/**
 * What did not change keeps its identity, from the rows up to the whole: a page does nothing for it. With 10,000 orders
 * that is what makes each second and each step of a cancellation cheap.
 */
export function arrangeRows({ view, previous, frozen, now }: ArrangeInput): readonly Group[] {
  const accounts =
    frozen && previous.length > 0 ? previous.map(({ account }) => account) : view.accounts;
  const groups = accounts.map((shown) => {
    const account = view.accounts.find(({ id }) => id === shown.id) ?? shown;
    const before = previous.find((group) => group.account.id === account.id);
    return arrangeGroup(
      {
        account,
        reading: view.orders[account.id],
        cancellations: cancellationsOf(account, view),
        frozen: frozen && before !== undefined,
      },
      before,
      now,
    );
  });
  return keepList(previous, groups);
}

/** What the rows of a group are made from. */
interface Source {
  readonly account: AccountView;
  readonly reading: OrdersView | undefined;
  /** The account's. */
  readonly cancellations: readonly Cancellation[];
  readonly frozen: boolean;
}

/** What each group was made from, and until when (Unix ms) it would be made the same again. */
const sources = new WeakMap<Group, Source & { readonly until: number }>();

function arrangeGroup(source: Source, before: Group | undefined, now: number): Group {
  const made = before && sources.get(before);
  if (before && made && now < made.until && isSameSource(made, source)) return before;
  const { group, until } = makeGroup(source, before, now);
  const kept = before && isSameGroup(before, group) ? before : group;
  sources.set(kept, { ...source, until });
  return kept;
}

function isSameSource(a: Source, b: Source): boolean {
  return (
    a.account === b.account &&
    a.reading === b.reading &&
    a.frozen === b.frozen &&
    keepList(a.cancellations, b.cancellations) === a.cancellations
  );
}

function isSameGroup(a: Group, b: Group): boolean {
  return (
    a.account === b.account &&
    a.reading === b.reading &&
    a.openOrders === b.openOrders &&
    a.rows === b.rows &&
    a.waiting === b.waiting
  );
}

function makeGroup(
  { account, reading, cancellations, frozen }: Source,
  before: Group | undefined,
  now: number,
): { readonly group: Group; readonly until: number } {
  const rowsBefore = new Map(before?.rows.map((row) => [row.key, row]));
  const listed = reading ? listedByKey(account, reading.orders) : new Map<string, Order>();
  const newest = newestByKey(account, cancellations, rowsBefore, listed);
  const byId = new Map(cancellations.map((each) => [each.id, each]));

  const keys = new Set([...newest.keys(), ...listed.keys(), ...rowsBefore.keys()]);
  const all = [...keys].map((key) => {
    const rowBefore = rowsBefore.get(key);
    const order = knownOrder(key, listed, rowBefore);
    const cancellation =
      newest.get(key) ??
      // A row keeps its cancellation although the wish has been found to mean the order of another row.
      (rowBefore?.cancellation && byId.get(rowBefore.cancellation.id));
    if (rowBefore && isSettled(rowBefore, order, cancellation)) return rowBefore;
    const row = order
      ? listedRow(key, account, order, cancellation, rowBefore, reading?.readAt, now)
      : unlistedRow(key, account, cancellation, rowBefore, reading, now);
    return rowBefore && isSame(rowBefore, row) ? rowBefore : row;
  });
  const current = all.filter((row) => now < goneAt(row));
  const openOrders = current.filter(({ kind }) => kind === 'open').length;
  const until = current.reduce((soonest, row) => Math.min(soonest, goneAt(row)), Infinity);
  const group = { account, ...(reading && { reading }), openOrders };

  if (!frozen) {
    const rows = inOrder(current, [...listed.keys()], [...rowsBefore.keys()]);
    return { group: { ...group, rows: keepList(before?.rows, rows), waiting: none }, until };
  }
  const byKey = new Map(all.map((row) => [row.key, row]));
  const rows = [...rowsBefore.values()].map((row) => byKey.get(row.key) ?? row);
  const waiting = current.filter(({ key }) => !rowsBefore.has(key));
  return {
    group: {
      ...group,
      rows: keepList(before?.rows, rows),
      waiting: waiting.length === 0 ? none : keepList(before?.waiting, waiting),
    },
    until,
  };
}

const none: readonly never[] = [];

/** Whether the row says already what can be said. Ends are left to those who know how long they are shown. */
function isSettled(
  row: Row,
  order: Order | undefined,
  cancellation: Cancellation | undefined,
): boolean {
  return (
    order !== undefined &&
    row.order === order &&
    row.cancellation === cancellation &&
    row.kind === (cancellation ? 'cancelling' : 'open')
  );
}

/** The listed order: the very one that the row has, where it says the same, from now on too. */
function knownOrder(
  key: string,
  listed: Map<string, Order>,
  before: Row | undefined,
): Order | undefined {
  const order = listed.get(key);
  if (!order || !before?.order || order === before.order) return order;
  if (!isSame(order, before.order)) return order;
  listed.set(key, before.order);
  return before.order;
}

/** The key of an order's row. */
function keyAt(
  { id: accountId, venue }: AccountView,
  { id: orderId, symbol }: Pick<EndedOrder, 'id' | 'symbol'>,
): string {
  const ref = { accountId, orderId, ...(symbol !== undefined && { symbol }) };
  return orderKey(ref, venueTraits[venue].idsPerSymbol);
}

/** The orders of a reading by the keys of their rows, made once for each. */
const readings = new WeakMap<readonly Order[], Map<string, Order>>();

function listedByKey(account: AccountView, orders: readonly Order[]): Map<string, Order> {
  const known = readings.get(orders);
  if (known) return known;
  const listed = new Map(orders.map((order) => [keyAt(account, order), order]));
  readings.set(orders, listed);
  return listed;
}

/** The cancellations of each account, put apart once for all of them. */
const apart = new WeakMap<View['cancellations'], Map<string, Cancellation[]>>();

function cancellationsOf(
  { id }: AccountView,
  { cancellations }: ArrangeInput['view'],
): readonly Cancellation[] {
  const known =
    apart.get(cancellations) ??
    Map.groupBy(Object.values<Cancellation>(cancellations), ({ ref }) => ref.accountId as string);
  apart.set(cancellations, known);
  return known.get(id) ?? [];
}

/** Of the account's cancellations the newest for each row. */
function newestByKey(
  account: AccountView,
  cancellations: readonly Cancellation[],
  rowsBefore: ReadonlyMap<string, Row>,
  listed: ReadonlyMap<string, Order>,
): Map<string, Cancellation> {
  const newest = new Map<string, Cancellation>();
  for (const cancellation of cancellations) {
    const key = rowKey(account, cancellation, rowsBefore, listed);
    const other = newest.get(key);
    if (!other || other.at.requested <= cancellation.at.requested) newest.set(key, cancellation);
  }
  return newest;
}

/** The row that a cancellation belongs to. */
function rowKey(
  account: AccountView,
  cancellation: Cancellation,
  rowsBefore: ReadonlyMap<string, Row>,
  listed: ReadonlyMap<string, Order>,
): string {
  const { clientOrderId } = cancellation.ref;
  const orderId = cancellation.ref.orderId ?? cancellation.order?.id;
  const symbol = cancellation.ref.symbol ?? cancellation.order?.symbol;
  if (orderId !== undefined) {
    return keyAt(account, { id: orderId, ...(symbol !== undefined && { symbol }) });
  }
  for (const row of rowsBefore.values()) {
    if (row.cancellation?.id === cancellation.id) return row.key;
  }
  // Client order ids are neither unique nor used only once: a guess must not mark an order that was not meant.
  const meant = [...listed].filter(([, order]) => order.clientOrderId === clientOrderId);
  const [only] = meant;
  const isAlive = !hasEnded(cancellation) || mayBeAskedAgain(cancellation);
  return only && meant.length === 1 && isAlive ? only[0] : orderKey(cancellation.ref);
}

/** The row of an order that stands in the last reading. */
function listedRow(
  key: string,
  account: AccountView,
  order: Order,
  cancellation: Cancellation | undefined,
  before: Row | undefined,
  readAt: number | undefined,
  now: number,
): Row {
  const row = { key, ref: { accountId: account.id, orderId: order.id }, order };
  if (!cancellation) return { ...row, kind: 'open' };
  if (!hasEnded(cancellation)) return { ...row, cancellation, kind: 'cancelling' };
  if (mayBeAskedAgain(cancellation)) return { ...row, cancellation, kind: 'open' };
  const endedAt = endOf(cancellation);
  // A reading asked for well after the end still lists it: the venue's latest word counts, the order can be cancelled.
  if (readAt !== undefined && readAt > endedAt + shortStay) return { ...row, kind: 'open' };
  return { ...row, cancellation, kind: 'left', leftAt: leftAt(before, endedAt, now) };
}

/** The row of an order that does not, or no longer, stand in the last reading. */
function unlistedRow(
  key: string,
  account: AccountView,
  found: Cancellation | undefined,
  before: Row | undefined,
  reading: OrdersView | undefined,
  now: number,
): Row {
  const ended = endedByKey(account, reading?.ended ?? none).get(key) ?? before?.ended;
  const known = found ?? before?.cancellation;
  // What came to nothing was not what ended it.
  const cancellation = ended && known && mayBeAskedAgain(known) ? undefined : known;
  const order = known?.order ?? before?.order;
  const row: Omit<Row, 'kind'> = {
    key,
    ref: before?.ref ?? cancellation?.ref ?? { accountId: account.id },
    ...(order && { order }),
    ...(cancellation && { cancellation }),
  };
  if (found && !hasEnded(found)) return { ...row, kind: 'cancelling' };
  const endedAt = cancellation && hasEnded(cancellation) ? endOf(cancellation) : now;
  const left = { ...row, kind: 'left', leftAt: leftAt(before, endedAt, now) } as const;
  if (ended && !cancellation) return { ...left, ended };
  return { ...left, ...(reading?.unreadable && { mayBeOpen: true as const }) };
}

/** How orders ended lately, by the keys of their rows, made once for each list of them. */
const ends = new WeakMap<readonly EndedOrder[], ReadonlyMap<string, EndedOrder>>();

function endedByKey(
  account: AccountView,
  all: readonly EndedOrder[],
): ReadonlyMap<string, EndedOrder> {
  const known = ends.get(all) ?? new Map(all.map((each) => [keyAt(account, each), each]));
  ends.set(all, known);
  return known;
}

function endOf({ at }: Cancellation): number {
  return at.ended ?? at.requested;
}

/** A row that leaves before the user's eyes has left now, whatever the clocks say. */
function leftAt(before: Row | undefined, endedAt: number, now: number): number {
  return before ? (before.leftAt ?? now) : endedAt;
}

/** When the row has been shown long enough since it left; never for one that has not left. */
function goneAt({ kind, leftAt: since, cancellation, ended }: Row): number {
  if (kind !== 'left' || since === undefined) return Infinity;
  if (cancellation) return since + stays[standingOf(cancellation)];
  return since + (ended ? longStay : shortStay);
}
