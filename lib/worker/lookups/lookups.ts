import type { AccountId } from '#lib/domain/account.ts';
import type { ActId } from '#lib/domain/cancellation.ts';
import { hasEnded } from '#lib/domain/standing.ts';
import {
  lookupPatience,
  type Lookup,
  type LookupId,
  type LookupWish,
  type Unseen,
} from '#lib/domain/lookup.ts';
import { isClear, matchIds, type Named } from '#lib/domain/match-ids.ts';
import { refTo, type Order } from '#lib/domain/order.ts';
import { orderKey } from '#lib/domain/order-key.ts';
import { findNewest } from '#lib/domain/newest-order.ts';
import type { VenueId } from '#lib/domain/venue-id.ts';
import { idKindsOf } from '#lib/venues/id-kinds.ts';
import type { View } from '#lib/protocol/view.ts';
import { sessionItem } from '#lib/worker/browser/session-item.ts';
import type { OrdersReading } from '#lib/worker/orders/read-account.ts';
import type { Unlocked } from '#lib/worker/unlocked.ts';

/** Wishes to cancel that come from outside the popup: which order is meant is looked up first. */
export interface Lookups {
  /**
   * Cancels the order that a text names. `venue`: the one whose site the text stands on. `unseen`: the user may not have
   * seen what it says, and has to look at what was found.
   */
  begin(text: string, venue?: VenueId, unseen?: Unseen): Promise<void>;
  /** Cancels the newest open order that protects nothing. */
  beginNewest(): Promise<void>;
  /** The vault has been opened: what waited for that goes on. */
  resume(): Promise<void>;
}

interface LookupNeeds {
  readonly view: View;
  readonly publish: (lookups: readonly Lookup[]) => void;
  /** Undefined while the vault is locked. */
  readonly unlocked: () => Promise<Unlocked | undefined>;
  readonly openWindow: (id: LookupId) => Promise<void>;
}

/** What was asked for, until it is clear what is meant. */
interface Asked {
  readonly id: LookupId;
  readonly askedAt: number;
  /** Undefined: the newest order is meant. */
  readonly text?: string;
  readonly venue?: VenueId;
  readonly unseen?: Unseen;
}

/** How long the accounts may take to be read again, in milliseconds. */
const readingTime = 2000;
/** By then the view shows a cancellation that has begun, in milliseconds. */
const viewTime = 500;
/** How many lookups the view keeps. */
const most = 8;
/** What is kept of a text while the vault is locked: of fifty ids more than enough. */
const keptText = 100_000;
const shownText = 80;
/** Wishes that wait for the passphrase: the worker may die before it is given. */
const waitingWishes = sessionItem<readonly Asked[]>('lookups');

