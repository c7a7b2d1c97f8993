import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation, CancellationId } from '#lib/domain/cancellation.ts';
import { hasEnded, standingOf } from '#lib/domain/standing.ts';
import type { Order, OrderId } from '#lib/domain/order.ts';
import type { LeftBehind } from '#lib/worker/browser/session-item.ts';
import { createSessionWriter } from './session-writer.ts';
import {
  cancellationKey,
  indexKey,
  isViewKey,
  ordersKey,
  packCancellation,
  packReading,
  partKey,
  placeOf,
  readingKey,
  smallParts,
  viewIn,
  type SmallPart,
} from '#lib/protocol/stored-view.ts';
import { emptyView, type OrdersView, type View } from '#lib/protocol/view.ts';

/** The worker's hand on the view: each change goes to `storage.session`, where open pages follow it. */
export interface Publisher {
  /** As it stands now: it changes under whoever holds it. */
  readonly view: View;
  set<Part extends SmallPart>(part: Part, value: View[Part]): void;
  /** The open orders of one account; undefined: of an account that is there no more. */
  setOrders(id: AccountId, orders: OrdersView | undefined): void;
  /** They need not be asked about any more. */
  forgetLapsed(ids: readonly CancellationId[]): void;
  /** The state of one cancellation; forgets those that ended a while ago, but for what the user is to be asked about. */
  setCancellation(cancellation: Cancellation): void;
  /** Takes everything but the vault's state away from the pages; the worker still sees it. */
  hide(): void;
  /** Gives the pages back what `hide` took. */
  show(): void;
  /** Forgets everything but the vault's state. */
  clear(): void;
  /** Calls back whenever anything has been set. */
  follow(listener: () => void): void;
  /** Resolves when pages can read all that was set, or it did not fit and will be tried again. */
  written(): Promise<void>;
}

/** How long an ended cancellation stays in the view, in milliseconds; history has it for ever. */
const afterglow = 60_000;

/** Goes on from what the worker's last life has written. */
export function createPublisher(left: LeftBehind): Publisher {
  const found = readLeft(left);
  const view = toMutable(withOrders(found ?? emptyView));
  let hidden = false;
  /** Ended cancellations and when they ended, the first to be forgotten first. */
  const ended = new Map<CancellationId, number>();
  /** Cancellations that were written without their order, since it stands among the account's. */
  const bare = new Map<AccountId, Set<CancellationId>>();
  /** Accounts whose orders have changed since the last write. */
  const changedLists = new Set<AccountId>();
  /** What the index names. */
  let named = new Set(keysOfRows(view));
  const writer = createSessionWriter({ textOf, prepare, makeRoom });
  let onChange: (() => void) | undefined;
  const changed = () => onChange?.();

  for (const cancellation of Object.values(view.cancellations).toSorted(byEnd))
    noteEnd(cancellation);
  // All of it is written anew.
  if (!found) for (const key of Object.keys(left)) if (isViewKey(key)) writer.touch(key);

  function textOf(key: string): string | undefined {
    const place = placeOf(key);
    if (place?.kind === 'part' && place.part === 'vault') return JSON.stringify(view.vault);
    if (hidden) return undefined;
    if (place === undefined) return indexText();
    if (place.kind === 'part') return JSON.stringify(view[place.part]);
    if (place.kind === 'cancellation') {
      const cancellation = view.cancellations[place.id];
      return cancellation && cancellationText(cancellation);
    }
    const orders = view.orders[place.id];
    return (
      orders && (place.kind === 'orders' ? JSON.stringify(orders.orders) : packReading(orders))
    );
  }

  function cancellationText(cancellation: Cancellation): string {
    const { id, order, ref } = cancellation;
    const isListed =
      order?.id === ref.orderId && listedOf(view.orders[ref.accountId]).has(ref.orderId);
    const others = bare.get(ref.accountId) ?? new Set();
    if (isListed) bare.set(ref.accountId, others.add(id));
    else others.delete(id);
    return packCancellation(cancellation, isListed);
  }

  function indexText(): string {
    named = new Set(keysOfRows(view));
    return JSON.stringify([...named]);
  }

  /** An order that is listed no more must stand in its cancellation again, in the same write. */
  function prepare(): void {
    for (const id of changedLists) {
      const listed = listedOf(view.orders[id]);
      for (const cancellationId of bare.get(id) ?? []) {
        const orderId = view.cancellations[cancellationId]?.ref.orderId;
        if (!listed.has(orderId)) writer.touch(cancellationKey(cancellationId));
      }
    }
    changedLists.clear();
  }

  function makeRoom(): void {
    for (const id of ended.keys()) forget(id);
    touchAll();
  }

  function touchAll(): void {
    for (const key of [...smallParts.map(partKey), indexKey, ...keysOfRows(view)]) {
      writer.touch(key);
    }
  }

  /** Something that pages see has changed, unless all of it is hidden. */
  function touchRow(key: string): void {
    if (hidden) return;
    if (!named.has(key)) writer.touch(indexKey);
    writer.touch(key);
  }

  function noteEnd(cancellation: Cancellation): void {
    if (!hasEnded(cancellation) || isLapsed(cancellation) || ended.has(cancellation.id)) return;
    ended.set(cancellation.id, cancellation.at.ended ?? Date.now());
  }

  function forgetOld(): void {
    const now = Date.now();
    for (const [id, at] of ended) {
      if (now - at < afterglow) return;
      forget(id);
    }
  }

  function forget(id: CancellationId): void {
    const accountId = view.cancellations[id]?.ref.accountId;
    if (accountId !== undefined) bare.get(accountId)?.delete(id);
    delete view.cancellations[id];
    ended.delete(id);
    if (!hidden) writer.touch(cancellationKey(id));
  }

  return {
    view,
    set(part, value) {
      view[part] = value;
      changed();
      if (!hidden || part === 'vault') writer.touch(partKey(part));
    },
    setOrders(id, orders) {
      changed();
      const before = view.orders[id];
      if (orders) view.orders[id] = orders;
      else delete view.orders[id];
      touchRow(readingKey(id));
      if (before?.orders !== orders?.orders) {
        changedLists.add(id);
        touchRow(ordersKey(id));
      }
      forgetOld();
    },
    forgetLapsed(ids) {
      changed();
      for (const id of ids) {
        const known = view.cancellations[id];
        if (known && isLapsed(known)) forget(id);
      }
    },
    setCancellation(cancellation) {
      changed();
      view.cancellations[cancellation.id] = cancellation;
      noteEnd(cancellation);
      touchRow(cancellationKey(cancellation.id));
      forgetOld();
    },
    hide() {
      hidden = true;
      touchAll();
    },
    show() {
      if (!hidden) return;
      hidden = false;
      touchAll();
    },
    clear() {
      changed();
      touchAll();
      Object.assign(view, toMutable({ ...emptyView, vault: view.vault }));
      ended.clear();
      bare.clear();
    },
    follow(listener) {
      onChange = listener;
    },
    written: () => writer.written(),
  };
}

