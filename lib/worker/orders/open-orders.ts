import type { AccountId } from '#lib/domain/account.ts';
import type { Cancellation } from '#lib/domain/cancellation.ts';
import type { Order, OrderId, OrderReading, OrderRef } from '#lib/domain/order.ts';
import type { Remark } from '#lib/domain/remark.ts';
import type { Trouble } from '#lib/domain/refusal.ts';
import { standingOf } from '#lib/domain/standing.ts';
import { UserError } from '#lib/domain/user-error.ts';
import type { CancelAccount } from '#lib/worker/lanes/connected-account.ts';
import { sealedStore } from '#lib/worker/store/sealed-store.ts';
import type { Sealer } from '#lib/worker/vault/sealing.ts';
import type { Publisher } from '#lib/worker/publish/publisher.ts';
import { bounds } from '#lib/venues/bounds.ts';
import { optional } from '#lib/venues/order-schema.ts';
import type { FeedNews } from '#lib/venues/feed.ts';
import { venueTraits } from '#lib/domain/venue-id.ts';
import type { EndedOrder, OrdersView } from '#lib/protocol/view.ts';
import { createBook, type Book, type Consequence, type ListReading } from './book.ts';
import { readAccount, type OrdersPart, type OrdersReading } from './read-account.ts';
import { t } from '#lib/words/text.ts';

/** The open orders of all accounts: a book for each, shown in the view, and kept sealed for the next unlock. */
export interface OpenOrders {
  /** Begins with what was known before the browser was closed, where the view has nothing newer. */
  restore(ids: readonly AccountId[]): Promise<void>;
  /** Reads one account; a reading that is under way already is joined. */
  refresh(id: AccountId, account: CancelAccount): Promise<OrdersReading>;
  /** Reads one account by requests that are sent after this was called; urgent where cancels wait for it. */
  read(id: AccountId, account: CancelAccount, isUrgent: boolean): Promise<OrdersReading>;
  /** What a venue has told by itself. */
  hear(id: AccountId, news: readonly FeedNews[]): void;
  /** What has left the venue's book a moment ago and has not come back has ended. */
  settle(id: AccountId): void;
  /** What one order was read as, asked for then. */
  take(id: AccountId, orderId: OrderId, reading: OrderReading, askedAt: number): void;
  /** A cancellation has found out that the order has left its venue's book. */
  takeOut(cancellation: Cancellation): void;
  forget(id: AccountId): void;
  /** It cannot be read, for this reason. */
  fail(id: AccountId, trouble: { readonly reason: Trouble } & Remark): void;
  /** What decides a cancel: the open orders as they are known now. */
  known(id: AccountId): KnownBook;
  /** The known open order that is meant, with its id exactly as the venue writes it. Throws where several are. */
  find(ref: OrderRef): Order | undefined;
}

type KnownBook = Omit<ListReading, 'readAt'> & Partial<Pick<ListReading, 'readAt'>>;

export interface OrdersListeners {
  /** The account could be read. */
  readonly onRead?: (id: AccountId) => void;
  /** Of all that was heard or read, what follows. */
  readonly onConsequence?: (id: AccountId, consequence: Consequence) => void;
}

type ReadingStatus = Pick<OrdersView, 'reading' | 'trouble' | 'coming'>;

const unread: OrdersView = { orders: [], reading: false };

/** Between two writes of an account's copy, in milliseconds: while a thousand orders leave it, it is not worth more. */
const keepPause = 1000;
/** Of a list that has not changed only the time of the reading is new: it is written so seldom, in milliseconds. */
const sameKeepPause = 60_000;
/** How long, and of how many orders at most, pages are told how they ended, in milliseconds. */
const afterglow = 60_000;
const mostEnded = 50;