export function createLookups({ view, publish, unlocked, openWindow }: LookupNeeds): Lookups {
  let keeping: Promise<void> = Promise.resolve();
  /** A second press of the key waits for the first: it means the next one. */
  let newest: Promise<void> = Promise.resolve();
  /** What has been taken and may not be shown by the view yet. */
  const justTaken = new Set<string>();

  function put(lookup: Lookup): void {
    const others = view.lookups.filter(({ id }) => id !== lookup.id);
    publish([...others, lookup].slice(-most));
  }

  async function ask(asked: Asked): Promise<void> {
    const open = await unlocked();
    if (open) await lookUp(asked, open, false);
    else await wait(asked, false);
  }

  /** Until the passphrase is given. */
  async function wait(asked: Asked, isShown: boolean): Promise<void> {
    const { text } = asked;
    const kept = text === undefined ? asked : { ...asked, text: text.slice(0, keptText) };
    const keep = async () => {
      await waitingWishes.set([...((await waitingWishes.get()) ?? []), kept].slice(-most));
    };
    // One after the other: a look and what follows from it must not be parted.
    keeping = keeping.then(keep, keep);
    await keeping;
    if (!isShown) await openWindow(asked.id);
  }

  /** `isShown`: its window is open already. */
  async function lookUp(asked: Asked, open: Unlocked, isShown: boolean): Promise<void> {
    const { text } = asked;
    if (text === undefined) return lookUpNewest(asked, open, isShown);
    let named = matchIds(text, openOrders(open));
    let unread: readonly AccountId[] = [];
    const isOpen = named.unknown.length + named.doubtful.length > 0;
    if (isOpen || (named.ids.length === 0 && mayBeId(text))) {
      // The user has to choose in any case: let them see that something happens.
      const isChoice = named.ids.length > 1 || asked.unseen !== undefined;
      if (isShown || isChoice) put({ ...begun(asked, wishFor(asked, named)), stage: 'reading' });
      if (isChoice && !isShown) await openWindow(asked.id);
      isShown ||= isChoice;
      unread = await readAgain(open, asked.venue, (orders) => isClear(matchIds(text, orders)));
      named = matchIds(text, openOrders(open));
    }
    const lookup: Lookup = {
      ...begun(asked, wishFor(asked, named)),
      orders: named.orders,
      unknown: named.unknown.map((id) => ({ id, accountIds: accountsFor(id, asked.venue) })),
      unread,
    };
    await decide(asked, lookup, isClear(named) && asked.unseen === undefined, isShown);
  }

  async function lookUpNewest(asked: Asked, open: Unlocked, isShown: boolean): Promise<void> {
    if (isShown) put({ ...begun(asked, { kind: 'newest' }), stage: 'reading' });
    const unread = await readAgain(open);
    const { orders, isCertain } = findNewest(notBeingCancelled(open), Date.now());
    const lookup = { ...begun(asked, { kind: 'newest' }), orders, unread };
    await decide(asked, lookup, isCertain && unread.length === 0, isShown);
  }

  /** Exactly one order is meant, or the user has to say which. */
  async function decide(
    asked: Asked,
    lookup: Lookup,
    isOne: boolean,
    isShown: boolean,
  ): Promise<void> {
    // While the accounts were read it may have been locked.
    const open = await unlocked();
    if (!open) return wait(asked, isShown);
    const [found] = lookup.orders;
    if (isOne && found) {
      const { accountId, order } = found;
      const ref = refTo(accountId, order);
      const key = orderKey(ref);
      justTaken.add(key);
      setTimeout(() => justTaken.delete(key), viewTime);
      try {
        await open.cancel(ref, { id: lookup.id as string as ActId });
        if (isShown) put({ ...lookup, stage: 'taken' });
        return;
      } catch {
        // It could not be written down, and nothing was sent: the window has the order and says why when it tries again.
      }
    }
    put(lookup);
    if (!isShown) await openWindow(lookup.id);
  }

  function openOrders(open: Unlocked): ReadonlyMap<AccountId, readonly Order[]> {
    return new Map(view.accounts.map(({ id }) => [id, open.known(id).orders]));
  }

  /** A second press means the next one. */
  function notBeingCancelled(open: Unlocked): ReadonlyMap<AccountId, readonly Order[]> {
    const busy = new Set(
      Object.values(view.cancellations)
        .filter((cancellation) => !hasEnded(cancellation))
        .map(({ ref }) => orderKey(ref)),
    );
    const isFree = (key: string) => !busy.has(key) && !justTaken.has(key);
    return new Map(
      [...openOrders(open)].map(([id, orders]) => [
        id,
        orders.filter((order) => isFree(orderKey(refTo(id, order)))),
      ]),
    );
  }

  /** The accounts whose ids have that form, those of the page's venue first. */
  function accountsFor(id: string, venue: VenueId | undefined): AccountId[] {
    return view.accounts
      .filter((account) => idKindsOf(account.venue, id).length > 0)
      .toSorted((a, b) => Number(b.venue === venue) - Number(a.venue === venue))
      .map((account) => account.id);
  }

  /**
   * Reads all accounts, for two seconds at most; no longer than until those of the page's venue make it clear what is
   * meant. Tells which could not be read, or not wholly.
   */
  async function readAgain(
    open: Unlocked,
    venue?: VenueId,
    isEnough: (orders: ReadonlyMap<AccountId, readonly Order[]>) => boolean = () => false,
  ): Promise<readonly AccountId[]> {
    const unread = new Set(view.accounts.map(({ id }) => id));
    const note = async (id: AccountId, reading: Promise<OrdersReading>) => {
      const result = await reading.catch(() => ({}));
      if ('orders' in result && !result.unreadable) unread.delete(id);
    };
    const readings = [...open.readAll()].map(([id, reading]) => [id, note(id, reading)] as const);
    const all = Promise.all(readings.map(([, noted]) => noted));
    const ofVenue = readings.filter(([id]) => isOf(id, venue)).map(([, noted]) => noted);
    const clear = Promise.all(ofVenue).then(() => {
      const known = new Map([...openOrders(open)].filter(([id]) => isOf(id, venue)));
      return ofVenue.length > 0 && isEnough(known) ? undefined : all;
    });
    await Promise.race([clear, pause(readingTime)]);
    return [...unread];
  }

  function isOf(id: AccountId, venue: VenueId | undefined): boolean {
    return view.accounts.some((account) => account.id === id && account.venue === venue);
  }

  // A reading of the last life of the worker goes on no more.
  if (view.lookups.some(({ stage }) => stage === 'reading')) {
    publish(view.lookups.filter(({ stage }) => stage !== 'reading'));
  }

  return {
    begin: (text, venue, unseen) =>
      ask({ ...newWish(), text, ...(venue && { venue }), ...(unseen && { unseen }) }),
    beginNewest() {
      const asked = newWish();
      const next = newest.then(() => ask(asked));
      newest = next.catch(() => undefined);
      return next;
    },
    async resume() {
      const [waiting = [], open] = await Promise.all([waitingWishes.get(), unlocked()]);
      if (!open || waiting.length === 0) return;
      await waitingWishes.remove();
      for (const asked of waiting) {
        if (Date.now() - asked.askedAt <= lookupPatience) await lookUp(asked, open, true);
        else put({ ...begun(asked, wishFor(asked)), stage: 'expired' });
      }
    },
  };
}

function newWish(): Asked {
  return { id: crypto.randomUUID() as LookupId, askedAt: Date.now() };
}

function begun({ id, askedAt }: Asked, wish: LookupWish): Lookup {
  return { id, askedAt, wish, stage: 'choosing', orders: [], unknown: [], unread: [] };
}

function wishFor({ text, unseen }: Asked, named?: Named): LookupWish {
  if (text === undefined) return { kind: 'newest' };
  const { ids, more, doubtful = [], rounded = [] } = named ?? { ids: [], more: false };
  return {
    kind: 'ids',
    ids,
    more,
    doubtful: doubtful.map((each) => each.text),
    rounded,
    text: text.trim().slice(0, shownText),
    ...(unseen && { unseen }),
  };
}

/** A client order id may be any word; whether this is one, only a new reading can tell. */
function mayBeId(text: string): boolean {
  return /^\S{1,100}$/.test(text.trim());
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
