import { hasEnded, type Cancellation } from '#lib/domain/cancellation.ts';
import type { Order, OrderRef } from '#lib/domain/order.ts';
import type { AccountView, OrdersView, View } from './view.ts';

/**
 * Arranges the view as the rows of the list "Open orders". A row under the pointer must be the row that was aimed
 * at, so while the list is frozen (the pointer is in it) nothing is inserted, removed or reordered.
 */

/**
 * - `open`: the venue lists it and nothing is under way, it can be cancelled (again);
 * - `cancelling`: a cancellation is under way;
 * - `left`: it has ended or is no longer listed; shown greyed for a while.
 */
type Standing = 'open' | 'cancelling' | 'left';

export interface Row {
  readonly key: string;
  readonly ref: OrderRef;
  /** Absent for a cancellation by an id of which nothing else is known. */
  readonly order?: Order;
  /** The newest cancellation of the order. */
  readonly cancellation?: Cancellation;
  readonly standing: Standing;
  /** When it left, Unix ms; only with standing `left`. */
  readonly leftAt?: number;
}

export interface Group {
  readonly account: AccountView;
  /** Absent before the account was first read. */
  readonly reading?: OrdersView;
  /** How many orders can be cancelled, whether or not they are among the rows. */
  readonly openOrders: number;
  readonly rows: readonly Row[];
  /** Rows that are kept back until the list thaws. */
  readonly waiting: readonly Row[];
}

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

export function arrangeRows({ view, previous, frozen, now }: ArrangeInput): readonly Group[] {
  const accounts =
    frozen && previous.length > 0 ? previous.map(({ account }) => account) : view.accounts;
  return accounts.map((shown) => {
    const account = view.accounts.find(({ id }) => id === shown.id) ?? shown;
    const before = previous.find((group) => group.account.id === account.id);
    return arrangeGroup(account, view, before, frozen && before !== undefined, now);
  });
}

function arrangeGroup(
  account: AccountView,
  view: ArrangeInput['view'],
  before: Group | undefined,
  frozen: boolean,
  now: number,
): Group {
  const reading = view.orders[account.id];
  const rowsBefore = new Map(before?.rows.map((row) => [row.key, row]));
  const listed = new Map(
    reading?.orders.map((order) => [keyOf({ accountId: account.id, orderId: order.id }), order]),
  );
  const cancellations = newestByKey(account, view, rowsBefore, listed);

  const keys = new Set([...cancellations.keys(), ...listed.keys(), ...rowsBefore.keys()]);
  const all = [...keys].map((key) => {
    const rowBefore = rowsBefore.get(key);
    const order = listed.get(key);
    const cancellation =
      cancellations.get(key) ??
      // A row keeps its cancellation although the wish has been found to mean the order of another row.
      (rowBefore?.cancellation && view.cancellations[rowBefore.cancellation.id]);
    return order
      ? listedRow(key, account, order, cancellation, rowBefore, reading?.readAt, now)
      : unlistedRow(key, account, cancellation, rowBefore, now);
  });
  const current = all.filter((row) => !hasStayed(row, now));
  const openOrders = current.filter(({ standing }) => standing === 'open').length;
  const group = { account, ...(reading && { reading }), openOrders };

  if (!frozen) {
    return {
      ...group,
      rows: inOrder(current, [...listed.keys()], [...rowsBefore.keys()]),
      waiting: [],
    };
  }
  const byKey = new Map(all.map((row) => [row.key, row]));
  return {
    ...group,
    rows: [...rowsBefore.values()].map((row) => byKey.get(row.key) ?? row),
    waiting: current.filter(({ key }) => !rowsBefore.has(key)),
  };
}

/** Names the row of an order. An order id and a client order id of the same text are two rows. */
export function keyOf({ accountId, orderId, clientOrderId }: OrderRef): string {
  return orderId === undefined
    ? `${accountId} client ${clientOrderId}`
    : `${accountId} order ${orderId}`;
}

/** Of the account's cancellations the newest for each row. */
function newestByKey(
  account: AccountView,
  view: ArrangeInput['view'],
  rowsBefore: ReadonlyMap<string, Row>,
  listed: ReadonlyMap<string, Order>,
): Map<string, Cancellation> {
  const newest = new Map<string, Cancellation>();
  for (const cancellation of Object.values(view.cancellations)) {
    if (cancellation.ref.accountId !== account.id) continue;
    const key = rowKey(cancellation, rowsBefore, listed);
    const other = newest.get(key);
    if (!other || other.at.requested <= cancellation.at.requested) newest.set(key, cancellation);
  }
  return newest;
}

