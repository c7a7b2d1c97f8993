import { bareCancels } from './signed-fetch.ts';
import { loadedFrom, type Browser } from './browser.ts';
import { placeOne, type ClickedVenue } from './click.ts';
import type { Tab } from './tab.ts';
import type { BackgroundWorker } from './worker.ts';
import type { World } from './world.ts';

/** The bare extension, with a button in its page. */
export interface Bare {
  readonly page: Tab;
  readonly worker: BackgroundWorker;
}

export async function openBare(browser: Browser, folder: string): Promise<Bare> {
  const { origin } = await loadedFrom(folder);
  const page = await browser.open(`${origin}/empty.html`, { inOwnWindow: true });
  await page.run(addButton);
  return { page, worker: browser.worker({ origin }) };
}

/** Unix milliseconds. */
export interface BareClick {
  readonly clicked: number;
  readonly heard: number;
  readonly arrived: number;
}

/** The least that any extension can do: a page without anything hands the request to a worker that signs and sends. */
export async function bareClick(
  world: World,
  venue: ClickedVenue,
  { page }: Bare,
  before: () => Promise<void> = () => Promise.resolve(),
): Promise<BareClick> {
  const { venues } = world;
  const order = await placeOne(world, venue);
  await page.run(sendAtClick, bareCancels[venue](venues.access(venue), order));
  await page.hover('button');
  await before();
  await page.press();
  const arrived = await venues.arrivalOf(venue, order.id);
  return { ...(await page.run(bareClickSeen)), arrived };
}

/* What follows runs in the page. */

function addButton(): void {
  document.body.append(document.createElement('button'));
}

/** At the next click hands the request to the extension's worker. */
function sendAtClick(request: object): void {
  globalThis.bareClickSeen = new Promise((resolve) => {
    const onClick = ({ timeStamp }: Event) => {
      const heard = performance.timeOrigin + performance.now();
      void chrome.runtime.sendMessage(request);
      resolve({ clicked: performance.timeOrigin + timeStamp, heard });
    };
    addEventListener('click', onClick, { once: true });
  });
}

function bareClickSeen() {
  return globalThis.bareClickSeen;
}

declare global {
  var bareClickSeen: Promise<Omit<BareClick, 'arrived'>>;
}
