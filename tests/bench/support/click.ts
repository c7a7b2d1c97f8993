/* oxlint-disable unicorn/consistent-function-scoping -- a function that runs elsewhere can take nothing along */

import { setTimeout as pause } from 'node:timers/promises';
import type { Tab } from './tab.ts';
import type { PlacedOrder } from './venues.ts';
import { ordersFor, type World } from './world.ts';

/** Orders in the book at a time, and how many of them the popup may be asked to cancel. */
export interface Book {
  readonly size: number;
  readonly clicked: number;
}
const smallBook: Book = { size: 20, clicked: 20 };

/**
 * From what came of one click to the next, as the venues' documented limits count it, and a little more, so that no click waits for
 * them: Pullcord keeps to them by itself, whether the sandbox does or not.
 */
const gaps = { ripio: 1100, btcturk: 220, 'habit-trade': 220, 'ox-fun': 220 };

export type ClickedVenue = keyof typeof gaps;

/** When it was seen what came of a world's last click. */
const endedAt = new WeakMap<World, number>();

export interface Click {
  /** When the browser took the mouse button's release, and when the page's first listener heard of it. */
  readonly clicked: number;
  readonly heard: number;
  readonly arrived: number;
  /** When the row said "Cancelled". */
  readonly proven: number;
}

/** From the click to the arrival, in milliseconds. */
export function onItsWay({ clicked, arrived }: Pick<Click, 'clicked' | 'arrived'>): number {
  return arrived - clicked;
}

export async function placeOne({ venues }: World, venue: ClickedVenue): Promise<PlacedOrder> {
  const [order] = await venues.place(venue, ordersFor(venue, 1));
  if (!order) throw new Error('nothing was placed');
  return order;
}

/** Ids of so many orders that the popup lists, the youngest of its book, at the pace that the limits allow. */
export async function* clickable(
  world: World,
  popup: Tab,
  venue: ClickedVenue,
  count: number,
  { size, clicked }: Book = smallBook,
): AsyncGenerator<string> {
  const { venues, refresh } = world;
  for (let done = 0; done < count;) {
    await popup.leave();
    await venues.clear();
    const asked = Math.min(clicked, count - done);
    const placed = await venues.place(venue, ordersFor(venue, asked + size - clicked));
    const ids = placed.slice(0, asked).map(({ id }) => id);
    await refresh();
    await popup.run(untilListed, ids);
    for (const id of ids) {
      yield id;
      await pause(Math.max(0, (endedAt.get(world) ?? 0) + gaps[venue] - performance.now()));
      done++;
    }
  }
}

export async function click(
  world: World,
  popup: Tab,
  venue: ClickedVenue,
  id: string,
  before?: () => Promise<void> | undefined,
): Promise<Click> {
  await popup.run(watchClick, id);
  await popup.hover(`[aria-label="Cancel order ${id}"]`);
  await before?.();
  const arrival = world.venues.arrivalOf(venue, id);
  await popup.press();
  const { clicked, heard, proven } = await popup.run(clickSeen);
  const arrived = await arrival;
  endedAt.set(world, performance.now());
  return { clicked, heard, proven, arrived };
}

/* What follows runs in the page. */

function untilListed(ids: readonly string[]): Promise<void> {
  return new Promise((resolve) => {
    const look = () => {
      const isListed = (id: string) => document.querySelector(`[aria-label="Cancel order ${id}"]`);
      if (ids.every(isListed)) resolve();
      else requestAnimationFrame(look);
    };
    look();
  });
}

function watchClick(id: string): void {
  const row = document.querySelector(`[aria-label="Cancel order ${id}"]`)?.closest('.row');
  if (!row) throw new Error(`order ${id} is not listed`);
  const clock = () => performance.timeOrigin + performance.now();
  const key = (row as HTMLElement).dataset['key'] ?? '';
  globalThis.clickSeen = new Promise((resolve) => {
    const onClick = ({ timeStamp }: Event) => {
      const [clicked, heard] = [performance.timeOrigin + timeStamp, clock()];
      const observer = new MutationObserver(() => {
        const status = document.querySelector(`[data-key="${key}"] .row-status`)?.textContent;
        if (status !== 'Cancelled') return;
        observer.disconnect();
        resolve({ clicked, heard, proven: clock() });
      });
      observer.observe(document, {
        attributes: true,
        characterData: true,
        childList: true,
        subtree: true,
      });
    };
    addEventListener('click', onClick, { capture: true, once: true });
  });
}

function clickSeen() {
  return globalThis.clickSeen;
}

declare global {
  var clickSeen: Promise<Omit<Click, 'arrived'>>;
}