/** The row that a cancellation belongs to. */
function rowKey(
  cancellation: Cancellation,
  rowsBefore: ReadonlyMap<string, Row>,
  listed: ReadonlyMap<string, Order>,
): string {
  const { accountId, clientOrderId } = cancellation.ref;
  const orderId = cancellation.ref.orderId ?? cancellation.order?.id;
  if (orderId !== undefined) return keyOf({ accountId, orderId });
  for (const row of rowsBefore.values()) {
    if (row.cancellation?.id === cancellation.id) return row.key;
  }
  // Client order ids are neither unique nor used only once: a guess must not mark an order that was not meant.
  const meant = [...listed].filter(([, order]) => order.clientOrderId === clientOrderId);
  const [only] = meant;
  const isAlive = !hasEnded(cancellation) || cancellation.state === 'refused';
  return only && meant.length === 1 && isAlive ? only[0] : keyOf(cancellation.ref);
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
  if (!cancellation) return { ...row, standing: 'open' };
  if (!hasEnded(cancellation)) return { ...row, cancellation, standing: 'cancelling' };
  if (cancellation.state === 'refused') return { ...row, cancellation, standing: 'open' };
  const endedAt = endOf(cancellation);
  // A reading asked for well after the end still lists it: the venue's latest word counts, the order can be cancelled.
  if (readAt !== undefined && readAt > endedAt + shortStay) return { ...row, standing: 'open' };
  return { ...row, cancellation, standing: 'left', leftAt: leftAt(before, endedAt, now) };
}

/** The row of an order that does not, or no longer, stand in the last reading. */
function unlistedRow(
  key: string,
  account: AccountView,
  found: Cancellation | undefined,
  before: Row | undefined,
  now: number,
): Row {
  const cancellation = found ?? before?.cancellation;
  const order = cancellation?.order ?? before?.order;
  const row: Omit<Row, 'standing'> = {
    key,
    ref: before?.ref ?? cancellation?.ref ?? { accountId: account.id },
    ...(order && { order }),
    ...(cancellation && { cancellation }),
  };
  if (found && !hasEnded(found)) return { ...row, standing: 'cancelling' };
  const endedAt = cancellation && hasEnded(cancellation) ? endOf(cancellation) : now;
  return { ...row, standing: 'left', leftAt: leftAt(before, endedAt, now) };
}

function endOf({ at }: Cancellation): number {
  return at.ended ?? at.requested;
}

/** A row that leaves before the user's eyes has left now, whatever the clocks say. */
function leftAt(before: Row | undefined, endedAt: number, now: number): number {
  return before ? (before.leftAt ?? now) : endedAt;
}

/** Whether the row has been shown long enough since it left. */
function hasStayed({ standing, leftAt: since, cancellation }: Row, now: number): boolean {
  if (standing !== 'left' || since === undefined) return false;
  const isNews =
    cancellation !== undefined && hasEnded(cancellation) && cancellation.state !== 'cancelled';
  return now >= since + (isNews ? longStay : shortStay);
}

/** Newest first; those without a time in the venue's order, and where they were once they are no longer listed. */
function inOrder(
  rows: readonly Row[],
  venueOrder: readonly string[],
  orderBefore: readonly string[],
): readonly Row[] {
  const dated = rows.filter((row) => timeOf(row) !== undefined);
  dated.sort((a, b) => (timeOf(b) ?? 0) - (timeOf(a) ?? 0) || (a.key < b.key ? -1 : 1));
  const undated = rows.filter((row) => timeOf(row) === undefined);
  const places = new Map(venueOrder.map((key, index) => [key, index]));
  const isListed = ({ key }: Row) => places.has(key);
  const listed = undated.filter(isListed);
  listed.sort((a, b) => (places.get(a.key) ?? 0) - (places.get(b.key) ?? 0));

  const arranged = [...dated, ...listed];
  for (const row of undated.filter((each) => !isListed(each))) {
    const place = orderBefore.indexOf(row.key);
    const above = new Set(orderBefore.slice(0, Math.max(place, 0)));
    arranged.splice(arranged.findLastIndex(({ key }) => above.has(key)) + 1, 0, row);
  }
  return arranged;
}

/** What a row is sorted by: the order's age, or that of the wish where no order is known. */
function timeOf({ order, cancellation }: Row): number | undefined {
  return order ? order.createdAt : cancellation?.at.requested;
}

/** When the account that was read longest ago was read; undefined while one has not been read. */
export function oldestReading(groups: readonly Group[]): number | undefined {
  const times = groups.map(({ reading }) => reading?.readAt);
  return times.some((time) => time === undefined) || times.length === 0
    ? undefined
    : Math.min(...times.filter((time) => time !== undefined));
}

/** The groups with only their first rows, so many in all. */
export function firstRows(groups: readonly Group[], count: number): Group[] {
  const cut: Group[] = [];
  let left = count;
  for (const group of groups) {
    const rows = group.rows.slice(0, left);
    left -= rows.length;
    cut.push({ ...group, rows });
  }
  return cut;
}
