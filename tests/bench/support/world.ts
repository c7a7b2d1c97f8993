import { resolve } from 'node:path';
import type { Answers, Reply, RequestInput } from '#lib/protocol/messages.ts';
import { forTests, type SandboxOptions } from '#tests/sandbox/sandbox.ts';
import type { NewOrder } from '#tests/sandbox/shared/order-book.ts';
import { launchBrowser, loadedFrom, type Browser, type LoadedExtension } from './browser.ts';
import type { Tab, TabOptions } from './tab.ts';
import { startVenues, type VenueName, type Venues } from './venues.ts';
import type { BackgroundWorker } from './worker.ts';

/** A browser with Pullcord, an open vault, and accounts at venues with empty books. */
export interface World {
  readonly browser: Browser;
  readonly venues: Venues;
  readonly pullcord: LoadedExtension;
  readonly worker: BackgroundWorker;
  /** A page of the extension that shows nothing and follows nothing, to ask the worker from. */
  readonly helper: Tab;
  openPopup(options?: TabOptions): Promise<Tab>;
  ask<Kind extends RequestInput['kind']>(
    request: Extract<RequestInput, { kind: Kind }>,
  ): Promise<Answers[Kind]>;
  addAccount(access: Venues['list'][number], label: string): Promise<void>;
  /** Has the worker read all open orders, so that they are in the view. */
  readonly refresh: () => Promise<void>;
  close(): Promise<void>;
}

export interface WorldOptions {
  readonly accounts: readonly VenueName[];
  readonly sandbox: SandboxOptions;
  /** The build's folder: its name in `.output`, or its whole path. */
  readonly build?: string;
  /** Where an account is told that its venue stands, in place of where it does. */
  readonly addressOf?: (url: string) => Promise<string>;
  /** Folders of extensions to measure beside it. */
  readonly beside?: readonly string[];
}

export const shippedBuild = 'chrome-mv3-sandbox';

export async function openWorld({
  accounts,
  sandbox,
  build = shippedBuild,
  addressOf = (url) => Promise.resolve(url),
  beside = [],
}: WorldOptions): Promise<World> {
  const folder = resolve(import.meta.dirname, '../../../.output', build);
  const venues = await startVenues(sandbox);
  const browser = await launchBrowser([folder, ...beside]);
  const pullcord = await loadedFrom(folder);
  const helper = await browser.open(`${pullcord.origin}/manifest.json`);

  const ask: World['ask'] = async (request) => {
    const reply = (await helper.run(send, request)) as Reply<typeof request.kind>;
    if (reply.ok) return reply.value;
    throw new Error(`${request.kind}: ${reply.error.message}`);
  };
  await ask({ kind: 'create-vault', passphrase: 'correct horse battery staple' });
  // The bench takes longer than fifteen minutes.
  await ask({ kind: 'change-settings', autoLock: 'browser-close' });
  const addAccount: World['addAccount'] = async ({ venue, url, key, secret }, label) => {
    await ask({
      kind: 'save-account',
      venue: venue as VenueName,
      label,
      environment: 'sandbox',
      sandboxUrl: await addressOf(url),
      apiKey: key,
      apiSecret: secret,
    });
  };
  for (const venue of accounts) await addAccount(venues.access(venue), venue);
  await ask({ kind: 'refresh', byUser: false });

  return {
    browser,
    venues,
    pullcord,
    worker: browser.worker(pullcord),
    helper,
    openPopup: (options) => browser.open(`${pullcord.origin}/popup.html`, options),
    ask,
    addAccount,
    refresh: () => ask({ kind: 'refresh', byUser: false }),
    async close() {
      await browser.close();
      venues.stop();
    },
  };
}

/** Runs in the page. */
function send(request: object): Promise<unknown> {
  return chrome.runtime.sendMessage(request);
}

/** So many plain orders on a few symbols, half of them buys, each a second older than the one before. */
export function ordersFor(venue: VenueName, count: number): NewOrder[] {
  const { symbols } = forTests(venue);
  return Array.from({ length: count }, (_, index) => ({
    symbol: symbols[index % symbols.length] ?? symbols[0],
    side: index % 2 === 0 ? 'buy' : 'sell',
    price: String(1000 + index),
    quantity: '0.25',
    ageMs: 60_000 + index * 1000,
  }));
}