export function createOpenOrders(
  sealer: Sealer,
  publisher: Publisher,
  { onRead, onConsequence }: OrdersListeners = {},
): OpenOrders {
  const kept = sealedStore<OrdersView>('orders', sealer);
  const books = new Map<AccountId, Book>();
  const readings = new Map<AccountId, Promise<OrdersReading>>();
  const forgotten = new Set<AccountId>();
  /** The copies that are being written, or are to be next. */
  const toKeep = new Map<AccountId, OrdersView>();
  /** What was last given to be written, and when. */
  const lastKept = new Map<AccountId, { readonly orders: readonly Order[]; readonly at: number }>();
  /** The accounts whose books have changed and are still to be shown. */
  const changed = new Set<AccountId>();
  /** The orders whose end has been told, newest last. */
  const ended = new Map<AccountId, readonly EndedOrder[]>();
  let showing: ReturnType<typeof setTimeout> | undefined;

  function bookOf(id: AccountId): Book {
    const book = books.get(id) ?? createBook();
    books.set(id, book);
    book.moveWithClock(Date.now());
    return book;
  }

  /** How its reading goes. */
  function statusOf(id: AccountId): ReadingStatus {
    const { reading, trouble, coming } = publisher.view.orders[id] ?? unread;
    return { reading, ...optional('trouble', trouble), ...optional('coming', coming) };
  }

  /** The book, and how its reading goes. */
  function show(id: AccountId, status = statusOf(id)): OrdersView {
    const shown = {
      ...known(id),
      ...status,
      ...optional('ended', ended.get(id)),
    };
    changed.delete(id);
    publisher.setOrders(id, shown);
    return shown;
  }

  function showPart(id: AccountId, part: OrdersPart): void {
    if (forgotten.has(id)) return;
    const coming = bookOf(id).takePart(part);
    if (coming !== undefined) show(id, { ...statusOf(id), coming });
  }

  function known(id: AccountId): KnownBook {
    const book = bookOf(id);
    return {
      orders: book.orders(),
      ...optional('readAt', book.readAt),
      ...optional('unreadable', book.unreadable),
    };
  }

  /** Only a copy for the next unlock: where it cannot be written, the venue is read again. The latest is written. */
  async function keep(id: AccountId, orders: OrdersView): Promise<void> {
    const isWriting = toKeep.has(id);
    lastKept.set(id, { orders: orders.orders, at: Date.now() });
    toKeep.set(id, orders);
    if (isWriting) return;
    for (let written; written !== toKeep.get(id);) {
      written = toKeep.get(id);
      if (!written || forgotten.has(id)) break;
      await kept.put(id, atRest(written)).catch(() => undefined);
      await new Promise((resolve) => setTimeout(resolve, keepPause));
    }
    toKeep.delete(id);
  }

  function isKeptLately(id: AccountId, orders: readonly Order[]): boolean {
    const last = lastKept.get(id);
    return last?.orders === orders && Math.abs(Date.now() - last.at) < sameKeepPause;
  }

  /** Shows together what has changed since: each by itself would copy the list once for every order. */
  function showChanged(): void {
    clearTimeout(showing);
    showing = undefined;
    for (const id of changed) void keep(id, show(id));
  }

  function showSoon(id: AccountId): void {
    changed.add(id);
    showing ??= setTimeout(showChanged);
  }

  /** What became of the book, and what follows. */
  function change(id: AccountId, act: (book: Book) => readonly Consequence[]): void {
    if (forgotten.has(id)) return;
    const book = bookOf(id);
    const before = book.revision;
    const follows = act(book);
    const ends = follows.filter((each) => each.kind === 'ended');
    for (const end of ends) noteEnd(id, end);
    // Behind a cancellation that ends by it: who waits for that waits for a frame at most.
    if (before !== book.revision || ends.length > 0) showSoon(id);
    for (const each of follows) onConsequence?.(id, each);
  }

  /** Where ids are counted for each symbol, that of the cancelled order; elsewhere the id tells. */
  function symbolOf({ ref, order }: Cancellation): string | undefined {
    const venue = publisher.view.accounts.find(({ id }) => id === ref.accountId)?.venue;
    return venue && venueTraits[venue].idsPerSymbol ? (ref.symbol ?? order?.symbol) : undefined;
  }

  /** For those that see it leave. */
  function noteEnd(
    id: AccountId,
    { reading: { status, order }, ...told }: Extract<Consequence, { kind: 'ended' }>,
  ): void {
    const at = Date.now();
    const end: EndedOrder = {
      id: order.id,
      status,
      at,
      ...optional('symbol', told.symbol ?? told.order?.symbol),
      ...optional('filled', order.filled),
      ...optional('quantity', order.quantity),
    };
    const recent = (ended.get(id) ?? []).filter((each) => at - each.at < afterglow);
    ended.set(id, [...recent.slice(1 - mostEnded), end]);
  }

  async function read(
    id: AccountId,
    account: CancelAccount,
    isUrgent = false,
  ): Promise<OrdersReading> {
    show(id, { ...statusOf(id), reading: true });
    const reading = await readAccount(account, isUrgent, (part) => showPart(id, part));
    if (forgotten.has(id)) return reading;
    if ('trouble' in reading) {
      show(id, { reading: false, trouble: reading.trouble });
      return reading;
    }
    onRead?.(id);
    const book = bookOf(id);
    const follows = book.takeList(reading);
    // A later one was answered sooner.
    if (!follows) return reading;
    const shown = show(id, { reading: false });
    if (!isKeptLately(id, shown.orders)) void keep(id, shown);
    for (const each of follows) onConsequence?.(id, each);
    return { ...reading, orders: book.orders() };
  }

  /** Joins a reading that is under way. */
  function refresh(id: AccountId, account: CancelAccount): Promise<OrdersReading> {
    const underway = readings.get(id) ?? read(id, account).finally(() => readings.delete(id));
    readings.set(id, underway);
    return underway;
  }

  return {
    async restore(ids) {
      const missing = ids.filter((id) => publisher.view.orders[id]?.readAt === undefined);
      const found = await Promise.all(missing.map(async (id) => [id, await kept.get(id)] as const));
      const restored = new Map(found);
      for (const id of ids) {
        const orders = restored.get(id) ?? publisher.view.orders[id] ?? unread;
        books.set(id, createBook(orders));
        publisher.setOrders(id, atRest(orders));
      }
      for (const id of Object.keys(publisher.view.orders) as AccountId[]) {
        if (!ids.includes(id)) publisher.setOrders(id, undefined);
      }
    },

    refresh,

    async read(id, account, isUrgent) {
      if (isUrgent) return read(id, account, true);
      await readings.get(id);
      return refresh(id, account);
    },

    hear(id, news) {
      const now = Date.now();
      const taken = news.length > bounds.news ? [{ kind: 'look' } as const] : news;
      for (const each of taken) change(id, (book) => book.hear(each, now));
    },

    settle: (id) => change(id, (book) => book.settle(Date.now())),

    take: (id, orderId, reading, askedAt) =>
      change(id, (book) => book.takeOne(orderId, reading, askedAt)),

    takeOut(cancellation) {
      const { ref, order, at } = cancellation;
      const id = ref.orderId ?? order?.id;
      if (id === undefined) return;
      change(ref.accountId, (book) => {
        // That nobody knows it is no word of how it ended.
        const isCertain = standingOf(cancellation) !== 'not-found';
        book.end(id, at.ended ?? Date.now(), isCertain, symbolOf(cancellation));
        return [];
      });
    },

    fail(id, trouble) {
      show(id, { reading: false, trouble: { ...trouble, at: Date.now() } });
    },

    forget(id) {
      forgotten.add(id);
      changed.delete(id);
      books.delete(id);
      ended.delete(id);
      publisher.setOrders(id, undefined);
    },

    known,

    find({ accountId, orderId, clientOrderId, symbol = '' }) {
      const book = bookOf(accountId);
      if (orderId !== undefined) {
        // Ids may be counted for each symbol: of another one it is another order.
        const found = book.find(orderId);
        const isOther = symbol !== '' && found && found.symbol !== '' && found.symbol !== symbol;
        return isOther ? undefined : found;
      }
      // Of a list that has never been whole nobody knows who else bears it.
      if (book.readAt === undefined) return undefined;
      const bearers = book.orders().filter((order) => order.clientOrderId === clientOrderId);
      if (bearers.length > 1) {
        throw new UserError('ambiguous', t('error.ambiguous', { n: bearers.length }));
      }
      return bearers[0];
    },
  };
}

/** A reading that was under way when the worker died is so no more, and what has left since is of no interest. */
function atRest({ coming: _coming, ended: _ended, ...orders }: OrdersView): OrdersView {
  return { ...orders, reading: false };
}
