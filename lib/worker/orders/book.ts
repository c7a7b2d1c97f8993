import type { Order, OrderId, OrderReading } from '#lib/domain/order.ts';
import { orderIdKey } from '#lib/domain/order-key.ts';
import { isSame } from '#lib/domain/same.ts';
import { bounds } from '#lib/venues/bounds.ts';
import type { FeedNews } from '#lib/venues/feed.ts';

/**
 * What is known of one account's open orders, from readings and from what its venue tells by itself, each with its time. No
 * effects: times are handed in, Unix milliseconds by this machine's clock. Changed in place, since there may be 10,000 orders.
 *
 * A reading knows what was true when it was asked for or later; it replaces all that was heard before that, and nothing that
 * was heard since. What a push tells and nothing proves is a `look`: a reading has to tell.
 */
export interface Book {
  /** Told this machine's clock ahead of whatever else: where it was set back, all that is known was known as long ago as before. */
  moveWithClock(now: number): void;
  /** In the order of the last reading, new ones last; the same list while nothing has changed. */
  orders(): readonly Order[];
  /** Another whenever that list has become another. */
  readonly revision: number;
  find(id: OrderId): Order | undefined;
  /** When the last reading was asked for. */
  readonly readAt: number | undefined;
  /** How many more that reading could not make out. */
  readonly unreadable: number | undefined;
  /** Takes a reading of all open orders; undefined where one that was asked for later is known already. */
  takeList(list: ListReading): readonly Consequence[] | undefined;
  /** Takes what has come of such a reading, by which nothing leaves: of how many orders; undefined as above. */
  takePart(part: ListReading): number | undefined;
  /** Takes a reading of one order that was asked for then. */
  takeOne(id: OrderId, reading: OrderReading, askedAt: number): readonly Consequence[];
  /** Takes what the venue has told by itself. */
  hear(news: FeedNews, now: number): readonly Consequence[];
  /** What was taken out of the venue's book and has not come back within a moment has ended. */
  settle(now: number): readonly Consequence[];
  /** A cancellation has found out that it is open no more; `isCertain`: how it ended is proven. */
  end(id: OrderId, now: number, isCertain: boolean, symbol?: string): void;
}

export interface ListReading {
  readonly orders: readonly Order[];
  readonly readAt: number;
  readonly unreadable?: number;
}

/** What follows from what was heard. */
export type Consequence =
  /** The order has ended; `order`: as it was listed. Where it is not certain it was taken out, and has not come back. */
  | (EndNews & { readonly order?: Order; readonly isCertain: boolean })
  /** A reading must tell: of this order, or of all where none is named. */
  | { readonly kind: 'look'; readonly orderId?: OrderId }
  /** `settle` is to be called then; the order that was taken out just now, if any was. */
  | { readonly kind: 'settle'; readonly at: number; readonly orderId?: OrderId };

type EndNews = Extract<FeedNews, { kind: 'ended' }>;
type Removal = Extract<FeedNews, { kind: 'removed' }>;

/**
 * How long after an order has left the venue's book it may come back as one that was changed, and how long before that a fill
 * makes its end one for a reading, in milliseconds.
 */
const settlingTime = 100;
const lookTime = 1000;
/** A clock that is put right by the network is set back by less; after more, what is known counts as so old at least. In milliseconds. */
const smallStep = 1000;
const unknownAge = 60_000;
/** Of how many orders it is known that they have ended: pushes are late by less. */
const mostEnds = 20_000;

interface Known {
  readonly order: Order;
  /** It was so then, or later. */
  readonly since: number;
  /** By the venue's clock, where a push has told it and nothing has contradicted it. */
  readonly changedAt?: number | undefined;
}

