import browser from 'webextension-polyfill';
import type { AccountId } from '../domain/account.ts';
import { hasEnded, type ActId } from '../domain/cancellation.ts';
import { lookupPatience, type Lookup, type LookupId, type LookupWish } from '../domain/lookup.ts';
import { matchIds, type Named } from '../domain/match-ids.ts';
import type { Order } from '../domain/order.ts';
import { findNewest } from '../domain/newest-order.ts';
import type { VenueId } from '../domain/venue-id.ts';
import { idKindsOf } from '../venues/id-forms.ts';
import type { View } from '../view/view.ts';
import type { Unlocked } from './unlocked.ts';

/** Wishes to cancel that come from outside the popup: which order is meant is looked up first. */
export interface Lookups {
  /** Cancels the order that a text names. `venue`: the one whose site the text stands on. */
  begin(text: string, venue?: VenueId): Promise<void>;
  /** Cancels the newest open order that protects nothing. */
  beginNewest(): Promise<void>;
  /** The vault has been opened: what waited for that goes on. */
  resume(unlocked: Unlocked): Promise<void>;
}

interface LookupWorld {
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
}

/** How long the accounts may take to be read again, in milliseconds. */
const readingTime = 2000;
/** How many lookups the view keeps. */
const most = 8;
/** What is kept of a text while the vault is locked: of fifty ids more than enough. */
const keptText = 100_000;
const shownText = 80;
/** Wishes that wait for the passphrase, in `storage.session`: the worker may die before it is given. */
const waitingKey = 'lookups';

export function createLookups({ view, publish, unlocked, openWindow }: LookupWorld): Lookups {
  function put(lookup: Lookup): void {
    const others = view.lookups.filter(({ id }) => id !== lookup.id);
    publish([...others, lookup].slice(-most));
  }

  async function ask(asked: Asked): Promise<void> {
    const open = await unlocked();
    if (open) return lookUp(asked, open, false);
    const waiting = await readWaiting();
    const kept =
      asked.text === undefined ? asked : { ...asked, text: asked.text.slice(0, keptText) };
    await browser.storage.session.set({ [waitingKey]: [...waiting, kept].slice(-most) });
    await openWindow(asked.id);
  }

  /** `isShown`: its window is open already. */
  async function lookUp(asked: Asked, open: Unlocked, isShown: boolean): Promise<void> {
    const { text } = asked;
    if (text === undefined) return lookUpNewest(asked, open, isShown);
    let named = matchIds(text, openOrders());
    let unread: readonly AccountId[] = [];
    if (named.unknown.length > 0 || (named.ids.length === 0 && mayBeId(text))) {
      // Of several the user has to choose in any case: let them see that something happens.
      const isChoice = named.ids.length > 1;
      if (isShown || isChoice) put({ ...begun(asked, wishFor(text, named)), stage: 'reading' });
      if (isChoice && !isShown) await openWindow(asked.id);
      isShown ||= isChoice;
      unread = await readAgain(open, asked.venue, (orders) => isClear(matchIds(text, orders)));
      named = matchIds(text, openOrders());
    }
    const lookup: Lookup = {
      ...begun(asked, wishFor(text, named)),
      orders: named.orders,
      unknown: named.unknown.map((id) => ({ id, accountIds: accountsFor(id, asked.venue) })),
      unread,
    };
    await decide(lookup, isClear(named), open, isShown);
  }

  async function lookUpNewest(asked: Asked, open: Unlocked, isShown: boolean): Promise<void> {
    if (isShown) put({ ...begun(asked, { kind: 'newest' }), stage: 'reading' });
    const unread = await readAgain(open);
    const { orders, isCertain } = findNewest(notBeingCancelled());
    const lookup = { ...begun(asked, { kind: 'newest' }), orders, unread };
    await decide(lookup, isCertain && unread.length === 0, open, isShown);
  }

  /** Exactly one order is meant, or the user has to say which. */
  async function decide(
    lookup: Lookup,
    isOne: boolean,
    open: Unlocked,
    isShown: boolean,
  ): Promise<void> {
    const [found] = lookup.orders;
    if (isOne && found) {
      const { accountId, order } = found;
      const ref = { accountId, orderId: order.id, symbol: order.symbol };
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

  function openOrders(): ReadonlyMap<AccountId, readonly Order[]> {
    return new Map(view.accounts.map(({ id }) => [id, view.orders[id]?.orders ?? []]));
  }

  /** A second press means the next one. */
  function notBeingCancelled(): ReadonlyMap<AccountId, readonly Order[]> {
    const busy = new Set(
      Object.values(view.cancellations)
        .filter((cancellation) => !hasEnded(cancellation))
        .map(({ ref }) => `${ref.accountId} ${ref.orderId}`),
    );
    return new Map(
      [...openOrders()].map(([id, orders]) => [
        id,
        orders.filter((order) => !busy.has(`${id} ${order.id}`)),
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
   * meant. Tells which could not be read.
   */
  async function readAgain(
    open: Unlocked,
    venue?: VenueId,
    isEnough: (orders: ReadonlyMap<AccountId, readonly Order[]>) => boolean = () => false,
  ): Promise<readonly AccountId[]> {
    const unread = new Set(view.accounts.map(({ id }) => id));
    const readings = [...open.readAll()].map(async ([id, reading]) => {
      if ('orders' in (await reading)) unread.delete(id);
      return id;
    });
    const ofVenue = view.accounts.flatMap((account, index) =>
      account.venue === venue ? (readings[index] ?? []) : [],
    );
    const all = Promise.all(readings);
    const clear = Promise.all(ofVenue).then(() => {
      const known = new Map([...openOrders()].filter(([id]) => isOf(id, venue)));
      return ofVenue.length > 0 && isEnough(known) ? undefined : all;
    });
    await Promise.race([clear, pause(readingTime)]);
    return [...unread];
  }

  function isOf(id: AccountId, venue: VenueId | undefined): boolean {
    return view.accounts.some((account) => account.id === id && account.venue === venue);
  }

  return {
    begin: (text, venue) => ask({ ...newWish(), text, ...(venue && { venue }) }),
    beginNewest: () => ask(newWish()),
    async resume(open) {
      const waiting = await readWaiting();
      if (waiting.length === 0) return;
      await browser.storage.session.remove(waitingKey);
      for (const asked of waiting) {
        if (Date.now() - asked.askedAt <= lookupPatience) await lookUp(asked, open, true);
        else put({ ...begun(asked, wishFor(asked.text)), stage: 'expired' });
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

function wishFor(text: string | undefined, named?: Named): LookupWish {
  if (text === undefined) return { kind: 'newest' };
  const { ids, more } = named ?? { ids: [], more: false };
  return { kind: 'ids', ids, more, text: text.trim().slice(0, shownText) };
}

function isClear({ orders, unknown, more }: Named): boolean {
  return orders.length === 1 && unknown.length === 0 && !more;
}

/** A client order id may be any word; whether this is one, only a new reading can tell. */
function mayBeId(text: string): boolean {
  return /^\S{1,100}$/.test(text.trim());
}

async function readWaiting(): Promise<readonly Asked[]> {
  const stored = await browser.storage.session.get(waitingKey);
  return (stored[waitingKey] as readonly Asked[] | undefined) ?? [];
}

function pause(milliseconds: number): Promise<void> {
  return new Promise((resolve) => {
    setTimeout(resolve, milliseconds);
  });
}