/** Undefined where there is none, or none that can be read: what it showed stands in the database, or is read again. */
function readLeft(left: LeftBehind): View | undefined {
  try {
    return viewIn(left);
  } catch {
    return undefined;
  }
}

type Mutable<T> = { -readonly [Key in keyof T]: T[Key] };
type MutableView = Mutable<View> & {
  orders: Record<AccountId, OrdersView>;
  cancellations: Record<CancellationId, Cancellation>;
};

/** Changed in place: a copy of 10,000 cancellations at every step of each would take longer than the steps. */
function toMutable(view: View): MutableView {
  return { ...view, orders: { ...view.orders }, cancellations: { ...view.cancellations } };
}

function keysOfRows({ orders, cancellations }: View): string[] {
  return [
    ...(Object.keys(orders) as AccountId[]).flatMap((id) => [ordersKey(id), readingKey(id)]),
    ...(Object.keys(cancellations) as CancellationId[]).map(cancellationKey),
  ];
}

/** The user is to be asked whether it is still meant. */
function isLapsed(cancellation: Cancellation): boolean {
  return standingOf(cancellation) === 'lapsed';
}

function byEnd(a: Cancellation, b: Cancellation): number {
  return (a.at.ended ?? 0) - (b.at.ended ?? 0);
}

const listedIds = new WeakMap<readonly Order[], ReadonlySet<OrderId | undefined>>();

/** Counted out once for each list: it is asked for with every cancellation. */
function listedOf(view: OrdersView | undefined): ReadonlySet<OrderId | undefined> {
  const orders = view?.orders ?? emptyList;
  const known = listedIds.get(orders) ?? new Set(orders.map(({ id }) => id));
  listedIds.set(orders, known);
  return known;
}

const emptyList: readonly Order[] = [];

/** Gives each cancellation its order back, where it was left to the account's list. */
function withOrders(view: View): View {
  const listed = new Map(
    Object.entries(view.orders).map(([id, { orders }]) => [
      id as AccountId,
      new Map(orders.map((order) => [order.id, order])),
    ]),
  );
  const complete = Object.values(view.cancellations).map((cancellation) => {
    const { ref, order } = cancellation;
    const found = order ?? (ref.orderId && listed.get(ref.accountId)?.get(ref.orderId));
    return [cancellation.id, found ? { ...cancellation, order: found } : cancellation];
  });
  return { ...view, cancellations: Object.fromEntries(complete) as View['cancellations'] };
}