export function createBook(restored?: Partial<ListReading>): Book {
  let known = new Map<string, Known>(
    (restored?.orders ?? []).map((order) => [
      orderIdKey(order.id),
      { order, since: restored?.readAt ?? 0 },
    ]),
  );
  let listed: readonly Order[] | undefined = restored?.orders ?? [];
  let revision = 0;
  let readAt = restored?.readAt;
  let unreadable = restored?.unreadable;
  const ends = new Map<string, { readonly at: number; readonly isCertain: boolean }>();
  /** Taken out of the venue's book a moment ago. */
  const leaving = new Map<string, { readonly news: Removal; readonly at: number }>();
  const looks = new Map<string | undefined, number>();
  /** The latest that this machine's clock has shown, and by how much it was set back last. */
  let seenAt = restored?.readAt ?? 0;
  let setBack = 0;

  function moveWithClock(now: number): void {
    const back = seenAt - now;
    seenAt = now;
    if (back <= 0) return;
    // Nobody knows how long it has been by the clock as it was: after a leap nothing passes for fresh.
    setBack = back + (back > smallStep ? unknownAge : 1);
    if (readAt !== undefined) readAt -= setBack;
    for (const [key, entry] of known) known.set(key, { ...entry, since: entry.since - setBack });
    for (const [key, each] of ends) ends.set(key, { ...each, at: each.at - setBack });
    for (const [key, each] of leaving) leaving.set(key, { ...each, at: Math.min(each.at, now) });
    for (const [key, at] of looks) looks.set(key, Math.min(at, now));
  }

  /** What is still to come by the clock as it is was asked for by the clock as it was. */
  function byClock(askedAt: number): number {
    return askedAt > seenAt ? askedAt - setBack : askedAt;
  }

  function set(key: string, entry: Known): void {
    known.set(key, entry);
    touch();
  }

  function touch(): void {
    listed = undefined;
    revision++;
  }

  function end(id: OrderId, at: number, isCertain: boolean): Order | undefined {
    const key = orderIdKey(id);
    const order = known.get(key)?.order;
    ends.set(key, { at, isCertain });
    const [oldest] = ends.keys();
    if (ends.size > mostEnds && oldest !== undefined) ends.delete(oldest);
    leaving.delete(key);
    if (known.delete(key)) touch();
    return order;
  }

  function ended(news: EndNews | Removal, at: number, isCertain: boolean): readonly Consequence[] {
    const order = end(news.reading.order.id, at, isCertain);
    return [{ ...news, kind: 'ended', isCertain, ...(order && { order }) }];
  }

  /** Ids may be counted for each symbol: what is told of another one is not told of the order that is known by that id. */
  function isElsewhere(id: OrderId, symbol: string | undefined): boolean {
    const known = knownSymbol(id);
    return Boolean(symbol && known && symbol !== known);
  }

  function knownSymbol(id: OrderId): string | undefined {
    return known.get(orderIdKey(id))?.order.symbol;
  }

  /** A reading that was asked for before that may list it still. */
  function hasEndedBy(key: string, askedAt: number): boolean {
    return (ends.get(key)?.at ?? -Infinity) >= askedAt;
  }

  /** It is read as open: the venue's latest word, unless the list lags. Whether it had been taken out of the book before. */
  function isBack(key: string, askedAt: number): boolean {
    ends.delete(key);
    return (leaving.get(key)?.at ?? Infinity) < askedAt && leaving.delete(key);
  }

  /** No account has more: what a venue tells beyond that is not kept, and a reading tells. */
  function isFull(): boolean {
    return known.size + leaving.size >= bounds.orders;
  }

  function hearOpen(
    { order, changedAt }: Extract<FeedNews, { kind: 'open' }>,
    now: number,
  ): readonly Consequence[] {
    const key = orderIdKey(order.id);
    const look = [{ kind: 'look', orderId: order.id } as const];
    if (ends.get(key)?.isCertain) return [];
    const before = known.get(key);
    const hasLeft = leaving.delete(key) || ends.delete(key);
    if (!before) {
      if (isFull()) return [{ kind: 'look' }];
      set(key, { order, since: now, changedAt });
      return look;
    }
    const isTimed = changedAt !== undefined && before.changedAt !== undefined;
    if (isTimed && changedAt < before.changedAt) return hasLeft ? look : [];
    const merged = merge(before.order, order);
    const isEqual = isSame(before.order, merged);
    if (!isEqual) set(key, { order: merged, since: now, changedAt });
    else if (changedAt !== undefined) known.set(key, { ...before, since: now, changedAt });
    const isNewer = isTimed && changedAt > before.changedAt;
    return hasLeft || (!isEqual && !isNewer) ? look : [];
  }

  function hearRemoved(news: Removal, now: number): readonly Consequence[] {
    const { id } = news.reading.order;
    const key = orderIdKey(id);
    if (ends.has(key) || leaving.has(key)) return [];
    const looked = Math.max(looks.get(key) ?? -Infinity, looks.get(undefined) ?? -Infinity);
    if (now - looked < lookTime) return [{ kind: 'look', orderId: id }];
    if (isFull()) return [{ kind: 'look' }];
    leaving.set(key, { news, at: now });
    return [{ kind: 'settle', at: now + settlingTime, orderId: id }];
  }

  function hearLook(orderId: OrderId | undefined, now: number): readonly Consequence[] {
    const key = orderId === undefined ? undefined : orderIdKey(orderId);
    // The oldest are the first.
    for (const [other, at] of looks) {
      if (now - at < lookTime) break;
      looks.delete(other);
    }
    looks.delete(key);
    looks.set(key, now);
    if (key === undefined) {
      leaving.clear();
      return [{ kind: 'look' }];
    }
    if (ends.get(key)?.isCertain) return [];
    const isKnown = leaving.delete(key) || known.has(key);
    return [isKnown && orderId !== undefined ? { kind: 'look', orderId } : { kind: 'look' }];
  }

  return {
    moveWithClock,
    orders: () => (listed ??= [...known.values()].map(({ order }) => order)),
    find: (id) => known.get(orderIdKey(id))?.order,
    get revision() {
      return revision;
    },
    get readAt() {
      return readAt;
    },
    get unreadable() {
      return unreadable;
    },

    takeList(told) {
      const list = { ...told, readAt: byClock(told.readAt) };
      if (readAt !== undefined && readAt > list.readAt) return undefined;
      const fresh = new Map<string, Known>();
      const looked: Consequence[] = [];
      for (const order of list.orders) {
        const key = orderIdKey(order.id);
        if (hasEndedBy(key, list.readAt)) continue;
        if (isBack(key, list.readAt)) looked.push({ kind: 'look', orderId: order.id });
        fresh.set(key, heardOrRead(known.get(key), order, list.readAt));
      }
      for (const [key, entry] of known) {
        if (entry.since >= list.readAt && !fresh.has(key)) fresh.set(key, entry);
      }
      const isChanged = !hasSameOrders(known, fresh);
      known = fresh;
      if (isChanged) touch();
      ({ readAt, unreadable } = list);
      return looked;
    },

    takePart({ orders, readAt: toldAt }) {
      const askedAt = byClock(toldAt);
      if (readAt !== undefined && readAt > askedAt) return undefined;
      const fresh = orders.filter(({ id }) => !hasEndedBy(orderIdKey(id), askedAt));
      for (const order of fresh) {
        const key = orderIdKey(order.id);
        // The whole has the last word on it.
        set(key, heardOrRead(known.get(key), order, askedAt, askedAt - 1));
      }
      return fresh.length;
    },

    takeOne(id, reading, toldAt) {
      const askedAt = byClock(toldAt);
      const key = orderIdKey(id);
      if (hasEndedBy(key, askedAt)) return [];
      switch (reading.status) {
        case 'open':
          // The list that was asked for later has it no more.
          if (!known.has(key) && readAt !== undefined && readAt > askedAt) return [];
          isBack(key, askedAt);
          set(key, heardOrRead(known.get(key), reading.order, askedAt));
          return [];
        case 'filled':
        case 'cancelled':
          return ended({ kind: 'ended', reading }, askedAt, true);
        case 'not-found':
          return [{ kind: 'look' }];
      }
    },

    hear(news, now) {
      if (news.kind !== 'look') {
        const { id } = news.kind === 'open' ? news.order : news.reading.order;
        if (isElsewhere(id, news.symbol)) return hearLook(undefined, now);
      }
      switch (news.kind) {
        case 'open':
          return hearOpen(news, now);
        case 'ended':
          if (ends.get(orderIdKey(news.reading.order.id))?.isCertain) return [];
          return ended(news, now, true);
        case 'removed':
          return hearRemoved(news, now);
        case 'look':
          return hearLook(news.orderId, now);
      }
    },

    settle(now) {
      const { due = [], early = [] } = Object.groupBy(leaving.values(), ({ at }) =>
        at + settlingTime <= now ? 'due' : 'early',
      );
      return [
        ...due.flatMap(({ news, at }) => ended(news, at, false)),
        // A timer may be early, or was set by a clock that has been set back since.
        ...early.map(({ at }) => ({ kind: 'settle', at: at + settlingTime }) as const),
      ];
    },

    end(id, at, isCertain, symbol) {
      if (!isElsewhere(id, symbol)) end(id, byClock(at), isCertain);
    },
  };
}

/** What was heard after the reading was asked for stays; the reading adds what pushes do not tell. */
function heardOrRead(
  before: Known | undefined,
  order: Order,
  askedAt: number,
  since: number = askedAt,
): Known {
  if (!before) return { order, since };
  if (before.since >= askedAt) return { ...before, order: merge(order, before.order) };
  const isEqual = isSame(before.order, order);
  // The very same, so that nobody does anything for it.
  return isEqual ? { ...before, since } : { order, since };
}

function hasSameOrders(
  one: ReadonlyMap<string, Known>,
  other: ReadonlyMap<string, Known>,
): boolean {
  const others = [...other.values()];
  return (
    one.size === other.size &&
    [...one.values()].every(({ order }, index) => order === others[index]?.order)
  );
}

/** What is not told is as it was; that an order guards a position is taken back by no push. */
function merge(before: Order, told: Order): Order {
  return {
    ...before,
    ...told,
    type: told.type === '' ? before.type : told.type,
    protective: before.protective || told.protective,
  };
}
